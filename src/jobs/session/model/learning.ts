// What training reads and leaves behind: the rows to train on, predictions, the latest evaluation and probe of each backbone, doubtful labels.
import { setPredictions, trainingRows } from '../../../catalog/predictions.ts';
import { evaluateView } from '../../../catalog/query/view.ts';
import { sampleOf } from '../../../catalog/sample.ts';
import type { DatasetState, Filter, Sample } from '../../../catalog/types.ts';
import type { Evaluation, LabelIssue } from '../../../learn/types.ts';
import { VitrineError } from '../../../shared/errors.ts';
import { readMeta } from '../../../store/blocks.ts';
import type { PredictionCommit, StoredProbe, TrainingSet } from '../../session-types.ts';
import { type Core, requireOwner } from '../core.ts';
import { pause } from '../pause.ts';
import type { Checkpoints } from '../stored/checkpoints.ts';
import type { Embeddings } from './embeddings.ts';

/** An evaluation with the journal position of the labels that it saw. */
export interface StoredEvaluation {
  evaluation: Evaluation;
  position: number;
}

export interface Learning {
  trainingSet(key: string): Promise<TrainingSet>;
  commit(predictions: PredictionCommit): Promise<void>;
  probe(backbone: string | undefined): Promise<StoredProbe | null>;
  evaluations(): Evaluation[];
  issues(by: IssueOrder, limit: number, signal: AbortSignal): Promise<LabelIssue[]>;
  /** For DatasetState. */
  state(): DatasetState['probe'];
}

export type IssueOrder = 'confidence' | 'margin' | 'entropy';

/** Most doubtful first: little probability for the label, a thin lead, a flat distribution. */
const ORDER = {
  confidence: { field: 'doubt', descending: true },
  margin: { field: 'margin', descending: false },
  entropy: { field: 'entropy', descending: true },
} as const;

const judged: Filter = {
  and: [{ field: 'labelled', is: true }, { field: 'excluded', is: false }, { not: { field: 'doubt', missing: true } }],
};

export function createLearning(core: Core, embeddings: Embeddings, checkpoints: Checkpoints): Learning {
  return {
    async trainingSet(key) {
      const ids = await embeddings.rowsWith(key);
      return { dataset: core.record.id, ids, ...trainingRows(core.table, ids) };
    },
    async commit(predictions) {
      requireOwner(core);
      const { evaluation, probe } = predictions;
      setPredictions(core.table, predictions);
      const others = core.evaluations.filter((stored) => stored.evaluation.backbone !== evaluation.backbone);
      core.evaluations = [{ evaluation, position: core.position }, ...others];
      core.changed(['predicted', 'confidence', 'margin', 'entropy', 'doubt', 'disagrees']);
      await checkpoints.write('relaxed', { evaluations: core.evaluations, [probeName(probe.backbone)]: probe });
    },
    async probe(backbone) {
      const name = backbone ?? core.evaluations[0]?.evaluation.backbone;
      if (name === undefined) return null;
      const key = probeName(name);
      const { [key]: stored } = await readMeta(core.store, core.record.id, [key]);
      return (stored as StoredProbe | undefined) ?? null; // written by `commit`
    },
    evaluations: () => core.evaluations.map((stored) => stored.evaluation),
    async issues(by, limit, signal) {
      const query = { filter: judged, sort: [ORDER[by]] };
      const view = await evaluateView(core.table, query, { signal, pause });
      return Array.from(view.ids.subarray(0, limit), (id) => issueOf(sampleOf(core.table, id), by));
    },
    state() {
      const latest = core.evaluations[0];
      if (!latest) return null;
      const { backbone, at } = latest.evaluation;
      return { backbone, at, editsSince: core.position - latest.position };
    },
  };
}

const probeName = (backbone: string): string => `probe:${backbone}`;

function issueOf(sample: Sample, by: IssueOrder): LabelIssue {
  const number = (name: string): number => {
    const value = sample.fields[name];
    if (typeof value !== 'number') throw new VitrineError('internal', `A judged sample has no ${name}.`);
    return value;
  };
  const doubt = number('doubt');
  const margin = number('margin');
  const entropy = number('entropy');
  return {
    id: sample.id,
    path: sample.path,
    label: textOf(sample.fields.label),
    predicted: textOf(sample.fields.predicted),
    selfConfidence: 1 - doubt,
    margin,
    entropy,
    score: by === 'confidence' ? doubt : by === 'margin' ? 1 - margin : entropy,
  };
}

/** Class fields hold a list of names. */
const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));
