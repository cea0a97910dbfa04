// Finds files of LightlyStudio: its export of classifications, and metadata by file name as CSV or JSON.
import { throwIfAborted } from '../../shared/errors.ts';
import { nameOf } from '../../shared/paths.ts';
import { type CellType, proposeType } from '../text/cells.ts';
import { type CsvHead, readCsvHead } from '../text/csv-head.ts';
import { readMembers } from '../text/json-members.ts';
import type { DatasetFiles, Detection } from '../types.ts';
import { createMatcher } from './match.ts';
import { CLASSIFICATION_COLUMNS, FILE_NAME } from './options.ts';

/** Files whose first bytes are looked at, of each kind. */
const LOOKED_AT = 50;
const HEAD_BYTES = 64 << 10;

/** Every such file, surest first. Errors: `aborted`, and those of reading. */
export async function detectLightlyStudio(
  files: DatasetFiles,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Detection[]> {
  const found: Detection[] = [];
  for (const file of files.others.filter((path) => /\.(csv|tsv)$/i.test(path)).slice(0, LOOKED_AT)) {
    throwIfAborted(signal);
    const detection = csvDetection(file, await readCsvHead(files, file, [FILE_NAME]));
    if (detection) found.push(detection);
  }
  for (const file of files.others.filter((path) => /\.json$/i.test(path)).slice(0, LOOKED_AT)) {
    throwIfAborted(signal);
    const detection = await jsonDetection(files, file);
    if (detection) found.push(detection);
  }
  return found.sort((a, b) => b.confidence - a.confidence);
}

function csvDetection(file: string, head: CsvHead): Detection | null {
  const { header } = head;
  if (CLASSIFICATION_COLUMNS.slice(0, 2).every((name) => header?.includes(name)))
    return {
      format: 'lightly-studio',
      title: 'Classifications of LightlyStudio',
      text: `${file}: one row for each label of a picture.`,
      confidence: 0.95,
      options: { file, kind: 'classifications' },
    };
  if (!header?.includes(FILE_NAME) || header.length < 2) return null;
  const others = header.filter((name) => name !== FILE_NAME);
  return {
    format: 'lightly-studio',
    title: 'Metadata of LightlyStudio',
    text: `${file}: ${others.slice(0, 6).join(', ')} by file name.`,
    // Hugging Face reads a file of exactly this name.
    confidence: nameOf(file) === 'metadata.csv' ? 0.55 : 0.6,
    options: { file, kind: 'metadata-csv', name_column: FILE_NAME, types: proposedTypes(head) },
  };
}

/** The types that the first rows propose, for a person to change. Columns that are not shown there are proposed over the whole file. */
export function proposedTypes({ header, rows }: CsvHead, nameColumn: string = FILE_NAME): [string, CellType][] {
  return (header ?? []).flatMap((name, i): [string, CellType][] => {
    if (name === nameColumn) return [];
    const type = rows.reduce<CellType | null>((so, { cells }) => proposeType(so, cells[i] ?? ''), null);
    return type === null ? [] : [[name, type]];
  });
}

/** An object whose first keys are pictures here, with objects below them. */
async function jsonDetection(files: DatasetFiles, file: string): Promise<Detection | null> {
  const match = createMatcher(files, file);
  const head = await files.bytes(file, 0, HEAD_BYTES);
  let entries = 0;
  let pictures = 0;
  try {
    for await (const { members } of readMembers(one(head), { file })) {
      entries += members.length;
      pictures += members.filter(({ key, raw }) => raw.trimStart().startsWith('{') && 'path' in match(key)).length;
    }
  } catch {
    // The beginning of a file ends anywhere; other programs' files may be no objects at all.
  }
  if (pictures === 0) return null;
  return {
    format: 'lightly-studio',
    title: 'Metadata of LightlyStudio',
    text: `${file}: values by file name; ${pictures} of the first ${entries} names are pictures here.`,
    confidence: 0.4 + (0.5 * pictures) / entries,
    options: { file, kind: 'metadata-json' },
  };
}

async function* one(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield bytes;
}
