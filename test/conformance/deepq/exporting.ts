// What Vitrine writes for DeepQ, as cases ask for it: the text of label.csv, the entries of the zip, warnings, and round trips.
import { writer } from '../../../src/formats/deepq/index.ts';
import type { ExportDataset, ExportRow, FieldValue, WriteContext } from '../../../src/formats/types.ts';
import { centralHeader } from '../../../src/formats/zip/records.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import { listZip } from '../../../src/source/zip/list.ts';
import { readZipEntry } from '../../../src/source/zip/read.ts';
import { missingIn, same } from './judge.ts';
import { type Bytes, openZipBytes, readAll } from './reading.ts';
import { roundTrip, roundTripOfOwn } from './round-trip.ts';

type Options = Record<string, unknown>;

const KNOWN = ['rows', 'classes', 'version', 'single_label', 'boxes', 'layout', 'sizes', 'total_bytes', 'edit'];

/** Runs an export and judges it; null is as expected. */
export async function runExport(
  options: Options,
  expect: Record<string, unknown>,
  files: ReadonlyMap<string, Bytes>,
): Promise<string | null> {
  const unknown = Object.keys(options).filter((key) => !KNOWN.includes(key));
  if (unknown.length > 0) return `There is no rule for the options ${unknown.join(', ')}.`;
  if ('roundtrip' in expect) {
    const [zip] = files.values();
    return zip ? roundTrip(zip) : roundTripOfOwn();
  }
  const dataset = datasetOf(options);
  const chosen = writeOptionsOf(options);
  let warnings = '';
  let zip: Bytes;
  try {
    const lint = writer.lint(dataset, chosen);
    for await (const rows of dataset.rows({ probabilities: false })) for (const row of rows) lint.add(row);
    warnings = lint.warnings().join('\n');
    zip = await zipOf(dataset, chosen, contextOf());
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error;
    const { error: wanted, names = [], ...rest } = expect as { error?: { contains: string }; names?: string[] };
    if (!wanted || Object.keys(rest).length > 0) return `It should be written, but: ${error.message}`;
    return missingIn([wanted.contains, ...names], error.message);
  }
  for (const [key, value] of Object.entries(expect)) {
    const verdict = await judge(key, value, { zip, warnings, options, dataset, chosen });
    if (verdict !== null) return `${key}: ${verdict}`;
  }
  return null;
}

interface Written {
  zip: Bytes;
  warnings: string;
  options: Options;
  dataset: ExportDataset;
  chosen: Options;
}

async function judge(key: string, value: unknown, written: Written): Promise<string | null> {
  const { zip, warnings } = written;
  switch (key) {
    case 'label.csv':
      return same(await textOf(zip, 'label.csv'), value);
    case 'entries':
      return same(
        [...(await listZip(new Blob([zip]), 'a.zip')).entries].map(({ path }) => path),
        value,
      );
    case 'warnings':
    case 'report':
    case 'offers':
      return missingIn(value as string[], warnings);
    case 'zip':
      return judgeZip(value as Options, written);
    default:
      return 'there is no rule for it';
  }
}

async function judgeZip(expect: Options, { zip, options, dataset, chosen }: Written): Promise<string | null> {
  const entries = [...(await listZip(new Blob([zip]), 'a.zip')).entries];
  for (const [key, value] of Object.entries(expect)) {
    let verdict: string | null;
    if (key === 'method') {
      const methods = Object.fromEntries(entries.map(({ path, method }) => [path, method === 'stored' ? 0 : 8]));
      verdict = same(Object.fromEntries(Object.keys(value as Options).map((path) => [path, methods[path]])), value);
    } else if (key === 'flag_bit_11') {
      const flags = flagsOf(zip);
      verdict = same(
        (value as string[]).filter((path) => ((flags.get(path) ?? 0) & 0x800) !== 0),
        value,
      );
    } else if (key === 'extra_0x7075') {
      const other = await zipOf(dataset, { ...chosen, unicodeExtra: true }, contextOf());
      const { notes, refused } = await listZip(new Blob([other]), 'a.zip');
      verdict = same([notes, refused], [[], []]);
    } else if (key === 'zip64') {
      const bytes = Number(options.total_bytes);
      const header = centralHeader({
        name: new Uint8Array(1),
        unicodeExtra: false,
        deflated: false,
        streamed: false,
        dosTime: 0,
        crc32: 0,
        bytes,
        packedBytes: bytes,
        offset: 0,
      });
      verdict = same(new DataView(header.buffer).getUint16(47, true) === 1, value); // the extra field behind a name of one byte
    } else return `there is no rule for ${key}`;
    if (verdict !== null) return `${key}: ${verdict}`;
  }
  return null;
}

/** General purpose flags by name, from the central directory; the names are UTF-8. */
function flagsOf(zip: Bytes): Map<string, number> {
  const view = new DataView(zip.buffer);
  const flags = new Map<string, number>();
  for (let at = 0; at + 46 <= zip.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const name = new TextDecoder().decode(zip.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)));
    flags.set(name, view.getUint16(at + 8, true));
  }
  return flags;
}

/** The zip that is written, as a whole. */
export async function zipOf(dataset: ExportDataset, options: Options, context: WriteContext): Promise<Bytes> {
  for await (const { content } of writer.write(dataset, options, context)) {
    const chunks: Bytes[] = [];
    for await (const chunk of content) chunks.push(chunk);
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  }
  throw new Error('nothing was written');
}

/** The text of an entry; null when it is not there. */
export async function textOf(zip: Bytes, path: string): Promise<string | null> {
  const blob = new Blob([zip]);
  const entry = (await listZip(blob, 'a.zip')).entries.find(path);
  return entry && new TextDecoder().decode(await readZipEntry(blob, entry));
}

const contextOf = (): WriteContext => ({
  original: () => Promise.resolve(null),
  picture: (path) => Promise.resolve(new Blob([`bytes of ${path}`])),
});

function writeOptionsOf({ version, single_label: single, boxes, layout }: Options): Options {
  return {
    version: String(version ?? 3),
    rows: boxes ? 'boxes' : single === true ? 'single' : 'one-hot',
    ...(layout ? { layout } : {}),
  };
}

function datasetOf(options: Options): ExportDataset {
  const {
    rows = [],
    classes = [],
    boxes,
    sizes = {},
    total_bytes: total,
  } = options as {
    rows?: [string, string[] | null][];
    classes?: string[];
    boxes?: Record<string, unknown[][]>;
    sizes?: Record<string, [number, number]>;
    total_bytes?: number;
  };
  const fieldsOf = (path: string): Record<string, FieldValue> => {
    const [width, height] = sizes[path] ?? [];
    return {
      ...(width === undefined || height === undefined ? {} : { width, height }),
      ...(total === undefined ? {} : { size: total }),
    };
  };
  const all: ExportRow[] = rows.map(([path, labels]) => ({
    path,
    split: null,
    labels: labels ?? [],
    negatives: labels === null ? [] : classes.filter((name) => !labels.includes(name)),
    predicted: null,
    confidence: null,
    fields: fieldsOf(path),
  }));
  const boxed: ExportRow[] = Object.entries(boxes ?? {}).map(([path, lists]) => ({
    path,
    split: null,
    labels: [],
    predicted: null,
    confidence: null,
    fields: { boxes: { json: JSON.stringify(lists) } },
  }));
  const whole: ExportRow[] =
    total === undefined
      ? []
      : [{ path: 'all.png', split: null, labels: [], predicted: null, confidence: null, fields: fieldsOf('all.png') }];
  return asDataset([...all, ...boxed, ...whole], classes);
}

/** Rows as an export sees them. */
export function asDataset(rows: readonly ExportRow[], classes: readonly string[]): ExportDataset {
  return {
    name: 'case',
    classes,
    splits: [],
    multiLabel: true,
    layout: null,
    size: rows.length,
    excluded: 0,
    filtered: false,
    async *rows() {
      yield rows;
    },
  };
}

/** What was read, as rows to be written: nothing is edited. */
export async function rowsOfZip(zip: Bytes): Promise<{ rows: ExportRow[]; classes: string[]; label: string | null }> {
  const { rows, dataset, summary } = await readAll(openZipBytes(zip), {});
  const merged = dataset.pictures.map((path): ExportRow => {
    const own = rows.filter((row) => row.path === path);
    return {
      path,
      split: null,
      labels: [...new Set(own.flatMap((row) => row.labels ?? []))],
      negatives: [...new Set(own.flatMap((row) => row.negatives ?? []))],
      predicted: null,
      confidence: null,
      fields: Object.assign({}, ...own.map((row) => row.fields)),
    };
  });
  return { rows: merged, classes: summary.classes.map(({ name }) => name), label: dataset.labels[0] ?? null };
}
