// Writes metadata and classifications as LightlyStudio's pages and exports have them, and the script that loads them.
import type { Field } from '../../catalog/types.ts';
import { throwIfAborted } from '../../shared/errors.ts';
import { nameOf } from '../../shared/paths.ts';
import type { ExportDataset, ExportRow, FieldValue, FormatOptions, WriteContext, WrittenFile } from '../types.ts';
import { CLASSIFICATION_COLUMNS, FILE_NAME } from './options.ts';
import { loadingScript } from './script.ts';
import { metadataFields, readWriteOptions, type StudioWriteOptions } from './write-options.ts';

/** metadata.csv or metadata.json, classification_export.csv and load_into_lightly_studio.py, each as a stream. */
export async function* writeLightlyStudio(
  dataset: ExportDataset,
  given: FormatOptions,
  { signal }: WriteContext,
): AsyncGenerator<WrittenFile> {
  const options = readWriteOptions(given);
  const file = (path: string, lines: AsyncIterable<string>): WrittenFile => ({ path, content: encode(lines) });
  if (options.metadata === 'csv') yield file('metadata.csv', metadataCsv(dataset, options, signal));
  if (options.metadata === 'json') yield file('metadata.json', metadataJson(dataset, options, signal));
  if (options.classifications) yield file('classification_export.csv', classificationCsv(dataset, options, signal));
  yield file('load_into_lightly_studio.py', single(loadingScript(dataset, options)));
}

async function* encode(parts: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  for await (const part of parts) yield encoder.encode(part);
}

async function* single(text: string): AsyncGenerator<string> {
  yield text;
}

async function* rowsOf(dataset: ExportDataset, signal: AbortSignal | undefined): AsyncGenerator<readonly ExportRow[]> {
  for await (const rows of dataset.rows({ probabilities: false, ...(signal ? { signal } : {}) })) {
    throwIfAborted(signal);
    yield rows;
  }
}

const nameFor = (row: ExportRow, { names }: StudioWriteOptions): string =>
  names === 'name' ? nameOf(row.path) : row.path;

async function* metadataCsv(
  dataset: ExportDataset,
  options: StudioWriteOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const fields = metadataFields(dataset);
  yield `${[FILE_NAME, ...fields.map(({ name }) => name)].map(quoted).join(',')}\n`;
  for await (const rows of rowsOf(dataset, signal))
    yield rows
      .map((row) => `${[nameFor(row, options), ...fields.map((field) => cellOf(field, row))].map(quoted).join(',')}\n`)
      .join('');
}

async function* metadataJson(
  dataset: ExportDataset,
  options: StudioWriteOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const fields = metadataFields(dataset);
  let before = '{\n';
  for await (const rows of rowsOf(dataset, signal)) {
    let part = '';
    for (const row of rows) {
      const members = fields.flatMap((field) => {
        const value = row.fields?.[field.name];
        return value === undefined ? [] : [`${JSON.stringify(field.name)}: ${jsonOf(field, value)}`];
      });
      part += `${before}${JSON.stringify(nameFor(row, options))}: {${members.join(', ')}}`;
      before = ',\n';
    }
    yield part;
  }
  yield before === '{\n' ? '{}\n' : '\n}\n';
}

/** One row for each label, CR LF at its end, as LightlyStudio 1.0 exports them; pictures without label are absent. */
async function* classificationCsv(
  dataset: ExportDataset,
  { folder, source }: StudioWriteOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const root = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
  yield `${CLASSIFICATION_COLUMNS.join(',')}\r\n`;
  for await (const rows of rowsOf(dataset, signal)) {
    let part = '';
    for (const { path, labels, fields } of rows) {
      const confidence = fields?.label_confidence;
      const from = fields?.annotation_source;
      for (const label of labels) {
        const cells = [root + path, label, typeof confidence === 'number' ? floatText(confidence) : ''];
        part += `${[...cells, typeof from === 'string' ? from : source].map(quoted).join(',')}\r\n`;
      }
    }
    yield part;
  }
}

function cellOf({ name, type }: Field, row: ExportRow): string {
  const value = row.fields?.[name];
  if (value === undefined || value === null) return '';
  if (typeof value === 'object') return value.json;
  return typeof value === 'number' && type === 'number' ? floatText(value) : String(value);
}

/** A number of a float key keeps its point: 28 is an integer to LightlyStudio, 28.0 a float. */
function jsonOf({ type }: Field, value: FieldValue): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return value.json;
  return typeof value === 'number' && type === 'number' ? floatText(value) : JSON.stringify(value);
}

/** As Python writes floats: '1.0', '0.5'. */
export function floatText(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
