// The next step follows what is there: whoever only presses it ends with files on disk.
import { expect, test } from 'vitest';
import { nextStep } from '../../../src/app/next-step.ts';
import type { DatasetState } from '../../../src/catalog/types.ts';
import type { Job } from '../../../src/client/types.ts';

const embedding = (have: number, total = 100, unfinished = false) => ({
  key: 'k',
  backbone: 'mini',
  title: 'Mini',
  dim: 4,
  have,
  total,
  unfinished,
});

const state = (change: Partial<DatasetState> = {}): DatasetState => ({
  id: 'd',
  name: 'clothing',
  kind: 'directory',
  access: 'owner',
  permission: 'granted',
  writable: true,
  size: 100,
  excluded: 0,
  labelled: 100,
  unreadable: 0,
  disagreeing: 0,
  toReview: 0,
  classes: [
    { id: 0, name: 'hat', number: 1, color: 0, count: 60 },
    { id: 1, name: 'shoes', number: 2, color: 1, count: 40 },
  ],
  multiLabel: false,
  splits: [],
  fields: [],
  proposal: null,
  layoutAccepted: true,
  scan: { state: 'done', report: { found: 100, shown: 100, leftOut: 0, added: 0, removed: 0, changed: 0, seconds: 1 } },
  factsKnown: 100,
  embeddings: [],
  probe: null,
  undo: null,
  redo: null,
  unsavedExports: 0,
  journal: 0,
  persisted: true,
  ...change,
});

const job = (kind: Job['kind'], jobState: Job['state'] = 'running'): Job => ({
  id: kind,
  kind,
  title: kind,
  state: jobState,
  progress: null,
  canPause: true,
  canCancel: true,
});

const probe = { backbone: 'mini', at: 0, editsSince: 0 };
const title = (s: DatasetState | null, jobs: Job[] = []): string | undefined => nextStep(s, jobs, 'mini')?.title;

test('the steps follow one another from a folder to files', () => {
  expect(title(null)).toBeUndefined();
  expect(title(state())).toBe('Embed');
  expect(title(state({ embeddings: [embedding(40, 100, true)] }))).toBe('Go on embedding');
  expect(title(state({ embeddings: [embedding(100)] }))).toBe('Train');
  expect(title(state({ embeddings: [embedding(100)], probe, toReview: 23 }))).toBe('Review 23 likely errors');
  expect(title(state({ embeddings: [embedding(100)], probe, toReview: 1 }))).toBe('Review 1 likely error');
  expect(title(state({ probe, unsavedExports: 4 }))).toBe('Save');
  expect(title(state({ probe: { ...probe, editsSince: 4 } }))).toBe('Train again');
  expect(title(state({ probe }))).toBeUndefined();
});

test('without labels the next step is to label, not to train', () => {
  const unlabelled = state({ embeddings: [embedding(100)], labelled: 0, classes: [] });
  expect(nextStep(unlabelled, [], 'mini')).toEqual({ kind: 'label', title: 'Label 100 pictures' });
});

test('embeddings of another backbone do not count', () => {
  expect(nextStep(state({ embeddings: [embedding(100)] }), [], 'deit')?.kind).toBe('embed');
});

test('nothing is offered while the job that it needs runs, or is paused', () => {
  expect(title(state(), [job('embed')])).toBeUndefined();
  expect(title(state(), [job('embed', 'paused')])).toBeUndefined();
  expect(title(state(), [job('scan')])).toBeUndefined();
  expect(title(state(), [job('facts')])).toBe('Embed');
  expect(title(state(), [job('embed', 'failed')])).toBe('Embed');
});

test('a tab that only reads, an empty folder and a folder without access get no step', () => {
  expect(title(state({ access: 'reader' }))).toBeUndefined();
  expect(title(state({ size: 0 }))).toBeUndefined();
  expect(title(state({ permission: 'prompt' }))).toBeUndefined();
  expect(title(state({ permission: 'prompt', probe, toReview: 2 }))).toBe('Review 2 likely errors');
});
