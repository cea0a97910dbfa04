// The dataset as exports see it: rows by name in the order a person sees, with the probe's probabilities where they are asked for.
import { evaluateView } from '../../../catalog/query/view.ts';
import { pathOf } from '../../../catalog/rows.ts';
import { listClasses, summarize } from '../../../catalog/summary.ts';
import type { Table } from '../../../catalog/table.ts';
import type { Filter } from '../../../catalog/types.ts';
import type { ExportDataset, ExportRow } from '../../../formats/types.ts';
import { probabilitiesOf } from '../../../learn/predict.ts';
import { throwIfAborted } from '../../../shared/errors.ts';
import { readVectorsBeside } from '../../../store/vectors.ts';
import type { StoredProbe } from '../../session-types.ts';
import type { Core } from '../core.ts';
import { pause } from '../pause.ts';

/** Rows handed over at once. */
const ROWS = 2048;

/** The rows of `filter` that are not excluded. `probe`: the stored one, or null. */
export function exportDataset(core: Core, filter: Filter | undefined, probe: StoredProbe | null): ExportDataset {
  const classes = listClasses(core.table);
  const nameOf = new Map(classes.map((info) => [info.id, info.name]));
  const { size, excluded, splits } = summarize(core.table);
  // a column gives the same list for all rows of one label: a million rows have a few hundred lists of names
  const known = new WeakMap<readonly number[], readonly string[]>();
  const namesOf = (ids: readonly number[]): readonly string[] => {
    const names = known.get(ids) ?? ids.map((id) => nameOf.get(id) ?? String(id));
    known.set(ids, names);
    return names;
  };
  const included: Filter = { field: 'excluded', is: false };
  return {
    name: core.record.name,
    classes: classes.map((info) => info.name),
    splits,
    multiLabel: hasSeveralLabels(core.table),
    layout: core.table.layout,
    size: size - excluded,
    excluded,
    filtered: filter !== undefined,
    ...(probe ? { probabilityClasses: probe.classes.map((info) => nameOf.get(info.id) ?? info.name) } : {}),
    async *rows({ probabilities, signal }) {
      const query = { filter: filter ? { and: [filter, included] } : included };
      const { ids } = await evaluateView(core.table, query, { pause, ...(signal ? { signal } : {}) });
      for (let from = 0; from < ids.length; from += ROWS) {
        throwIfAborted(signal);
        const part = ids.subarray(from, from + ROWS);
        const { split, label, predicted, confidence } = core.table.builtIn;
        const scores = probabilities && probe ? await probabilitiesIn(core, probe, part) : undefined;
        yield Array.from(part, (id, i): ExportRow => {
          const [guess] = predicted.membersAt(id);
          const row: ExportRow = {
            path: pathOf(core.table, id),
            split: split.textAt(id),
            labels: namesOf(label.membersAt(id)),
            predicted: guess === undefined ? null : (nameOf.get(guess) ?? null),
            confidence: confidence.has(id) ? confidence.at(id) : null,
          };
          const own = scores?.get(i);
          return own ? { ...row, probabilities: own } : row;
        });
        await pause();
      }
    },
  };
}

/** True when one row has several labels. */
function hasSeveralLabels({ builtIn: { label }, rowCount }: Table): boolean {
  const several = label.members().map((members) => members.length > 1);
  if (!several.includes(true)) return false;
  for (let row = 0; row < rowCount; row++) if (several[label.at(row, -1)] === true) return true;
  return false;
}

/** [classes] probabilities of the probe for the rows that have a vector, by position in `ids`. */
async function probabilitiesIn(core: Core, probe: StoredProbe, ids: Uint32Array): Promise<Map<number, Float32Array>> {
  const have = core.presence.get(probe.embeddingKey)?.rows;
  const positions = Array.from(ids.keys()).filter((i) => have?.has(ids[i] as number)); // i < ids.length
  const wanted = Uint32Array.from(positions, (i) => ids[i] as number);
  const vectors = await readVectorsBeside(core.record.id, probe.embeddingKey, probe.dim, wanted);
  const probabilities = probabilitiesOf(logitsOf(probe, vectors, positions.length), positions.length);
  const k = probe.classes.length;
  return new Map(positions.map((i, row) => [i, probabilities.subarray(row * k, (row + 1) * k)]));
}

/** X · Wᵀ + b: [n, k] row-major for X [n, dim] and W [k, dim]. */
function logitsOf({ W, b, dim }: StoredProbe, vectors: Float32Array, n: number): Float32Array {
  const k = b.length;
  const logits = new Float32Array(n * k);
  for (let row = 0; row < n; row++)
    for (let j = 0; j < k; j++) {
      let score = b[j] ?? 0;
      for (let d = 0; d < dim; d++) score += (W[j * dim + d] ?? 0) * (vectors[row * dim + d] ?? 0);
      logits[row * k + j] = score;
    }
  return logits;
}
