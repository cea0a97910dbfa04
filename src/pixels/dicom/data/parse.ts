// Reads a DICOM data set up to its pixel data: meta group, transfer syntax, elements. dicom-parser reads each element.
import dicomParser, { type Element } from 'dicom-parser';
import { VitrineError } from '../../../shared/errors.ts';
import { inflate } from './inflate.ts';
import { TAG } from './tag.ts';
import {
  type Encoding,
  EXPLICIT_BIG,
  EXPLICIT_LITTLE,
  IMPLICIT_LITTLE,
  type TransferSyntax,
  transferSyntaxOf,
} from './transfer-syntax.ts';
import { type Elements, stringOf } from './values.ts';

/** Where the pixel data lie in `body`; `length` is undefined when they are in fragments. */
export interface PixelPlace {
  tag: string;
  vr: string | undefined;
  at: number;
  length: number | undefined;
}

/** A file's data set without its pixel data. */
export interface DicomFile {
  /** The file, or the inflated data set of a deflated one: what `pixels.at` counts in. */
  body: Blob;
  elements: Elements;
  syntax: TransferSyntax;
  /** How the data set is really written, whatever the meta group says. */
  encoding: Encoding;
  pixels: PixelPlace | undefined;
  /** True when the data set ended inside of an element or made no sense from some point on. */
  damaged: boolean;
}

/** Bytes read at first, and by what the part grows while the pixel data are not in sight. */
const FIRST_BYTES = 2 ** 16;
const GROWTH = 16;
/** What a deflated data set may grow to: pictures shrink to a hundredth only when they are small or nearly empty. */
const inflateLimit = (compressed: number): number => Math.min(2 ** 28, Math.max(2 ** 26, 100 * compressed));
/** Elements at the top level; enhanced multi-frame objects keep theirs in sequences. */
const MAX_ELEMENTS = 100_000;

const PIXEL_TAGS: readonly string[] = [TAG.PixelData, TAG.FloatPixelData, TAG.DoubleFloatPixelData];
/** VRs with a 32-bit length that dicom-parser 1.8.21 reads as 16-bit. */
const LONG_VRS = new Set(['OV', 'SV', 'UV']);
const VRS = new Set(
  'AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV'.split(' '),
);

/**
 * Reads the header of a file, or of a deflated file's content, growing the part that is read until the pixel data begin.
 * `head`: the file's first bytes when they are known. Errors: `unreadable` when there is no data set, `too-large` for a
 * deflated one that grows beyond what pictures do.
 */
export async function readDataSet(file: Blob, head: Uint8Array = new Uint8Array()): Promise<DicomFile> {
  const first = head.length >= Math.min(132, file.size) ? head : await part(file, FIRST_BYTES);
  const meta = await growing(file, first, readMeta);
  if (!meta.syntax?.deflated) {
    return growing(file, meta.bytes, (bytes, whole) => readBody(file, bytes, meta.end, meta.syntax, whole));
  }
  const inflated = await inflate(file.slice(meta.end), { limit: inflateLimit(file.size) });
  // some writers name the deflated syntax and do not deflate
  const body = inflated.length > 0 ? new Blob([inflated]) : file.slice(meta.end);
  const bytes = inflated.length > 0 ? inflated : await part(body, body.size);
  return readBody(body, bytes, 0, meta.syntax, true) ?? noDataSet();
}

const part = async (file: Blob, bytes: number): Promise<Uint8Array> =>
  new Uint8Array(await file.slice(0, bytes).arrayBuffer());

/** Calls `read` with ever larger parts of the file until it needs no more; `whole` tells it that there is no more. */
async function growing<T>(
  file: Blob,
  bytes: Uint8Array,
  read: (bytes: Uint8Array, whole: boolean) => T | undefined,
): Promise<T & { bytes: Uint8Array }> {
  let have = bytes;
  for (;;) {
    const whole = have.length >= file.size;
    const result = read(have, whole);
    if (result !== undefined) return { ...result, bytes: have };
    if (whole) noDataSet();
    have = await part(file, Math.max(FIRST_BYTES, have.length) * GROWTH);
  }
}

function noDataSet(): never {
  throw new VitrineError('unreadable', 'The DICOM file holds no data set that can be read: it is damaged.');
}

interface Meta {
  end: number;
  syntax: TransferSyntax | undefined;
}

/** Group 0002, always explicit little endian (PS3.10, 7.1). Its own length is often wrong, so its elements are walked. */
function readMeta(bytes: Uint8Array, whole: boolean): Meta | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(128, 132)) === 'DICM' ? 132 : 0;
  const inMeta = (at: number): boolean => bytes[at] === 2 && bytes[at + 1] === 0;
  const explicit = hasVr(bytes, start);
  const walked = walk(bytes, start, { explicit, bigEndian: false }, inMeta);
  if (walked.stopped !== 'other' && !whole) return undefined;
  const uid = stringOf(walked.elements, TAG.TransferSyntaxUID);
  return { end: walked.end, syntax: uid === undefined ? undefined : transferSyntaxOf(uid) };
}

/** Undefined while the pixel data are not in sight and the file goes on. */
function readBody(
  body: Blob,
  bytes: Uint8Array,
  start: number,
  named: TransferSyntax | undefined,
  whole: boolean,
): DicomFile | undefined {
  const encoding = encodingAt(bytes, start, named);
  const syntax = named ?? transferSyntaxOf(uidOf(encoding));
  const walked = walk(bytes, start, encoding, (at) => (bytes[at] ?? 0) !== 0 || (bytes[at + 1] ?? 0) !== 0);
  const { elements, pixels, stopped } = walked;
  if (pixels === undefined && !whole) return undefined;
  if (Object.keys(elements.elements).length === 0) noDataSet();
  return { body, elements, syntax, encoding, pixels, damaged: stopped === 'end' };
}

const uidOf = ({ explicit, bigEndian }: Encoding): string =>
  bigEndian ? EXPLICIT_BIG : explicit ? EXPLICIT_LITTLE : IMPLICIT_LITTLE;

/** True when bytes 4 and 5 of the element at `at` are a VR. */
const hasVr = (bytes: Uint8Array, at: number): boolean =>
  VRS.has(String.fromCharCode(bytes[at + 4] ?? 0, bytes[at + 5] ?? 0));

/** The first element decides; the meta group may be absent or wrong. Group 0008 read in the other byte order is 0800. */
function encodingAt(bytes: Uint8Array, at: number, named: TransferSyntax | undefined): Encoding {
  const bigEndian = named?.bigEndian ?? (bytes[at] === 0 && bytes[at + 1] === 8);
  return { explicit: hasVr(bytes, at), bigEndian };
}

interface Walked {
  elements: Elements;
  end: number;
  pixels?: PixelPlace;
  /** 'end': the bytes ended inside of an element. 'other': an element of another group, or too many. */
  stopped: 'pixels' | 'end' | 'clean' | 'other';
}

/** Elements from `start` while `goesOn` holds at their first byte, at most to the pixel data. */
function walk(
  bytes: Uint8Array,
  start: number,
  { explicit, bigEndian }: Encoding,
  goesOn: (at: number) => boolean,
): Walked {
  const parser = bigEndian ? dicomParser.bigEndianByteArrayParser : dicomParser.littleEndianByteArrayParser;
  const elements: Elements = { elements: {}, byteArray: bytes, byteArrayParser: parser };
  let at = start;
  for (let count = 0; at + 8 <= bytes.length; count++) {
    if (!goesOn(at) || count === MAX_ELEMENTS) return { elements, end: at, stopped: 'other' };
    const element = header(bytes, at, explicit, parser);
    if (element === undefined) return { elements, end: at, stopped: 'end' };
    const { tag, vr, dataOffset, length } = element;
    if (PIXEL_TAGS.includes(tag)) {
      const place = { tag, vr, at: dataOffset, length: element.hadUndefinedLength ? undefined : length };
      return { elements, end: at, pixels: place, stopped: 'pixels' };
    }
    if (!element.hadUndefinedLength && dataOffset + length > bytes.length) {
      elements.elements[tag] = element; // what there is of it
      return { elements, end: at, stopped: 'end' };
    }
    const end = dataOffset + length;
    const read = LONG_VRS.has(vr ?? '') ? { element, end } : content(bytes, at, explicit, parser);
    if (read === undefined && element.hadUndefinedLength) return { elements, end: at, stopped: 'end' };
    elements.elements[tag] = read?.element ?? element;
    at = read?.end ?? end;
  }
  return { elements, end: at, stopped: 'clean' };
}

type Parser = Elements['byteArrayParser'];

/** Tag, VR and length of the element at `at`; undefined when they are not all there. */
function header(bytes: Uint8Array, at: number, explicit: boolean, parser: Parser): Element | undefined {
  const vr = explicit ? String.fromCharCode(bytes[at + 4] ?? 0, bytes[at + 5] ?? 0) : undefined;
  const long = vr === undefined || LONG_VRS.has(vr) || /^(O[BDFLW]|SQ|U[CNRT])$/.test(vr);
  const dataOffset = at + (explicit && long ? 12 : 8);
  if (dataOffset > bytes.length) return undefined;
  const number = parser.readUint16(bytes, at) * 65_536 + parser.readUint16(bytes, at + 2);
  const length = long ? parser.readUint32(bytes, dataOffset - 4) : parser.readUint16(bytes, at + 6);
  const tag = `x${number.toString(16).padStart(8, '0')}`;
  return { tag, vr, length, dataOffset, ...(length === 0xffff_ffff ? { hadUndefinedLength: true } : {}) };
}

/** The element at `at` with the items of its sequence; undefined when dicom-parser cannot make sense of it. */
function content(
  bytes: Uint8Array,
  at: number,
  explicit: boolean,
  parser: Parser,
): { element: Element; end: number } | undefined {
  try {
    const stream = new dicomParser.ByteStream(parser, bytes, at);
    const element = explicit
      ? dicomParser.readDicomElementExplicit(stream, [])
      : dicomParser.readDicomElementImplicit(stream);
    return { element, end: stream.position };
  } catch (error) {
    // its recursion over nested sequences ends with the stack
    if (error instanceof RangeError)
      throw new VitrineError('unreadable', 'Its sequences are nested too deep to be read.', { cause: error });
    return undefined;
  }
}
