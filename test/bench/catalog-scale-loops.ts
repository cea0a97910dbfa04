// Builds a catalog of any size and times what a person does with it, in CPU seconds, which a busy machine does not change.
import { applyEntry } from '../../src/catalog/edit/entry.ts';
import { planEdit } from '../../src/catalog/edit/plan.ts';
import { countFacets } from '../../src/catalog/query/facets.ts';
import { evaluateView } from '../../src/catalog/query/view.ts';
import { dirtyBlocks, encodeBlock, encodeMeta, restoreTable, type StoredBlock } from '../../src/catalog/snapshot.ts';
import { tableBytes } from '../../src/catalog/table.ts';
import { fillTable } from '../support/fill.ts';

/** Prints a line for each thing that is measured. Runs in Node. */
export async function catalogAtScale(rows: number, print: (line: string) => void): Promise<void> {
  async function timed<T>(what: string, work: () => T | Promise<T>): Promise<T> {
    const from = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(from);
    print(`${what}: ${((user + system) / 1000).toFixed(0)} ms CPU`);
    return result;
  }
  const table = await timed(`fill ${rows.toLocaleString('en')} rows`, () => fillTable(rows, 1, { metadata: false }));
  print(`${(tableBytes(table) / rows).toFixed(1)} bytes a row, ${(tableBytes(table) / 2 ** 20).toFixed(0)} MiB`);
  const view = (query: Parameters<typeof evaluateView>[1]) => () => evaluateView(table, query);
  await timed('view of everything', view({}));
  await timed('view of everything again', view({ filter: { not: { field: 'name', is: 'x' } } }));
  await timed('filter by class', view({ filter: { field: 'label', is: table.classes.records[7]?.name ?? '' } }));
  await timed('filter by range', view({ filter: { field: 'confidence', between: [0.3, 0.6] } }));
  await timed('filter by text in the name', view({ filter: { field: 'name', contains: '_77' } }));
  await timed('sort by a float column', view({ sort: [{ field: 'margin' }] }));
  await timed('sort by name', view({ sort: [{ field: 'name' }] }));
  await timed('sort by name again', view({ sort: [{ field: 'name' }] }));
  await timed('all facets', () =>
    countFacets(table, { filter: { field: 'confidence', between: [0.2, 1] } }, undefined),
  );
  const chosen = Uint32Array.from({ length: 100_000 }, (_, i) => Math.floor((i * rows) / 100_000));
  const entry = await timed('plan a label for 100,000 rows', () =>
    planEdit(table, { kind: 'label', rows: chosen, set: ['chosen'] }),
  );
  await timed('apply it', () => applyEntry(table, entry, 'do'));
  const blocks: StoredBlock[] = [];
  await timed('encode all blocks', () => {
    for (const key of dirtyBlocks(table)) blocks.push({ ...key, bytes: encodeBlock(table, key) });
  });
  const stored = blocks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  print(`${blocks.length.toLocaleString('en')} blocks, ${(stored / 2 ** 20).toFixed(0)} MiB`);
  const meta = encodeMeta(table);
  const { table: again } = await timed('restore', () => restoreTable(structuredClone(meta), blocks));
  await timed('first view after restoring', () => evaluateView(again, {}));
}
