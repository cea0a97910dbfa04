// PALETTE COLOR: three look-up tables, plain or segmented, to RGB (PS3.3 C.7.6.3.1.5, C.7.6.3.1.6, C.7.9.2).
import { VitrineError } from '../../../shared/errors.ts';
import { PALETTES } from '../data/tag.ts';
import { bytesOf, type Elements, uint16sOf } from '../data/values.ts';
import type { StoredFrame } from '../frame.ts';
import { entriesOf, type LookUpTable, lookUp } from './lut.ts';

/** The RGB bytes of a frame of indexes. Errors: `unreadable` without tables or with a broken segment. */
export function paletteBytes(elements: Elements, { samples }: StoredFrame): Uint8Array {
  const tables = PALETTES.map((tags) => paletteTable(elements, tags));
  const out = new Uint8Array(samples.length * 3);
  tables.forEach((table, channel) => {
    for (let i = 0; i < samples.length; i++) out[3 * i + channel] = lookUp(table, samples[i] ?? 0);
  });
  return out;
}

function paletteTable(elements: Elements, tags: (typeof PALETTES)[number]): LookUpTable {
  const [count, first, bits] = uint16sOf(elements, tags.descriptor);
  if (count === undefined || first === undefined || bits === undefined) throw noTables();
  const size = count || 65_536;
  const raw =
    bytesOf(elements, tags.segments) === undefined
      ? entriesOf(elements, tags.entries, count)
      : expandSegments(uint16sOf(elements, tags.segments), size);
  if (raw === undefined || raw.length === 0) throw noTables();
  const entries = Uint16Array.from(raw);
  // 16-bit entries by their high byte; some writers put 8-bit values there
  const deep = bits > 8 && entries.some((v) => v > 255);
  const signed = elements.elements[tags.descriptor]?.vr === 'SS' && first > 32_767;
  return { first: signed ? first - 65_536 : first, bits, entries: deep ? entries.map((v) => v >> 8) : entries };
}

const noTables = (): VitrineError =>
  new VitrineError('unreadable', 'Its colours are in palettes that the file does not hold.');

/** Expands discrete (0), linear (1) and indirect (2) segments to at most `size` entries. Errors: `unreadable`. */
export function expandSegments(words: readonly number[], size: number): number[] {
  const out: number[] = [];
  const broken = (): VitrineError => new VitrineError('unreadable', 'Its segmented palette is damaged.');

  /** Runs segments from word `start`; `count` segments when an indirect one asks for them, which may not be indirect themselves. */
  function run(start: number, count: number, nested: boolean): void {
    let at = start;
    for (let n = 0; n < count && at + 1 < words.length && out.length < size; n++) {
      const length = words[at + 1] ?? 0;
      switch (words[at]) {
        case 0:
          out.push(...words.slice(at + 2, at + 2 + length));
          at += 2 + length;
          break;
        case 1: {
          const from = out.at(-1);
          const to = words[at + 2];
          if (from === undefined || to === undefined) throw broken();
          for (let k = 1; k <= length; k++) out.push(Math.floor(from + ((to - from) * k) / length + 0.5));
          at += 3;
          break;
        }
        case 2:
          if (nested) throw broken();
          // called a byte offset in the standard; pydicom and GDCM read it as an index of words, and so it is here
          run((words[at + 2] ?? 0) + (words[at + 3] ?? 0) * 65_536, length, true);
          at += 4;
          break;
        default:
          throw broken();
      }
    }
  }
  run(0, Number.POSITIVE_INFINITY, false);
  return out.slice(0, size);
}
