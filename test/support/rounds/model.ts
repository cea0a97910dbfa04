// What a dataset must hold after any prefix of a seeded sequence of edits: plans edits, plays them on plain objects, and takes back those that never happened.
import { createRandom } from '../../../.scripts/sample/random.mjs';
import type { EditCommand } from '../../../src/catalog/types.ts';
import { directoryOf, nameOf } from '../../../src/shared/paths.ts';
import { layOut, listedNames, type Naive, type NaiveRow, namesOf } from '../../unit/catalog/naive.ts';
import { modelStep, type Step } from '../../unit/catalog/naive-edit.ts';

/** One entry of the journal as it is asked for. Rows are paths, because the page knows the ids. */
export type Asked =
  | { kind: 'label'; paths: string[]; set: string[] | null }
  | { kind: 'exclude'; paths: string[]; value: boolean }
  | { kind: 'import'; labels: [path: string, name: string][] }
  | { kind: 'add-class'; name: string }
  | { kind: 'rename-class'; from: string; to: string }
  | { kind: 'merge-classes'; from: string[]; into: string }
  | { kind: 'remove-class'; name: string }
  | { kind: 'undo' }
  | { kind: 'redo' };

/** What a round is mostly made of. */
export interface Mix {
  /** Pictures that one edit changes: a share of all; 0: one. */
  share: number;
  /** How many of a hundred steps are undo or redo. */
  back: number;
  /** How many of a hundred are imports of a CSV. */
  imports?: number;
}

/** What a person sees of a picture: its labels by name, sorted, and whether it is excluded. */
export type Seen = Record<string, { labels: string[]; excluded: boolean }>;

export interface Model {
  /** Plans edits and plays them; each makes exactly one entry of the journal. */
  plan(count: number, mix: Mix): Asked[];
  /** Only the first `happened` of the edits planned last did happen. */
  settle(happened: number): void;
  /** Takes back the last edit, or does it again; it makes one entry. */
  back(kind: 'undo' | 'redo'): void;
  /** The folder holds these files now, and the dataset has listed it. */
  walk(paths: readonly string[]): void;
  seen(): Seen;
  /** Names of the classes that are shown, in their order. */
  classes(): string[];
  readonly undoable: boolean;
}

/** A dataset whose first folder is the split and whose second is the class. `editable`: files that stay, and that edits are about. */
export function createModel(seed: number, editable: readonly string[]): Model {
  const random = createRandom(seed);
  const naive: Naive = {
    rows: [],
    classes: [],
    layout: {
      splitLevel: 0,
      classLevel: 1,
      splits: [
        ['train', 'train'],
        ['val', 'validation'],
      ],
    },
  };
  const rowOf = new Map<string, NaiveRow>();
  // the application remembers 1,000 edits; a walk of random steps never goes back so far
  const done: Step[] = [];
  let undone: Step[] = [];
  let reverts: (() => void)[] = [];
  let names = 0;

  const pathOf = (row: NaiveRow): string => `${row.directory}/${row.name}`;
  const fresh = (): string => `class-${names++}`;

  function choose({ share, back, imports = 0 }: Mix): Asked {
    if (random.next() * 100 < back) {
      if (undone.length > 0 && random.chance(0.4)) return { kind: 'redo' };
      if (done.length > 0) return { kind: 'undo' };
    }
    if (random.next() * 100 < imports) {
      const names = listedNames(naive);
      const chosen = editable.filter(() => random.chance(share));
      if (chosen.length > 0) return { kind: 'import', labels: chosen.map((path) => [path, random.pick(names)]) };
    }
    const paths = share === 0 ? [random.pick(editable)] : editable.filter(() => random.chance(share));
    if (paths.length === 0) paths.push(random.pick(editable));
    const listed = listedNames(naive);
    const what = random.integer(0, 99);
    if (what < 70) {
      const set = random.chance(0.1) ? null : [random.chance(0.05) ? fresh() : random.pick(listed)];
      return { kind: 'label', paths, set };
    }
    if (what < 90) return { kind: 'exclude', paths, value: random.chance(0.5) };
    if (what < 93 || listed.length < 4) return { kind: 'add-class', name: fresh() };
    const [first = '', second = ''] = random.shuffle(listed);
    if (what < 95) return { kind: 'rename-class', from: first, to: fresh() };
    if (what < 98) return { kind: 'merge-classes', from: [first], into: second };
    return { kind: 'remove-class', name: first };
  }

  /** Plays one step and gives the way back. */
  function play(asked: Asked): () => void {
    if (asked.kind === 'undo' || asked.kind === 'redo') {
      const isUndo = asked.kind === 'undo';
      const [from, to] = isUndo ? [done, undone] : [undone, done];
      const step = from.pop();
      if (!step) throw new Error('planned without anything to go back to');
      to.push(step);
      if (isUndo) step.undo();
      else step.redo();
      return () => {
        to.pop();
        from.push(step);
        if (isUndo) step.redo();
        else step.undo();
      };
    }
    if (asked.kind === 'import') {
      const groups = new Map<string, [path: string, name: string][]>();
      for (const label of asked.labels) groups.set(label[1], [...(groups.get(label[1]) ?? []), label]);
      return perform(
        [...groups].map(([name, labels]) => {
          const rows = labels.flatMap(([path]) => rowOf.get(path) ?? []);
          return modelStep(naive, { kind: 'label', rows: new Uint32Array(), set: [name] }, rows);
        }),
      );
    }
    const rows = 'paths' in asked ? asked.paths.flatMap((path) => rowOf.get(path) ?? []) : [];
    const command: EditCommand = 'paths' in asked ? { ...asked, rows: new Uint32Array() } : asked; // the rows beside it count
    return perform([modelStep(naive, command, rows)]);
  }

  /** Does what one entry does, whose parts are about different pictures. */
  function perform(parts: Step[]): () => void {
    const step: Step = {
      redo: () => {
        for (const part of parts) part.redo();
      },
      undo: () => {
        for (const part of parts) part.undo();
      },
    };
    const before = undone;
    undone = [];
    step.redo();
    done.push(step);
    return () => {
      done.pop();
      step.undo();
      undone = before;
    };
  }

  return {
    plan(count, mix) {
      reverts = [];
      return Array.from({ length: count }, () => {
        const asked = choose(mix);
        reverts.push(play(asked));
        return asked;
      });
    },
    settle(happened) {
      while (reverts.length > happened) reverts.pop()?.();
      reverts = [];
    },
    back: (kind) => void play({ kind }),
    walk(paths) {
      const present = new Set(paths);
      for (const row of naive.rows) row.present = present.has(pathOf(row));
      for (const path of paths) {
        if (rowOf.has(path)) continue;
        const row = newRow(naive.rows.length, path);
        naive.rows.push(row);
        rowOf.set(path, row);
        layOut(naive, row);
      }
    },
    seen() {
      const seen: Seen = {};
      for (const row of naive.rows)
        if (row.present) seen[pathOf(row)] = { labels: namesOf(naive, row.label).sort(), excluded: row.excluded };
      return seen;
    },
    classes: () => listedNames(naive),
    get undoable() {
      return done.length > 0;
    },
  };
}

function newRow(id: number, path: string): NaiveRow {
  const unknown = { size: null, modified: null, state: null, format: null, width: null } as const;
  return {
    id,
    directory: directoryOf(path),
    name: nameOf(path),
    present: true,
    split: null,
    splitEdited: false,
    label: [],
    negatives: [],
    labelEdited: false,
    excluded: false,
    reviewed: false,
    ...unknown,
    predicted: null,
    confidence: null,
    doubt: null,
  };
}
