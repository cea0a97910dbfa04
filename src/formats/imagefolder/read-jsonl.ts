// Reads records out of metadata.jsonl: one object a line, or objects one after the other.
import { readLineBlocks } from '../text/json-lines.ts';
import { createObjectScanner, type ObjectScanner } from '../text/json-text.ts';
import { blank, isBlankLine, stringAt } from '../text/json-tokens.ts';
import type { FieldValue, ImportIssue } from '../types.ts';
import type { MetadataRecord } from './records.ts';

/** Takes each record as it is read; what it needs of it must be copied. */
export type OnRecord = (record: MetadataRecord) => void;

/** What is yielded between blocks, so that batches leave in time. */
export interface ReadStep {
  issues: ImportIssue[];
  /** Records that were found and cannot be read; each has its `left-out` issue. */
  lost: number;
  /** Bytes of the file that are done. */
  bytes: number;
}

/** One object a line; blank lines are passed over, a bad line is an issue and costs nothing else. */
export async function* readJsonLines(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  file: string,
  onRecord: OnRecord,
): AsyncGenerator<ReadStep, void, undefined> {
  const scanner = createObjectScanner();
  const values: FieldValue[] = [];
  const record = { line: 0, count: 0, keys: scanner.keys, values };
  for await (const { text, firstLine, problems, bytes } of readLineBlocks(chunks)) {
    const step: ReadStep = { issues: [], lost: 0, bytes };
    for (const { lost, ...problem } of problems) {
      step.issues.push({ kind: lost ? 'left-out' : 'note', file, ...problem });
      if (lost) step.lost++;
    }
    let line = firstLine;
    for (let from = 0; from < text.length; line++) {
      const at = text.indexOf('\n', from);
      const to = at < 0 ? text.length : at;
      if (!isBlankLine(text, from, to)) {
        const read = scanner.scan(text, from, to);
        addIssue(step, scanner, read, { file, line, text, from });
        if (read) {
          for (let n = 0; n < scanner.count; n++)
            values[n] = fieldValueAt(text, scanner.starts[n] ?? 0, scanner.ends[n] ?? 0);
          record.line = line;
          record.count = scanner.count;
          onRecord(record);
        }
      }
      from = to + 1;
    }
    yield step;
    // A block is 1 MB and more; a generator of blocks is the place where others get their turn.
  }
}

/** Objects one after the other, over lines or several on one, as Hugging Face reads them. One mistake ends the file. */
export async function* readJsonValues(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  file: string,
  onRecord: OnRecord,
): AsyncGenerator<ReadStep, void, undefined> {
  let text = '';
  const step: ReadStep = { issues: [], lost: 0, bytes: 0 };
  for await (const block of readLineBlocks(chunks)) {
    for (const { lost, ...problem } of block.problems)
      step.issues.push({ kind: lost ? 'left-out' : 'note', file, ...problem });
    step.lost += block.problems.filter(({ lost }) => lost).length;
    text += block.text;
    step.bytes = block.bytes;
  }
  const scanner = createObjectScanner();
  let line = 1;
  let counted = 0;
  const lineAt = (offset: number): number => {
    for (let at = text.indexOf('\n', counted); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
    counted = Math.max(counted, offset);
    return line;
  };
  for (let from = blank(text, 0, text.length); from < text.length; from = blank(text, scanner.end, text.length)) {
    const read = scanner.scanNext(text, from, text.length);
    const offset = read ? from : (scanner.mistake?.offset ?? from);
    const number = lineAt(offset);
    addIssue(step, scanner, read, { file, line: number, text, from: text.lastIndexOf('\n', offset - 1) + 1 });
    if (!read) break;
    const values = Array.from({ length: scanner.count }, (_, n) =>
      fieldValueAt(text, scanner.starts[n] ?? 0, scanner.ends[n] ?? 0),
    );
    onRecord({ line: number, count: scanner.count, keys: scanner.keys, values });
  }
  yield step;
}

interface Place {
  file: string;
  line: number;
  text: string;
  from: number;
}

function addIssue(step: ReadStep, scanner: ObjectScanner, read: boolean, { file, line, text, from }: Place): void {
  if (!read) {
    const { reason, offset, text: what } = scanner.mistake ?? { reason: 'syntax', offset: from, text: 'it is no JSON' };
    step.issues.push({
      kind: 'left-out',
      file,
      line,
      column: offset - from + 1,
      reason,
      text: `${what.charAt(0).toUpperCase()}${what.slice(1)}. The line is left out; correct it.`,
    });
    step.lost++;
    return;
  }
  if (scanner.literalAt >= 0)
    step.issues.push({
      kind: 'note',
      file,
      line,
      column: scanner.literalAt - from + 1,
      reason: 'nan-literal',
      text: `${/^-?[A-Za-z]+/.exec(text.slice(scanner.literalAt, scanner.literalAt + 9))?.[0] ?? 'NaN'} is no JSON; it counts as no value. Write null or leave the key out.`,
    });
  if (scanner.duplicateAt >= 0)
    step.issues.push({
      kind: 'note',
      file,
      line,
      column: scanner.duplicateAt - from + 1,
      reason: 'duplicate-key',
      text: `The key “${scanner.duplicate}” stands twice in one object; the last value counts, and Hugging Face refuses the file. Remove one.`,
    });
}

/** The value of text[start, end), which a scanner has accepted. Integers beyond 2^53 stay raw text, so that none is rounded. */
export function fieldValueAt(text: string, start: number, end: number): FieldValue {
  const code = text.charCodeAt(start);
  if (code === 34) return stringAt(text, start, end);
  if (code === 123 || code === 91) return { json: text.slice(start, end) };
  if (code === 110) return null;
  if (code === 116) return true;
  if (code === 102) return false;
  const raw = text.slice(start, end);
  const value = Number(raw);
  if (!Number.isFinite(value)) return raw.endsWith('N') || raw.endsWith('y') ? null : { json: raw };
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(raw) ? value : { json: raw };
}
