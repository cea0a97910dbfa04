// Reads fields of untrusted JSON one by one; the first that is wrong ends with a sentence that names file and field.
import { VitrineError } from '../../shared/errors.ts';

/** A value inside a JSON file together with where it is: `card.json`, `input.size`. */
export interface At {
  file: string;
  path: string;
  value: unknown;
}

export function fail(at: At, expected: string): never {
  const got = at.value === undefined ? 'it is missing' : `it is ${JSON.stringify(at.value)?.slice(0, 60)}`;
  throw new VitrineError('bad-input', `${at.file}: “${at.path}” must be ${expected}, but ${got}. Correct the file.`, {
    file: at.file,
  });
}

/** Parses JSON text whose top level is an object. */
export function parseObject(text: string, file: string): At {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new VitrineError('bad-input', `${file} is not JSON (${(cause as Error).message}). Correct the file.`, {
      file,
      cause,
    });
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new VitrineError('bad-input', `${file} is not a JSON object. Correct the file.`, { file });
  return { file, path: '', value };
}

export function object(at: At): Record<string, unknown> {
  const { value } = at;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) fail(at, 'an object');
  return value as Record<string, unknown>; // an object of JSON
}

/** The member `key` of an object, present or not. */
export function member(at: At, key: string): At {
  return { file: at.file, path: at.path === '' ? key : `${at.path}.${key}`, value: object(at)[key] };
}

export const isPresent = (at: At): boolean => at.value !== undefined && at.value !== null;

export function string(at: At, pattern?: RegExp, expected = 'a text that is not empty'): string {
  if (typeof at.value !== 'string' || at.value === '' || (pattern && !pattern.test(at.value))) fail(at, expected);
  return at.value;
}

export function optionalString(at: At): string | undefined {
  return isPresent(at) ? string(at) : undefined;
}

export function number(at: At, test: (n: number) => boolean = Number.isFinite, expected = 'a number'): number {
  if (typeof at.value !== 'number' || !Number.isFinite(at.value) || !test(at.value)) fail(at, expected);
  return at.value;
}

export function integer(at: At, least: number): number {
  return number(at, (n) => Number.isInteger(n) && n >= least, `a whole number from ${least} on`);
}

export function optionalInteger(at: At, least: number): number | undefined {
  return isPresent(at) ? integer(at, least) : undefined;
}

export function optionalBoolean(at: At): boolean | undefined {
  if (!isPresent(at)) return undefined;
  if (typeof at.value !== 'boolean') fail(at, 'true or false');
  return at.value;
}

/** One of a few literal values. */
export function oneOf<const T extends string>(at: At, values: readonly T[]): T {
  const found = values.find((value) => value === at.value);
  return found ?? fail(at, values.map((value) => `“${value}”`).join(' or '));
}

export function list(at: At): At[] {
  if (!Array.isArray(at.value)) fail(at, 'a list');
  return at.value.map((value, i) => ({ file: at.file, path: `${at.path}[${i}]`, value }));
}

/** [height, width] */
export function pair(at: At): [number, number] {
  const items = list(at);
  const [a, b] = items;
  if (items.length !== 2 || !a || !b) fail(at, 'a list of two whole numbers');
  return [integer(a, 1), integer(b, 1)];
}

/** One number a colour channel. */
export function triple(at: At, test?: (n: number) => boolean, expected?: string): [number, number, number] {
  const items = list(at);
  const [a, b, c] = items;
  if (items.length !== 3 || !a || !b || !c) fail(at, 'a list of three numbers');
  return [number(a, test, expected), number(b, test, expected), number(c, test, expected)];
}
