// The catalog worker's calls answered in the page: the real catalog over generated rows, without store, folder and worker.
import { applyEntry } from '../../../src/catalog/edit/entry.ts';
import { createHistory } from '../../../src/catalog/edit/history.ts';
import { planEdit } from '../../../src/catalog/edit/plan.ts';
import { applyLayout } from '../../../src/catalog/layout.ts';
import { setPredictions } from '../../../src/catalog/predictions.ts';
import { countFacets } from '../../../src/catalog/query/facets.ts';
import { evaluateView, indexInView, type View } from '../../../src/catalog/query/view.ts';
import { appendRows, completeDirectory, setDecoded, setFileFacts } from '../../../src/catalog/rows.ts';
import { rowsOf, sampleOf } from '../../../src/catalog/sample.ts';
import { summarize } from '../../../src/catalog/summary.ts';
import { createTable, type Table } from '../../../src/catalog/table.ts';
import type { DatasetState, Edit, EditCommand, LayoutProposal, Query, ViewInfo } from '../../../src/catalog/types.ts';
import type { CatalogCalls, CatalogEvent } from '../../../src/workers/calls.ts';
import type { Client } from '../../../src/workers/rpc.ts';

const classNames = ['t-shirt', 'pants', 'longsleeve', 'shirt', 'dress', 'shoes', 'shorts', 'outwear', 'hat', 'skirt'];
const splitNames = ['train', 'validation', 'test'];

/** Numbers in [0, 1) that are the same in every run (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** `count` pictures in split and class folders, two of them unreadable, one in nine predicted as another class. */
export function clothing(count: number, predictions = true): Table {
  const random = seeded(7);
  const table = createTable();
  const pick = (): number => Math.floor(random() ** 1.7 * classNames.length);
  const folders = new Map<string, string[]>();
  for (let i = 0; i < count; i++) {
    const split = splitNames[random() < 0.81 ? 0 : random() < 0.5 ? 1 : 2];
    const folder = `${split}/${classNames[pick()]}`;
    const names = folders.get(folder) ?? [];
    names.push(`${i}.jpg`);
    folders.set(folder, names);
  }
  applyLayout(table, layout);
  for (const [folder, names] of folders) {
    appendRows(table, folder, names);
    completeDirectory(table, folder);
  }
  const ids = Uint32Array.from({ length: count }, (_, i) => i);
  setFileFacts(
    table,
    ids.subarray(0, Math.floor(count * 0.8)),
    Float64Array.from(ids, () => Math.round(8000 + 60_000 * random())).subarray(0, Math.floor(count * 0.8)),
    Float64Array.from(ids, () => Date.UTC(2020, 6, 14) + random() * 1e10).subarray(0, Math.floor(count * 0.8)),
  );
  setDecoded(
    table,
    [...ids].map((id) =>
      id % 1501 === 5
        ? {
            id,
            state: 'unreadable' as const,
            format: 'jpeg' as const,
            reason: 'The file ends in the middle of the picture.',
          }
        : {
            id,
            state: 'readable' as const,
            format: 'jpeg' as const,
            width: 171 + Math.round(300 * (random() + random()) * 0.5),
            height: 400,
          },
    ),
  );
  if (predictions) predict(table, ids, random);
  return table;
}

function predict(table: Table, ids: Uint32Array, random: () => number): void {
  const classes = summarize(table).classes.length;
  const truth = rowsOf(table, ids).map((row) => row.labels[0] ?? 0);
  const score = Float32Array.from(ids, () => 0.22 + 0.78 * Math.sqrt(random()));
  setPredictions(table, {
    ids,
    predicted: Int32Array.from(ids, (id) => ((truth[id] ?? 0) + (id % 9 === 4 ? 3 : 0)) % classes),
    confidence: score,
    margin: score,
    entropy: score,
    labelConfidence: Float32Array.from(score, (s, i) => (i % 9 === 4 ? 1 - s : s)),
  });
}

const layout = { splitLevel: 0, classLevel: 1, splits: splitNames.map((s): [string, string] => [s, s]) };

/** The calls that the page makes while looking and editing; what it does not make here is absent. */
export function createCatalogDouble(table: Table, change: Partial<DatasetState> = {}) {
  const history = createHistory();
  const listeners = new Set<(event: CatalogEvent) => void>();
  const edits: EditCommand[] = [];
  let view: View | undefined;
  const others: View[] = [];
  let version = 0;
  let journal = 0;
  const kept: Partial<DatasetState> = {};

  const state = (): DatasetState => {
    const summary = summarize(table);
    const found = summary.size + 5;
    return {
      id: 'clothing',
      name: 'clothing-small',
      kind: 'directory',
      access: 'owner',
      permission: 'granted',
      writable: true,
      ...summary,
      proposal: proposal(summary.classes.length, summary.size),
      layoutAccepted: true,
      scan: {
        state: 'done',
        report: { found, shown: summary.size, leftOut: 5, added: 0, removed: 0, changed: 0, seconds: 1 },
      },
      embeddings: [],
      probe: summary.toReview > 0 ? { backbone: 'vitrine-mini', at: 0, editsSince: 0 } : null,
      undo: history.undoable()?.entry.text ?? null,
      redo: history.redoable()?.entry.text ?? null,
      unsavedExports: journal,
      journal,
      persisted: true,
      ...change,
      ...kept,
    };
  };
  const tell = (event: CatalogEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const info = (now: View): ViewInfo => ({
    view: 1,
    version,
    count: now.ids.length,
    groups: [...now.groups],
    query: now.query,
  });
  async function evaluate(query: Query): Promise<ViewInfo> {
    view = await evaluateView(table, query);
    version += 1;
    return info(view);
  }
  async function changed(): Promise<void> {
    tell({ type: 'dataset', state: state() });
    if (view) tell({ type: 'view', view: await evaluate(view.query) });
  }
  const done = (text: string, rows: number): Edit => ({ id: journal, text, rows, at: 0 });

  const calls: Partial<Client<CatalogCalls>> = {
    recent: async () => [],
    open: async () => state(),
    close: async () => undefined,
    savedPlace: async () => null,
    savePlace: async () => undefined,
    keepPictures: async () => undefined,
    keptPictures: async () => [],
    evaluations: async () => [],
    reportFacts: async () => undefined,
    setLayout: async () => {
      kept.layoutAccepted = true;
      return state();
    },
    leftOut: async () => ({
      total: 5,
      byReason: { metadata: 3, system: 2 },
      items: ['labels.csv', 'train/metadata.jsonl', 'test/metadata.jsonl'].map((path) => ({
        path,
        reason: 'metadata' as const,
      })),
    }),
    // the first view is the one on the screen; others are asked for rows and closed
    openView: async ({ query }) => {
      if (!view) return evaluate(query);
      const other = await evaluateView(table, query);
      others.push(other);
      return { ...info(other), view: 1 + others.length };
    },
    closeView: async () => undefined,
    setQuery: ({ query }) => evaluate(query),
    rows: async ({ view: asked, from, to }) => {
      const of = asked === 1 ? view : others[asked - 2];
      return { version, rows: of ? rowsOf(table, of.ids.subarray(from, to), of.query) : [] };
    },
    ids: async ({ from, to }) => view?.ids.slice(from, to) ?? new Uint32Array(),
    indexOf: async ({ id }) => (view ? indexInView(view, id) : -1),
    facets: async () => countFacets(table, view?.query ?? {}, undefined),
    sample: async ({ id }) => sampleOf(table, id),
    edit: async ({ command }) => {
      const entry = planEdit(table, command);
      edits.push(command);
      applyEntry(table, entry, 'do');
      journal += 1;
      history.record({ id: journal, at: 0, kind: 'do', entry });
      await changed();
      return done(entry.text, entry.rows);
    },
    undo: async () => {
      const of = history.undoable();
      if (!of) return null;
      applyEntry(table, of.entry, 'undo');
      journal += 1;
      history.record({ id: journal, at: 0, kind: 'undo', of: of.id });
      await changed();
      return done(of.entry.text, of.entry.rows);
    },
  };
  return {
    // the session asks for nothing else in these tests; a call that is missing fails the test with its name
    calls: calls as Client<CatalogCalls>,
    edits,
    changed,
    onEvent: (listener: (event: CatalogEvent) => void) => void listeners.add(listener),
    tell,
  };
}

function proposal(classes: number, size: number): LayoutProposal {
  return {
    layout,
    kind: 'split-folders',
    depth: 2,
    classes,
    splits: splitNames.map((split) => ({ split, folder: split, count: Math.round(size / 3) })),
    unlabelled: 0,
  };
}
