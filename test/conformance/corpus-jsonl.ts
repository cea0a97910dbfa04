// Every file of the corpus of JSON lines, line by line: what is read, what is refused, and what is kept as it is spelled.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldValueAt } from '../../src/formats/imagefolder/read-jsonl.ts';
import { readLineBlocks } from '../../src/formats/text/json-lines.ts';
import { patchObject } from '../../src/formats/text/json-patch.ts';
import { createObjectScanner } from '../../src/formats/text/json-text.ts';
import { isBlankLine } from '../../src/formats/text/json-tokens.ts';
import { failed, type Outcome, passed } from './types.ts';

/** A line as the index describes it. */
interface Expected {
  line: number;
  read: 'object' | 'other' | 'blank' | 'syntax' | 'encoding' | 'range';
  /** What Python's json makes of it. */
  python?: string;
  file_name?: string;
  flags?: string[];
}

/** What was read of a line. */
interface Got {
  read: Expected['read'];
  fileName?: string;
  duplicate?: boolean;
  literal?: boolean;
  bigInt?: boolean;
  patches?: boolean;
  where?: string;
}

export async function* runCorpus(folder: string): AsyncGenerator<{ name: string; outcome: Outcome }> {
  for (const text of readFileSync(join(folder, 'index.jsonl'), 'utf8').split('\n')) {
    if (text.trim() === '') continue;
    const entry: { file: string; lines?: Expected[]; n_lines?: number; all?: Expected['read'] } = JSON.parse(text);
    const bytes = new Uint8Array(readFileSync(join(folder, entry.file)));
    const lines =
      entry.lines ??
      Array.from({ length: entry.n_lines ?? 0 }, (_, n) => ({ line: n + 1, read: entry.all ?? 'object' }));
    // Chunks of several sizes must make no difference.
    for (const size of [bytes.length, 1000, 7]) {
      const got = await readLines(bytes, Math.max(1, size));
      const why = lines.map((wanted) => judge(wanted, got.get(wanted.line))).find((text) => text !== null);
      const extra = [...got].find(
        ([line, { read }]) => read !== 'blank' && !lines.some((wanted) => wanted.line === line),
      );
      if (why !== undefined || extra) {
        yield { name: entry.file, outcome: failed(why ?? `line ${extra?.[0]} is not in the index`) };
        break;
      }
      if (size === 7) yield { name: entry.file, outcome: passed };
    }
  }
}

async function readLines(bytes: Uint8Array<ArrayBuffer>, size: number): Promise<Map<number, Got>> {
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
  };
  const scanner = createObjectScanner();
  const got = new Map<number, Got>();
  for await (const { text, firstLine, problems } of readLineBlocks(chunks())) {
    text.split('\n').forEach((line, n) => {
      got.set(firstLine + n, readLine(line, scanner));
    });
    for (const { line, lost } of problems) if (lost) got.set(line, { read: 'encoding' });
  }
  return got;
}

function readLine(line: string, scanner: ReturnType<typeof createObjectScanner>): Got {
  if (isBlankLine(line, 0, line.length)) return { read: 'blank' };
  if (!scanner.scan(line, 0, line.length))
    return {
      read: scanner.mistake?.reason === 'not-object' ? 'other' : 'syntax',
      literal: scanner.literalAt >= 0,
      where: `${scanner.mistake?.text} at ${scanner.mistake?.offset}`,
    };
  const count = scanner.count;
  const keys = scanner.keys.slice(0, count);
  const at = keys.lastIndexOf('file_name');
  const value = at < 0 ? undefined : fieldValueAt(line, scanner.starts[at] ?? 0, scanner.ends[at] ?? 0);
  const raws = keys.map((_, n) => line.slice(scanner.starts[n], scanner.ends[n]));
  const [duplicate, literal] = [scanner.duplicateAt >= 0, scanner.literalAt >= 0];
  // Putting each value in anew leaves every character where it was.
  const [key, raw] = [keys.at(-1), raws.at(-1)];
  const patched = key === undefined || raw === undefined ? line : patchObject(line, [{ key, raw }]);
  return {
    read: 'object',
    ...(typeof value === 'string' ? { fileName: value } : {}),
    duplicate,
    literal,
    bigInt: raws.some((one) => /(^|[^\d.eE+-])-?\d{16,}(?![\d.eE])/.test(one)),
    patches: patched === line,
  };
}

/** Why a line is not read as the index wants it, or null. */
function judge(wanted: Expected, got: Got | undefined): string | null {
  const at = `line ${wanted.line}`;
  if (!got) return wanted.read === 'blank' || wanted.read === 'encoding' ? null : `${at} was not read`;
  // The literals of Python are let through and reported; JSON.parse, by which the index was made, refuses them.
  const read = got.literal && wanted.read === 'syntax' && wanted.python === got.read ? 'syntax' : got.read;
  if (read !== wanted.read) return `${at} is ${got.read} (${got.where ?? ''}), not ${wanted.read}`;
  if (read !== 'object') return null;
  if (wanted.file_name !== undefined && got.fileName !== wanted.file_name)
    return `${at}: file_name is ${JSON.stringify(got.fileName)}, not ${JSON.stringify(wanted.file_name)}`;
  if (wanted.flags?.includes('duplicate_key') !== (got.duplicate === true) && wanted.flags?.includes('duplicate_key'))
    return `${at}: equal keys were not seen`;
  if (wanted.flags?.includes('big_int') && !got.bigInt) return `${at}: a big integer lost its spelling`;
  return got.patches ? null : `${at}: putting a value in anew changed the line`;
}
