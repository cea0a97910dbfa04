// Judges the LightlyTrain reader, the metrics and the decoders by what LightlyTrain itself did.
import { lightlyTrain } from '../../src/formats/lightly-train/index.ts';
import { type LightlyTrainOptions, parseDataArgument } from '../../src/formats/lightly-train/options.ts';
import { type JsonNode, parseTree } from '../../src/formats/text/json-tree.ts';
import { VitrineError } from '../../src/shared/errors.ts';
import { datasetFiles, type ReadResult, readAll } from './files.ts';
import { judgeDecoding } from './lightly-train/decoding.ts';
import { judgeMetrics } from './lightly-train/metrics.ts';
import { closePage } from './lightly-train/page.ts';
import { type ConformanceCase, failed, type Outcome, passed } from './types.ts';

export const close = closePage;

interface Sample {
  path: string;
  class_ids: number[];
  internal_class_ids?: number[];
  load_error?: string;
}

interface Expected {
  samples?: Sample[];
  order?: 'file' | 'unordered';
  included_classes?: [id: number, name: string][];
  error?: { type: string; contains: string };
}

/** Where the case's folder is said to lie: any absolute path that no file of the case has. */
const ROOT = '/datasets/somewhere';

export async function runCase(
  c: ConformanceCase,
  files: Map<string, Uint8Array<ArrayBuffer>>,
  raw: string,
): Promise<Outcome> {
  const { options } = c.input;
  if ('decode' in options) return judgeDecoding(c, files);
  if ('logits' in options) return judgeMetrics(c);
  if (!('data' in options)) return failed(`no rule for options ${Object.keys(options).join(', ')}`);
  const expected: Expected = c.expect;
  try {
    const settings = settingsOf(c, memberOf(memberOf(memberOf(parseTree(raw), 'input'), 'options'), 'data'));
    const only = {
      ...settings,
      train: '',
      val: '',
      test: '',
      [splitKey(options.split)]: settings[splitKey(options.split)],
    };
    const placed = new Map([...files].map(([path, bytes]) => [path, withRoot(bytes)]));
    const result = await readAll(lightlyTrain, datasetFiles(placed), { ...only });
    return judge(c, expected, result, settings);
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error;
    return judgeError(c, expected, error);
  }
}

function splitKey(split: unknown): 'train' | 'val' | 'test' {
  return split === 'val' || split === 'test' ? split : 'train';
}

/** The `data` argument as Python gets it: whole numbers as bigint, and the class map as a Map, whose order and types of keys count. */
function settingsOf({ input: { options } }: ConformanceCase, data: JsonNode | undefined): LightlyTrainOptions {
  const given = new Map<string, unknown>();
  for (const [key, node] of data?.type === 'object' ? data.members : []) given.set(key, pythonValue(node));
  const classes = given.get('classes');
  if (Array.isArray(classes) && classes.every((pair) => Array.isArray(pair) && pair.length === 2))
    given.set('classes', new Map(classes));
  else if (classes instanceof Map && !options.classes_keys_are_strings)
    given.set('classes', new Map([...classes].map(([id, name]) => [BigInt(id), name])));
  const settings = parseDataArgument(given);
  const task = options.classification_task ?? 'multiclass';
  if (settings.classification_task !== 'auto' && settings.classification_task !== task)
    throw new VitrineError(
      'bad-input',
      `“classification_task” is ${settings.classification_task} in data, but training is ${String(task)}.`,
    );
  return { ...settings, classification_task: task === 'multilabel' ? 'multilabel' : 'multiclass' };
}

const memberOf = (node: JsonNode | undefined, key: string): JsonNode | undefined =>
  node?.type === 'object' ? node.members.find(([name]) => name === key)?.[1] : undefined;

function pythonValue(node: JsonNode): unknown {
  switch (node.type) {
    case 'object':
      return new Map(node.members.map(([key, value]) => [key, pythonValue(value)]));
    case 'list':
      return node.items.map(pythonValue);
    case 'number':
      return /^-?\d+$/.test(node.raw) ? BigInt(node.raw) : Number(node.raw);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

function withRoot(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(bytes).toString('latin1');
  return text.includes('$ROOT') ? new Uint8Array(Buffer.from(text.replaceAll('$ROOT', ROOT), 'latin1')) : bytes;
}

function judge(c: ConformanceCase, expected: Expected, result: ReadResult, settings: LightlyTrainOptions): Outcome {
  if (expected.error) return judgeIssues(c, expected.error, result);
  const wanted = (expected.samples ?? []).map((sample) => keyOf(sample.path, sample.class_ids));
  const isFolder = result.rows.some(({ line }) => line === undefined);
  const idOf = new Map((settings.classes ?? []).map(([id, name]) => [name, id]));
  const ids = (labels: readonly string[]): number[] => labels.map((name) => idOf.get(name) ?? Number(name));
  const got = result.rows.flatMap(({ path, labels = [] }) =>
    // LightlyTrain lists a picture of two class folders once for each.
    isFolder ? ids(labels).map((id) => keyOf(path, [id])) : [keyOf(path, ids(labels))],
  );
  const same = (a: string[], b: string[]): boolean => JSON.stringify(a) === JSON.stringify(b);
  const equal = expected.order === 'file' ? same(got, wanted) : same(got.toSorted(), wanted.toSorted());
  if (c.flags.length > 0) return judgeFlagged(c, wanted, got, equal, result);
  if (!equal) return failed(`read ${cut(got)} instead of ${cut(wanted)}`);
  const included = result.summary.classes.filter(({ id }) => id !== undefined).map(({ id, name }) => [id, name]);
  if (expected.included_classes && cut(included) !== cut(expected.included_classes))
    return failed(`classes ${cut(included)} instead of ${cut(expected.included_classes)}`);
  const position = new Map(included.map(([id], index) => [id, index]));
  for (const { class_ids, internal_class_ids = [] } of expected.samples ?? []) {
    const internal = class_ids.map((id) => position.get(id));
    if (cut(internal.toSorted()) !== cut(internal_class_ids.toSorted()))
      return failed(`numbered ${cut(internal)} in training instead of ${cut(internal_class_ids)}`);
  }
  return passed;
}

/**
 * What the real system does is not what it should: Vitrine may read more or, where names lead nowhere, less, but every difference is told
 * with its path; and where files or labels vanish there without a word, Vitrine says something.
 */
function judgeFlagged(
  c: ConformanceCase,
  wanted: string[],
  got: string[],
  equal: boolean,
  result: ReadResult,
): Outcome {
  if (equal) {
    const paths = result.rows.map(({ path }) => path);
    const several = new Set(paths).size < paths.length; // both rows are given; the plan of an import unites and tells them
    if (c.flags.includes('data_loss_hazard') && result.issues.length === 0 && !several && !classesAreNumbers(c))
      return failed('what is lost in the real system is not told');
    return passed;
  }
  const told = new Set(result.issues.map(({ path }) => path));
  const names = result.issues.some(({ reason }) => reason === 'duplicate-class' || reason === 'unmatchable-class');
  const untold = [...got.filter((key) => !wanted.includes(key)), ...wanted.filter((key) => !got.includes(key))]
    .map(pathOfKey)
    .filter(
      (path) => !told.has(path) && ![...told].some((one) => one?.endsWith(path) || one?.replaceAll('\\', '/') === path),
    );
  return untold.length === 0 || names ? passed : failed(`differs at ${cut(untold)} without saying so`);
}

/** A class whose name is another class's id is no loss that a reader could see: names are what was asked for. */
function classesAreNumbers({ input }: ConformanceCase): boolean {
  const data = new Map(Object.entries(input.options.data ?? {}));
  return Object.values(data.get('classes') ?? {}).every((name) => /^\d+$/.test(String(name)));
}

const keyOf = (path: string, ids: number[]): string => JSON.stringify([path, ids.toSorted((a, b) => a - b)]);
const pathOfKey = (key: string): string => JSON.parse(key)[0];
const cut = (value: unknown): string => JSON.stringify(value).slice(0, 500);

function judgeError(c: ConformanceCase, { error, samples }: Expected, got: VitrineError): Outcome {
  if (!error) {
    // A file that ends inside a quote is read to that quote there, and refused here.
    const fault = got.cause instanceof Object && 'kind' in got.cause;
    return c.flags.includes('data_loss_hazard') && fault && got.line !== undefined
      ? passed
      : failed(`stopped with “${got.message}” instead of reading ${cut(samples)}`);
  }
  return meansTheSame(error.contains, got.message) ? passed : failed(`“${got.message}” instead of “${error.contains}”`);
}

/** Vitrine tells and goes on where LightlyTrain stops: then an issue says what the error says. */
function judgeIssues(c: ConformanceCase, error: { contains: string }, { issues }: ReadResult): Outcome {
  if (issues.some(({ text, path = '' }) => meansTheSame(error.contains, `${text} ${path}`))) return passed;
  const flagged = c.flags.includes('platform_dependent') && issues.length > 0;
  return flagged ? passed : failed(`told ${cut(issues.map(({ text }) => text))} instead of “${error.contains}”`);
}

/** Errors of the real system by what they speak of; otherwise the first thing that they quote must be named. */
const MEANINGS: readonly (readonly [theirs: RegExp, ours: RegExp])[] = [
  [/codec can't decode byte 0xf[ef]/, /UTF-16/],
  [/codec can't decode/, /not UTF-8/],
  [/empty separator/, /separator/],
  [/has no header/, /no header/],
  [/field limit/, /field limit/],
  [/\\n/, /quote/], // a key that runs over lines: a quote was never closed
];

function meansTheSame(theirs: string, ours: string): boolean {
  const meaning = MEANINGS.find(([pattern]) => pattern.test(theirs) && !/^KeyError/.test(ours));
  if (meaning && !/Found \d+ errors/.test(theirs)) return meaning[1].test(ours);
  const plain = ours.replaceAll('\u0000', '\\x00');
  const quoted = [...theirs.matchAll(/'((?:[^'\\]|\\.)*)'/g)]
    .map(([, text = '']) => text)
    .filter((text) => text !== '');
  const bare = /^KeyError: (.*)$/.exec(theirs)?.[1];
  const [first = bare ?? theirs.replace('CSV file ', '').replace(' does not exist.', '')] = quoted;
  const root = first.replace(/^\$ROOT\//, '').replace(/^(\w+)[.[].*$/, '$1');
  return plain.includes(root) || plain.includes(nameOfPath(root));
}

const nameOfPath = (text: string): string => text.replace(/^\$ROOT\//, '');
