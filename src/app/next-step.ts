// The one next step that is always offered: embed, label, train, review, save. Nothing forces that order. Pure.
import type { DatasetState } from '../catalog/types.ts';
import type { Job } from '../client/types.ts';
import { count, counted } from './ui/format.ts';

export type StepKind = 'embed' | 'label' | 'train' | 'review' | 'save';

export interface NextStep {
  kind: StepKind;
  /** Words of the button. */
  title: string;
}

const fewestClasses = 2; // a classifier tells at least two things apart

/**
 * What to offer now, or null while the answer would be wrong or is already under way: nothing is open, the folder is still being read,
 * a job that makes the next step possible runs, or everything is done. `backbone` is the one in use.
 */
export function nextStep(state: DatasetState | null, jobs: readonly Job[], backbone: string): NextStep | null {
  if (!state || state.size === 0 || state.access === 'reader') return null;
  const busy = (kind: Job['kind']): boolean => jobs.some((job) => job.kind === kind && job.state !== 'failed');
  if (busy('embed') || busy('train') || busy('scan')) return null;

  const embedding = state.embeddings.find((e) => e.backbone === backbone);
  const canRead = state.permission === 'granted';
  if (!state.probe && (!embedding || embedding.have < embedding.total)) {
    if (!canRead) return null; // the banner asks for the folder first
    return { kind: 'embed', title: embedding?.unfinished ? 'Go on embedding' : 'Embed' };
  }
  const labelledClasses = state.classes.filter((c) => c.count > 0).length;
  if (!state.probe)
    return labelledClasses < fewestClasses
      ? { kind: 'label', title: `Label ${counted(state.size - state.labelled, 'picture')}` }
      : { kind: 'train', title: 'Train' };
  if (state.toReview > 0)
    return {
      kind: 'review',
      title: `Review ${count(state.toReview)} likely ${state.toReview === 1 ? 'error' : 'errors'}`,
    };
  if (state.unsavedExports > 0) return { kind: 'save', title: 'Save' };
  if (state.probe.editsSince > 0) return { kind: 'train', title: 'Train again' };
  return null;
}
