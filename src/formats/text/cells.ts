// Types of CSV cells: a proposal that converts nothing in doubt, and the conversions that a person may choose.
import type { FieldValue } from '../types.ts';

/** Types of LightlyStudio that cells of a CSV can be read as. */
export type CellType = 'string' | 'integer' | 'float' | 'boolean';

/** All of them, for choices. */
export const CELL_TYPES: readonly CellType[] = ['string', 'integer', 'float', 'boolean'];

const INTEGER = /^-?(0|[1-9]\d*)$/;
const DECIMAL = /^-?(0|[1-9]\d*)\.\d+$/;
const BOOLEAN = /^(true|false)$/i;

/**
 * The type of a column that was `type` so far (null: only empty cells) and holds `cell`. '007', '1e5', 'NA' and whole numbers beyond 2^53
 * make it text, because a conversion would change them.
 */
export function proposeType(type: CellType | null, cell: string): CellType | null {
  if (cell === '' || type === 'string') return type;
  const own: CellType =
    INTEGER.test(cell) && Number.isSafeInteger(Number(cell))
      ? 'integer'
      : DECIMAL.test(cell)
        ? 'float'
        : BOOLEAN.test(cell)
          ? 'boolean'
          : 'string';
  if (type === null || type === own) return own;
  const numbers = type !== 'boolean' && own !== 'boolean' && own !== 'string';
  return numbers ? 'float' : 'string';
}

/** The value of a cell as that type; undefined where it is none. Floats are read as Python's `float()` reads them. */
export function convertCell(cell: string, type: CellType): FieldValue | undefined {
  switch (type) {
    case 'string':
      return cell;
    case 'boolean':
      return BOOLEAN.test(cell) ? cell.toLowerCase() === 'true' : undefined;
    case 'integer': {
      const value = Number(cell.trim());
      return /^\s*[+-]?\d+\s*$/.test(cell) && Number.isSafeInteger(value) ? value : undefined;
    }
    case 'float':
      return pythonFloat(cell.trim());
  }
}

/** Undefined for text that Python's `float()` refuses; 'nan' and 'inf' are numbers there. */
function pythonFloat(text: string): number | undefined {
  const plain = text.replace(/(\d)_(?=\d)/g, '$1');
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return Number(plain);
  if (/^[+-]?nan$/i.test(plain)) return Number.NaN;
  const sign = /^([+-]?)inf(inity)?$/i.exec(plain)?.[1];
  if (sign === undefined) return undefined;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
