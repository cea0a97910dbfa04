// What opsml's ImageDataset makes of a folder, put together from the rules of formats/imagefolder/peers.
import { type OpsmlRecord, type OpsmlRefusal, readOpsml } from '../../../src/formats/imagefolder/peers/opsml.ts';
import { normalize } from '../../../src/formats/imagefolder/resolve.ts';
import { opsmlLine } from '../../../src/formats/imagefolder/write/opsml-line.ts';
import { createObjectScanner } from '../../../src/formats/text/json-text.ts';
import { type JsonNode, parseTree } from '../../../src/formats/text/json-tree.ts';
import { isUtf8, PeerError } from './metadata-tables.ts';
import { floatOf, integerOf } from './values.ts';

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** opsml 1.x: the records of a file of a folder. Errors: `PeerError`. */
export function validate(files: Files, imageDir: string, metadata: string): OpsmlRecord[] {
  if (![...files.keys()].some((path) => path.startsWith(`${imageDir}/`)))
    throw new PeerError('TypeError', ['NoneType']);
  const path = normalize(`${imageDir}/${metadata}`) ?? metadata;
  if (!metadata.includes('jsonl')) throw new PeerError('ValidationError', ['metadata', 'must be a jsonl file']);
  const bytes = files.get(path);
  if (!bytes) throw new PeerError('ValidationError', [`metadata file ${metadata} does not exist`]);
  return recordsOf(bytes, 1);
}

/** opsml 2.x: the records of every split; '' where there are no folders. Errors: `PeerError`. */
export function splitRecords(files: Files, folder: string): Record<string, OpsmlRecord[]> {
  const inside = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
  const folders = [
    ...new Set(
      inside
        .map((path) => path.slice(folder.length + 1))
        .filter((rest) => rest.includes('/'))
        .map((rest) => rest.split('/')[0] ?? ''),
    ),
  ].sort();
  const read = (place: string): OpsmlRecord[] => {
    const bytes = files.get(`${place}/metadata.jsonl`);
    if (!bytes) throw new PeerError('ValueError', [`Could not find metadata.jsonl in ${place} or subdirectories`]);
    return recordsOf(bytes, 2).map((record) => sized(record, files));
  };
  if (folders.length === 0) return { '': read(folder) };
  // The name of a split is that of its folder up to the last dot.
  return Object.fromEntries(folders.map((name) => [stem(name), read(`${folder}/${stem(name)}`)]));
}

const stem = (name: string): string => (name.lastIndexOf('.') > 0 ? name.slice(0, name.lastIndexOf('.')) : name);

/** The file's own size where none was given, and then the file must exist. */
function sized(record: OpsmlRecord, files: Files): OpsmlRecord {
  if (record.size !== null) return record;
  const bytes = files.get(normalize(record.name) ?? '');
  if (!bytes) throw new PeerError('ValidationError', [`File ${record.name} does not exist`]);
  return { ...record, size: bytes.length };
}

function recordsOf(bytes: Uint8Array<ArrayBuffer>, version: 1 | 2): OpsmlRecord[] {
  if (!isUtf8(bytes)) throw new PeerError('ValidationError', ["'utf-8' codec can't decode byte"]);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  const scanner = createObjectScanner();
  return lines.map((line) => {
    if (line.startsWith('\uFEFF')) throw new PeerError('ValidationError', ['Unexpected UTF-8 BOM']);
    if (!scanner.scan(line, 0, line.length)) {
      if (scanner.mistake?.reason === 'not-object') throw new PeerError('TypeError', ['must be a mapping']);
      throw new PeerError('ValidationError', ['metadata', 'Value error', 'char ']);
    }
    return recordOf(parseTree(line), version);
  });
}

function recordOf(node: JsonNode, version: 1 | 2): OpsmlRecord {
  const reading = readOpsml(node, version);
  if ('record' in reading) return reading.record;
  throw new PeerError('ValidationError', [textOf(reading.refusal)]);
}

const REASONS: Record<OpsmlRefusal['reason'], string> = {
  missing: 'Field required',
  'not-text': 'Input should be a valid string',
  'not-list': 'Input should be a valid list',
  'not-number': 'Input should be a valid number',
  'not-object': 'Input should be a valid dictionary',
  'not-integer': 'Input should be a valid integer',
};

function textOf({ path, reason }: OpsmlRefusal): string {
  if (path === 'filepath' && reason === 'missing') return 'Filepath is required';
  // In lists of names and numbers the first of its types is told.
  return `metadata.${path}${/^categories\.\d+$|^objects\.categories\.\d+$/.test(path) ? '.str' : ''}\n  ${REASONS[reason]}`;
}

/** The text that opsml writes for records, given as raw JSON. */
export function written(records: readonly JsonNode[], version: 1 | 2, files: Files): string {
  return records
    .map((node) => {
      const record = recordOf(node, version);
      return `${opsmlLine(version === 2 ? sized(record, files) : record, version)}\n`;
    })
    .join('');
}

/** opsml 1.x: the file read and written again. */
export const rewritten = (files: Files, imageDir: string): string =>
  validate(files, imageDir, 'metadata.jsonl')
    .map((record) => `${opsmlLine(record, 1)}\n`)
    .join('');

/** A record as the cases spell it. */
export function plainRecord(
  { name, size, caption, categories, objects }: OpsmlRecord,
  version: 1 | 2,
): Record<string, unknown> {
  const list = (items: OpsmlRecord['categories']): unknown =>
    items?.map((item) => (typeof item === 'string' ? item : number(item.raw))) ?? null;
  return {
    ...(version === 1 ? { file_name: name } : { filepath: name, size }),
    caption,
    categories: list(categories),
    objects:
      objects === null
        ? null
        : {
            bbox: objects.bbox.map((box) => box.map((value) => floatOf(String(value)))),
            categories: list(objects.categories),
          },
  };
}

const number = (raw: string): unknown => (/^-?\d+$/.test(raw) ? integerOf(raw) : floatOf(raw));
