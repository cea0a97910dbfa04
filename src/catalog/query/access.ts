// How the query reads each field: as codes, whole numbers, fractions, yes/no, text, or path.
import { VitrineError } from '../../shared/errors.ts';
import { BitsColumn } from '../columns/bits.ts';
import { FULL, type Words } from '../columns/block.ts';
import { CodedColumn } from '../columns/coded.ts';
import { IntegerColumn } from '../columns/integer.ts';
import type { RealColumn } from '../columns/real.ts';
import { TextColumn } from '../columns/text.ts';
import { DERIVED_FIELDS, type DerivedName, FIELD_ORDER } from '../schema.ts';
import { type ColumnData, hasValues, type Table } from '../table.ts';
import type { Field, RowState } from '../types.ts';
import { andWords, codeWords } from './words.ts';

/** Reads one block of a yes/no field: rows that are yes, rows that have a value (yes within known). Both are 512 words to be filled. */
type FillBits = (b: number, yes: Words, known: Words) => void;

export type Access =
  | { kind: 'coded'; column: CodedColumn }
  | { kind: 'integer'; column: IntegerColumn }
  | { kind: 'real'; column: RealColumn }
  | { kind: 'bits'; columns: readonly ColumnData[]; prepare: () => FillBits; at: (row: number) => boolean | null }
  | { kind: 'text'; column: TextColumn }
  | { kind: 'path' };

/** A field with the way to read it. */
export interface ReadableField {
  field: Field;
  access: Access;
}

/** The fields a person meets, in the order of the screen. */
export function listFields(table: Table): Field[] {
  const shown = [...table.columns.values()].flatMap((column) => {
    const { hidden, origin } = column.description;
    return hidden || (origin === 'metadata' && !hasValues(table, column)) ? [] : [column.description];
  });
  const place = new Map<string, number>(FIELD_ORDER.map((name, i) => [name, i]));
  const rank = (field: Field): number => place.get(field.name) ?? FIELD_ORDER.length;
  return [...shown, ...Object.values(DERIVED_FIELDS)].sort((a, b) => rank(a) - rank(b)).map(plainField);
}

function plainField({ name, title, type, origin, facet, unit, sensitive }: Field): Field {
  return {
    name,
    title,
    type,
    origin,
    facet,
    ...(unit === undefined ? {} : { unit }),
    ...(sensitive === undefined ? {} : { sensitive }),
  };
}

/** The field of a name. Errors: `bad-input` when there is none. */
export function fieldNamed(table: Table, name: string): ReadableField {
  const column = table.columns.get(name);
  if (column) return { field: column.description, access: accessOf(column.data) };
  if (isDerived(name)) return { field: DERIVED_FIELDS[name], access: derivedAccess(table, name) };
  throw new VitrineError(
    'bad-input',
    `This dataset has no field “${name}”. Check the spelling or choose another field.`,
  );
}

const isDerived = (name: string): name is DerivedName => Object.hasOwn(DERIVED_FIELDS, name);

/** Columns that a field's values come from. */
export function columnsOf(table: Table, access: Access): readonly ColumnData[] {
  if (access.kind === 'path') return [table.builtIn.directory, table.builtIn.name];
  return access.kind === 'bits' ? access.columns : [access.column];
}

function accessOf(column: ColumnData): Access {
  if (column instanceof CodedColumn) return { kind: 'coded', column };
  if (column instanceof IntegerColumn) return { kind: 'integer', column };
  if (column instanceof TextColumn) return { kind: 'text', column };
  if (!(column instanceof BitsColumn)) return { kind: 'real', column };
  const fill: FillBits = (b, yes, known) => {
    yes.set(column.yes(b));
    known.set(column.presence(b));
  };
  const at = (row: number): boolean | null => (column.has(row) ? column.at(row) : null);
  return { kind: 'bits', columns: [column], prepare: () => fill, at };
}

function derivedAccess(table: Table, name: DerivedName): Access {
  const { label, predicted, state } = table.builtIn;
  switch (name) {
    case 'path':
      return { kind: 'path' };
    case 'labelled': {
      const prepare = (): FillBits => {
        const held = Uint8Array.from(label.members(), (members) => (members.length > 0 ? 1 : 0));
        return (b, yes, known) => {
          codeWords(label.blocks[b], held, yes);
          known.set(FULL);
        };
      };
      return { kind: 'bits', columns: [label], prepare, at: (row) => label.membersAt(row).length > 0 };
    }
    case 'readable': {
      const prepare = (): FillBits => {
        const readable = codesOf(state, (text) => text === ('readable' satisfies RowState));
        return (b, yes, known) => {
          codeWords(state.blocks[b], readable, yes);
          known.set(state.presence(b));
        };
      };
      const at = (row: number): boolean | null => {
        const text = state.textAt(row);
        return text === null ? null : text === 'readable';
      };
      return { kind: 'bits', columns: [state], prepare, at };
    }
    case 'disagrees': {
      const at = (row: number): boolean | null => {
        const labels = label.membersAt(row);
        const [guess] = predicted.membersAt(row);
        return labels.length === 0 || guess === undefined ? null : !labels.includes(guess);
      };
      return { kind: 'bits', columns: [label, predicted], prepare: () => fillDisagrees(label, predicted), at };
    }
  }
}

/** 1 for each code of a column of strings whose text holds. */
function codesOf(column: CodedColumn, holds: (text: string) => boolean): Uint8Array {
  return Uint8Array.from(column.members(), ([member]) => (member !== undefined && holds(column.label(member)) ? 1 : 0));
}

/** Yes: the prediction is none of the labels. Known: there are both. */
function fillDisagrees(label: CodedColumn, predicted: CodedColumn): FillBits {
  const sets = label.members();
  const guesses = predicted.members();
  const labelled = Uint8Array.from(sets, (set) => (set.length > 0 ? 1 : 0));
  const guessed = Uint8Array.from(guesses, (guess) => (guess.length > 0 ? 1 : 0));
  // the one label of a code, or -1 where the set itself must be asked
  const single = Int32Array.from(sets, (set) => (set.length === 1 ? (set[0] ?? -1) : -1));
  const guess = Int32Array.from(guesses, ([id]) => id ?? -1);
  const both = new Uint32Array(FULL.length);
  return (b, yes, known) => {
    codeWords(label.blocks[b], labelled, known);
    codeWords(predicted.blocks[b], guessed, both);
    andWords(known, both);
    yes.fill(0);
    const x = label.blocks[b];
    const y = predicted.blocks[b];
    if (x === undefined || y === undefined) return;
    for (let w = 0; w < known.length; w++) {
      const rows = known[w] ?? 0;
      if (rows === 0) continue;
      let word = 0;
      for (let k = 0; k < 32; k++) {
        const code = x.base + (x.values[(w << 5) + k] ?? 0);
        const id = guess[y.base + (y.values[(w << 5) + k] ?? 0)] ?? -1;
        const one = single[code] ?? -1;
        const differs = one >= 0 ? one !== id : !(sets[code]?.includes(id) ?? false);
        word |= Number(differs) << k;
      }
      yes[w] = word & rows;
    }
  };
}

/** The value of a field at a row for people and exports; undefined where there is none. Sets are lists of names, dates milliseconds. */
export function valueAt(table: Table, { field, access }: ReadableField, row: number): unknown {
  switch (access.kind) {
    case 'coded': {
      const members = access.column.membersAt(row);
      if (members.length === 0) return undefined;
      const { kind } = access.column.domain;
      const names = members.map((member) => access.column.label(member));
      return kind === 'class-set' || kind === 'string-set' ? names : names[0];
    }
    case 'integer':
      return access.column.has(row) ? access.column.at(row, 0) : undefined;
    case 'real':
      return access.column.has(row) ? access.column.at(row) : undefined;
    case 'bits':
      return access.at(row) ?? undefined;
    case 'text': {
      const text = access.column.at(row);
      return field.type === 'json' && text !== undefined ? parsedJson(text) : text;
    }
    case 'path': {
      const folder = table.builtIn.directory.textAt(row) ?? '';
      const name = table.builtIn.name.at(row) ?? '';
      return folder === '' ? name : `${folder}/${name}`;
    }
  }
}

/** JSON as a value; as its text where a file held what JSON does not know, such as Python's NaN. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
