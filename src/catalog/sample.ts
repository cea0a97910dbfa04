// Rows and samples as the page sees them.
import { VitrineError } from '../shared/errors.ts';
import { fieldNamed, listFields, valueAt } from './query/access.ts';
import { pathOf } from './rows.ts';
import { isPresent, type Table } from './table.ts';
import type { Query, Row, RowState, Sample, SampleId, Scalar } from './types.ts';

const STATES: readonly RowState[] = ['untried', 'readable', 'unsupported', 'unreadable'];

/** Rows for cells; `query` is the view's, whose first sort field gives `value`. */
export function rowsOf(table: Table, ids: Uint32Array, query: Query = {}): Row[] {
  const first = query.sort?.[0];
  const readable = first === undefined || first.field === 'path' ? null : fieldNamed(table, first.field);
  return Array.from(ids, (id) => {
    const value = readable ? valueAt(table, readable, id) : undefined;
    return rowOf(table, id, value === undefined ? null : asScalar(value));
  });
}

function rowOf(table: Table, id: SampleId, value: Scalar | null): Row {
  const { label, predicted, confidence, excluded, state, reason } = table.builtIn;
  const why = reason.textAt(id);
  return {
    id,
    path: pathOf(table, id),
    labels: [...label.membersAt(id)],
    predicted: predicted.membersAt(id)[0] ?? null,
    confidence: confidence.has(id) ? confidence.at(id) : null,
    excluded: excluded.at(id),
    state: STATES.find((known) => known === state.textAt(id)) ?? 'untried',
    ...(why === null ? {} : { reason: why }),
    value,
  };
}

function asScalar(value: unknown): Scalar {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
}

/** All that is known of one sample. Errors: `not-found` when its file is gone or the id was never given. */
export function sampleOf(table: Table, id: SampleId): Sample {
  if (!isPresent(table, id)) throw new VitrineError('not-found', 'This picture is no longer in the folder.');
  const fields: Record<string, unknown> = {};
  for (const { name } of listFields(table)) {
    const value = valueAt(table, fieldNamed(table, name), id);
    if (value !== undefined) fields[name] = value;
  }
  return {
    ...rowOf(table, id, null),
    split: table.builtIn.split.textAt(id),
    negatives: [...table.builtIn.negatives.membersAt(id)],
    fields,
    reviewed: table.builtIn.reviewed.at(id),
  };
}
