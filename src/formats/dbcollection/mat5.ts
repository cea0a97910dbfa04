// Reads the struct arrays of MATLAB's MAT-files of version 5, as much as ImageNet's meta.mat needs: texts and numbers.
import { VitrineError } from '../../shared/errors.ts';

/** A struct array: for each element its fields; texts as strings, numbers as their first value, other kinds absent. */
export type MatStruct = Record<string, string | number>[];

/** Element types and array classes of the format (MathWorks, MAT-File Format, tables 1-1 and 1-3). */
const MI_COMPRESSED = 15;
const MI_MATRIX = 14;
const MX_STRUCT = 2;
const MX_CHAR = 4;
const HEADER_BYTES = 128;
/** Enough for 1860 synsets many times over; a compressed part that inflates to more is refused. */
const MAX_INFLATED = 2 ** 26;
/** Structs inside structs that are followed. */
const MAX_DEPTH = 4;

interface Reader {
  view: DataView;
  bytes: Uint8Array;
  little: boolean;
}

/**
 * The struct array of that name, or undefined when the file has none. Errors: `unreadable` when it is no MAT-file of version 5 or damaged,
 * `too-large`.
 */
export async function readMatStruct(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  file: string,
): Promise<MatStruct | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = bytes.length >= HEADER_BYTES ? view.getUint16(126, true) : 0;
  if (mark !== 0x4d49 && mark !== 0x494d)
    throw new VitrineError('unreadable', `${file} is no MAT-file of version 5. Save it with -v7.`, { file });
  const little = mark === 0x4d49;
  try {
    for (let at = HEADER_BYTES; at + 8 <= bytes.length; ) {
      const [type, size] = [view.getUint32(at, little), view.getUint32(at + 4, little)];
      if (at + 8 + size > bytes.length) throw new RangeError('an element ends behind the file');
      let element = bytes.subarray(at + 8, at + 8 + size);
      at += 8 + size;
      if (type === MI_COMPRESSED) element = (await inflate(element, file)).subarray(8);
      else if (type !== MI_MATRIX) continue;
      const found = readMatrix(readerOf(element, little), 0);
      if (found.name === name && Array.isArray(found.value)) return found.value;
    }
  } catch (cause) {
    if (cause instanceof VitrineError) throw cause;
    throw new VitrineError('unreadable', `${file} is damaged and cannot be read. Copy it again.`, { file, cause });
  }
  return undefined;
}

const readerOf = (bytes: Uint8Array, little: boolean): Reader => ({
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  bytes,
  little,
});

async function inflate(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    parts.push(step.value);
    size += step.value.length;
    if (size > MAX_INFLATED) {
      await reader.cancel();
      throw new VitrineError('too-large', `${file} holds more than a table of synsets needs.`, { file });
    }
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The next data element: small ones keep type, size and data in 8 bytes. */
function elementAt({ view, little }: Reader, at: number): { type: number; from: number; size: number; next: number } {
  const first = view.getUint32(at, little);
  if (first >>> 16 !== 0) return { type: first & 0xffff, from: at + 4, size: first >>> 16, next: at + 8 };
  const size = view.getUint32(at + 4, little);
  return { type: first, from: at + 8, size, next: at + 8 + Math.ceil(size / 8) * 8 };
}

function readMatrix(reader: Reader, depth: number): { name: string; value: MatStruct | string | number | undefined } {
  const { view, bytes, little } = reader;
  const flags = elementAt(reader, 0);
  const dimensions = elementAt(reader, flags.next);
  const name = elementAt(reader, dimensions.next);
  const arrayClass = view.getUint32(flags.from, little) & 0xff;
  const title = String.fromCharCode(...bytes.subarray(name.from, name.from + name.size));
  if (arrayClass === MX_STRUCT && depth < MAX_DEPTH) {
    let count = 1;
    for (let at = 0; at < dimensions.size; at += 4) count *= view.getInt32(dimensions.from + at, little);
    return { name: title, value: readStruct(reader, name.next, count, depth) };
  }
  const data = name.next < bytes.length ? elementAt(reader, name.next) : undefined;
  const values = data ? numbersOf(reader, data) : [];
  if (arrayClass === MX_CHAR) return { name: title, value: data ? textOf(reader, data, values) : '' };
  return { name: title, value: values[0] };
}

function readStruct(reader: Reader, from: number, count: number, depth: number): MatStruct {
  const { view, bytes, little } = reader;
  const length = elementAt(reader, from);
  const width = view.getInt32(length.from, little);
  const names = elementAt(reader, length.next);
  const fields: string[] = [];
  for (let at = names.from; width > 0 && at + width <= names.from + names.size; at += width) {
    const row = bytes.subarray(at, at + width);
    const end = row.indexOf(0);
    fields.push(String.fromCharCode(...row.subarray(0, end < 0 ? width : end)));
  }
  const elements: MatStruct = [];
  let at = names.next;
  for (let i = 0; i < count; i++) {
    const element: MatStruct[number] = {};
    for (const field of fields) {
      const matrix = elementAt(reader, at);
      at = matrix.next;
      if (matrix.type !== MI_MATRIX || matrix.size === 0) continue;
      const inner = readMatrix(readerOf(bytes.subarray(matrix.from, matrix.from + matrix.size), little), depth + 1);
      if (typeof inner.value === 'string' || typeof inner.value === 'number') element[field] = inner.value;
    }
    elements.push(element);
  }
  return elements;
}

/** Numbers of an element, by its storage type. */
function numbersOf(
  { view, little }: Reader,
  { type, from, size }: { type: number; from: number; size: number },
): number[] {
  const [width, read] = STORAGE.get(type) ?? [0, () => 0];
  const values: number[] = [];
  for (let at = 0; width > 0 && at + width <= size; at += width) values.push(read(view, from + at, little));
  return values;
}

const STORAGE = new Map<number, [bytes: number, read: (view: DataView, at: number, little: boolean) => number]>([
  [1, [1, (view, at) => view.getInt8(at)]],
  [2, [1, (view, at) => view.getUint8(at)]],
  [3, [2, (view, at, little) => view.getInt16(at, little)]],
  [4, [2, (view, at, little) => view.getUint16(at, little)]],
  [5, [4, (view, at, little) => view.getInt32(at, little)]],
  [6, [4, (view, at, little) => view.getUint32(at, little)]],
  [7, [4, (view, at, little) => view.getFloat32(at, little)]],
  [9, [8, (view, at, little) => view.getFloat64(at, little)]],
  [16, [1, (view, at) => view.getUint8(at)]],
  [17, [2, (view, at, little) => view.getUint16(at, little)]],
]);

const MI_UTF8 = 16;

const textOf = (
  { bytes }: Reader,
  { type, from, size }: { type: number; from: number; size: number },
  codes: number[],
): string =>
  type === MI_UTF8
    ? new TextDecoder().decode(bytes.subarray(from, from + size))
    : codes.map((code) => String.fromCharCode(code)).join('');
