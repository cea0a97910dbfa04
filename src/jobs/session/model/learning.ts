// What training reads and leaves behind: the rows to train on, predictions, the latest evaluation and probe of each backbone, doubtful labels.
import { judgedRows, labelSets, setPredictions, trainingRows } from '../../../catalog/predictions.ts';
import { filterRows } from '../../../catalog/query/filter.ts';
import { sampleOf } from '../../../catalog/sample.ts';
import { hasSeveralLabels, listClasses } from '../../../catalog/summary.ts';
import type { DatasetState, Filter, Sample } from '../../../catalog/types.ts';
import { type IssueOrder, rankLabelIssues } from '../../../learn/issues.ts';
import type { Evaluation, LabelIssue } from '../../../learn/types.ts';
import { VitrineError } from '../../../shared/errors.ts';
import { readMeta } from '../../../store/blocks.ts';
import type { PredictionCommit, StoredProbe, TrainingSet } from '../../session-types.ts';
import { activeRecipe, type Core, requireOwner } from '../core.ts';
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

const judged: Filter = {
  and: [{ field: 'labelled', is: true }, { field: 'excluded', is: false }, { not: { field: 'doubt', missing: true } }],
};

export function createLearning(core: Core, embeddings: Embeddings, checkpoints: Checkpoints): Learning {
  return {
    async trainingSet(key) {
      const ids = await embeddings.rowsWith(key);
      const set = { dataset: core.record.id, ids, ...trainingRows(core.table, ids) };
      if (activeRecipe(core)?.multiLabel !== true && !hasSeveralLabels(core.table)) return set;
      const several = labelSets(core.table, ids);
      const used = new Set(several.sets.flatMap(({ positive }) => positive));
      const classes = listClasses(core.table).filter(({ id }) => used.has(id));
      return { ...set, several, classes: classes.map(({ id, name }) => ({ id, name })) };
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
      const ids = (await filterRows(core.table, judged, { signal, pause })).ids();
      const { rows, scores } = rankLabelIssues(judgedRows(core.table, ids), by, limit);
      return Array.from(rows, (row, i) => issueOf(sampleOf(core.table, ids[row] ?? 0), scores[i] ?? 0));
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

function issueOf(sample: Sample, score: number): LabelIssue {
  const number = (name: string): number => {
    const value = sample.fields[name];
    if (typeof value !== 'number') throw new VitrineError('internal', `A judged sample has no ${name}.`);
    return value;
  };
  return {
    id: sample.id,
    path: sample.path,
    label: textOf(sample.fields.label),
    predicted: textOf(sample.fields.predicted),
    selfConfidence: 1 - number('doubt'),
    margin: number('margin'),
    entropy: number('entropy'),
    score,
  };
}

/** Class fields hold a list of names. */
const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));
