// What a label cell means: split, stripped and mapped as LightlyTrain does it, but nothing unknown is thrown away.
import type { LightlyTrainOptions } from './options.ts';

/** The labels of one cell. */
export interface CellLabels {
  /** Names, each once, in the order of the cell; what is not in the class map stands as it was written. */
  labels: readonly string[];
  /** Names or ids that are not in the class map. */
  unknown: readonly string[];
  /** Parts that are no ids although ids are wanted. */
  notIds: readonly string[];
  /** Labels that were there and are to be ignored. */
  ignored: readonly string[];
}

/** Reads cells under one set of options. */
export interface LabelReader {
  read(cell: string): CellLabels;
  /** Names that occurred without being in the class map, in the order of their code points when the map is given by the files. */
  found(): ReadonlySet<string>;
}

/** Cells are remembered up to this many different ones: most files repeat few. */
const REMEMBERED = 100_000;

/** A reader of label cells under these options. */
export function createLabelReader(options: LightlyTrainOptions): LabelReader {
  const { classes, ignore_classes, csv_label_type, label_delimiter } = options;
  const ignore = new Set(ignore_classes);
  // Of two ids with one name the later counts, as a Python dict of names to ids has it.
  const idOf = new Map((classes ?? []).map(([id, name]) => [name, id]));
  const nameOf = new Map(classes ?? []);
  const found = new Set<string>();
  const known = new Map<string, CellLabels>();

  const read = (cell: string): CellLabels => {
    const labels = new Set<string>();
    const ignored = new Set<string>();
    const unknown = new Set<string>();
    const notIds = new Set<string>();
    const take = (name: string, id: number | undefined): void => {
      if (id !== undefined && ignore.has(id)) ignored.add(name);
      else labels.add(name);
    };
    for (const raw of cell.split(label_delimiter)) {
      const part = stripPython(raw);
      if (part === '') continue;
      if (csv_label_type === 'id') {
        const id = parsePythonInt(part);
        const name = id === null ? undefined : nameOf.get(id);
        if (id === null) notIds.add(part);
        else if (name === undefined && classes !== null && !ignore.has(id)) unknown.add(part);
        take(name ?? (id === null ? part : String(id)), id ?? undefined);
        if (name === undefined) found.add(id === null ? part : String(id));
      } else {
        const id = idOf.get(part);
        if (id === undefined) {
          if (classes !== null) unknown.add(part);
          found.add(part);
        }
        take(part, id);
      }
    }
    return { labels: [...labels], unknown: [...unknown], notIds: [...notIds], ignored: [...ignored] };
  };
  return {
    read(cell) {
      const earlier = known.get(cell);
      if (earlier) return earlier;
      const labels = read(cell);
      if (known.size < REMEMBERED) known.set(cell, labels);
      return labels;
    },
    found: () => found,
  };
}

/** Blanks as Python's str.strip knows them. */
const BLANKS = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const OUTER_BLANKS = new RegExp(`^[${BLANKS}]+|[${BLANKS}]+$`, 'g');

/** Text without blanks at its ends, as Python's `str.strip()` gives it. */
export function stripPython(text: string): string {
  const [first, last] = [text.charCodeAt(0), text.charCodeAt(text.length - 1)];
  return (first > 32 && first < 128 && last > 32 && last < 128) || text === '' ? text : text.replace(OUTER_BLANKS, '');
}

/**
 * The number that Python's `int()` reads in stripped text, or null: a sign, decimal digits of any script, single underscores between them.
 * Numbers beyond 2^53 are no ids of anybody and count as null.
 */
export function parsePythonInt(text: string): number | null {
  if (!/^[+-]?\p{Nd}+(_\p{Nd}+)*$/u.test(text)) return null;
  let value = 0;
  for (const character of text) if (/\p{Nd}/u.test(character)) value = value * 10 + digitOf(character);
  if (!Number.isSafeInteger(value)) return null;
  return text.startsWith('-') && value !== 0 ? -value : value;
}

/** Value of a decimal digit. Digits of a script stand in runs of ten that begin at …0 or …6; mathematical ones in one run of fifty. */
function digitOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x1d7ce && code <= 0x1d7ff) return (code - 0x1d7ce) % 10;
  const zero = code & ~0xf;
  return /\p{Nd}/u.test(String.fromCodePoint(zero)) ? code - zero : code - zero - 6;
}
