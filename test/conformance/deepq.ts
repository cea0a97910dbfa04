// DeepQ: zips and folders read as its guides describe them, and the zips that Vitrine writes for it.
import { VitrineError } from '../../src/shared/errors.ts';
import { zipSource } from '../../src/source/pick.ts';
import { listZip } from '../../src/source/zip/list.ts';
import { runExport } from './deepq/exporting.ts';
import { judge, missingIn, same } from './deepq/judge.ts';
import { type Bytes, openFolderOf, openZipBytes, readAll, rootsOf } from './deepq/reading.ts';
import { type ConformanceCase, failed, notApplicable, type Outcome, passed } from './types.ts';

export async function runCase(c: ConformanceCase, files: Map<string, Bytes>): Promise<Outcome> {
  const { expect, area } = c;
  const { options } = c.input;
  if (area === 'export' || 'rows' in options || 'total_bytes' in options)
    return outcome(await runExport(options, expect, files));
  const zips = [...files].filter(([path]) => path.endsWith('.zip'));
  const [zip] = zips;
  if (zip && files.size === 1) return runZip(zip[1], expect);
  return outcome(await runFolder(options, expect, files));
}

/** One zip against what is expected of it; `anyOf` are alternatives. Also what the corpus' index expects. */
export async function runZip(zip: Bytes, expect: Record<string, unknown>): Promise<Outcome> {
  const alternatives = Array.isArray(expect.anyOf) ? (expect.anyOf as Record<string, unknown>[]) : [expect];
  const whys: string[] = [];
  for (const one of alternatives) {
    const { label_csv: label, ...rest } = one;
    const isThere = typeof label !== 'string' || (await hasName(zip, label));
    const wanted = isThere ? one : rest;
    const why = await attempt(async () => judge(wanted, await readAll(openZipBytes(zip), {}, zip), zip), wanted);
    if (why === null)
      return isThere
        ? passed
        : notApplicable('A label file is expected that is not in the zip; all else is as expected.');
    whys.push(why);
  }
  return failed(whys.join('; or '));
}

/** Whether an entry of the zip, read or refused, has this name; true for what cannot be listed. */
async function hasName(zip: Bytes, name: string): Promise<boolean> {
  try {
    const { entries, refused } = await listZip(new Blob([zip]), 'a.zip');
    return entries.find(name) !== null || refused.some((one) => one.name === name);
  } catch {
    return true;
  }
}

async function runFolder(
  options: Record<string, unknown>,
  expect: Record<string, unknown>,
  files: Map<string, Bytes>,
): Promise<string | null> {
  const { zip_name: zipName, codepage, ...unknown } = options;
  if (Object.keys(unknown).length > 0) return `There is no rule for the options ${Object.keys(unknown).join(', ')}.`;
  const { offers, ...rest } = expect;
  if (offers !== undefined) {
    const verdict = same([...rootsOf(files.keys())].sort(), (offers as string[]).toSorted());
    if (verdict) return `offers: ${verdict}`;
  }
  const source = openFolderOf(files);
  const named = typeof zipName === 'string' ? { ...source, name: nameOf(zipName) } : source;
  const chosen = typeof codepage === 'string' ? { codePage: codepage } : {};
  return attempt(async () => judge(rest, await readAll(named, chosen)), rest);
}

/** Runs and judges; an error of ours is compared with the expected one. */
async function attempt(work: () => Promise<string | null>, expect: Record<string, unknown>): Promise<string | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error;
    const wanted = expect.error as { contains?: string; line?: number } | undefined;
    if (wanted === undefined || expect.ok === true) return `It should be read, but: ${error.message}`;
    return (
      missingIn(wanted.contains === undefined ? [] : [wanted.contains], error.message) ??
      (wanted.line === undefined ? null : same(error.line, wanted.line))
    );
  }
}

/** What a zip of this name is called once it is open. */
function nameOf(file: string): string {
  const ref = zipSource(new File([], file));
  return ref.kind === 'zip' ? ref.name : file;
}

const outcome = (why: string | null): Outcome => (why === null ? passed : failed(why));
