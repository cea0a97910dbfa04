// The types that pandas gives the columns of a metadata.csv, which Hugging Face `datasets` reads by.

/** Cells that pandas takes for missing. */
const MISSING: ReadonlySet<string> = new Set([
  '',
  '#N/A',
  '#N/A N/A',
  '#NA',
  '-1.#IND',
  '-1.#QNAN',
  '-NaN',
  '-nan',
  '1.#IND',
  '1.#QNAN',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  'n/a',
  'nan',
  'null',
]);

/** A column's type; 'too-large': integers that pandas cannot hand on, so that reading fails. */
export type PandasType = 'int64' | 'uint64' | 'float64' | 'bool' | 'string' | 'too-large';

/** True for a cell that pandas reads as missing. */
export const isMissing = (cell: string): boolean => MISSING.has(cell);

const INTEGER = /^\s*[+-]?\d+\s*$/;
const FLOAT = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$|^\s*[+-]?(inf|infinity)\s*$/i;
const BOOLEAN = /^(true|True|TRUE|false|False|FALSE)$/;

/** What is known of a column's cells so far. */
export interface PandasColumn {
  missing: boolean;
  values: number;
  integers: number;
  floats: number;
  booleans: number;
  smallest: bigint;
  largest: bigint;
}

/** A column without cells. */
export const newPandasColumn = (): PandasColumn => ({
  missing: false,
  values: 0,
  integers: 0,
  floats: 0,
  booleans: 0,
  smallest: 0n,
  largest: 0n,
});

/** Takes one cell. */
export function addCell(column: PandasColumn, cell: string): void {
  if (isMissing(cell)) {
    column.missing = true;
    return;
  }
  column.values++;
  if (INTEGER.test(cell)) {
    column.integers++;
    const value = BigInt(cell.trim().replace(/^\+/, ''));
    if (value < column.smallest) column.smallest = value;
    if (value > column.largest) column.largest = value;
  } else if (FLOAT.test(cell)) column.floats++;
  else if (BOOLEAN.test(cell)) column.booleans++;
}

/** The column's type; integers with a gap become floats, '007' becomes 7. */
export function pandasType({
  missing,
  values,
  integers,
  floats,
  booleans,
  smallest,
  largest,
}: PandasColumn): PandasType {
  if (values > 0 && booleans === values) return 'bool';
  if (integers + floats !== values) return 'string';
  // Beyond 64 bits nothing fits; between 63 and 64 only whole columns without gaps and minus signs do.
  if (floats > 0) return largest < 2n ** 64n ? 'float64' : 'string';
  if (largest >= 2n ** 64n || smallest < -(2n ** 63n)) return 'too-large';
  if (largest >= 2n ** 63n) return missing || smallest < 0n ? 'string' : 'uint64';
  return values === 0 || missing ? 'float64' : 'int64';
}
