// A query's rows in their order: filtered, sorted and grouped, with a stamp of all that they depend on.
import { VitrineError } from '../../shared/errors.ts';
import type { ColumnData, Table } from '../table.ts';
import { stampOf } from '../table.ts';
import type { Filter, Group, Query, SampleId } from '../types.ts';
import { columnsOf, fieldNamed } from './access.ts';
import { compileFilter, filterSteps } from './filter.ts';
import { groupByField, sortByField } from './sort.ts';
import { drive, type Options, type Steps } from './steps.ts';

/** An evaluated query. `ids` may be shared with other views: to be read, not written or transferred. */
export interface View {
  query: Query;
  ids: Uint32Array<ArrayBuffer>;
  /** Ranges in view order when the query groups, else empty. */
  groups: Group[];
  /** Differs when something that decides the rows or their order has changed. */
  stamp: string;
}

/**
 * Evaluates a query. Without a sort: default order (folder, natural name); that order also decides ties. Rows without a value are last.
 * Errors: `bad-input` for a query that does not fit the dataset, `aborted`.
 */
export function evaluateView(table: Table, query: Query, options: Options = {}): Promise<View> {
  return drive(viewSteps(table, query), options);
}

/** True when the view's rows or their order may no longer be right. */
export function isStale(table: Table, view: View): boolean {
  return view.stamp !== viewStamp(table, view.query);
}

/** Position of a sample in the view, or -1. */
export function indexInView(view: View, id: SampleId): number {
  return view.ids.indexOf(id);
}

function* viewSteps(table: Table, query: Query): Steps<View> {
  const sort = query.sort ?? [];
  if (!Array.isArray(sort)) throw new VitrineError('bad-input', '“sort” needs a list of fields.');
  const keys = sort.map(({ field, descending }) => ({
    field: fieldNamed(table, field),
    descending: descending === true,
  }));
  const group = query.group === undefined ? null : fieldNamed(table, query.group);
  const node = query.filter ? compileFilter(table, query.filter) : null;

  const words = yield* filterSteps(table, node);
  const stamp = viewStamp(table, query);
  const whole = node === null && words.every((word, w) => word === fullWord(table, w));
  let ids = whole ? table.order.all() : table.order.select(words);
  yield table.rowCount;
  if (whole && (keys.length > 0 || group)) ids = ids.slice(); // the order's own array stays as it is
  for (const { field, descending } of keys.reverse()) yield* sortByField(table, ids, field, descending);
  const groups = group ? yield* groupByField(table, ids, group) : [];
  return { query, ids, groups, stamp };
}

/** The word of 32 rows that all exist. */
function fullWord(table: Table, w: number): number {
  const rows = table.rowCount - w * 32;
  return rows >= 32 ? 0xffffffff : rows <= 0 ? 0 : (1 << rows) - 1;
}

function viewStamp(table: Table, { filter, sort = [], group }: Query): string {
  const columns = new Set<ColumnData>();
  const read = (field: string): void => {
    for (const column of columnsOf(table, fieldNamed(table, field).access)) columns.add(column);
  };
  for (const field of filter ? fieldsIn(filter) : []) read(field);
  for (const { field } of sort) read(field);
  if (group !== undefined) read(group);
  return `${stampOf(table, [...columns])}/${table.order.version}`;
}

/** The fields that a filter reads. */
export function fieldsIn(filter: Filter): Set<string> {
  if ('field' in filter) return new Set([filter.field]);
  const parts = 'not' in filter ? [filter.not] : 'and' in filter ? filter.and : filter.or;
  return new Set(parts.flatMap((part) => [...fieldsIn(part)]));
}
