// Filter trees to sets of rows: each condition is kept as a bitset and only evaluated again where its columns changed.
import { Bitset } from '../../shared/bitset.ts';
import { VitrineError } from '../../shared/errors.ts';
import { BLOCK_ROWS, BLOCK_WORDS, type Words } from '../columns/block.ts';
import { CodedColumn } from '../columns/coded.ts';
import { blockCount, blockStamp, presentWords, type Table } from '../table.ts';
import type { Filter } from '../types.ts';
import { compileCondition, type Predicate } from './predicate.ts';
import { drive, type Options, type Steps } from './steps.ts';
import { andWords, notWords, orWords } from './words.ts';

/** A compiled filter. */
export type FilterNode =
  | { kind: 'and' | 'or'; nodes: readonly FilterNode[] }
  | { kind: 'not'; node: FilterNode }
  | { kind: 'leaf'; predicate: Predicate };

/** Conditions whose bitsets are kept; the one used longest ago leaves first. 64 are 11 MB at 1.33 million rows. */
const KEPT = 64;

/** Compiles a filter. Errors: `bad-input` with a sentence for anything that is not a filter of this dataset. */
export function compileFilter(table: Table, filter: Filter): FilterNode {
  const list = (value: unknown): Filter[] => {
    if (Array.isArray(value)) return value;
    throw new VitrineError('bad-input', '“and” and “or” need a list of filters.');
  };
  if (typeof filter !== 'object' || filter === null) throw new VitrineError('bad-input', 'A filter must be an object.');
  if ('and' in filter) return { kind: 'and', nodes: list(filter.and).map((part) => compileFilter(table, part)) };
  if ('or' in filter) return { kind: 'or', nodes: list(filter.or).map((part) => compileFilter(table, part)) };
  if ('not' in filter) return { kind: 'not', node: compileFilter(table, filter.not) };
  if (typeof filter.field !== 'string') throw new VitrineError('bad-input', 'A condition needs the name of a field.');
  return { kind: 'leaf', predicate: compileCondition(table, filter) };
}

/** The conditions of a compiled filter. */
export function predicatesOf(node: FilterNode): Predicate[] {
  if (node.kind === 'leaf') return [node.predicate];
  return node.kind === 'not' ? predicatesOf(node.node) : node.nodes.flatMap(predicatesOf);
}

/** Evaluates what is not known yet of each condition, block by block. */
export function* freshen(table: Table, predicates: readonly Predicate[]): Steps<void> {
  for (const predicate of predicates) yield* freshenOne(table, predicate);
  for (const oldest of table.conditions.keys()) {
    if (table.conditions.size <= Math.max(KEPT, predicates.length)) break;
    table.conditions.delete(oldest);
  }
}

function* freshenOne(table: Table, { key, columns, weight, prepare }: Predicate): Steps<void> {
  const blocks = blockCount(table);
  const meaning = columns.map((column) => (column instanceof CodedColumn ? column.meaning : '')).join();
  let known = table.conditions.get(key);
  if (known === undefined || known.meaning !== meaning) {
    known = { meaning, words: new Uint32Array(blocks * BLOCK_WORDS), stamps: [] };
  } else if (known.words.length < blocks * BLOCK_WORDS) {
    const words = new Uint32Array(Math.max(blocks, Math.ceil(1.5 * known.stamps.length)) * BLOCK_WORDS);
    words.set(known.words);
    known.words = words;
  }
  table.conditions.delete(key);
  table.conditions.set(key, known); // the newest is last
  let evaluate: ReturnType<typeof prepare> | undefined;
  for (let b = 0; b < blocks; b++) {
    const stamp = blockStamp(columns, b);
    if (known.stamps[b] === stamp) continue;
    evaluate ??= prepare();
    evaluate(b, known.words.subarray(b * BLOCK_WORDS, (b + 1) * BLOCK_WORDS));
    known.stamps[b] = stamp;
    yield BLOCK_ROWS * weight;
  }
}

/** Present rows, one bit a row, 512 words a block. The caller may change it. */
export function presentRows(table: Table): Words {
  const words = new Uint32Array(blockCount(table) * BLOCK_WORDS);
  for (let b = 0; b < blockCount(table); b++) words.set(presentWords(table, b), b * BLOCK_WORDS);
  return words;
}

/** Rows that hold, from conditions that are fresh; rows that are gone may be among them. The caller may change it. */
export function combine(table: Table, node: FilterNode): Words {
  const length = blockCount(table) * BLOCK_WORDS;
  if (node.kind === 'leaf') {
    const words = table.conditions.get(node.predicate.key)?.words;
    return words === undefined ? new Uint32Array(length) : words.slice(0, length);
  }
  if (node.kind === 'not') {
    const words = combine(table, node.node);
    notWords(words);
    return words;
  }
  const [first, ...others] = node.nodes;
  if (first === undefined) return new Uint32Array(length).fill(node.kind === 'and' ? 0xffffffff : 0);
  const words = combine(table, first);
  for (const other of others) (node.kind === 'and' ? andWords : orWords)(words, combine(table, other));
  return words;
}

/** The steps of `filterRows`. Rows and values may change while others run: what changed is evaluated again at the end, at once. */
export function* filterSteps(table: Table, node: FilterNode | null): Steps<Words> {
  if (node === null) return presentRows(table);
  const predicates = predicatesOf(node);
  yield* freshen(table, predicates);
  settle(table, predicates);
  const words = combine(table, node);
  andWords(words, presentRows(table));
  return words;
}

/** Evaluates what changed since `freshen` without letting others run. */
export function settle(table: Table, predicates: readonly Predicate[]): void {
  for (const _ of freshen(table, predicates));
}

/** Present rows for which the filter holds. Errors: `bad-input`, `aborted`. */
export async function filterRows(table: Table, filter: Filter | undefined, options: Options = {}): Promise<Bitset> {
  const rows = new Bitset();
  rows.words = await drive(filterSteps(table, filter ? compileFilter(table, filter) : null), options);
  return rows;
}
