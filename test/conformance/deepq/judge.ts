// Holds a reading of a DeepQ dataset to what a case expects, key by key; a key without a rule fails the case.
import type { ImportRow } from '../../../src/formats/types.ts';
import type { CodePage } from '../../../src/shared/code-page.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import type { ZipRefusal } from '../../../src/source/zip/types.ts';
import { type Bytes, openZipBytes, type Reading, readAll } from './reading.ts';

type Expected = Record<string, unknown>;
/** A sentence why it is not as expected, or null. */
type Verdict = string | null;

/** What the cases call our reasons. */
const REASONS: Record<string, ZipRefusal> = {
  'absolute path': 'zip-absolute-path',
  'leaves the archive': 'zip-leaves',
  'control character': 'zip-control-character',
  'empty name': 'zip-no-name',
  'too deep': 'zip-too-deep',
  'inside a file': 'zip-inside-a-file',
  'duplicate name': 'zip-duplicate',
  'symbolic link': 'zip-link',
  'not a file': 'zip-no-file',
  encrypted: 'zip-encrypted',
  method: 'zip-method',
  'outside the file': 'zip-outside',
  'no local header': 'zip-no-local-header',
  'local header differs': 'zip-other-local-header',
  'too large': 'zip-too-large',
  'archive inside an archive': 'zip-archive',
  'name is not UTF-8': 'name-not-utf8',
};
const PAGES: Record<string, CodePage> = { cp1252: 'windows-1252' };

/** Judges by every key of `expect`. `zip`: the bytes, where it is one. */
export async function judge(expect: Expected, reading: Reading, zip?: Bytes): Promise<Verdict> {
  for (const [key, value] of Object.entries(expect)) {
    const rule = RULES[key];
    if (!rule) return `There is no rule for ${key}.`;
    const verdict = await rule(value, reading, expect, zip);
    if (verdict !== null) return `${key}: ${verdict}`;
  }
  return null;
}

type Rule = (value: unknown, reading: Reading, expect: Expected, zip?: Bytes) => Verdict | Promise<Verdict>;

const RULES: Record<string, Rule> = {
  ok: (value) => (value === true ? null : 'it was read'),
  layout: (value, { dataset }) => same(dataset.layout, value),
  root: (value, { dataset }) => same(dataset.root, value),
  images: (value, { dataset }) => same([...dataset.pictures].sort(), (value as string[]).toSorted()),
  label_csv: (value, { dataset }) => same(dataset.labels[0] ?? null, value),
  name: (value, { source }) => same(source.name, value),
  labels: (value, reading) => judgeLabels(value as Record<string, string | string[]>, reading, true),
  labels_at: (value, reading) => judgeLabels(value as Record<string, string | string[]>, reading, false),
  negatives: (value, { rows }) =>
    each(value as Record<string, string[]>, (path, names) =>
      same(merged(rows, path).negatives.sort(), names.toSorted()),
    ),
  known_negative_all: (value, { rows }) =>
    same(
      (value as string[]).filter((path) => rows.some((row) => row.path === path && row.labels?.length === 0)),
      value,
    ),
  listed: (value, { rows }) =>
    same(
      (value as string[]).filter((path) => rows.some((row) => row.path === path)),
      value,
    ),
  not_listed: (value, { rows }) =>
    same(
      (value as string[]).filter((path) => rows.some((row) => row.path === path)),
      [],
    ),
  boxes: (value, reading) => judgeLists(value as Record<string, unknown[][]>, reading, 'boxes'),
  masks: (value, reading) => judgeLists(value as Record<string, unknown[][]>, reading, 'masks'),
  columns: (value, { columns }) => same(columns, value),
  warnings: (value, { said }) => missingIn(value as string[], said),
  row_errors: (value, { issues }) => {
    for (const { line, contains } of value as { line: number; contains: string }[])
      if (!issues.some((one) => one.kind === 'left-out' && one.line === line && holds(one.text, contains)))
        return `no error on line ${line} with ${contains} among ${JSON.stringify(issues)}`;
    return null;
  },
  kept_unmatched: (value, { issues }) =>
    same(
      (value as unknown[][]).filter(([name]) =>
        issues.some(({ path, reason }) => path === name && reason === 'missing-file'),
      ),
      value,
    ),
  conflicts: (value, { issues }) => {
    for (const { path, folder, csv } of value as { path: string; folder: string; csv: string }[])
      if (
        !issues.some(
          (one) =>
            one.reason === 'conflict' && one.path === path && one.text.includes(folder) && one.text.includes(csv),
        )
      )
        return `${path} is no conflict`;
    return null;
  },
  ignored: (value, { leftOut, dataset }) => {
    const unused = [...leftOut.map(({ path }) => path), ...dataset.unused];
    const missing = (value as string[]).filter((name) => {
      const bare = name.replace(/\/$/, '');
      return !unused.some((path) => path === bare || path.endsWith(bare) || path.startsWith(`${bare}/`));
    });
    return same(missing, []);
  },
  studies: (value, { rows }) => {
    const studies: Record<string, Record<string, number>> = {};
    for (const { fields } of rows) {
      if (fields?.study === undefined) continue;
      const series = studies[String(fields.study)] ?? {};
      studies[String(fields.study)] = series;
      series[`Series${fields.series}`] = (series[`Series${fields.series}`] ?? 0) + 1;
    }
    return same(typeof value === 'number' ? Object.keys(studies).length : studies, value);
  },
  fields: (value, { rows }) =>
    each(value as Record<string, Record<string, unknown>>, (path, fields) => {
      const own = Object.assign({}, ...rows.filter((row) => row.path === path).map((row) => row.fields));
      return same(Object.fromEntries(Object.keys(fields).map((name) => [name, own[name]])), fields);
    }),
  matched: (value, { rows }) =>
    same(new Set(rows.filter(({ line }) => line !== undefined).map(({ path }) => path)).size, value),
  matched_to: (value, { rows }) =>
    each(value as Record<string, string>, (_, path) =>
      rows.some((row) => row.path === path && row.line) ? null : 'it has no row',
    ),
  refused: (value, { refused }) => {
    const wanted = (value as { name?: string; index?: number; reason: string }[]).map(({ reason, ...rest }) => ({
      ...rest,
      reason: REASONS[reason] ?? reason,
    }));
    for (const one of wanted)
      if (
        !refused.some(
          (got) =>
            got.reason === one.reason && (one.name === undefined ? got.index === one.index : got.name === one.name),
        )
      )
        return `${JSON.stringify(one)} is not among ${JSON.stringify(refused)}`;
    return same(refused.length, wanted.length);
  },
  read_errors: async (value, { source, dataset }) => {
    const wanted = value as { name: string; reason: string }[];
    for (const path of dataset.pictures) {
      const expected = wanted.find(({ name }) => name === path);
      const text = await source.file(path).then(
        () => null,
        (error: unknown) => (error instanceof VitrineError ? error.message : String(error)),
      );
      if (expected === undefined ? text !== null : text === null || !holds(text, expected.reason))
        return `${path}: ${text} where ${expected?.reason ?? 'no error'} was expected`;
    }
    return null;
  },
  needs_codepage: (value, { needsCodePage }) => same(needsCodePage, value),
  with_codepage: async (value, _, __, zip) => {
    if (!zip) return 'it is no zip';
    for (const [page, images] of Object.entries(value as Record<string, string[]>)) {
      const codePage = PAGES[page] ?? (page as CodePage);
      const verdict = same(
        [...(await readAll(openZipBytes(zip, codePage), {})).dataset.pictures].sort(),
        images.toSorted(),
      );
      if (verdict) return verdict;
    }
    return null;
  },
  /** With `ok`: nothing in it can be shown, and the sentence for that says why. */
  error: (value, { nothing, dataset }, { ok }) => {
    if (ok !== true || dataset.pictures.length > 0) return 'it was read';
    return missingIn([(value as { contains: string }).contains], nothing);
  },
};

function judgeLabels(expected: Record<string, string | string[]>, { rows }: Reading, all: boolean): Verdict {
  const verdict = each(expected, (path, names) => {
    const row = merged(rows, path);
    return row.found ? same(row.labels.sort(), [names].flat().sort()) : 'it has no row';
  });
  const more = rows.filter((row) => row.labels && row.labels.length > 0 && !(row.path in expected));
  return verdict ?? (all && more.length > 0 ? `${more[0]?.path} has labels, too` : null);
}

function judgeLists(expected: Record<string, unknown[][]>, { rows }: Reading, field: string): Verdict {
  return each(expected, (path, lists) => {
    const value = rows
      .filter((row) => row.path === path)
      .map((row) => row.fields?.[field])
      .find((one) => one !== undefined);
    if (typeof value !== 'object' || value === null) return 'it has none';
    return same(JSON.parse(value.json), lists);
  });
}

function merged(rows: readonly ImportRow[], path: string): { found: boolean; labels: string[]; negatives: string[] } {
  const own = rows.filter((row) => row.path === path);
  return {
    found: own.length > 0,
    labels: [...new Set(own.flatMap((row) => row.labels ?? []))],
    negatives: [...new Set(own.flatMap((row) => row.negatives ?? []))],
  };
}

function each<T>(expected: Record<string, T>, judgeOne: (key: string, value: T) => Verdict): Verdict {
  for (const [key, value] of Object.entries(expected)) {
    const verdict = judgeOne(key, value);
    if (verdict !== null) return `${key}: ${verdict}`;
  }
  return null;
}

const holds = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

/** Which of the words are not in the text. */
export function missingIn(words: readonly string[], text: string): Verdict {
  const missing = words.filter((word) => !holds(text, word));
  return missing.length === 0 ? null : `nothing is said of ${missing.join(', ')} in: ${text}`;
}

/** Equality by JSON with sorted keys. */
export function same(got: unknown, wanted: unknown): Verdict {
  const [a, b] = [JSON.stringify(sorted(got)), JSON.stringify(sorted(wanted))];
  return a === b ? null : `${a} instead of ${b}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
