// Writes small DICOM files for tests: elements in either byte order, explicit or implicit, native or encapsulated pixel data.

/** Text, numbers of the VR's size, bytes, or the items of a sequence. */
export type Value = string | readonly number[] | Uint8Array | readonly Elements[];
/** Elements by tag in eight hexadecimal digits, each with its VR. */
export type Elements = Readonly<Record<string, readonly [vr: string, value: Value]>>;

export interface Written {
  explicit?: boolean;
  bigEndian?: boolean;
}

const LONG = new Set(['OB', 'OW', 'OF', 'OD', 'OV', 'SQ', 'UN', 'UT', 'UV', 'SV']);
const SIZES: Readonly<Record<string, number>> = { US: 2, SS: 2, OW: 2, UL: 4, OF: 4, FD: 8, OD: 8, OV: 8 };

/** The bytes of a number, `size` long; 4 and 8 as floats when `float`. */
function numberBytes(value: number, { size, float, bigEndian }: { size: number; float: boolean; bigEndian: boolean }) {
  const view = new DataView(new ArrayBuffer(size));
  if (float && size === 4) view.setFloat32(0, value, !bigEndian);
  else if (float) view.setFloat64(0, value, !bigEndian);
  else if (size === 8) view.setBigUint64(0, BigInt(value), !bigEndian);
  else if (size === 4) view.setUint32(0, value, !bigEndian);
  else if (size === 2) view.setUint16(0, value, !bigEndian);
  else view.setUint8(0, value);
  return new Uint8Array(view.buffer);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function isItems(value: Value): value is readonly Elements[] {
  return Array.isArray(value) && typeof value[0] === 'object';
}

/** The data set's bytes, in the order of the tags. */
export function dataSet(elements: Elements, written: Written = {}): Uint8Array<ArrayBuffer> {
  const { explicit = true, bigEndian = false } = written;
  const number = (value: number, size: number, float = false) => numberBytes(value, { size, float, bigEndian });
  const bytesOf = (vr: string, value: Value): Uint8Array => {
    if (typeof value === 'string') return Uint8Array.from(value, (letter) => letter.charCodeAt(0));
    if (value instanceof Uint8Array) return value;
    if (isItems(value))
      return joined(
        value.map((item) => {
          const content = dataSet(item, written);
          return joined([number(0xfffe, 2), number(0xe000, 2), number(content.length, 4), content]);
        }),
      );
    return joined(value.map((v) => number(v, SIZES[vr] ?? 1, /^(OF|OD|FD)$/.test(vr))));
  };
  return joined(
    Object.keys(elements)
      .sort()
      .map((tag) => {
        const [vr, value] = elements[tag] ?? ['UN', ''];
        const content = bytesOf(vr, value);
        const padded = content.length % 2 === 0 ? content : joined([content, Uint8Array.of(vr === 'UI' ? 0 : 32)]);
        const head = joined([
          number(Number.parseInt(tag.slice(0, 4), 16), 2),
          number(Number.parseInt(tag.slice(4), 16), 2),
        ]);
        if (!explicit) return joined([head, number(padded.length, 4), padded]);
        const name = Uint8Array.from(vr, (letter) => letter.charCodeAt(0));
        const length = LONG.has(vr) ? joined([number(0, 2), number(padded.length, 4)]) : number(padded.length, 2);
        return joined([head, name, length, padded]);
      }),
  );
}

/** Preamble, prefix and meta group with the transfer syntax. */
export function metaGroup(syntax: string): Uint8Array<ArrayBuffer> {
  const prefix = Uint8Array.from('DICM', (letter) => letter.charCodeAt(0));
  return joined([new Uint8Array(128), prefix, dataSet({ '00020010': ['UI', syntax] })]);
}

/** A file of a data set. */
export function dicomFile(syntax: string, elements: Elements, ...behind: Uint8Array[]): Blob {
  const written = { explicit: syntax !== '1.2.840.10008.1.2', bigEndian: syntax === '1.2.840.10008.1.2.2' };
  return new Blob([joined([metaGroup(syntax), dataSet(elements, written), ...behind])]);
}

/** The attributes of an image of one frame, 8 bits grey unless told otherwise. */
export function image(rows: number, columns: number, more: Elements = {}): Elements {
  return {
    '00280002': ['US', [1]],
    '00280004': ['CS', 'MONOCHROME2'],
    '00280010': ['US', [rows]],
    '00280011': ['US', [columns]],
    '00280100': ['US', [8]],
    '00280101': ['US', [8]],
    '00280102': ['US', [7]],
    '00280103': ['US', [0]],
    ...more,
  };
}

/** The attributes of `bits` stored in `allocated`. */
export function bits(allocated: number, stored = allocated, { high = stored - 1, signed = false } = {}): Elements {
  return {
    '00280100': ['US', [allocated]],
    '00280101': ['US', [stored]],
    '00280102': ['US', [high]],
    '00280103': ['US', [signed ? 1 : 0]],
  };
}

/** Encapsulated pixel data: an offset table (empty when there is none) and fragments, with their delimiter unless it is left out. */
export function encapsulated(
  fragments: readonly Uint8Array[],
  offsets: readonly number[] = [],
  delimiter = true,
): Uint8Array {
  const u16 = (v: number) => numberBytes(v, { size: 2, float: false, bigEndian: false });
  const u32 = (v: number) => numberBytes(v, { size: 4, float: false, bigEndian: false });
  const item = (content: Uint8Array) => joined([u16(0xfffe), u16(0xe000), u32(content.length), content]);
  return joined([
    Uint8Array.of(0xe0, 0x7f, 0x10, 0, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff),
    item(joined(offsets.map(u32))),
    ...fragments.map(item),
    ...(delimiter ? [u16(0xfffe), u16(0xe0dd), u32(0)] : []),
  ]);
}

/** An RLE frame of byte planes, each as one literal run of up to 128 bytes. */
export function rleFrame(planes: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const header = new DataView(new ArrayBuffer(64));
  header.setUint32(0, planes.length, true);
  let at = 64;
  planes.forEach((plane, i) => {
    header.setUint32(4 * (i + 1), at, true);
    at += plane.length + 1;
  });
  return joined([new Uint8Array(header.buffer), ...planes.map((plane) => Uint8Array.of(plane.length - 1, ...plane))]);
}
