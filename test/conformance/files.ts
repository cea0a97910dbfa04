// The files of a case as a format sees them: what has the extension of a picture is one, hidden files too.
import { createPictureIndex } from '../../src/formats/pictures.ts';
import type {
  DatasetFiles,
  DatasetFormat,
  FormatOptions,
  ImportIssue,
  ImportRow,
  ImportSummary,
} from '../../src/formats/types.ts';
import { VitrineError } from '../../src/shared/errors.ts';
import { extensionOf } from '../../src/shared/paths.ts';
import { pictureExtensions } from '../../src/source/names.ts';

export function datasetFiles(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>, name = 'case'): DatasetFiles {
  const isPicture = (path: string): boolean => pictureExtensions.has(extensionOf(path));
  const open = (path: string): Uint8Array<ArrayBuffer> => {
    const bytes = files.get(path);
    if (!bytes) throw new VitrineError('not-found', `There is no file ${path}.`, { file: path });
    return bytes;
  };
  return {
    name,
    pictures: createPictureIndex([...files.keys()].filter(isPicture)),
    others: [...files.keys()].filter((path) => !isPicture(path)).sort(),
    size: (path) => Promise.resolve(open(path).length),
    bytes: (path, from = 0, to = Number.POSITIVE_INFINITY) => Promise.resolve(open(path).slice(from, to)),
    async *chunks(path) {
      const bytes = open(path);
      for (let at = 0; at < bytes.length; at += 1 << 16) yield bytes.slice(at, at + (1 << 16));
    },
  };
}

/** A reader run to its end. */
export interface ReadResult {
  rows: ImportRow[];
  issues: ImportIssue[];
  summary: ImportSummary;
}

/** Runs a reader to its end and holds it to the law of all imports: found = imported + left out, each left out with a reason. */
export async function readAll(format: DatasetFormat, files: DatasetFiles, options: FormatOptions): Promise<ReadResult> {
  const rows: ImportRow[] = [];
  const issues: ImportIssue[] = [];
  const reader = format.read(files, options);
  let step = await reader.next();
  while (!step.done) {
    rows.push(...step.value.rows);
    issues.push(...step.value.issues);
    step = await reader.next();
  }
  const summary = step.value;
  const leftOut = issues.filter(({ kind }) => kind === 'left-out').length;
  if (summary.found !== summary.imported + summary.leftOut || leftOut !== summary.leftOut)
    throw new Error(
      `found ${summary.found} ≠ imported ${summary.imported} + left out ${summary.leftOut} (${leftOut} told)`,
    );
  return { rows, issues, summary };
}
