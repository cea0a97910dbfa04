// Sorts row ids by a field: numbers and codes by radix, texts naturally; rows without a value last, ties in the order they came in.
import { VitrineError } from '../../shared/errors.ts';
import { compareNatural } from '../../shared/natural.ts';
import { BLOCK_MASK, BLOCK_SHIFT, BLOCK_WORDS } from '../columns/block.ts';
import type { CodedColumn } from '../columns/coded.ts';
import type { IntegerColumn } from '../columns/integer.ts';
import { sortByText } from '../columns/natural-text.ts';
import { radixSort, radixSortWide } from '../columns/radix.ts';
import type { RealColumn } from '../columns/real.ts';
import type { TextColumn } from '../columns/text.ts';
import { bitOf, blockCount, type Table } from '../table.ts';
import type { Group } from '../types.ts';
import type { Access, ReadableField } from './access.ts';
import type { Steps } from './steps.ts';

/** Key of rows without a value: above every other key, whichever the direction. */
const LAST = 0xffffffff;

/** Sorts `ids` in place by one field; stable. */
export function* sortByField(
  table: Table,
  ids: Uint32Array<ArrayBuffer>,
  { access }: ReadableField,
  descending: boolean,
): Steps<void> {
  yield ids.length * 2;
  switch (access.kind) {
    case 'path':
      radixSort(ids, directed(defaultPositions(table, ids), descending));
      break;
    case 'coded':
      radixSort(ids, directed(codeKeys(access.column, ids), descending));
      break;
    case 'bits':
      radixSort(ids, directed(bitKeys(table, access, ids), descending));
      break;
    case 'integer': {
      const { high, low } = integerKeys(access.column, ids);
      if (high === null) radixSort(ids, directed(low, descending));
      else yield* radixSortWide(ids, directed(high, descending), descending ? low.map((key) => ~key) : low);
      break;
    }
    case 'real':
      yield* sortReal(access.column, ids, descending);
      break;
    case 'text':
      yield* sortText(access.column, ids, descending);
  }
  yield ids.length * 8;
}

/** Turns keys round for a descending sort; rows without a value stay last. */
function directed(keys: Uint32Array, descending: boolean): Uint32Array {
  if (descending) for (let i = 0; i < keys.length; i++) keys[i] = keys[i] === LAST ? LAST : LAST - 1 - (keys[i] ?? 0);
  return keys;
}

function defaultPositions(table: Table, ids: Uint32Array): Uint32Array {
  const positions = new Uint32Array(table.rowCount);
  table.order.all().forEach((row, position) => {
    positions[row] = position;
  });
  return ids.map((row) => positions[row] ?? 0);
}

/** Natural rank of the text of each code; equal texts share a rank. Codes without a member: LAST. */
function codeRanks(column: CodedColumn): Uint32Array {
  const members = column.members();
  const texts = members.map((set) => column.textOf(set));
  const ranks = new Uint32Array(texts.length).fill(LAST);
  const codes = texts.flatMap((text, code) => (text === null ? [] : [code]));
  codes.sort((a, b) => compareNatural(texts[a] ?? '', texts[b] ?? ''));
  let rank = 0;
  codes.forEach((code, i) => {
    if (i > 0 && texts[code] !== texts[codes[i - 1] ?? 0]) rank++;
    ranks[code] = rank;
  });
  return ranks;
}

function codeKeys(column: CodedColumn, ids: Uint32Array): Uint32Array {
  const ranks = codeRanks(column);
  const keys = new Uint32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const code = column.at(ids[i] ?? 0, -1);
    keys[i] = code < 0 ? LAST : (ranks[code] ?? LAST);
  }
  return keys;
}

function bitKeys(table: Table, access: Extract<Access, { kind: 'bits' }>, ids: Uint32Array): Uint32Array {
  const fill = access.prepare();
  const blocks = Array.from({ length: blockCount(table) }, (_, b) => {
    const yes = new Uint32Array(BLOCK_WORDS);
    const known = new Uint32Array(BLOCK_WORDS);
    fill(b, yes, known);
    return { yes, known };
  });
  return ids.map((row) => {
    const block = blocks[row >>> BLOCK_SHIFT];
    return block && bitOf(block.known, row) === 1 ? bitOf(block.yes, row) : LAST;
  });
}

/** Keys above the smallest value; `high` only where the values span 32 bits or more, and it then holds LAST where there is no value. */
function integerKeys(column: IntegerColumn, ids: Uint32Array): { high: Uint32Array | null; low: Uint32Array } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < ids.length; i++) {
    const v = column.at(ids[i] ?? 0, Number.NaN);
    if (v < min) min = v;
    if (v > max) max = v;
  }
  const wide = max - min >= LAST - 1;
  const low = new Uint32Array(ids.length).fill(wide ? 0 : LAST);
  const high = wide ? new Uint32Array(ids.length).fill(LAST) : null;
  for (let i = 0; i < ids.length; i++) {
    const v = column.at(ids[i] ?? 0, Number.NaN) - min;
    if (Number.isNaN(v)) continue;
    low[i] = v % 0x1_0000_0000;
    if (high) high[i] = Math.floor(v / 0x1_0000_0000);
  }
  return { high, low };
}

function* sortReal(column: RealColumn, ids: Uint32Array<ArrayBuffer>, descending: boolean): Steps<void> {
  const { blocks } = column;
  if (column.type === Float32Array) {
    const values = new Float32Array(ids.length);
    for (let i = 0; i < ids.length; i++) {
      const row = ids[i] ?? 0;
      values[i] = (blocks[row >>> BLOCK_SHIFT]?.[row & BLOCK_MASK] ?? Number.NaN) + 0; // -0 + 0 = 0: both zeros are equal
    }
    const keys = new Uint32Array(values.buffer);
    for (let i = 0; i < keys.length; i++) {
      const bits = keys[i] ?? 0;
      // IEEE 754: set the sign bit of positives, flip negatives; NaN (exponent all ones, fraction not zero) has no value
      if ((bits & 0x7fffffff) > 0x7f800000) keys[i] = LAST;
      else keys[i] = (bits >>> 31 === 1 ? ~bits : bits | 0x80000000) >>> 0;
    }
    radixSort(ids, directed(keys, descending));
    return;
  }
  const values = new Float64Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const row = ids[i] ?? 0;
    values[i] = (blocks[row >>> BLOCK_SHIFT]?.[row & BLOCK_MASK] ?? Number.NaN) + 0;
  }
  const words = new Uint32Array(values.buffer);
  const high = new Uint32Array(ids.length).fill(LAST);
  const low = new Uint32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    if (Number.isNaN(values[i])) continue;
    const top = words[2 * i + 1] ?? 0;
    const bottom = words[2 * i] ?? 0;
    const negative = top >>> 31 === 1;
    const [h, l] = negative ? [~top >>> 0, ~bottom >>> 0] : [(top | 0x80000000) >>> 0, bottom];
    high[i] = descending ? LAST - 1 - h : h;
    low[i] = descending ? ~l : l;
  }
  yield ids.length * 8;
  yield* radixSortWide(ids, high, low);
}

function* sortText(column: TextColumn, ids: Uint32Array<ArrayBuffer>, descending: boolean): Steps<void> {
  const valued = ids.filter((row) => column.has(row));
  const missing = ids.filter((row) => !column.has(row));
  // sorting what is reversed and reversing it again leaves ties as they were
  if (descending) valued.reverse();
  yield* sortByText(column, valued);
  if (descending) valued.reverse();
  ids.set(valued);
  ids.set(missing, valued.length);
}

/** Sorts `ids` in place by a field of values or a yes/no field, stable, and tells the ranges. Errors: `bad-input` for other fields. */
export function* groupByField(table: Table, ids: Uint32Array<ArrayBuffer>, readable: ReadableField): Steps<Group[]> {
  const { field, access } = readable;
  if (access.kind !== 'coded' && access.kind !== 'bits')
    throw new VitrineError(
      'bad-input',
      `Pictures cannot be grouped by “${field.title}”. Choose a field with a list of values.`,
    );
  const keys = access.kind === 'coded' ? codeKeys(access.column, ids) : bitKeys(table, access, ids);
  radixSort(ids, keys);
  yield ids.length * 8;
  const groups: Group[] = [];
  for (let start = 0, end = 0; start < ids.length; start = end) {
    while (end < ids.length && keys[end] === keys[start]) end++;
    const row = ids[start] ?? 0;
    const value = access.kind === 'coded' ? access.column.textAt(row) : access.at(row);
    groups.push({ value: value === null ? null : String(value), start, count: end - start });
  }
  return groups;
}
