// What training leaves behind: predictions by row, evaluation and probe by backbone, doubtful labels in order, exports with probabilities.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportDataset } from '../../../src/jobs/session/model/exporting.ts';
import type { PredictionCommit } from '../../../src/jobs/session-types.ts';
import { openStore, type Store } from '../../../src/store/schema.ts';
import { makeFolder, writeVectors } from './folder.ts';
import { openAndWalk, openSession, TEST_DATABASE, type TestSession } from './open.ts';

let store: Store;
let session: TestSession;
beforeEach(async () => {
  store = await openStore(TEST_DATABASE);
});
afterEach(async () => {
  await session.close();
  store.close();
  await deleteDB(TEST_DATABASE);
});

/** Predictions for four rows, the last of which contradicts its label. */
function predictions(ids: Uint32Array, [cat, dog]: number[], backbone: string): PredictionCommit {
  const classes = [
    { id: cat ?? 0, name: 'cat' },
    { id: dog ?? 1, name: 'dog' },
  ];
  return {
    ids,
    predicted: Int32Array.of(cat ?? 0, cat ?? 0, dog ?? 1, cat ?? 0),
    confidence: Float32Array.of(0.9, 0.8, 0.7, 0.95),
    margin: Float32Array.of(0.8, 0.6, 0.4, 0.9),
    entropy: Float32Array.of(0.1, 0.2, 0.3, 0.05),
    labelConfidence: Float32Array.of(0.875, 0.75, 0.625, 0.0625),
    evaluation: {
      backbone,
      embeddingKey: 'key',
      classes: ['cat', 'dog'],
      C: 1,
      iterations: 3,
      objective: 1,
      path: [],
      splits: {},
      trainedOn: { split: null, samples: 4, leftOut: [] },
      judgedBy: 'given',
      seconds: 1,
      device: 'CPU',
      at: 5,
    },
    probe: { backbone, embeddingKey: 'key', classes, dim: 2, C: 1, W: Float64Array.of(1, -1), b: Float64Array.of(0.5) },
  };
}

test('predictions, evaluation and probe are kept, shown and exported', async () => {
  session = await openAndWalk(
    store,
    await makeFolder('learning', ['cat/1.jpg', 'cat/2.jpg', 'dog/1.jpg', 'dog/2.jpg']),
  );
  const { id, classes } = session.state();
  const rows = await session.rows();
  const ids = Uint32Array.from(rows.values(), (row) => row.id);
  await session.embeddings.plan({ key: 'key', backbone: 'mini', title: 'Mini', dim: 2 });
  // row 1 is (2, 0.5), whose logit is 1 * 2 - 1 * 0.5 + 0.5
  await writeVectors(id, 'key', Float16Array.of(0, 0.5, 2, 0.5, 0, 0, 0, 0));
  await session.embeddings.commit({ key: 'key', ids, facts: [] });
  await session.embeddings.finish({ key: 'key', finished: true });

  const set = await session.learning.trainingSet('key');
  expect(set.classes.map(({ name }) => name)).toEqual(['cat', 'dog']);
  expect([...set.labels]).toEqual([...set.ids].map((row) => [...rows.values()].find((r) => r.id === row)?.labels[0]));

  const commit = predictions(
    ids,
    classes.map((info) => info.id),
    'mini',
  );
  await session.learning.commit(commit);
  expect(session.state()).toMatchObject({
    disagreeing: 1,
    toReview: 1,
    probe: { backbone: 'mini', at: 5, editsSince: 0 },
  });
  const issues = await session.learning.issues('confidence', 2, new AbortController().signal);
  expect(issues.map(({ path, score }) => [path, score])).toEqual([['dog/2.jpg', 0.9375]]);
  expect(issues[0]).toMatchObject({ label: 'dog', predicted: 'cat', selfConfidence: 0.0625 });
  await session.edits.edit({ kind: 'review', rows: ids.slice(3), value: true });
  expect(session.state()).toMatchObject({ toReview: 0, probe: { editsSince: 1 } });
  await session.learning.commit({ ...commit, ...predictions(ids, [0, 1], 'other') });
  await session.close();

  session = await openSession(store, { dataset: id });
  expect(session.learning.evaluations().map((evaluation) => evaluation.backbone)).toEqual(['other', 'mini']);
  expect(await session.learning.probe('mini')).toEqual(commit.probe);
  expect((await session.learning.probe(undefined))?.backbone).toBe('other');
  expect((await session.rows()).get('dog/2.jpg')).toMatchObject({
    predicted: commit.predicted[3],
    labels: [classes[1]?.id],
  });

  const dataset = exportDataset(session.core, { filter: { field: 'label', is: 'dog' } }, null);
  const exported = [];
  for await (const part of dataset.rows({ probabilities: false })) exported.push(...part);
  expect(exported.map(({ path, labels, predicted }) => [path, labels, predicted])).toEqual([
    ['dog/1.jpg', ['dog'], 'dog'],
    ['dog/2.jpg', ['dog'], 'cat'],
  ]);
  const whole = exportDataset(session.core, {}, commit.probe);
  expect(whole.probabilityClasses).toEqual(['cat', 'dog']);
  const scored = [];
  for await (const part of whole.rows({ probabilities: true })) scored.push(...part);
  const ofRow = new Map([...rows.values()].map((row) => [row.path, row.id]));
  for (const { path, probabilities } of scored) {
    const logit = [0, 2, 0.5, 0.5][ofRow.get(path) ?? -1] ?? Number.NaN;
    expect(probabilities?.[1]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 5);
    expect((probabilities?.[0] ?? 0) + (probabilities?.[1] ?? 0)).toBeCloseTo(1, 5);
  }
  expect(dataset).toMatchObject({ classes: ['cat', 'dog'], multiLabel: false, size: 4, excluded: 0, filtered: true });
});
