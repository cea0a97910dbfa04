// The `data` argument of LightlyTrain: checked as LightlyTrain checks it, and kept as plain options that a person may change.
import { VitrineError } from '../../shared/errors.ts';
import type { FormatOptions } from '../types.ts';

/** Keys are those of LightlyTrain; paths are relative to the opened folder, '.' is that folder itself, '' is none. */
export interface LightlyTrainOptions {
  train: string;
  val: string;
  /** LightlyTrain accepts it and never reads it; Vitrine does. */
  test: string;
  /** In the order of the map, which numbers the classes in training; null: the classes that the files name. */
  classes: readonly (readonly [id: number, name: string])[] | null;
  ignore_classes: readonly number[];
  csv_image_column: string;
  csv_label_column: string;
  csv_label_type: 'name' | 'id';
  label_delimiter: string;
  /** `auto`: several labels where a picture has several. */
  classification_task: 'auto' | 'multiclass' | 'multilabel';
}

/** LightlyTrain's own defaults. */
export const DEFAULTS: LightlyTrainOptions = {
  train: '',
  val: '',
  test: '',
  classes: null,
  ignore_classes: [],
  csv_image_column: 'image_path',
  csv_label_column: 'label',
  csv_label_type: 'name',
  label_delimiter: ',',
  classification_task: 'auto',
};

const PATHS = ['train', 'val', 'test'] as const;
const TEXTS = ['csv_image_column', 'csv_label_column', 'label_delimiter'] as const;
/** `train_csv` and `val_csv` are other names of `train` and `val`; there is no `test_csv`. */
const ALIASES = new Map([
  ['train_csv', 'train'],
  ['val_csv', 'val'],
] as const);
const KNOWN: ReadonlySet<string> = new Set([...Object.keys(DEFAULTS), ...ALIASES.keys()]);

/**
 * Checks a `data` argument by LightlyTrain's rules (strict types, integer class keys, no unknown key; 0.17). `classes` is a Map, because the
 * order of the map counts and objects reorder integer keys; whole numbers are bigint, because 0.0 is none to LightlyTrain. Errors: `bad-input` that names the key.
 */
export function parseDataArgument(data: ReadonlyMap<string, unknown>): LightlyTrainOptions {
  const given = new Map(data);
  for (const [alias, key] of ALIASES) {
    if (!given.has(alias)) continue;
    if (given.has(key)) throw wrong(`both “${key}” and “${alias}” are given; keep “${key}” only`);
    given.set(key, given.get(alias));
    given.delete(alias);
  }
  const missing = ['train', 'val', 'classes'].find((key) => !given.has(key));
  if (missing !== undefined) throw wrong(`the key “${missing}” is missing`);
  const unknown = [...given.keys()].find((key) => !KNOWN.has(key));
  if (unknown !== undefined) throw wrong(`the key “${unknown}” is not known`);
  const options: { -readonly [key in keyof LightlyTrainOptions]: LightlyTrainOptions[key] } = { ...DEFAULTS };
  for (const key of PATHS) {
    if (key === 'test' && (given.get(key) ?? null) === null) continue;
    options[key] = textOf(key, given.get(key)) || '.';
  }
  for (const key of TEXTS) if (given.has(key)) options[key] = textOf(key, given.get(key));
  options.classes = classesOf(given.get('classes'));
  options.ignore_classes = ignoredOf(given.get('ignore_classes'));
  if (given.has('csv_label_type')) options.csv_label_type = labelTypeOf(given.get('csv_label_type'));
  if (given.has('classification_task')) options.classification_task = taskOf(given.get('classification_task'));
  return options;
}

/** Options as the panel, a recipe or a detection gives them; what is absent has its default. Errors: `bad-input` that names the option. */
export function readOptions(given: FormatOptions): LightlyTrainOptions {
  const text = (key: keyof LightlyTrainOptions, fallback: string): string =>
    given[key] === undefined || given[key] === null ? fallback : textOf(key, given[key]);
  const options = {
    train: text('train', ''),
    val: text('val', ''),
    test: text('test', ''),
    classes: pairsOf(given.classes),
    ignore_classes: numbersOf(given.ignore_classes),
    csv_image_column: text('csv_image_column', DEFAULTS.csv_image_column),
    csv_label_column: text('csv_label_column', DEFAULTS.csv_label_column),
    csv_label_type: labelTypeOf(given.csv_label_type ?? DEFAULTS.csv_label_type),
    label_delimiter: text('label_delimiter', DEFAULTS.label_delimiter),
    classification_task: taskOf(given.classification_task ?? DEFAULTS.classification_task),
  };
  if (options.label_delimiter === '')
    throw wrong(
      '“label_delimiter” is an empty separator; write the text that stands between two labels, such as a comma',
    );
  return options;
}

function classesOf(value: unknown): LightlyTrainOptions['classes'] {
  if (!(value instanceof Map)) throw wrong(`“classes” must map whole numbers to names, but it is ${shown(value)}`);
  return [...value].map(([key, name]) => {
    if (typeof key !== 'bigint')
      throw wrong(`“classes” has the key ${shown(key)}; keys must be whole numbers without quotes`);
    if (typeof name !== 'string') throw wrong(`“classes” has ${shown(name)} at ${key}, which is no name`);
    return [Number(key), name];
  });
}

function ignoredOf(value: unknown): number[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) && !(value instanceof Set))
    throw wrong(`“ignore_classes” must be a list of whole numbers, but it is ${shown(value)}`);
  return [...value].map((id) => {
    if (typeof id !== 'bigint') throw wrong(`“ignore_classes” holds ${shown(id)}, which is no whole number`);
    return Number(id);
  });
}

function labelTypeOf(value: unknown): 'name' | 'id' {
  if (value === 'name' || value === 'id') return value;
  throw wrong(`“csv_label_type” must be “name” or “id”, but it is ${shown(value)}`);
}

function taskOf(value: unknown): LightlyTrainOptions['classification_task'] {
  if (value === 'auto' || value === 'multiclass' || value === 'multilabel') return value;
  throw wrong(`“classification_task” must be “multiclass” or “multilabel”, but it is ${shown(value)}`);
}

/** Pairs of the panel: ids may be text there. */
function pairsOf(value: unknown): LightlyTrainOptions['classes'] {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) throw wrong(`“classes” must be a list of ids with their names, but it is ${shown(value)}`);
  return value.map((pair: unknown) => {
    const [id, name]: unknown[] = Array.isArray(pair) ? pair : [];
    const number = typeof id === 'string' && /^-?\d+$/.test(id.trim()) ? Number(id) : id;
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || typeof name !== 'string')
      throw wrong(`“classes” holds ${shown(pair)}, which is no pair of a whole number and a name`);
    return [number, name];
  });
}

/** Ids as a list, or as text with commas. */
function numbersOf(value: unknown): number[] {
  const list: unknown = typeof value === 'string' ? value.split(',').filter((part) => part.trim() !== '') : value;
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw wrong(`“ignore_classes” must be a list of whole numbers, but it is ${shown(list)}`);
  return list.map((id: unknown) => {
    const number = typeof id === 'string' && /^\s*-?\d+\s*$/.test(id) ? Number(id) : id;
    if (typeof number === 'number' && Number.isInteger(number)) return number;
    throw wrong(`“ignore_classes” holds ${shown(id)}, which is no whole number`);
  });
}

function textOf(key: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw wrong(`“${key}” must be text, but it is ${shown(value)}`);
}

function shown(value: unknown): string {
  const plain: unknown = value instanceof Map ? [...value] : value;
  const text =
    JSON.stringify(plain, (_, one: unknown) => (typeof one === 'bigint' ? Number(one) : one)) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const wrong = (what: string): VitrineError =>
  new VitrineError('bad-input', `In the data argument of LightlyTrain ${what}.`);
