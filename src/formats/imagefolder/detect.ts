// Recognises metadata files and what their first records hold, without reading them through.
import { nameOf } from '../../shared/paths.ts';
import type { DatasetFiles, Detection, FieldValue, FormatOptions } from '../types.ts';
import { count, quoteSome } from '../words.ts';
import { imagefolderOptions } from './options.ts';
import { kindOf, type MetadataKind, metadataFiles } from './places.ts';
import { readCsvRecords } from './read-csv.ts';
import { readJsonLines, readJsonValues } from './read-jsonl.ts';
import { readParquetRecords } from './read-parquet.ts';

/** So many bytes of a file are looked at. */
const HEAD = 64 << 10;

/** One detection for each kind of metadata file that is there; JSON lines first. Errors: `aborted`. */
export async function detectImagefolder(
  files: DatasetFiles,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Detection[]> {
  const detections: Detection[] = [];
  for (const [kind, paths] of metadataFiles(files.others)) {
    const [first] = paths;
    if (first === undefined) continue;
    const { values, shape } = await sample(files, first, signal);
    const keys = [...values.keys()];
    const named = keys.some((key) => key === 'filepath' || /(^|_)file_names?$/.test(key));
    const opsml2 = keys.includes('filepath') && !keys.includes('file_name');
    const folders = paths.map((path) =>
      path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : 'the opened folder',
    );
    detections.push({
      format: 'imagefolder',
      title: `${opsml2 ? 'opsml ImageDataset' : 'Hugging Face imagefolder'}: metadata.${kind}`,
      text:
        paths.length === 1
          ? `${first} describes pictures by ${keys.length === 0 ? 'no key' : `the keys ${quoteSome(keys)}`}.`
          : `${count(paths.length, 'file')} metadata.${kind}, in ${quoteSome(folders)}.`,
      confidence: named ? (kind === 'jsonl' ? 0.9 : 0.85) : 0.3,
      options: { files: paths, pathKey: '', labelKey: labelKeyOf(values), splits: true, shape },
    });
  }
  return detections.sort((a, b) => b.confidence - a.confidence);
}

/** Keys of the first records of the chosen files, for the choices of the panel. */
export async function keysOf(files: DatasetFiles, given: FormatOptions): Promise<string[]> {
  const [first] = imagefolderOptions(given).files;
  return first === undefined ? [] : [...(await sample(files, first)).values.keys()];
}

/** `label` where there is one; `categories` where it holds names or numbers, one or a list. */
function labelKeyOf(values: ReadonlyMap<string, FieldValue[]>): string {
  const label = (key: string): boolean =>
    (values.get(key) ?? []).some(
      (value) => value !== null && (typeof value !== 'object' || value.json.startsWith('[')),
    );
  return ['label', 'categories', 'labels', 'class'].find(label) ?? '';
}

/** Values by key of the records at the start of a file. What cannot be read has none: reading will say why. */
async function sample(
  files: DatasetFiles,
  file: string,
  signal?: AbortSignal,
): Promise<{ values: Map<string, FieldValue[]>; shape: 'lines' | 'values' }> {
  const values = new Map<string, FieldValue[]>();
  const onRecord = (record: { count: number; keys: readonly string[]; values: readonly FieldValue[] }): void => {
    for (let n = 0; n < record.count; n++) {
      const key = record.keys[n] ?? '';
      const list = values.get(key);
      if (list === undefined) values.set(key, [record.values[n] ?? null]);
      else if (list.length < 100) list.push(record.values[n] ?? null);
    }
  };
  const kind: MetadataKind = kindOf(nameOf(file));
  try {
    if (kind === 'parquet') {
      for await (const _ of readParquetRecords(files, file, onRecord, signal)) break;
      return { values, shape: 'lines' };
    }
    const size = await files.size(file);
    const bytes = await files.bytes(file, 0, HEAD);
    // A cut line or row is not a mistake of the file.
    const whole = size > HEAD ? bytes.subarray(0, bytes.lastIndexOf(10) + 1) : bytes;
    const head = async function* () {
      yield whole;
    };
    if (kind === 'csv') for await (const _ of readCsvRecords(head, file, onRecord, signal));
    else {
      for await (const _ of readJsonLines(head(), file, onRecord));
      if (values.size > 0) return { values, shape: 'lines' };
      for await (const _ of readJsonValues(head(), file, onRecord));
      return { values, shape: values.size > 0 ? 'values' : 'lines' };
    }
  } catch {
    signal?.throwIfAborted();
  }
  return { values, shape: 'lines' };
}
