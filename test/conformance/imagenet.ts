// Judges dbcollection's ILSVRC2012 by its cases: HDF5 files, raw folders, names, exports and the loader's values.
import { readCache } from '../../src/formats/dbcollection/cache.ts';
import { findPicture } from '../../src/formats/dbcollection/names.ts';
import { raw256Size } from '../../src/formats/dbcollection/raw256.ts';
import { decodeColumn, encodeStrings, padLists, unpadList } from '../../src/formats/dbcollection/strings.ts';
import { VitrineError } from '../../src/shared/errors.ts';
import { datasetFiles } from './files.ts';
import { judgeExport, judgeRoundTrip } from './imagenet/exports.ts';
import { judgeHdf5 } from './imagenet/hdf5.ts';
import { callLoader } from './imagenet/loader.ts';
import { judgeTables, judgeTree } from './imagenet/tree.ts';
import { type ConformanceCase, failed, notApplicable, type Outcome, passed } from './types.ts';

type Files = Map<string, Uint8Array<ArrayBuffer>>;

export async function runCase(one: ConformanceCase, files: Files): Promise<Outcome> {
  const { options } = one.input;
  const { expect } = one;
  const [path = ''] = files.keys();
  if ('raw256_resize' in options) return judgeValue(one, () => resize(options.raw256_resize));
  if ('encode_strings' in options) return judgeValue(one, () => encode(options.encode_strings));
  if ('decode_rows' in options) return judgeDecoding(one);
  if ('function' in options) return judgeFunction(one);
  if ('call' in options) return judgeValue(one, () => callLoader(only(files), String(options.call)));
  if ('stored' in options) return judgeNames(one, files);
  if ('rows' in options) return judgeExport(one);
  if ('edit' in options) return judgeRoundTrip(one, only(files));
  if (path.endsWith('.json')) return judgeCache(one, files);
  if (path.endsWith('.h5')) return judgeHdf5(expect, only(files), path);
  if ('class_names' in expect || 'class_ids' in expect) return judgeTables(one, files);
  return judgeTree(one, files);
}

const only = (files: Files): Uint8Array<ArrayBuffer> => [...files.values()][0] ?? new Uint8Array(0);

/** Compares what a function gives, or the words of its error, with the case. */
async function judgeValue({ expect }: ConformanceCase, run: () => unknown): Promise<Outcome> {
  try {
    return compare(await run(), expect.values, 'values');
  } catch (error) {
    return compareError(error, expect);
  }
}

/** Passed when both are the same JSON. */
export function compare(got: unknown, wanted: unknown, what: string): Outcome {
  const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)];
  return a === b ? passed : failed(`${what}: ${a?.slice(0, 600)} instead of ${b?.slice(0, 600)}`);
}

/** Passed when the error is ours and has the words that the case wants; any other error is thrown on. */
export function compareError(error: unknown, expect: Record<string, unknown>): Outcome {
  if (!(error instanceof VitrineError)) throw error;
  const wanted = expect.error;
  const words = typeof wanted === 'object' && wanted !== null && 'contains' in wanted ? String(wanted.contains) : null;
  const offers = Array.isArray(expect.offers) ? expect.offers.map(String) : [];
  if (words === null) return failed(`the error “${error.message}” instead of a result`);
  const missing = [words, ...offers].filter((word) => !error.message.includes(word));
  return missing.length === 0 ? passed : failed(`the error “${error.message}” does not say ${missing.join(', ')}`);
}

function encode(texts: unknown): unknown {
  const list = typeof texts === 'string' ? [texts] : (texts as string[]); // by the cases' schema
  const { bytes, width } = encodeStrings(list);
  const data = list.map((_, i) => [...bytes.subarray(i * width, (i + 1) * width)]);
  return { shape: [list.length, width], dtype: 'uint8', data };
}

function judgeDecoding({ input, expect }: ConformanceCase): Outcome {
  const rows = input.options.decode_rows as number[] | number[][]; // by the cases' schema
  const list = Array.isArray(rows[0]) ? (rows as number[][]) : [rows as number[]];
  const width = list[0]?.length ?? 0;
  const { values, encoding } = decodeColumn(Uint8Array.from(list.flat()), width);
  if ('encoding' in expect && expect.encoding !== encoding)
    return failed(`read as ${encoding} instead of ${String(expect.encoding)}`);
  return compare(values, expect.values, 'values');
}

function judgeFunction(one: ConformanceCase): Outcome | Promise<Outcome> {
  const { function: name, args } = one.input.options as { function: string; args: [number[][], number?, number?] };
  const [lists, fill, length] = args;
  if (name === 'pad_list') return judgeValue(one, () => padLists(lists, fill, length));
  if (name === 'unpad_list') return judgeValue(one, () => lists.map((row) => unpadList(row, fill)));
  if (name === 'squeeze_list' || name === 'unsqueeze_list')
    return notApplicable('dbcollection joins lists so in other datasets; the files of ILSVRC2012 hold none');
  return failed(`no function ${name}`);
}

const resize = (sizes: unknown): unknown =>
  (sizes as [number, number][]).map(([width, height]) => {
    const to = raw256Size(width, height);
    return { from: [width, height], to: [to.width, to.height] };
  });

function judgeNames({ input, expect }: ConformanceCase, files: Files): Outcome {
  const { pictures } = datasetFiles(files);
  const stored = input.options.stored as string[]; // by the cases' schema
  const found = stored.map((name) => [name, findPicture(name, pictures)] as const);
  if ('ambiguous' in expect) {
    const several = found.map(([, match]) =>
      match !== null && 'several' in match ? [...match.several].sort() : match,
    );
    return compare(several, [[...(expect.ambiguous as string[])].sort()], 'ambiguous');
  }
  const match = found.map(([name, one]) => [name, one === null ? null : 'path' in one ? one.path : one.several]);
  return compare(Object.fromEntries(match), expect.match, 'match');
}

function judgeCache({ expect }: ConformanceCase, files: Files): Outcome {
  const [[path, bytes] = ['', new Uint8Array(0)]] = files;
  try {
    const datasets = Object.entries(readCache(new TextDecoder().decode(bytes), path)).map(
      ([name, { dataDir, tasks }]) => [name, { data_dir: dataDir, tasks }],
    );
    return compare(Object.fromEntries(datasets), expect.datasets, 'datasets');
  } catch (error) {
    return compareError(error, expect);
  }
}
