// What a person may choose about files of LightlyStudio: which, of what kind, and the types of its keys.
import { CELL_TYPES, type CellType } from '../text/cells.ts';
import type { FormatOptions } from '../types.ts';

/** Options of an import. */
export interface StudioOptions {
  file: string;
  kind: 'metadata-csv' | 'metadata-json' | 'classifications';
  /** Column of the file name in a metadata CSV. */
  name_column: string;
  /** Types that were chosen instead of proposed, by column. */
  types: ReadonlyMap<string, CellType>;
}

/** The column that LightlyStudio's page names. */
export const FILE_NAME = 'file_name';
/** Columns of LightlyStudio's classification export, in its order. */
export const CLASSIFICATION_COLUMNS = ['file_path_abs', 'class_name', 'confidence', 'annotation_source'] as const;

/** Options with what is missing filled in; values of another type count as missing. */
export function readStudioOptions(given: FormatOptions): StudioOptions {
  const { file, kind, name_column, types } = given;
  const pairs: [string, CellType][] = [];
  for (const pair of Array.isArray(types) ? types : []) {
    const [column, type]: unknown[] = Array.isArray(pair) ? pair : [];
    const known = CELL_TYPES.find((one) => one === type);
    if (typeof column === 'string' && known) pairs.push([column, known]);
  }
  return {
    file: typeof file === 'string' ? file : '',
    kind: kind === 'metadata-json' || kind === 'classifications' ? kind : 'metadata-csv',
    name_column: typeof name_column === 'string' && name_column !== '' ? name_column : FILE_NAME,
    types: new Map(pairs),
  };
}
