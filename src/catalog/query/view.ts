// A query's rows in their order: filtered, sorted and grouped, with a stamp of all that they depend on.
import { VitrineError } from '../../shared/errors.ts';
import type { Words } from '../columns/block.ts';
import { pick } from '../order.ts';
import type { ColumnData, Table } from '../table.ts';
import { stampOf } from '../table.ts';
import type { Filter, Group, Query, SampleId } from '../types.ts';
import { columnsOf, fieldNamed, type ReadableField } from './access.ts';
import { compileFilter, filterSteps } from './filter.ts';
import { groupByField, sortByField } from './sort.ts';
import { drive, type Options, type Steps } from './steps.ts';
import { countRows } from './words.ts';

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
  const keys = sort.map(
    ({ field, descending }): SortKey => ({
      field: fieldNamed(table, field),
      descending: descending === true,
    }),
  );
  const group = query.group === undefined ? null : fieldNamed(table, query.group);
  const node = query.filter ? compileFilter(table, query.filter) : null;

  const words = yield* filterSteps(table, node);
  const stamp = viewStamp(table, query);
  const ids =
    (yield* pickSorted(table, keys, words)) ?? (yield* sortRows(table, keys, words, node === null, group !== null));
  const groups = group ? yield* groupByField(table, ids, group) : [];
  return { query, ids, groups, stamp };
}

/** One field of a sort. */
interface SortKey {
  field: ReadableField;
  descending: boolean;
}

function* sortRows(
  table: Table,
  keys: readonly SortKey[],
  words: Words,
  unfiltered: boolean,
  grouped: boolean,
): Steps<Uint32Array<ArrayBuffer>> {
  const whole = unfiltered && words.every((word, w) => word === fullWord(table, w));
  let ids = whole ? table.order.all() : table.order.select(words);
  yield table.rowCount;
  if (whole && (keys.length > 0 || grouped)) ids = ids.slice(); // the order's own array stays as it is
  for (const { field, descending } of keys.toReversed()) yield* sortByField(table, ids, field, descending);
  return ids;
}

/** Sorts of all rows that are kept: 5 MB each at 1.33 million. */
const KEPT_SORTS = 4;

/**
 * Rows by one field out of all rows sorted by it, which are kept: another filter, or the same sort again, then costs one pass. Null
 * where the query sorts otherwise, or so few rows that sorting them is less work than sorting all.
 */
function* pickSorted(
  table: Table,
  [key, ...more]: readonly SortKey[],
  words: Words,
): Steps<Uint32Array<ArrayBuffer> | null> {
  if (key === undefined || more.length > 0 || key.field.access.kind === 'path') return null;
  const { field, descending } = key;
  const name = `${descending ? '-' : '+'}${field.field.name}`;
  const stamp = viewStamp(table, { sort: [{ field: field.field.name }] });
  let known = table.sorted.get(name);
  if (known?.stamp !== stamp) {
    if (4 * countRows(words) < table.rowCount) return null;
    const ids = table.order.all().slice();
    yield* sortByField(table, ids, field, descending);
    known = { stamp, ids };
  }
  table.sorted.delete(name);
  table.sorted.set(name, known); // the newest is last
  for (const oldest of table.sorted.keys()) {
    if (table.sorted.size <= KEPT_SORTS) break;
    table.sorted.delete(oldest);
  }
  const ids = pick(known.ids, words);
  yield table.rowCount;
  return ids;
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
