// The header of a portable anymap: P1 to P6 as netpbm's ppm(5) family says, P7 as pam(5).
import { VitrineError } from '../../shared/errors.ts';

/** What a header says of the raster that follows it. */
export interface PnmHeader {
  width: number;
  height: number;
  /** Samples a pixel. */
  depth: number;
  maxval: number;
  /** How samples are stored: as decimal text, as single bits (P1 too, as text), or as bytes. */
  coding: 'text' | 'text-bits' | 'bits' | 'bytes';
  /** What the samples mean. In a 'bitmap' 1 is black. */
  meaning: 'bitmap' | 'grey' | 'grey-alpha' | 'rgb' | 'rgb-alpha' | 'cmyk';
  /** Where the raster begins. */
  at: number;
}

const latin1 = new TextDecoder('latin1');
const maxSide = 2 ** 31 - 1;
const isSpace = (c: number | undefined): boolean => c === 32 || (c !== undefined && c >= 9 && c <= 13);

/** Reads the header. Errors: `unreadable` with what is wrong in it, `unsupported` for float maps. */
export function readPnmHeader(bytes: Uint8Array): PnmHeader {
  const kind = latin1.decode(bytes.subarray(0, 2));
  if (kind === 'PF' || kind === 'Pf')
    throw new VitrineError(
      'unsupported',
      'Floating-point maps (PFM) are not read. Convert it to a 16-bit PGM, PNG or TIFF.',
    );
  if (kind === 'P7') return readPam(bytes);
  const words = wordsOf(bytes, 2);
  const width = side(words(), 'width');
  const height = side(words(), 'height');
  const bitmap = kind === 'P1' || kind === 'P4';
  const maxval = bitmap ? 1 : maximum(words());
  const rgb = kind === 'P3' || kind === 'P6';
  const text = kind === 'P1' || kind === 'P2' || kind === 'P3';
  return {
    width,
    height,
    depth: rgb ? 3 : 1,
    maxval,
    coding: kind === 'P1' ? 'text-bits' : text ? 'text' : bitmap ? 'bits' : 'bytes',
    meaning: bitmap ? 'bitmap' : rgb ? 'rgb' : 'grey',
    // exactly one white space stands between the header and a raster of bytes
    at: words.end() + (text ? 0 : 1),
  };
}

/** The header's words: comments from # to the end of the line count as white space, as netpbm reads them. */
function wordsOf(bytes: Uint8Array, from: number) {
  let at = from;
  const next = (): string => {
    for (;;) {
      while (isSpace(bytes[at])) at++;
      if (bytes[at] !== 0x23) break;
      while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
    }
    const start = at;
    while (at < bytes.length && !isSpace(bytes[at]) && bytes[at] !== 0x23) at++;
    if (at === start) throw new VitrineError('unreadable', 'Its header ends early.');
    // a comment may follow a number at once; the raster then begins after the comment's line
    const word = latin1.decode(bytes.subarray(start, at));
    if (bytes[at] === 0x23) while (at < bytes.length && bytes[at] !== 10) at++;
    return word;
  };
  return Object.assign(next, { end: () => at });
}

function readPam(bytes: Uint8Array): PnmHeader {
  const found: Record<string, string> = {};
  let at = bytes.indexOf(10) + 1;
  for (;;) {
    const end = bytes.indexOf(10, at);
    if (at === 0 || end < 0) throw new VitrineError('unreadable', 'Its header has no ENDHDR line.');
    const line = latin1.decode(bytes.subarray(at, end)).trim();
    at = end + 1;
    if (line === 'ENDHDR') break;
    if (line === '' || line.startsWith('#')) continue;
    const [key = '', ...rest] = line.split(/\s+/);
    if (!['WIDTH', 'HEIGHT', 'DEPTH', 'MAXVAL', 'TUPLTYPE'].includes(key))
      throw new VitrineError('unreadable', `Its header has the unknown line “${line.slice(0, 40)}”.`);
    // several TUPLTYPE lines are one value with a space between
    found[key] = key === 'TUPLTYPE' && found[key] ? `${found[key]} ${rest.join(' ')}` : rest.join(' ');
  }
  const width = side(found.WIDTH ?? '', 'width');
  const height = side(found.HEIGHT ?? '', 'height');
  const depth = whole(found.DEPTH ?? '', 1, 65_536, 'depth');
  const maxval = maximum(found.MAXVAL ?? '');
  return { width, height, depth, maxval, coding: 'bytes', meaning: meaningOf(found.TUPLTYPE ?? '', depth), at };
}

/** By the tuple type where it is known, else by the depth. BLACKANDWHITE is grey with a maxval of 1: 1 is white there. */
function meaningOf(tuple: string, depth: number): PnmHeader['meaning'] {
  if (tuple === 'CMYK' && depth === 4) return 'cmyk';
  const alpha = tuple.endsWith('_ALPHA');
  if (/^(RGB|GRAYSCALE|BLACKANDWHITE)/.test(tuple)) {
    const colours = tuple.startsWith('RGB') ? 3 : 1;
    if (depth < colours + Number(alpha))
      throw new VitrineError('unreadable', `Its header says ${tuple} with only ${depth} samples a pixel.`);
    return colours === 3 ? (alpha ? 'rgb-alpha' : 'rgb') : alpha ? 'grey-alpha' : 'grey';
  }
  const byDepth = ['grey', 'grey-alpha', 'rgb', 'rgb-alpha'] as const;
  const meaning = byDepth[depth - 1];
  if (!meaning) throw new VitrineError('unsupported', `It has ${depth} samples a pixel of an unknown kind.`);
  return meaning;
}

const side = (word: string, name: string): number => whole(word, 1, maxSide, name);
const maximum = (word: string): number => whole(word, 1, 65_535, 'maximum value');

function whole(word: string, from: number, to: number, name: string): number {
  const value = /^\+?\d+$/.test(word) ? Number(word) : Number.NaN;
  if (!(value >= from && value <= to))
    throw new VitrineError('unreadable', `Its header gives “${word.slice(0, 20)}” as ${name}.`);
  return value;
}
