// Writes metadata.jsonl: lines that need no change byte for byte, others with single keys put in, pictures without a line at the end.

import { patchObject } from '../../text/json-patch.ts';
import { createObjectScanner, type ObjectScanner } from '../../text/json-text.ts';
import { parseTree } from '../../text/json-tree.ts';
import type { ExportDataset, ExportRow, FieldValue, WriteContext } from '../../types.ts';
import { OPSML_KEYS, readOpsml } from '../peers/opsml.ts';
import { fieldValueAt } from '../read-jsonl.ts';
import { type Change, extras, isJson, labelValue, type RecordView, rawOf } from './changes.ts';
import { opsmlLine } from './opsml-line.ts';
import type { WriteOptions } from './options.ts';
import { prepareOriginals } from './originals.ts';
import { lineSegments, type Segment, valueSegments } from './segments.ts';

/** Text is made bytes in parts of about this many characters. */
const PART = 1 << 16;

/**
 * The bytes of one file: `path` in `folder`, with the rows for which `belongs` is true. Errors: `unreadable` for an original over several
 * lines that is not UTF-8, those of reading it, `aborted`.
 */
export async function* jsonlContent(
  dataset: ExportDataset,
  options: WriteOptions,
  { path, folder, belongs }: { path: string; folder: string; belongs: (path: string) => boolean },
  context: WriteContext,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const { signal } = context;
  const encoder = new TextEncoder();
  const newLine = createLineWriter(dataset, options, folder);
  let text = '';
  const scanner = createObjectScanner();
  const original = await originalSegments(path, context, scanner);
  if (original === null) {
    const rows = dataset.rows({ probabilities: false, ...(signal ? { signal } : {}) });
    for await (const batch of rows)
      for (const row of batch) {
        if (!belongs(row.path)) continue;
        text += newLine(row);
        if (text.length < PART) continue;
        yield encoder.encode(text);
        text = '';
      }
    if (text !== '') yield encoder.encode(text);
    return;
  }
  const records = async function* (): AsyncGenerator<RecordView> {
    for await (const segment of original())
      if (segment.text !== null) yield viewOf(segment.text, scanner, segment.scanned);
  };
  const originals = await prepareOriginals(dataset, folder, options, belongs, records, signal);
  let lastByte = 10;
  let parts = createParts();
  for await (const { bytes, text: object, scanned } of original()) {
    signal?.throwIfAborted();
    let out = bytes;
    if (object !== null) {
      const verdict = await originals.judge(viewOf(object, scanner, scanned));
      if (!verdict.keep) continue;
      if (verdict.changes.length > 0) {
        // The scanner's arrays are taken over by the patch.
        const patched = patchObject(
          object,
          verdict.changes.map(({ key, value }) => ({ key, raw: rawOf(value) })),
          scanner,
        );
        out = encoder.encode(patched);
      }
    }
    lastByte = out.at(-1) ?? lastByte;
    parts.add(out);
    if (parts.size() < PART) continue;
    yield parts.take();
    parts = createParts();
  }
  if (parts.size() > 0) yield parts.take();
  for await (const row of originals.rest()) {
    if (text === '' && lastByte !== 10) text = '\n'; // the file's last line had no end
    lastByte = 10;
    text += newLine(row);
    if (text.length < PART) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text !== '') yield encoder.encode(text);
}

/** Fresh passes over the file that was imported, by line or, where no line is an object, by value; null: there is none. */
async function originalSegments(
  path: string,
  context: WriteContext,
  scanner: ObjectScanner,
): Promise<(() => AsyncIterable<Segment>) | null> {
  const first = await context.original(path);
  if (first === null) return null;
  let byLine = false;
  let any = false;
  for await (const { text, bytes } of lineSegments(first, scanner)) {
    any ||= bytes.some((byte) => byte > 32);
    byLine ||= text !== null;
    if (byLine) break;
  }
  const segments = byLine || !any ? lineSegments : valueSegments;
  return async function* () {
    const chunks = await context.original(path);
    if (chunks !== null) yield* segments(chunks, scanner);
  };
}

/** Small pieces put together: a write per line would cost more than the line. */
function createParts() {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  return {
    size: () => length,
    add(piece: Uint8Array<ArrayBuffer>): void {
      pieces.push(piece);
      length += piece.length;
    },
    take(): Uint8Array<ArrayBuffer> {
      const whole = new Uint8Array(length);
      let at = 0;
      for (const piece of pieces) {
        whole.set(piece, at);
        at += piece.length;
      }
      return whole;
    },
  };
}

/** A view of an object that has been checked; valid until the scanner is used again. */
function viewOf(text: string, scanner: ObjectScanner, scanned?: true): RecordView {
  if (!scanned) scanner.scan(text, 0, text.length);
  const { count, keys, starts, ends } = scanner;
  const at = (key: string): number => {
    for (let n = count - 1; n >= 0; n--) if (keys[n] === key) return n;
    return -1;
  };
  return {
    keys: () => keys.slice(0, count),
    has: (key) => at(key) >= 0,
    get(key): FieldValue | undefined {
      const n = at(key);
      return n < 0 ? undefined : fieldValueAt(text, starts[n] ?? 0, ends[n] ?? 0);
    },
  };
}

/** New lines: file_name first, then the class and what else is known; opsml's own spelling where that is chosen. */
function createLineWriter(dataset: ExportDataset, options: WriteOptions, folder: string): (row: ExportRow) => string {
  const { labelKey, style } = options;
  const list = dataset.multiLabel || labelKey === 'categories';
  const jsonFields = new Set((dataset.fields ?? []).filter(({ type }) => type === 'json').map(({ name }) => name));
  return (row) => {
    const inFolder = folder === '' ? row.path : row.path.slice(folder.length + 1);
    const members: Change[] = [
      style === 'opsml-2'
        ? { key: 'filepath', value: `${dataset.name}/${row.path}` }
        : { key: 'file_name', value: inFolder },
    ];
    if (row.labels.length > 0) members.push({ key: labelKey, value: labelValue(row.labels, list) });
    for (const { key, value } of extras(row, options)) {
      if (value === null) continue;
      const raw = typeof value === 'string' && jsonFields.has(key) && isJson(value);
      members.push({ key, value: raw ? { json: value } : value });
    }
    const line = `{${members.map(({ key, value }) => `${JSON.stringify(key)}: ${rawOf(value)}`).join(', ')}}`;
    return `${style === 'huggingface' ? line : opsmlSpelling(line, style === 'opsml-1' ? 1 : 2)}\n`;
  };
}

/** The line as opsml would write it, with keys behind that opsml does not know; unchanged where opsml refuses it. */
function opsmlSpelling(line: string, version: 1 | 2): string {
  const tree = parseTree(line);
  const reading = readOpsml(tree, version);
  if ('refusal' in reading || tree.type !== 'object') return line;
  const known = version === 1 ? OPSML_KEYS : [...OPSML_KEYS, 'filepath', 'size'];
  const scanner = createObjectScanner();
  scanner.scan(line, 0, line.length);
  const others = scanner.keys
    .slice(0, scanner.count)
    .flatMap((key, n) => (known.includes(key) ? [] : [{ key, raw: line.slice(scanner.starts[n], scanner.ends[n]) }]));
  const spelled = opsmlLine(reading.record, version);
  return others.length === 0 ? spelled : patchObject(spelled, others);
}
