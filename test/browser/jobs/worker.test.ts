// The catalog worker as the page meets it: a real worker behind the typed calls, with a second port as the model worker has.
import { afterEach, expect, test } from 'vitest';
import type { CatalogCalls, CatalogEvent } from '../../../src/workers/calls.ts';
import { connect } from '../../../src/workers/rpc.ts';
import { makeFolder } from './folder.ts';

let worker: Worker | undefined;
afterEach(() => worker?.terminate());

test('opens, walks, filters, edits, serves another port, and knows the dataset again after a restart', async () => {
  const start = () => {
    worker = new Worker(new URL('../../../src/workers/catalog.ts', import.meta.url), { type: 'module' });
    return connect<CatalogCalls, CatalogEvent>(worker);
  };
  const handle = await makeFolder('worker', ['cat/1.jpg', 'cat/2.jpg', 'dog/1.jpg', 'notes.txt']);
  const { calls, onEvent } = start();
  const events: CatalogEvent[] = [];
  onEvent((event) => events.push(event));
  for (const { id, name } of await calls.recent({})) if (name === 'worker') await calls.forget({ dataset: id });

  const { id } = await calls.open({ source: { kind: 'directory', handle } });
  expect(await calls.walked({})).toMatchObject({ found: 4, shown: 3, leftOut: 1 });
  const view = await calls.openView({ query: { filter: { field: 'label', is: 'cat' } } });
  const { rows } = await calls.rows({ view: view.view, from: 0, to: 10 });
  expect(rows.map((row) => row.path)).toEqual(['cat/1.jpg', 'cat/2.jpg']);
  const ids = await calls.ids({ view: view.view, from: 0, to: 1 });
  await calls.edit({ command: { kind: 'label', rows: ids, set: ['dog'] } });
  expect((await calls.sample({ id: ids[0] ?? -1 })).fields.label).toEqual(['dog']);

  const link = new MessageChannel();
  await calls.connect({ port: link.port1 }, { transfer: [link.port1] });
  const model = connect<CatalogCalls>(link.port2).calls;
  const embedding = { key: 'k', backbone: 'b', title: 'B', dim: 2 };
  expect(await model.embedPlan(embedding)).toEqual({ dataset: id, missing: 3, total: 3 });
  const next = await model.embedNext({ dataset: id, key: 'k', after: -1, limit: 2 });
  expect(next.paths).toHaveLength(2);
  await model.embedCommit({ dataset: id, key: 'k', ids: next.ids, facts: [] });
  expect(await model.embedNext({ dataset: id, key: 'k', after: next.ids[1] ?? -1, limit: 2 })).toMatchObject({
    paths: [expect.any(String)],
  });
  expect((await model.trainingSet({ key: 'k' })).ids).toEqual(next.ids);

  const state = await calls.state({});
  expect(state).toMatchObject({ undo: expect.any(String), embeddings: [{ have: 2, total: 3, unfinished: true }] });
  expect(events.some((event) => event.type === 'dataset')).toBe(true);
  await calls.savePlace({ place: { scroll: 7 } });
  worker?.terminate(); // as a crash does: no close

  const again = start().calls;
  expect(await again.recent({})).toContainEqual(expect.objectContaining({ id, name: 'worker' }));
  expect(await again.open({ dataset: id })).toMatchObject({ journal: 1, size: 3, undo: state?.undo });
  expect(await again.savedPlace({})).toEqual({ scroll: 7 });
  expect((await again.sample({ id: ids[0] ?? -1 })).fields.label).toEqual(['dog']);
  expect(await again.undo({})).toMatchObject({ id: 2 });
  await again.forget({ dataset: id });
  expect(await again.state({})).toBeNull();
});
