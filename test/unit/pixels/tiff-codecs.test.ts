// The decompressors of TIFF that are our own, against encoders written here and codes copied from the recommendations.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFax, type FaxLayout } from '../../../src/pixels/tiff/codecs/fax.ts';
import { inflate } from '../../../src/pixels/tiff/codecs/inflate.ts';
import { decodeLzw } from '../../../src/pixels/tiff/codecs/lzw.ts';
import { decodePackBits } from '../../../src/pixels/tiff/codecs/packbits.ts';

/** Bytes of a text of bits; blanks are for reading. */
function bytesOf(bits: string): Uint8Array<ArrayBuffer> {
  const plain = bits.replaceAll(' ', '');
  const bytes = plain.match(/.{1,8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
}

const reversed = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  bytes.map((byte) => Number.parseInt([...byte.toString(2).padStart(8, '0')].reverse().join(''), 2));

/** LZW of TIFF 6.0 with a dictionary of strings; `old` as before libtiff 3: codes from the low bits up, wider one code later. */
function encodeLzw(bytes: number[], old = false): Uint8Array<ArrayBuffer> {
  const words: string[] = [];
  let [width, next] = [9, 258];
  let table = new Map<string, number>();
  const put = (code: number): void => {
    const word = code.toString(2).padStart(width, '0');
    words.push(old ? [...word].reverse().join('') : word);
  };
  const codeOf = (text: string): number => table.get(text) ?? text.charCodeAt(0);
  put(256);
  let held = '';
  for (const byte of bytes) {
    const longer = held + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      held = longer;
      continue;
    }
    put(codeOf(held));
    table.set(longer, next++);
    if (next + (old ? 0 : 1) > 2 ** width) width++;
    if (next === 4094) {
      put(256);
      [width, next, table] = [9, 258, new Map()];
    }
    held = longer.slice(-1);
  }
  if (held !== '') put(codeOf(held));
  put(257);
  return old ? reversed(bytesOf(words.join(''))) : bytesOf(words.join(''));
}

const repetitive = fc
  .array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 400 })), { minLength: 1, maxLength: 60 })
  .map((runs) => runs.flatMap(([v, n]) => Array.from({ length: n }, (_, i) => (v === 3 ? (i * 37) % 256 : v))));

describe('LZW', () => {
  test('gives back what was encoded', () => {
    fc.assert(
      fc.property(repetitive, (bytes) => {
        expect([...decodeLzw(encodeLzw(bytes), bytes.length)]).toEqual(bytes);
        expect([...decodeLzw(encodeLzw(bytes, true), bytes.length)]).toEqual(bytes);
      }),
    );
  });

  test('fills the table of 12 bits and begins again', () => {
    const bytes = Array.from({ length: 40_000 }, (_, i) => (i * 7919 + (i >> 5) * 31) % 251);
    expect([...decodeLzw(encodeLzw(bytes), bytes.length)]).toEqual(bytes);
    expect([...decodeLzw(encodeLzw(bytes, true), bytes.length)]).toEqual(bytes);
  });

  test('stops at the wanted size, and gives less where the data end or a code is invalid', () => {
    const code = encodeLzw(new Array<number>(10_000).fill(5));
    expect(decodeLzw(code, 100)).toEqual(new Uint8Array(100).fill(5));
    expect(decodeLzw(code.subarray(0, 20), 10_000).length).toBeLessThan(200);
    expect([...decodeLzw(bytesOf('100000000 000000111 111111111'), 9)]).toEqual([7]);
    expect(() => decodeLzw(bytesOf('111111111 111111111'), 9)).toThrow(/invalid code/);
  });
});

test('PackBits has literals, runs and bytes without meaning', () => {
  // the example of TIFF 6.0, section 9
  const packed = [0xfe, 0xaa, 0x02, 0x80, 0x00, 0x2a, 0xfd, 0xaa, 0x80, 0x03, 0x80, 0x00, 0x2a, 0x22, 0xf7, 0xaa];
  const plain = 'aaaaaa80002aaaaaaaaa80002a22aaaaaaaaaaaaaaaaaaaa';
  expect(Buffer.from(decodePackBits(Uint8Array.from(packed), 24)).toString('hex')).toBe(plain);
  expect(decodePackBits(Uint8Array.of(5, 1, 2), 24)).toEqual(Uint8Array.of(1, 2));
});

test('deflate that is no deflate gives nothing', async () => {
  expect(await inflate(Uint8Array.of(1, 2, 3, 4), 10)).toEqual(new Uint8Array());
});

describe('fax', () => {
  const layout = (coding: FaxLayout['coding'], rows: number, more: Partial<FaxLayout> = {}): FaxLayout => ({
    width: 8,
    rows,
    coding,
    twoDimensional: false,
    lowBitFirst: false,
    ...more,
  });
  const endOfLine = '000000000001';
  const white3 = '1000';
  const black5 = '0011';
  const white8 = '10011';
  const white2 = '0111';
  const black2 = '11';
  const black6 = '0010';

  test('modified Huffman: runs of both colours, rows at whole bytes', () => {
    const code = bytesOf(`${white3}${black5} ${white8}000 ${white2}${black6}`);
    expect(decodeFax(code, layout('huffman', 3))).toEqual({ data: Uint8Array.of(0x1f, 0, 0x3f), found: 3 });
    expect(decodeFax(reversed(code), layout('huffman', 3, { lowBitFirst: true })).data).toEqual(
      Uint8Array.of(0x1f, 0, 0x3f),
    );
  });

  test('long runs are make-up codes and a terminating one', () => {
    // 2560 + 64 + 1 white, 64 + 0 black
    const code = bytesOf('000000011111 11011 000111 0000001111 0000110111');
    const { data } = decodeFax(code, layout('huffman', 1, { width: 2689 }));
    const black = [...data].flatMap((byte, i) => (byte === 0 ? [] : [i]));
    expect([black[0], black.at(-1), data[328], data[336]]).toEqual([328, 336, 0x7f, 0x80]);
  });

  test('group 3: an end-of-line before each row, fill bits, and the next row after a damaged one', () => {
    const rows = `${endOfLine}${white3}${black5} 0000${endOfLine}${white2}000000001111 ${endOfLine}${white8}`;
    expect(decodeFax(bytesOf(rows), layout('group3', 3)).data).toEqual(Uint8Array.of(0x1f, 0, 0));
    const bare = `${white3}${black5}${white2}${black6}`;
    expect(decodeFax(bytesOf(bare), layout('group3', 2)).data).toEqual(Uint8Array.of(0x1f, 0x3f));
  });

  test('group 3, two-dimensional: a bit after the end-of-line tells the kind of the row', () => {
    // the second row: one to the right of the change above, then the row’s end straight below
    const code = `${endOfLine}1${white3}${black5} ${endOfLine}0 011 1`;
    expect(decodeFax(bytesOf(code), layout('group3', 2, { twoDimensional: true })).data).toEqual(
      Uint8Array.of(0x1f, 0x0f),
    );
  });

  test('group 4: horizontal, vertical and pass modes', () => {
    const code = `001${white3}${black5} 11 0111 0101 001${white2}${black2}1 00011 ${endOfLine}${endOfLine}`;
    expect(decodeFax(bytesOf(code), layout('group4', 9))).toEqual({
      data: Uint8Array.of(0x1f, 0x1f, 0x0f, 0x1f, 0x30, 0, 0, 0, 0),
      found: 6,
    });
  });

  test('data that are no fax are refused', () => {
    expect(() => decodeFax(Uint8Array.of(0, 0, 0, 0), layout('group4', 4))).toThrow(/invalid code/);
  });

  test('ends on whatever bytes there are', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.constantFrom('huffman', 'group3', 'group4' as const),
        (bytes, coding) => {
          try {
            const { found } = decodeFax(bytes, layout(coding, 50, { width: 100, twoDimensional: true }));
            expect(found).toBeLessThanOrEqual(50 * 13);
          } catch (error) {
            expect(error).toMatchObject({ code: 'unreadable' });
          }
        },
      ),
    );
  });
});
