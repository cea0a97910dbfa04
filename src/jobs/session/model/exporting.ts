// The dataset as exports see it: rows by name in the order a person sees, with the probe's probabilities where they are asked for.
import { fieldNamed, type ReadableField, valueAt } from '../../../catalog/query/access.ts';
import { evaluateView } from '../../../catalog/query/view.ts';
import { pathOf } from '../../../catalog/rows.ts';
import { hasSeveralLabels, listClasses, summarize } from '../../../catalog/summary.ts';
import type { Table } from '../../../catalog/table.ts';
import type { Field, Filter } from '../../../catalog/types.ts';
import { exportedValue } from '../../../formats/field-values.ts';
import type { ExportDataset, ExportRow, FieldValue, WriteContext } from '../../../formats/types.ts';
import { answersOf, probabilitiesOf } from '../../../learn/predict.ts';
import type { Pixels, PixelView } from '../../../pixels/types.ts';
import { throwIfAborted } from '../../../shared/errors.ts';
import { readImported } from '../../../store/imported.ts';
import { readVectorsBeside } from '../../../store/vectors.ts';
import type { ExportOptions } from '../../export-types.ts';
import type { StoredProbe } from '../../session-types.ts';
import { shrinkPicture } from '../../shrink.ts';
import { activeRecipe, type Core, requireSource } from '../core.ts';
import { pause } from '../pause.ts';

/** Rows handed over at once. */
const ROWS = 2048;

/**
 * The rows that the options ask for and that are not excluded. `probe`: the stored one, or null. Errors: `bad-input` for a field that the
 * dataset has not.
 */
export function exportDataset(
  core: Core,
  options: Pick<ExportOptions, 'filter' | 'fields' | 'person'>,
  probe: StoredProbe | null,
): ExportDataset {
  const { filter } = options;
  const { readable, withheld } = chosenFields(core.table, options);
  const recipe = activeRecipe(core);
  const classes = listClasses(core.table);
  const nameOf = new Map(classes.map((info) => [info.id, info.name]));
  const { size, excluded, splits } = summarize(core.table);
  // a column gives the same list for all rows of one label: a million rows have a few hundred lists of names
  const known = new WeakMap<readonly number[], readonly string[]>();
  const namesOf = (ids: readonly number[]): readonly string[] => {
    let names = known.get(ids);
    if (names === undefined) {
      names = ids.map((id) => nameOf.get(id) ?? String(id));
      known.set(ids, names);
    }
    return names;
  };
  const included: Filter = { field: 'excluded', is: false };
  return {
    name: core.record.name,
    classes: classes.map((info) => info.name),
    splits,
    multiLabel: recipe?.multiLabel === true || hasSeveralLabels(core.table),
    layout: core.table.layout,
    size: size - excluded,
    excluded,
    filtered: filter !== undefined,
    ...(recipe ? { imported: { format: recipe.format, options: recipe.options } } : {}),
    ...(probe ? { probabilityClasses: probe.classes.map((info) => nameOf.get(info.id) ?? info.name) } : {}),
    fields: readable.map(({ field }) => field),
    withheld,
    async *rows({ probabilities, signal }) {
      const query = { filter: filter ? { and: [filter, included] } : included };
      const { ids } = await evaluateView(core.table, query, { pause, ...(signal ? { signal } : {}) });
      for (let from = 0; from < ids.length; from += ROWS) {
        throwIfAborted(signal);
        const part = ids.subarray(from, from + ROWS);
        const { split, label, negatives, predicted, confidence } = core.table.builtIn;
        const scores = probabilities && probe ? await probabilitiesIn(core, probe, part) : undefined;
        yield Array.from(part, (id, i): ExportRow => {
          const [guess] = predicted.membersAt(id);
          const row: ExportRow = {
            path: pathOf(core.table, id),
            split: split.textAt(id),
            labels: namesOf(label.membersAt(id)),
            negatives: namesOf(negatives.membersAt(id)),
            predicted: guess === undefined ? null : (nameOf.get(guess) ?? null),
            confidence: confidence.has(id) ? confidence.at(id) : null,
          };
          if (readable.length > 0) row.fields = fieldsAt(core.table, readable, id);
          const own = scores?.get(i);
          return own ? { ...row, probabilities: own } : row;
        });
        await pause();
      }
    },
  };
}

/** What writers may read beside the rows: pictures of the source, and files as they were imported. */
export function writeContext(
  core: Core,
  signal: AbortSignal,
  decode: (file: Blob, view: PixelView, signal: AbortSignal) => Promise<Pixels>,
): WriteContext {
  return {
    signal,
    picture: (path) => requireSource(core).file(path),
    shrink: (picture, sizeOf) => shrinkPicture(picture, sizeOf, (file) => decode(file, core.view, signal)),
    async original(path) {
      const kept = await readImported(core.record.id, core.recipe?.kept.includes(path) ? [path] : []);
      const file = kept.get(path) ?? (await core.source?.file(path).catch(() => undefined));
      return file ? file.stream() : null;
    },
  };
}

/** The fields to write, and those that are not because they identify a person and nobody asked for such. */
function chosenFields(
  table: Table,
  { fields = [], person }: Pick<ExportOptions, 'fields' | 'person'>,
): { readable: ReadableField[]; withheld: Field[] } {
  const all = [...new Set(fields)].map((name) => fieldNamed(table, name));
  const withheld = person ? [] : all.filter(({ field }) => field.sensitive).map(({ field }) => field);
  return { readable: all.filter(({ field }) => !withheld.includes(field)), withheld };
}

function fieldsAt(table: Table, readable: readonly ReadableField[], id: number): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const one of readable) {
    const { field, access } = one;
    // JSON as the text that was read: numbers keep their spelling, keys their order
    const raw = field.type === 'json' && access.kind === 'text' ? access.column.at(id) : undefined;
    values[field.name] = raw === undefined ? exportedValue(field, valueAt(table, one, id)) : { json: raw };
  }
  return values;
}

/** [classes] probabilities of the probe for the rows that have a vector, by position in `ids`. */
async function probabilitiesIn(core: Core, probe: StoredProbe, ids: Uint32Array): Promise<Map<number, Float32Array>> {
  const have = core.presence.get(probe.embeddingKey)?.rows;
  const positions = Array.from(ids.keys()).filter((i) => have?.has(ids[i] as number)); // i < ids.length
  const wanted = Uint32Array.from(positions, (i) => ids[i] as number);
  const vectors = await readVectorsBeside(core.record.id, probe.embeddingKey, probe.dim, wanted);
  const logits = logitsOf(probe, vectors, positions.length);
  const probabilities = probe.answers === 'several' ? answersOf(logits) : probabilitiesOf(logits, positions.length);
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
