// Counts of every facet of a query, each under all the other filters: the member of the filter about a field does not limit its own facet.
import { VitrineError } from '../../shared/errors.ts';
import { compareNatural } from '../../shared/natural.ts';
import { BLOCK_WORDS, popcount, type Words } from '../columns/block.ts';
import type { CodedColumn } from '../columns/coded.ts';
import { blockCount, memoized, type Table } from '../table.ts';
import type { Facet, Filter, Query } from '../types.ts';
import { columnsOf, fieldNamed, listFields, type ReadableField } from './access.ts';
import { countBins, countCodes, rangeOf } from './counting.ts';
import { binEdges } from './edges.ts';
import { combine, compileFilter, type FilterNode, freshen, predicatesOf, presentRows, settle } from './filter.ts';
import { drive, type Options, type Steps } from './steps.ts';
import { fieldsIn } from './view.ts';
import { andWords, countRows } from './words.ts';

/** Values that a list shows; the others are counted together. */
const LISTED = 200;

/**
 * Facets of a query: of `fields`, or of every field that has one. Errors: `bad-input` for an unknown field, one without a facet, or a
 * filter that does not fit; `aborted`.
 */
export function countFacets(
  table: Table,
  query: Query,
  fields?: readonly string[],
  options: Options = {},
): Promise<Facet[]> {
  return drive(facetSteps(table, query, fields), options);
}

/** One member of the filter's outermost `and`; `only`: the one field that it is about. */
interface Member {
  node: FilterNode;
  only: string | null;
}

function* facetSteps(table: Table, query: Query, names: readonly string[] | undefined): Steps<Facet[]> {
  const fields = (names ?? listFields(table).flatMap(({ name, facet }) => (facet === 'none' ? [] : [name]))).map(
    (name) => fieldNamed(table, name),
  );
  const members = membersOf(query.filter).map((filter): Member => {
    const node = compileFilter(table, filter); // also checks the filter, which the next line trusts
    const [only, ...more] = fieldsIn(filter);
    return { node, only: only !== undefined && more.length === 0 ? only : null };
  });
  const predicates = members.flatMap(({ node }) => predicatesOf(node));
  yield* freshen(table, predicates);
  settle(table, predicates);

  const limits = members.map(({ node }) => combine(table, node));
  const present = presentRows(table);
  const without = (name: string): Words => {
    const rows = present.slice();
    members.forEach(({ only }, i) => {
      const limit = limits[i];
      if (limit && only !== name) andWords(rows, limit);
    });
    return rows;
  };
  const all = without('');
  const facets: Facet[] = [];
  for (const readable of fields) {
    const { name } = readable.field;
    const rows = members.some(({ only }) => only === name) ? without(name) : all;
    facets.push(facetOf(table, readable, rows, present));
    yield table.rowCount;
  }
  return facets;
}

function membersOf(filter: Filter | undefined): Filter[] {
  if (filter === undefined) return [];
  return 'and' in filter && Array.isArray(filter.and) ? filter.and : [filter];
}

function facetOf(table: Table, readable: ReadableField, rows: Words, present: Words): Facet {
  const { field, access } = readable;
  switch (access.kind) {
    case 'coded':
      return valuesFacet(table, field.name, access.column, rows, present);
    case 'bits':
      return switchFacet(table, field.name, access.prepare(), rows);
    case 'integer':
    case 'real':
      return histogramFacet(table, readable, rows, present);
    default:
      throw new VitrineError('bad-input', `“${field.title}” has too many values to be counted. Search it by text.`);
  }
}

function valuesFacet(table: Table, field: string, column: CodedColumn, rows: Words, present: Words): Facet {
  const existing = memoized(table, `values/${field}`, [column], () => existingMembers(table, column, present));
  const { counts, missing } = memberCounts(column, rows);
  const values = existing.map((member) => ({ value: column.label(member), count: counts[member] ?? 0 }));
  values.sort((a, b) => b.count - a.count); // stable: equal counts stay in natural order
  const rest = values.splice(LISTED);
  return {
    field,
    kind: 'values',
    values,
    missing,
    other: { rows: rest.reduce((sum, { count }) => sum + count, 0), values: rest.length },
  };
}

/** Members that a present row has, in natural order of their names; for labels also classes that are listed without rows. */
function existingMembers(table: Table, column: CodedColumn, present: Words): number[] {
  const { counts } = memberCounts(column, present);
  const listed = new Set(column === table.builtIn.label ? table.classes.list(counts).map(({ id }) => id) : []);
  return [...counts.keys()]
    .filter((member) => (counts[member] ?? 0) > 0 || listed.has(member))
    .sort((a, b) => compareNatural(column.label(a), column.label(b)));
}

/** Rows by member, and rows without any. */
export function memberCounts(column: CodedColumn, rows: Words): { counts: Float64Array; missing: number } {
  const byCode = countCodes(column, rows);
  const counts = new Float64Array(column.memberCount);
  let known = 0;
  column.members().forEach((members, code) => {
    const n = byCode[code] ?? 0;
    if (members.length > 0) known += n;
    for (const member of members) counts[member] = (counts[member] ?? 0) + n;
  });
  return { counts, missing: countRows(rows) - known };
}

function switchFacet(
  table: Table,
  field: string,
  fill: (b: number, yes: Words, known: Words) => void,
  rows: Words,
): Facet {
  const [yes, known] = [new Uint32Array(BLOCK_WORDS), new Uint32Array(BLOCK_WORDS)];
  const counts = { yes: 0, no: 0, missing: 0 };
  for (let b = 0; b < blockCount(table); b++) {
    fill(b, yes, known);
    for (let w = 0; w < BLOCK_WORDS; w++) {
      const word = rows[b * BLOCK_WORDS + w] ?? 0;
      const valued = word & (known[w] ?? 0);
      counts.yes += popcount(valued & (yes[w] ?? 0));
      counts.no += popcount(valued & ~(yes[w] ?? 0));
      counts.missing += popcount(word & ~valued);
    }
  }
  return { field, kind: 'switch', ...counts };
}

function histogramFacet(table: Table, readable: ReadableField, rows: Words, present: Words): Facet {
  const { field, access } = readable;
  if (access.kind !== 'integer' && access.kind !== 'real') throw new RangeError(field.name); // only called for these
  const { column } = access;
  const range = memoized(table, `range/${field.name}`, columnsOf(table, access), () => rangeOf(column, present));
  const edges = binEdges(range.min, range.max, field.type);
  const { counts, known } = countBins(column, rows, edges);
  return { field: field.name, kind: 'histogram', edges, counts, missing: countRows(rows) - known, known: range.known };
}
