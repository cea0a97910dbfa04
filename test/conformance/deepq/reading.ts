// Everything that Vitrine makes of one zip or folder of a DeepQ dataset, as cases ask for it.

import { deepq } from '../../../src/formats/deepq/index.ts';
import { readLabelFile } from '../../../src/formats/deepq/label-file.ts';
import { type Understood, understandLayout } from '../../../src/formats/deepq/layout.ts';
import { readOptions } from '../../../src/formats/deepq/options.ts';
import type { DatasetFiles, ImportIssue, ImportRow, ImportSummary } from '../../../src/formats/types.ts';
import { createDatasetFiles } from '../../../src/jobs/import/files.ts';
import type { CodePage } from '../../../src/shared/code-page.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import { openFiles } from '../../../src/source/files.ts';
import { noPictures, openSource } from '../../../src/source/open.ts';
import { zipSource } from '../../../src/source/pick.ts';
import type { LeftOut, Source } from '../../../src/source/types.ts';
import { listZip } from '../../../src/source/zip/list.ts';
import type { RefusedEntry } from '../../../src/source/zip/types.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Reading {
  source: Source;
  files: DatasetFiles;
  dataset: Understood;
  rows: ImportRow[];
  issues: ImportIssue[];
  summary: ImportSummary;
  leftOut: LeftOut[];
  refused: RefusedEntry[];
  /** Columns of the first label file; 0 where there is none. */
  columns: number;
  /** Everything that is said to a person. */
  said: string;
  /** The sentence for a dataset without a single picture. */
  nothing: string;
  needsCodePage: boolean;
}

/** A PNG of 16 × 16 pixels as far as its header goes: what stands for pictures whose content does not matter. */
const PICTURE = new Uint8Array(33);
PICTURE.set([
  0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 16, 0, 0, 0, 16, 8, 2,
]);

/** Opens a zip as the application does. Errors: those of the zip. */
export function openZipBytes(bytes: Bytes, codePage?: CodePage): Source {
  const ref = zipSource(new File([bytes], 'dataset.zip'));
  return openSource(ref.kind === 'zip' && codePage ? { ...ref, codePage } : ref);
}

/** A folder of files, as a drop or a folder input gives them. */
export function openFolderOf(files: ReadonlyMap<string, Bytes>): Source {
  return openFiles(
    'dataset',
    [...files].map(([path, bytes]) => {
      const isPicture = bytes.length === 0 && !/\.(csv|json|txt)$/i.test(path);
      return { path, file: new File([isPicture ? PICTURE : bytes], path) };
    }),
  );
}

/** Walks, detects and reads. Errors: those of all three. */
export async function readAll(source: Source, options: Record<string, unknown>, zip?: Bytes): Promise<Reading> {
  const pictures: string[] = [];
  const leftOut: LeftOut[] = [];
  for await (const batch of source.walk()) {
    for (const name of batch.names) pictures.push(batch.directory === '' ? name : `${batch.directory}/${name}`);
    leftOut.push(...batch.leftOut);
  }
  const others = leftOut.filter(({ reason }) => reason === 'metadata' || reason === 'not-an-image');
  const files = createDatasetFiles({
    name: source.name,
    pictures,
    others: others.map(({ path }) => path),
    source,
    extra: new Map(),
  });
  const report = (await source.zip?.()) ?? { notes: [], unmarked: null };
  const detections = await deepq.detect(files);
  const [best] = detections;
  // with several datasets nothing is chosen for a person
  const chosen = { ...(detections.length === 1 ? best?.options : {}), ...options };
  const rows: ImportRow[] = [];
  const issues: ImportIssue[] = [];
  const reading = deepq.read(files, chosen);
  let step = await reading.next();
  for (; !step.done; step = await reading.next()) {
    rows.push(...step.value.rows);
    issues.push(...step.value.issues);
  }
  const summary = step.value;
  if (summary.found !== summary.imported + summary.leftOut)
    throw new Error(`${summary.found} found, but ${summary.imported} imported and ${summary.leftOut} left out`);
  const refused = zip ? (await listZip(new Blob([zip]), source.name)).refused : [];
  const dataset = layoutOf(pictures, files.others, refused);
  return {
    source,
    files,
    dataset,
    rows,
    issues,
    summary,
    leftOut,
    refused,
    columns: await columnsOf(files, dataset, chosen),
    said: [
      ...report.notes,
      ...summary.notes,
      ...issues.map(({ text, line, reason }) => `${text} (line ${line}, ${reason})`),
      ...(best ? [best.text] : []),
    ].join('\n'),
    nothing: noPictures(source.name, Object.fromEntries(leftOut.map(({ reason }) => [reason, 1]))).message,
    needsCodePage: report.unmarked !== null && !report.unmarked.plausible,
  };
}

/** The layout by names; where every picture is refused, that which the refused ones had. */
function layoutOf(
  pictures: readonly string[],
  others: readonly string[],
  refused: readonly RefusedEntry[],
): Understood {
  const names = refused.map(({ name }) => name).filter((name) => /\.(png|jpe?g|dcm)$/i.test(name));
  const all = understandLayout(pictures.length > 0 ? pictures : names, others);
  if ('roots' in all) throw new VitrineError('bad-input', `two datasets: ${all.roots.join(' ')}`);
  return pictures.length > 0 ? all : { ...all, pictures: [] };
}

async function columnsOf(
  files: DatasetFiles,
  { labels }: Understood,
  options: Record<string, unknown>,
): Promise<number> {
  const [file] = labels;
  if (file === undefined) return 0;
  for await (const { columns } of readLabelFile(files, file, readOptions(options), (name) => name.includes('.')))
    return columns;
  return 0;
}

/** Roots of the datasets among the files of a case. */
export function rootsOf(paths: Iterable<string>): readonly string[] {
  const all = [...paths];
  const tables = all.filter((path) => path.endsWith('.csv'));
  const found = understandLayout(
    all.filter((path) => !tables.includes(path)),
    tables,
  );
  return 'roots' in found ? found.roots : [found.root];
}
