// One condition on one field, compiled to a loop over blocks.
import { VitrineError } from '../../shared/errors.ts';
import { directoryOf, nameOf } from '../../shared/paths.ts';
import { BLOCK_WORDS, type Words } from '../columns/block.ts';
import type { CodedColumn } from '../columns/coded.ts';
import type { ColumnData, Table } from '../table.ts';
import type { Filter, Scalar } from '../types.ts';
import { type Access, columnsOf, fieldNamed, type ReadableField } from './access.ts';
import { containsFolded } from './fold.ts';
import { beginsTest, containsTest, eachText, equalsTest, matchesTest, type TextTest } from './text-search.ts';
import { andWords, codeWords, integerRangeWords, notWords, orWords, realRangeWords } from './words.ts';

/** A filter that is one condition. */
export type Condition = Exclude<Filter, { and: Filter[] } | { or: Filter[] } | { not: Filter }>;

/** Sets `out` (512 words) to the rows of block `b` that hold. Rows that do not exist may be set too. */
type EvaluateBlock = (b: number, out: Words) => void;

/** A compiled condition. */
export interface Predicate {
  /** The same for the same condition. */
  key: string;
  /** What it reads: a block is evaluated again when one of these changed there. */
  columns: readonly ColumnData[];
  /** Cost of a row, as `Steps` count it. */
  weight: number;
  prepare: () => EvaluateBlock;
}

/** Compiles a condition. Errors: `bad-input` for an unknown field, or a comparison or value that does not fit the field. */
export function compileCondition(table: Table, condition: Condition): Predicate {
  const readable = fieldNamed(table, condition.field);
  const { access } = readable;
  const key = JSON.stringify(Object.entries(condition).sort(([a], [b]) => (a < b ? -1 : 1)));
  const predicate = (weight: number, prepare: () => EvaluateBlock): Predicate => ({
    key,
    columns: columnsOf(table, access),
    weight,
    prepare,
  });
  if ('missing' in condition) return predicate(1, () => missingRows(access));
  switch (access.kind) {
    case 'coded': {
      const holds = textCondition(readable, condition);
      return predicate(1, () => codedRows(access.column, holds));
    }
    case 'integer':
    case 'real': {
      const ranges = rangesOf(readable, condition);
      return predicate(ranges.length, () => (b, out) => {
        out.fill(0);
        const hits = new Uint32Array(BLOCK_WORDS);
        for (const [from, to] of ranges) {
          if (access.kind === 'integer') integerRangeWords(access.column.blocks[b], from, to, hits);
          else realRangeWords(access.column.blocks[b], from, to, hits);
          orWords(out, hits);
        }
      });
    }
    case 'bits': {
      const wanted = booleansOf(readable, condition);
      return predicate(2, () => bitRows(access, wanted));
    }
    case 'text': {
      const { column } = access;
      const test = textTest(readable, condition);
      return predicate(40, () => (b, out) => test(column.blocks[b], out));
    }
    case 'path':
      return predicate(60, pathRows(table, readable, condition));
  }
}

function missingRows(access: Access): EvaluateBlock {
  switch (access.kind) {
    case 'coded': {
      const held = Uint8Array.from(access.column.members(), (members) => (members.length > 0 ? 1 : 0));
      return (b, out) => {
        codeWords(access.column.blocks[b], held, out);
        notWords(out);
      };
    }
    case 'bits': {
      const fill = access.prepare();
      const yes = new Uint32Array(BLOCK_WORDS);
      return (b, out) => {
        fill(b, yes, out);
        notWords(out);
      };
    }
    case 'real':
      return (b, out) => {
        realRangeWords(access.column.blocks[b], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, out);
        notWords(out);
      };
    case 'path':
      return (_, out) => out.fill(0);
    default:
      return (b, out) => {
        out.set(access.column.presence(b));
        notWords(out);
      };
  }
}

function codedRows(column: CodedColumn, holds: (text: string) => boolean): EvaluateBlock {
  const labels = Uint8Array.from({ length: column.memberCount }, (_, member) => (holds(column.label(member)) ? 1 : 0));
  const table = Uint8Array.from(column.members(), (members) => (members.some((m) => labels[m] === 1) ? 1 : 0));
  return (b, out) => codeWords(column.blocks[b], table, out);
}

function bitRows(access: Extract<Access, { kind: 'bits' }>, wanted: readonly boolean[]): EvaluateBlock {
  const fill = access.prepare();
  const known = new Uint32Array(BLOCK_WORDS);
  return (b, out) => {
    fill(b, out, known);
    if (wanted.length === 2) out.set(known);
    else if (wanted.length === 0) out.fill(0);
    else if (wanted[0] === false) {
      notWords(out);
      andWords(out, known);
    }
  };
}

/** A condition on one text of a row. */
function textCondition(readable: ReadableField, condition: Condition): (text: string) => boolean {
  if ('is' in condition) return (text) => text === String(condition.is);
  if ('in' in condition) {
    const wanted = new Set(scalars(readable, condition.in).map(String));
    return (text) => wanted.has(text);
  }
  if ('contains' in condition) return containsFolded(needle(readable, condition.contains));
  if ('matches' in condition) {
    const pattern = expression(condition.matches);
    return (text) => pattern.test(text);
  }
  throw unfit(readable, 'is, in, contains, matches and missing');
}

function textTest(readable: ReadableField, condition: Condition): TextTest {
  if ('is' in condition) return equalsTest([String(condition.is)]);
  if ('in' in condition) return equalsTest(scalars(readable, condition.in).map(String));
  if ('contains' in condition) return containsTest(needle(readable, condition.contains));
  if ('matches' in condition) return matchesTest(expression(condition.matches));
  throw unfit(readable, 'is, in, contains, matches and missing');
}

/** A path is folder and name: the folder's part is decided once per folder, the name's on its bytes. */
function pathRows(table: Table, readable: ReadableField, condition: Condition): () => EvaluateBlock {
  const { directory, name } = table.builtIn;
  const folders = (holds: (path: string) => boolean): EvaluateBlock => codedRows(directory, holds);
  if ('is' in condition || 'in' in condition) {
    const wanted = 'is' in condition ? [condition.is] : scalars(readable, condition.in);
    return () => {
      const parts = wanted.map((path) => {
        const test = equalsTest([nameOf(String(path))]);
        return { inFolder: folders((folder) => folder === directoryOf(String(path))), test };
      });
      return (b, out) => {
        const hits = new Uint32Array(BLOCK_WORDS);
        const names = new Uint32Array(BLOCK_WORDS);
        out.fill(0);
        for (const { inFolder, test } of parts) {
          inFolder(b, hits);
          if (hits.every((word) => word === 0)) continue; // most blocks: a folder's rows lie together
          test(name.blocks[b], names);
          andWords(hits, names);
          orWords(out, hits);
        }
      };
    };
  }
  if ('contains' in condition) {
    const text = needle(readable, condition.contains);
    const contained = containsFolded(text);
    const cut = text.lastIndexOf('/');
    // with a '/' it lies in the folder, or its last '/' is the one before the name
    const inName = cut < 0 ? containsTest(text) : beginsTest(text.slice(cut + 1));
    const tail = containsFolded(`${text.slice(0, Math.max(cut, 0))}\0`);
    return () => {
      const inFolder = folders(contained);
      const before = cut < 0 ? null : folders((folder) => folder !== '' && tail(`${folder}\0`));
      const names = new Uint32Array(BLOCK_WORDS);
      const joined = new Uint32Array(BLOCK_WORDS);
      return (b, out) => {
        inFolder(b, out);
        inName(name.blocks[b], names);
        if (before) {
          before(b, joined);
          andWords(names, joined);
        }
        orWords(out, names);
      };
    };
  }
  if ('matches' in condition) {
    const pattern = expression(condition.matches);
    return () => (b, out) => {
      out.fill(0);
      const block = name.blocks[b];
      if (block === undefined) return;
      eachText(block, (text, i) => {
        const folder = directory.textAt((b << 14) + i) ?? '';
        if (pattern.test(folder === '' ? text : `${folder}/${text}`))
          out[i >>> 5] = (out[i >>> 5] ?? 0) | (1 << (i & 31));
      });
    };
  }
  throw unfit(readable, 'is, in, contains, matches and missing');
}

/** The intervals, both ends included, that a condition on numbers asks for. */
function rangesOf(readable: ReadableField, condition: Condition): [number, number][] {
  if ('between' in condition) {
    const bounds: unknown = condition.between;
    if (!Array.isArray(bounds) || bounds.length !== 2 || !bounds.every((v) => v === null || isNumber(v)))
      throw new VitrineError('bad-input', `“between” of “${readable.field.title}” needs two numbers; null is open.`);
    const [from, to] = condition.between;
    return [[from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY]];
  }
  const wanted = 'is' in condition ? [condition.is] : 'in' in condition ? scalars(readable, condition.in) : null;
  if (wanted === null) throw unfit(readable, 'is, in, between and missing');
  return wanted.map((value) => {
    if (!isNumber(value)) throw mistyped(readable, value, 'a number');
    return [value, value];
  });
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);

function booleansOf(readable: ReadableField, condition: Condition): boolean[] {
  const wanted = 'is' in condition ? [condition.is] : 'in' in condition ? scalars(readable, condition.in) : null;
  if (wanted === null) throw unfit(readable, 'is, in and missing');
  const values = new Set<boolean>();
  for (const value of wanted) {
    if (typeof value !== 'boolean') throw mistyped(readable, value, 'true or false');
    values.add(value);
  }
  return [...values];
}

function scalars({ field }: ReadableField, values: unknown): Scalar[] {
  if (!Array.isArray(values)) throw new VitrineError('bad-input', `“in” of “${field.title}” needs a list of values.`);
  return values;
}

function needle({ field }: ReadableField, text: unknown): string {
  if (typeof text === 'string') return text;
  throw new VitrineError('bad-input', `“contains” of “${field.title}” needs a text.`);
}

function expression(source: unknown): RegExp {
  try {
    return new RegExp(String(source), 'u');
  } catch (cause) {
    throw new VitrineError('bad-input', `“${String(source)}” is not a regular expression.`, { cause });
  }
}

function unfit({ field }: ReadableField, fitting: string): VitrineError {
  return new VitrineError('bad-input', `“${field.title}” can only be compared with ${fitting}.`);
}

function mistyped({ field }: ReadableField, value: unknown, wanted: string): VitrineError {
  return new VitrineError(
    'bad-input',
    `“${field.title}” is compared with ${wanted}, not with ${JSON.stringify(value)}.`,
  );
}
