// Hugging Face imagefolder and opsml: what Vitrine says these readers do is held to what they did, and its own reading to losing nothing.
import { createObjectScanner } from '../../src/formats/text/json-text.ts';
import { blank } from '../../src/formats/text/json-tokens.ts';
import { type JsonNode, parseTree } from '../../src/formats/text/json-tree.ts';
import { type LoadOptions, loadImagefolder, type Splits } from './imagefolder/datasets.ts';
import { isObject, PeerError } from './imagefolder/metadata-tables.ts';
import { plainRecord, rewritten, splitRecords, validate, written } from './imagefolder/opsml.ts';
import { losses } from './imagefolder/reading.ts';
import { isEqual } from './imagefolder/values.ts';
import { type ConformanceCase, failed, type Outcome, passed } from './types.ts';

type Files = Map<string, Uint8Array<ArrayBuffer>>;

/** Both halves: the peer's result, where it is defined, and Vitrine's own reading of the same files. */
export async function runCase(c: ConformanceCase, files: Files, raw: string): Promise<Outcome> {
  const { loader } = c.input.options;
  const run =
    loader === 'imagefolder'
      ? runImagefolder
      : loader === 'opsml-1.5.0'
        ? runOpsml1
        : loader === 'opsml-2.1.8'
          ? runOpsml2
          : null;
  if (!run) return failed(`There is no rule for the loader ${String(loader)}.`);
  const lost = await losses(files);
  if (lost !== null) return failed(`Vitrine's own reading: ${lost}`);
  try {
    const why = await run(c, files, recordsIn(raw));
    // The order of a set, a file system or a package's version is not ours to tell.
    return why === null || c.flags.includes('platform_dependent') ? passed : failed(why);
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    return judgeError(c, error);
  }
}

function judgeError({ expect }: ConformanceCase, error: PeerError): Outcome {
  if (!isObject(expect.error)) return failed(`It should be read, but: ${error.message}`);
  const { type, contains } = expect.error;
  const text = String(contains);
  const missing = error.parts.filter((part) => !text.includes(part));
  if (type !== error.type || missing.length > 0) return failed(`${error.message} instead of ${String(type)}: ${text}`);
  return passed;
}

const unexpected = (c: ConformanceCase): string | null =>
  c.expect.error === undefined ? null : `It should be refused with ${JSON.stringify(c.expect.error)}.`;

const differs = (what: string, got: unknown, wanted: unknown): string | null =>
  isEqual(got, wanted) ? null : `${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`;

async function runImagefolder(c: ConformanceCase, files: Files): Promise<string | null> {
  const splits = await loadImagefolder(files, loadOptions(c.input.options));
  return (
    unexpected(c) ??
    differs('splits', splits, c.expect.splits) ??
    (c.input.options.decode === true ? decodes(splits, files, c.expect.decode) : null)
  );
}

function loadOptions(given: Record<string, unknown>): LoadOptions {
  const { drop_labels, drop_metadata, metadata_filenames, data_files } = given;
  return {
    ...(typeof drop_labels === 'boolean' ? { drop_labels } : {}),
    ...(typeof drop_metadata === 'boolean' ? { drop_metadata } : {}),
    ...(Array.isArray(metadata_filenames) ? { metadata_filenames: metadata_filenames.map(String) } : {}),
    ...(isObject(data_files)
      ? {
          data_files: Object.fromEntries(
            Object.entries(data_files).map(([split, pattern]) => [split, String(pattern)]),
          ),
        }
      : {}),
  };
}

/** Opening every picture fails at the first that is not there. */
function decodes(splits: Splits, files: Files, wanted: unknown): string | null {
  const paths = Object.values(splits).flatMap(({ rows }) =>
    rows.flatMap(({ image }) => (isObject(image) ? [String(image.path)] : [])),
  );
  const missing = paths.find((path) => !files.has(path));
  if (missing === undefined) return differs('decode', 'ok', wanted);
  const text = isObject(wanted) && isObject(wanted.error) ? String(wanted.error.contains) : '';
  return text.includes(`/${missing}'`) ? null : `${missing} is missing, but ${JSON.stringify(wanted)} was expected`;
}

async function runOpsml1(c: ConformanceCase, files: Files, records: readonly JsonNode[]): Promise<string | null> {
  const { op, image_dir = 'my_images', metadata = 'metadata.jsonl' } = c.input.options;
  if (op === 'validate') {
    const read = validate(files, String(image_dir), String(metadata)).map((record) => plainRecord(record, 1));
    return unexpected(c) ?? differs('records', read, c.expect.records);
  }
  if (op === 'rewrite') return unexpected(c) ?? differs('file', rewritten(files, String(image_dir)), c.expect.file);
  if (op === 'write' || op === 'convert')
    return unexpected(c) ?? differs('file', written(records, 1, files), c.expect.file);
  return `There is no rule for the operation ${String(op)}.`;
}

async function runOpsml2(c: ConformanceCase, files: Files, records: readonly JsonNode[]): Promise<string | null> {
  const { op } = c.input.options;
  if (op === 'write') return unexpected(c) ?? differs('file', written(records, 2, files), c.expect.file);
  if (op !== 'split' && op !== 'load') return `There is no rule for the operation ${String(op)}.`;
  const splits = splitRecords(files, 'my_images');
  const plain = Object.fromEntries(
    Object.entries(splits).map(([split, list]) => [split, list.map((record) => plainRecord(record, 2))]),
  );
  if (op === 'split') return unexpected(c) ?? differs('splits', plain, c.expect.splits);
  const all = Object.values(splits).flat();
  return (
    unexpected(c) ??
    differs('records', Object.values(plain).flat(), c.expect.records) ??
    differs(
      'size',
      all.reduce((sum, { size }) => sum + (size ?? 0), 0),
      c.expect.size,
    )
  );
}

/** `options.records` of a case in the spelling of its numbers, which JSON.parse forgets. */
function recordsIn(raw: string): readonly JsonNode[] {
  const input = memberOf(raw, 'input');
  const records = memberOf(memberOf(input, 'options'), 'records');
  if (records === '') return [];
  const tree = parseTree(records);
  return tree.type === 'list' ? tree.items : [];
}

function memberOf(raw: string, key: string): string {
  const scanner = createObjectScanner();
  if (blank(raw, 0, raw.length) === raw.length || !scanner.scan(raw, 0, raw.length)) return '';
  const at = scanner.keys.slice(0, scanner.count).indexOf(key);
  return at < 0 ? '' : raw.slice(scanner.starts[at], scanner.ends[at]);
}
