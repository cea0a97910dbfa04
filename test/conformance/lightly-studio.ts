// Judges LightlyStudio's files: metadata read with its types, classifications written and read back, pictures listed.
import type { Field } from '../../src/catalog/types.ts';
import { lightlyStudio, writer } from '../../src/formats/lightly-studio/index.ts';
import { readCsv } from '../../src/formats/text/csv.ts';
import type { ExportDataset, ExportRow, FieldValue, FormatOptions, ImportRow } from '../../src/formats/types.ts';
import { VitrineError } from '../../src/shared/errors.ts';
import { datasetFiles, type ReadResult, readAll } from './files.ts';
import { judgeListing } from './lightly-studio/listing.ts';
import { type ConformanceCase, failed, notApplicable, type Outcome, passed } from './types.ts';

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
type Step = [kind: string, ...args: unknown[]];

/** A sample's metadata in a case: values, with what JSON cannot tell spelled out, and their types. */
type Metadata = Record<string, { data: Record<string, unknown>; schema: Record<string, string> } | null>;

export async function runCase(c: ConformanceCase, files: Files): Promise<Outcome> {
  const { options } = c.input;
  if ('sampling' in options) return notApplicable('metadata issue: sampling is not part of the five formats');
  const steps = (options.steps ?? []) as Step[];
  const kinds = new Set(steps.map(([kind]) => kind));
  if (kinds.has('add_path')) return judgeListing(c, files);
  if (kinds.has('csv_doc')) return judgeMetadataCsv(c, files);
  if ('csv_rows' in c.expect) return judgeClassifications(c, steps);
  if ('filter' in options) return notApplicable('metadata issue: a filter of their database');
  if (['info', 'histograms', 'value_counts', 'samples'].some((key) => key in c.expect))
    return notApplicable('metadata issue: statistics of their database');
  if (kinds.size > 0 && 'error' in c.expect) return notApplicable('metadata issue: statistics of their database');
  if (!('metadata' in c.expect)) return failed(`no rule for a case with ${Object.keys(c.expect).join(', ')}`);
  const stored = c.expect.metadata as Metadata;
  const conflict = mismatchOf(c, steps);
  if (conflict) return judgeConflict(conflict, steps);
  const single =
    steps.every(([kind]) => kind === 'set' || kind === 'get') && steps.filter(([kind]) => kind === 'set').length === 1;
  return single && c.area === 'types' ? judgeTypes(stored) : notApplicable('metadata issue: steps of their database');
}

// ---------------------------------------------------------------- types, by a round trip through JSON

/** What a sample holds is read from JSON with its type, written, and read again: the same. */
async function judgeTypes(stored: Metadata): Promise<Outcome> {
  const entries = Object.entries(stored).flatMap(([path, metadata]) => (metadata ? [{ path, ...metadata }] : []));
  const text = `{${entries.map(({ path, data }) => `${JSON.stringify(path)}: ${spell(data)}`).join(', ')}}`;
  const first = await readJson(text, Object.keys(stored));
  for (const { path, data, schema } of entries)
    for (const [key, value] of Object.entries(data)) {
      const row = first.rows.find((one) => one.path === path);
      const got = row?.fields?.[key];
      const finite = !/^(NaN|-?Infinity)$/.test(spell(value));
      if (!finite && got === undefined && first.issues.some(({ text: told }) => told.includes(key))) continue;
      if (!isValue(got, value)) return failed(`${key} is ${JSON.stringify(got)} instead of ${spell(value)}`);
      const type = first.summary.fields.find(({ name }) => name === key)?.type ?? 'none';
      const big = typeof got === 'object' && got !== null && schema[key] === 'integer';
      if (!TYPES[schema[key] ?? '']?.includes(type) && !big)
        return failed(`${key} has the type ${type} instead of ${schema[key]}`);
    }
  const written = await write(first.rows, first.summary.fields, { metadata: 'json', classifications: false });
  const again = await readJson(written.get('metadata.json') ?? '', Object.keys(stored));
  const plain = ({ rows }: ReadResult): string => JSON.stringify(rows.map(({ path, fields }) => ({ path, fields })));
  return plain(first) === plain(again)
    ? passed
    : failed(`after a round trip it is ${plain(again)} instead of ${plain(first)}`);
}

/** Vitrine's field types for LightlyStudio's. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  string: ['category', 'text'],
  integer: ['integer'],
  float: ['number'],
  boolean: ['boolean'],
  list: ['json'],
  dict: ['json'],
  gps_coordinate: ['json'],
  null: ['text'],
};

const readJson = (text: string, paths: string[]): Promise<ReadResult> =>
  readAll(lightlyStudio, withPictures(paths, 'metadata.json', new TextEncoder().encode(text)), {
    file: 'metadata.json',
    kind: 'metadata-json',
  });

function withPictures(paths: readonly string[], file: string, bytes: Uint8Array<ArrayBuffer>) {
  return datasetFiles(new Map([...paths.map((path) => [path, new Uint8Array()] as const), [file, bytes]]));
}

/** JSON text of a value of a case: `$int` and `$float` as they are spelled. */
function spell(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spell).join(', ')}]`;
  if (!(value instanceof Object)) return JSON.stringify(value);
  if ('$gps' in value && Array.isArray(value.$gps)) return spell({ lat: value.$gps[0], lon: value.$gps[1] });
  if ('$int' in value) return String(value.$int);
  if ('$float' in value) {
    const text = String(value.$float);
    return { nan: 'NaN', inf: 'Infinity', '-inf': '-Infinity' }[text] ?? text;
  }
  return `{${Object.entries(value)
    .map(([key, one]) => `${JSON.stringify(key)}: ${spell(one)}`)
    .join(', ')}}`;
}

function isValue(got: FieldValue | undefined, value: unknown): boolean {
  const text = spell(value);
  if (typeof got === 'object' && got !== null) return got.json.replaceAll(' ', '') === text.replaceAll(' ', '');
  if (typeof got === 'number') return got === Number(text);
  return got !== undefined && JSON.stringify(got) === text;
}

// ---------------------------------------------------------------- a key with two types

/** The types of a refused second value; null for other cases, and for null itself: Vitrine lets values be cleared, as an edit. */
function mismatchOf(c: ConformanceCase, steps: Step[]): { expected: string; got: string } | null {
  const results = (c.expect.steps ?? []) as ('ok' | { error?: { contains: string } })[];
  const last = results.at(-1);
  if (steps.length !== 2 || steps.some(([kind]) => kind !== 'set') || !(last instanceof Object)) return null;
  const [, expected, got] = /Expected (\w+), got (\w+)/.exec(last.error?.contains ?? '') ?? [];
  return expected && got && expected !== 'null' && got !== 'null' ? { expected, got } : null;
}

/** The same two values in one file: both types are told, and the values are kept as they are. */
async function judgeConflict({ expected, got }: { expected: string; got: string }, steps: Step[]): Promise<Outcome> {
  const plain = (type: string): string => (type === 'gps_coordinate' ? 'dict' : type); // in files it is one
  if (plain(expected) === plain(got))
    return notApplicable('metadata issue: files do not tell a coordinate from a dict');
  const entries = steps.map(
    ([, path, key, value]) => `${JSON.stringify(path)}: {${JSON.stringify(key)}: ${spell(value)}}`,
  );
  const { issues } = await readJson(`{${entries.join(', ')}}`, [String(steps[0]?.[1])]);
  const text = `it was ${plain(expected)} before and is ${plain(got)} here`;
  return issues.some((issue) => issue.text.includes(text)) ? passed : failed(`it is not told that ${text}`);
}

// ---------------------------------------------------------------- the CSV of LightlyStudio's page

/** The script on the page reads the weather as text and the temperature as a float. */
async function judgeMetadataCsv(c: ConformanceCase, files: Files): Promise<Outcome> {
  const file = String(((c.input.options.steps ?? []) as Step[]).find(([kind]) => kind === 'csv_doc')?.[1]);
  const paths = (c.input.options.samples ?? []) as string[];
  const [step] = c.expect.steps as ('ok' | { error: { contains: string } })[];
  const types = [
    ['weather', 'string'],
    ['temperature', 'float'],
  ];
  const read = await readAll(lightlyStudio, withPictures(paths, file, files.get(file) ?? new Uint8Array()), {
    file,
    kind: 'metadata-csv',
    types,
  }).catch((error: unknown) => {
    if (error instanceof VitrineError) return error;
    throw error;
  });
  const told =
    read instanceof VitrineError ? [read.message] : read.issues.map(({ text, path = '' }) => `${text} ${path}`);
  if (step instanceof Object) {
    const quoted = /'([^']*)'/.exec(step.error.contains)?.[1] ?? '';
    // An empty number is quoted as ''; everything else by its text.
    return told.some((text) => text.includes(quoted === '' ? "''" : quoted))
      ? passed
      : failed(`told ${JSON.stringify(told)} instead of “${step.error.contains}”`);
  }
  if (read instanceof VitrineError) return failed(read.message);
  const ambiguous = read.issues.some(({ reason }) => reason === 'ambiguous-name');
  for (const [path, metadata] of Object.entries(c.expect.metadata as Metadata))
    for (const [key, value] of Object.entries(metadata?.data ?? {})) {
      const values = read.rows.filter((row) => row.path === path).map(({ fields }) => fields?.[key]);
      const finite = !/^(NaN|-?Infinity)$/.test(spell(value));
      if (value === '' || !finite) {
        // An empty cell is no value; NaN is none either, and is told.
        if (values.every((one) => one === undefined) && (value === '' || told.length > 0)) continue;
      } else if (values.some((one) => isValue(one, value))) continue;
      if (ambiguous && c.flags.length > 0) continue; // two pictures of one name: neither gets what may be the other's
      return failed(`${path}: ${key} is ${JSON.stringify(values)} instead of ${spell(value)}`);
    }
  return passed;
}

// ---------------------------------------------------------------- classifications

/** Labels of the steps, written by Vitrine: the rows of LightlyStudio's own export, and read back the same. */
async function judgeClassifications(c: ConformanceCase, steps: Step[]): Promise<Outcome> {
  const labelled = steps
    .filter(([kind]) => kind === 'classify')
    .map(
      ([, path, label, confidence, source]): ImportRow => ({
        path: String(path),
        labels: [String(label)],
        file: '',
        fields: {
          ...(typeof confidence === 'number' ? { label_confidence: confidence } : {}),
          ...(typeof source === 'string' ? { annotation_source: source } : {}),
        },
      }),
    );
  const text =
    (await write(labelled, [], { metadata: 'none', folder: '/data' })).get('classification_export.csv') ?? '';
  const [header, ...own] = await cellsOf(text);
  if (header?.join(',') !== c.expect.csv_header) return failed(`the header is ${header?.join(',')}`);
  const wanted = await cellsOf(((c.expect.csv_rows ?? []) as string[]).join('\r\n'));
  const ours = own.map(comparable).sort();
  const theirs = wanted.map(comparable).sort();
  if (JSON.stringify(ours) !== JSON.stringify(theirs))
    return failed(`wrote ${JSON.stringify(own)} instead of ${JSON.stringify(wanted)}`);
  if (text.replaceAll('\r\n', '').includes('\r')) return failed('a line does not end with CR LF');
  const paths = (c.input.options.samples ?? []) as string[];
  const read = await readAll(lightlyStudio, withPictures(paths, 'e.csv', new TextEncoder().encode(text)), {
    file: 'e.csv',
    kind: 'classifications',
  });
  const plain = (rows: ImportRow[]): string => JSON.stringify(rows.map(({ path, labels }) => [path, labels]));
  return plain(read.rows) === plain(labelled) ? passed : failed(`read back as ${plain(read.rows)}`);
}

/** LightlyStudio keeps confidences in 32 bits and writes 0.9 as 0.8999999761581421; Vitrine writes what it has. */
const comparable = ([path, label, confidence = '', source]: string[]): string =>
  JSON.stringify([path, label, confidence === '' ? '' : Math.fround(Number(confidence)), source]);

async function cellsOf(text: string): Promise<string[][]> {
  const rows: string[][] = [];
  async function* chunks() {
    yield new TextEncoder().encode(text);
  }
  for await (const block of readCsv(chunks(), { file: '', delimiter: ',', header: false }))
    rows.push(...block.rows.map(({ cells }) => cells));
  return rows;
}

// ---------------------------------------------------------------- writing

async function write(
  rows: ImportRow[],
  fields: readonly Field[],
  options: FormatOptions,
): Promise<Map<string, string>> {
  const exported: ExportRow[] = rows.map(({ path, labels = [], fields: values = {} }) => ({
    path,
    split: null,
    labels,
    predicted: null,
    confidence: null,
    fields: values,
  }));
  const dataset: ExportDataset = {
    name: 'case',
    classes: [...new Set(exported.flatMap(({ labels }) => labels))],
    splits: [],
    multiLabel: true,
    layout: null,
    size: rows.length,
    excluded: 0,
    filtered: false,
    fields,
    async *rows() {
      yield exported;
    },
  };
  const context = { original: async () => null, picture: () => Promise.reject(new Error('no picture is asked for')) };
  const files = new Map<string, string>();
  for await (const { path, content } of writer.write(dataset, { ...writer.defaults(dataset), ...options }, context)) {
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part);
    files.set(path, Buffer.concat(parts).toString('utf8'));
  }
  return files;
}
