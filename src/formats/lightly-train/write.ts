// Writes a dataset for LightlyTrain: a CSV per split, or class folders, with the `data` argument as YAML.
import { throwIfAborted } from '../../shared/errors.ts';
import { nameOf } from '../../shared/paths.ts';
import { type CsvLayout, chooseLabelDelimiter, csvHeader, csvLine } from '../csv.ts';
import type { ExportDataset, ExportRow, FormatOptions, WriteContext, WrittenFile } from '../types.ts';
import { isListed } from './extensions.ts';
import { importedFiles } from './write-imported.ts';
import {
  dataClasses,
  dataEntries,
  nameOfSplit,
  readTrainWriteOptions,
  requireReadable,
  type TrainWriteOptions,
} from './write-options.ts';

/**
 * The imported CSV files with what changed; or `train.csv`, `val.csv`, …, `folders.csv` or the pictures themselves; and `data.yaml`. Errors: `bad-input`
 * for class names that cannot be read back.
 */
export async function* writeLightlyTrain(
  dataset: ExportDataset,
  given: FormatOptions,
  context: WriteContext,
): AsyncGenerator<WrittenFile> {
  const wanted = readTrainWriteOptions(given, dataset);
  requireReadable(dataset, wanted);
  const changed = wanted.imported ? await importedFiles(dataset, wanted.imported, context) : [];
  if (wanted.imported && changed.length > 0) {
    yield* changed;
    yield { path: 'data.yaml', content: encode(single(dataYaml(dataset, wanted))) };
    return;
  }
  const options = readTrainWriteOptions({ ...given, original: false }, dataset); // the imported files are gone
  requireReadable(dataset, options);
  if (options.form === 'csv')
    for (const split of await splitsOf(dataset, context))
      yield { path: `${nameOfSplit(split, dataset)}.csv`, content: encode(csvOf(dataset, options, split, context)) };
  if (options.form === 'manifest') yield { path: 'folders.csv', content: encode(manifestOf(dataset, context)) };
  if (options.form === 'copies')
    for await (const { source, target } of targetsOf(dataset, context))
      yield { path: target, content: pictureOf(context, source) };
  yield { path: 'data.yaml', content: encode(single(dataYaml(dataset, options))) };
}

/** The `data` argument as YAML. JSON strings are YAML strings. */
export function dataYaml(dataset: ExportDataset, options: TrainWriteOptions): string {
  const lines = dataEntries(dataset, options).map(([key, value]) => `${key}: ${value}`);
  const task = dataset.multiLabel
    ? '# Pictures have several labels: train with classification_task="multilabel".\n'
    : '';
  const classes = dataClasses(dataset, options).map(([id, name]) => `  ${id}: ${JSON.stringify(name)}`);
  return `${task}${lines.join('\n')}\n${classes.length === 0 ? 'classes: {}' : `classes:\n${classes.join('\n')}`}\n`;
}

/** The script that trains with the written files. */
export function trainingScript(dataset: ExportDataset, options: TrainWriteOptions): string {
  const entries = dataEntries(dataset, options).map(([key, value]) => `        ${JSON.stringify(key)}: ${value},`);
  const classes = dataClasses(dataset, options).map(([id, name]) => `            ${id}: ${JSON.stringify(name)},`);
  return [
    'import lightly_train',
    '',
    'if __name__ == "__main__":',
    '    data = {',
    ...entries,
    '        "classes": {',
    ...classes,
    '        },',
    '    }',
    '    lightly_train.train_image_classification(',
    '        out="out/classifier",',
    '        model="dinov3/vitt16",',
    '        data=data,',
    ...(dataset.multiLabel ? ['        classification_task="multilabel",'] : []),
    '    )',
    '',
  ].join('\n');
}

/** Rows a batch at a time: a step of an asynchronous generator for each of a million costs more than its line. */
async function* batchesOf(dataset: ExportDataset, { signal }: WriteContext): AsyncGenerator<readonly ExportRow[]> {
  for await (const rows of dataset.rows({ probabilities: false, ...(signal ? { signal } : {}) })) {
    throwIfAborted(signal);
    yield rows;
  }
}

/** LightlyTrain passes over rows without a label or with another extension. */
const isWritten = ({ labels, path }: ExportRow): boolean => labels.length > 0 && isListed(path);

/** Splits in the order of the dataset, and none where rows have none. */
async function splitsOf(dataset: ExportDataset, context: WriteContext): Promise<(string | null)[]> {
  for await (const rows of batchesOf(dataset, context))
    if (rows.some((row) => row.split === null && isWritten(row))) return [...dataset.splits, null];
  return [...dataset.splits];
}

async function* csvOf(
  dataset: ExportDataset,
  { labels, prefix }: TrainWriteOptions,
  split: string | null,
  context: WriteContext,
): AsyncGenerator<string> {
  const ids = new Map(dataset.classes.map((name, id) => [name, String(id)]));
  const layout: CsvLayout = {
    prefix,
    labelDelimiter: labels === 'id' ? ',' : chooseLabelDelimiter(dataset.classes),
    splitColumn: false,
    predictions: false,
    probabilityClasses: [],
    fields: dataset.fields ?? [],
  };
  let part = csvHeader(layout);
  for await (const rows of batchesOf(dataset, context)) {
    for (const row of rows) {
      if (row.split !== split || !isWritten(row)) continue;
      part += csvLine(
        labels === 'id' ? { ...row, labels: row.labels.map((name) => ids.get(name) ?? name) } : row,
        layout,
      );
    }
    if (part.length < 1 << 16) continue;
    yield part;
    part = '';
  }
  yield part;
}

/** Where each picture goes, once for each of its classes; a name that is taken gets its whole path below the class. */
async function* targetsOf(
  dataset: ExportDataset,
  context: WriteContext,
): AsyncGenerator<{ source: string; target: string }> {
  const taken = new Set<string>();
  for await (const rows of batchesOf(dataset, context))
    for (const row of rows) {
      if (!isWritten(row)) continue;
      for (const label of row.labels) {
        const folder = `${nameOfSplit(row.split, dataset)}/${label}`;
        const short = `${folder}/${nameOf(row.path)}`;
        const target = taken.has(short) ? `${folder}/${row.path}` : short;
        taken.add(target);
        yield { source: row.path, target };
      }
    }
}

async function* manifestOf(dataset: ExportDataset, context: WriteContext): AsyncGenerator<string> {
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  let part = 'source,target\n';
  for await (const { source, target } of targetsOf(dataset, context)) {
    part += `${quoted(source)},${quoted(target)}\n`;
    if (part.length < 1 << 16) continue;
    yield part;
    part = '';
  }
  yield part;
}

async function* pictureOf(context: WriteContext, path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const blob = await context.picture(path);
  for (let at = 0; at < blob.size; at += 1 << 20)
    yield new Uint8Array(await blob.slice(at, at + (1 << 20)).arrayBuffer());
}

async function* encode(parts: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  for await (const part of parts) yield encoder.encode(part);
}

async function* single(text: string): AsyncGenerator<string> {
  yield text;
}
