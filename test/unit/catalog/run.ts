// A catalog and plain objects side by side: the same walks, edits, checkpoints, and the comparison of what they answer.
import { expect } from 'vitest';
import { applyEntry } from '../../../src/catalog/edit/entry.ts';
import { createHistory, type History, type JournalRecord, replayJournal } from '../../../src/catalog/edit/history.ts';
import { planEdit } from '../../../src/catalog/edit/plan.ts';
import { countFacets } from '../../../src/catalog/query/facets.ts';
import { evaluateView } from '../../../src/catalog/query/view.ts';
import { createRescan } from '../../../src/catalog/rescan.ts';
import { findRow, pathOf } from '../../../src/catalog/rows.ts';
import {
  dirtyBlocks,
  encodeBlock,
  encodeMeta,
  markSaved,
  restoreTable,
  saved,
  type TableMeta,
} from '../../../src/catalog/snapshot.ts';
import { listClasses } from '../../../src/catalog/summary.ts';
import { createTable, isPresent, type Table } from '../../../src/catalog/table.ts';
import type { EditCommand, Query } from '../../../src/catalog/types.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import { type Command, FIELDS } from './arbitraries.ts';
import { catalogValue, facetOf, fieldValue, layOut, listedNames, type Naive, type NaiveRow, viewOf } from './naive.ts';
import { modelStep, type Step } from './naive-edit.ts';

/** What the store would hold. */
interface Disk {
  blocks: Map<string, Uint8Array<ArrayBuffer>>;
  meta: TableMeta;
  journal: JournalRecord[];
  contained: number;
}

/** A catalog, the same dataset as plain objects, and what the store would hold of it. */
export class Run {
  table: Table = createTable();
  history: History = createHistory();
  model: Naive = { rows: [], classes: [], layout: null };
  done: Step[] = [];
  undone: Step[] = [];
  disk: Disk = { blocks: new Map(), meta: encodeMeta(createTable()), journal: [], contained: 0 };

  row(pick: number): NaiveRow | undefined {
    return this.model.rows.length === 0 ? undefined : this.model.rows[pick % this.model.rows.length];
  }

  rowsOf(list: number[]): NaiveRow[] {
    return [...new Set(list.map((pick) => this.row(pick)))].filter((row) => row !== undefined);
  }

  checkpoint(): void {
    const keys = dirtyBlocks(this.table);
    for (const key of keys) this.disk.blocks.set(`${key.column}/${key.block}`, encodeBlock(this.table, key));
    this.disk.meta = structuredClone(encodeMeta(this.table));
    this.disk.contained = this.disk.journal.length;
    markSaved(this.table, keys, this.disk.meta);
    expect(dirtyBlocks(this.table)).toEqual([]);
  }

  reopen(): void {
    const blocks = [...this.disk.blocks].map(([key, bytes]) => {
      const cut = key.lastIndexOf('/');
      return { column: key.slice(0, cut), block: Number(key.slice(cut + 1)), bytes: bytes.slice() };
    });
    const { table, lost } = restoreTable(structuredClone(this.disk.meta), blocks);
    expect(lost).toEqual([]);
    this.table = table;
    this.history = replayJournal(table, structuredClone(this.disk.journal), this.disk.contained);
  }

  walk(files: [string, string[]][], batch: number): void {
    const listing = new Map(files);
    const rescan = createRescan(this.table);
    for (const [directory, names] of listing) {
      for (let at = 0; at < names.length; at += batch) rescan.see(directory, names.slice(at, at + batch));
      rescan.complete(directory);
    }
    rescan.finish();
    for (const row of this.model.rows) row.present = listing.get(row.directory)?.includes(row.name) ?? false;
    for (const [directory, names] of listing)
      for (const name of names) {
        if (this.model.rows.some((row) => row.directory === directory && row.name === name)) continue;
        const row: NaiveRow = {
          id: this.model.rows.length,
          directory,
          name,
          present: true,
          split: null,
          splitEdited: false,
          label: [],
          negatives: [],
          labelEdited: false,
          excluded: false,
          reviewed: false,
          size: null,
          modified: null,
          state: null,
          format: null,
          width: null,
          predicted: null,
          confidence: null,
          doubt: null,
        };
        this.model.rows.push(row);
        layOut(this.model, row);
      }
  }

  edit(wanted: Command): void {
    const rows = 'picks' in wanted ? this.rowsOf(wanted.picks) : [];
    const ids = Uint32Array.from(rows, ({ id }) => id);
    const asked: EditCommand = 'picks' in wanted ? { ...wanted, rows: ids } : wanted;
    let entry: ReturnType<typeof planEdit>;
    try {
      entry = planEdit(this.table, asked);
    } catch (error) {
      expect(error).toBeInstanceOf(VitrineError);
      expect((error as VitrineError).code).toMatch(/^(bad-input|not-found|no-data)$/);
      expect((error as VitrineError).message).toMatch(/^\p{Lu}.*\.$|^“.*\.$/u);
      return;
    }
    if (entry.needs.rows > saved(this.table).rows || entry.needs.classes > saved(this.table).classes) this.checkpoint();
    const id = this.disk.journal.length + 1;
    const step: JournalRecord = { id, at: id, kind: 'do', entry };
    this.disk.journal.push(structuredClone(step));
    applyEntry(this.table, entry, 'do');
    this.history.record(step);
    const present = rows.filter((row) => row.present);
    this.done.push(modelStep(this.model, asked, present));
    this.done[this.done.length - 1]?.redo();
    this.undone = [];
  }

  async check(asked: Query): Promise<void> {
    const expected = viewOf(this.model, asked);
    const pause = (): Promise<void> => new Promise((next) => setImmediate(next));
    const view = await evaluateView(this.table, asked, { pause });
    expect([...view.ids]).toEqual(expected.ids);
    expect(view.groups).toEqual(expected.groups);
    for (const facet of await countFacets(this.table, asked, [
      'directory',
      'split',
      'label',
      'predicted',
      'format',
      'excluded',
      'disagrees',
      'readable',
      'labelled',
      'size',
      'modified',
      'width',
      'confidence',
      'doubt',
    ]))
      expect(facet).toEqual(facetOf(this.model, asked, facet));
  }

  checkRows(): void {
    for (const row of this.model.rows) {
      expect(isPresent(this.table, row.id)).toBe(row.present);
      const path = String(fieldValue(this.model, row, 'path'));
      expect(pathOf(this.table, row.id)).toBe(path);
      expect(findRow(this.table, path)).toBe(row.id);
      for (const field of FIELDS)
        expect([field, catalogValue(this.table, row.id, field)]).toEqual([field, fieldValue(this.model, row, field)]);
    }
    const names = listClasses(this.table).map(({ name }) => name);
    expect(names).toEqual(listedNames(this.model));
    expect(new Set(names).size).toBe(names.length);
  }
}
