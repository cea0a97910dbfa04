// Reads a `data` argument out of YAML, JSON or a Python dict, keeping the order of its class map.
import { VitrineError } from '../../shared/errors.ts';
import { directoryOf } from '../../shared/paths.ts';
import type { DatasetFiles } from '../types.ts';
import { type LightlyTrainOptions, parseDataArgument } from './options.ts';
import { isFolder } from './read-folder.ts';
import { joinRelative } from './resolve.ts';

const TOP_LEVEL: ReadonlySet<string> = new Set([
  ...['train', 'train_csv', 'val', 'val_csv', 'test', 'classes', 'ignore_classes', 'classification_task'],
  ...['csv_image_column', 'csv_label_column', 'csv_label_type', 'label_delimiter'],
]);

/**
 * The `data` argument in a text: YAML as LightlyTrain reads it (1.1, unknown keys at the top dropped), JSON (digits as class keys, because JSON
 * has no others), or Python with `data = {…}`. Null when it is something else. Errors: `bad-input` for one that LightlyTrain refuses.
 */
export async function readDataText(text: string): Promise<LightlyTrainOptions | null> {
  const { parseDocument } = await import('yaml');
  const body = text.replace(/^[\s\S]*?^\s*data\s*=\s*(?=\{)/m, '');
  const python = body !== text;
  const dict = python ? dictOf(body) : body;
  const document = parseDocument(dict, { version: '1.1', uniqueKeys: false, intAsBigInt: true, logLevel: 'silent' });
  const value: unknown = document.toJS({ mapAsMap: true });
  if (!(value instanceof Map) || !(value.has('classes') && (value.has('train') || value.has('train_csv')))) return null;
  const [mistake] = document.errors;
  if (mistake)
    throw new VitrineError('bad-input', `The data argument cannot be read: ${mistake.message.split('\n')[0]}`);
  const known = new Map<string, unknown>();
  for (const [key, entry] of value) if (TOP_LEVEL.has(String(key))) known.set(String(key), entry);
  const classes = known.get('classes');
  if (classes instanceof Map && dict.trimStart().startsWith('{') && !python) known.set('classes', numbered(classes));
  const ignore = known.get('ignore_classes');
  if (ignore instanceof Map) known.set('ignore_classes', [...ignore.keys()]); // a Python set reads as keys without values
  return parseDataArgument(known);
}

/** Finds the paths of a `data` argument among the files; those of another machine by their end. `folder`: where the argument was written. */
export function locatePaths(options: LightlyTrainOptions, files: DatasetFiles, folder: string): LightlyTrainOptions {
  const exists = (path: string): boolean => files.others.includes(path) || isFolder(files, path || '.');
  const locate = (path: string): string => {
    if (path === '') return '';
    const slashed = path.replaceAll('\\', '/');
    const direct = slashed.startsWith('/') ? null : joinRelative(folder, slashed);
    if (direct !== null && exists(direct)) return direct || '.';
    const parts = (joinRelative('', slashed) ?? slashed).split('/').filter((part) => part !== '');
    for (let from = 0; from < parts.length; from++) {
      const end = parts.slice(from).join('/');
      if (exists(end)) return end;
    }
    return direct ?? slashed;
  };
  const [train, val, test] = [locate(options.train), locate(options.val), locate(options.test)];
  // `val` is required there: who has none names another split, whose pictures are not to be read twice.
  return { ...options, train, val: val === train || val === test ? '' : val, test };
}

/** Reads a file that may hold a `data` argument. Null when it does not, or not one that LightlyTrain takes. */
export async function readDataFile(files: DatasetFiles, path: string): Promise<LightlyTrainOptions | null> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await files.bytes(path, 0, MAX_BYTES));
    const options = await readDataText(text);
    return options && locatePaths(options, files, directoryOf(path));
  } catch {
    return null; // other programs' files: detection looks for one that can be used
  }
}

/** A map of 100,000 classes has some MB. */
const MAX_BYTES = 16 << 20;

/** The dict at the beginning of Python code. */
function dictOf(code: string): string {
  let depth = 0;
  let quote = '';
  for (let i = 0; i < code.length; i++) {
    const character = code.charAt(i);
    if (quote !== '') {
      if (character === '\\') i++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '#') i = Math.max(code.indexOf('\n', i), i);
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return code.slice(0, i + 1);
  }
  return code;
}

/** Class keys of JSON as the numbers that they mean. */
function numbered(classes: ReadonlyMap<unknown, unknown>): Map<unknown, unknown> {
  return new Map(
    [...classes].map(([key, name]) => [typeof key === 'string' && /^-?\d+$/.test(key) ? BigInt(key) : key, name]),
  );
}
