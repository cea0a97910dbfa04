// Columns against plain arrays: any writes, over block borders, through their bytes and back; and what damaged bytes do.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BitsColumn } from '../../../src/catalog/columns/bits.ts';
import { BLOCK_ROWS } from '../../../src/catalog/columns/block.ts';
import { IntegerColumn } from '../../../src/catalog/columns/integer.ts';
import { compareRows, sortByText } from '../../../src/catalog/columns/natural-text.ts';
import { radixSort, radixSortWide } from '../../../src/catalog/columns/radix.ts';
import { RealColumn } from '../../../src/catalog/columns/real.ts';
import { TextColumn } from '../../../src/catalog/columns/text.ts';
import { compareNatural } from '../../../src/shared/natural.ts';

/** Rows around the border of the first two blocks. */
const row = fc.oneof(fc.nat(40), fc.integer({ min: BLOCK_ROWS - 20, max: BLOCK_ROWS + 20 }));
const rows = BLOCK_ROWS + 21;

interface Kind<T> {
  make: () => {
    write(row: number, value: T): void;
    clear(row: number): void;
    has(row: number): boolean;
    encode(b: number, rows: number): Uint8Array<ArrayBuffer> | undefined;
    decode(b: number, bytes: Uint8Array<ArrayBuffer>): void;
  };
  read: (column: never, row: number) => T;
  value: fc.Arbitrary<T>;
}

const integer: Kind<number> = {
  make: () => new IntegerColumn(),
  read: (column: IntegerColumn, at) => column.at(at, Number.NaN),
  value: fc.oneof(
    fc.nat(10),
    fc.integer({ min: 1000, max: 1300 }),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.integer({ min: 1.6e12, max: 1.7e12 }),
  ),
};
const real: Kind<number> = {
  make: () => new RealColumn(Float32Array),
  read: (column: RealColumn, at) => column.at(at),
  value: fc.float({ noNaN: true }),
};
const wide: Kind<number> = { ...real, make: () => new RealColumn(Float64Array), value: fc.double({ noNaN: true }) };
const boolean: Kind<boolean> = {
  make: () => new BitsColumn(false),
  read: (column: BitsColumn, at) => column.at(at),
  value: fc.boolean(),
};
const text: Kind<string> = {
  make: () => new TextColumn(),
  read: (column: TextColumn, at) => column.at(at) ?? '',
  value: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('', '\ufeffx', 'x'.repeat(3000))),
};

describe.each([
  ['integers', integer],
  ['float32', real],
  ['float64', wide],
  ['booleans', boolean],
  ['texts', text],
] as [string, Kind<unknown>][])('a column of %s', (_, kind) => {
  test('holds what was written last, also after its blocks became bytes and came back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(row, fc.option(kind.value, { freq: 4 })), { maxLength: 60 }),
        fc.nat(60),
        (writes, cut) => {
          const expected = new Map<number, unknown>();
          let column = kind.make();
          writes.forEach(([at, value], i) => {
            if (i === cut) {
              const again = kind.make();
              for (const b of [0, 1]) {
                const bytes = column.encode(b, b === 0 ? BLOCK_ROWS : rows - BLOCK_ROWS);
                if (bytes) again.decode(b, bytes);
              }
              column = again;
            }
            if (value === null) {
              column.clear(at);
              expected.delete(at);
            } else {
              column.write(at, value);
              expected.set(at, value);
            }
          });
          for (const [at] of writes) {
            expect(column.has(at)).toBe(expected.has(at));
            if (expected.has(at)) expect(kind.read(column as never, at)).toEqual(expected.get(at));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('refuses bytes that are cut off, of another kind, or of a newer version', () => {
    const column = kind.make();
    const [sample] = fc.sample(kind.value, 1);
    column.write(5, sample);
    const bytes = column.encode(0, 100);
    if (!bytes) throw new Error('no bytes');
    expect(() => kind.make().decode(0, bytes.slice(0, 40))).toThrow(
      expect.objectContaining({ code: 'storage-damaged' }),
    );
    const other = bytes.slice();
    other[2] = 77;
    expect(() => kind.make().decode(0, other)).toThrow(expect.objectContaining({ code: 'storage-damaged' }));
    const newer = bytes.slice();
    newer[0] = 2;
    expect(() => kind.make().decode(0, newer)).toThrow(expect.objectContaining({ code: 'newer-version' }));
  });
});

describe('the memory of a column', () => {
  test('of codes that are alike within a block is one byte a row', () => {
    const column = new IntegerColumn();
    for (let i = 0; i < BLOCK_ROWS; i++) column.write(i, 5000 + (i >> 7));
    expect(column.bytes()).toBe(BLOCK_ROWS);
  });

  test('of dates within a month is four bytes a row', () => {
    const column = new IntegerColumn();
    for (let i = 0; i < BLOCK_ROWS; i++) column.write(i, 1.7e12 + ((i * 7919) % 2_592_000) * 1000);
    expect(column.bytes()).toBe(4 * BLOCK_ROWS);
    expect(column.at(1, 0)).toBe(1.7e12 + 7_919_000);
  });

  test('of names is their bytes and little more than two', () => {
    const column = new TextColumn();
    for (let i = 0; i < BLOCK_ROWS; i++) column.write(i, `image_${10_000 + i}.jpg`);
    expect(column.bytes() / BLOCK_ROWS).toBeLessThan(15 + 2.1);
  });
});

describe('sorting', () => {
  const name = fc.oneof(
    fc.string({ maxLength: 10 }),
    fc.string({ unit: fc.constantFrom('0', '1', '9', 'a', '.', '_', 'é', '\ue000', '🦊', '雪'), maxLength: 14 }),
    fc
      .tuple(
        fc.constantFrom('IMG_', 'n01440764_', '1704067200123', ''),
        fc.nat(2000),
        fc.constantFrom('.jpg', ' (2).jpg', ''),
      )
      .map((parts) => parts.join('')),
    fc.stringMatching(/^0{0,3}\d{0,30}$/),
  );

  test('texts on their bytes gives the natural order of strings, ties as they were', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 120 }), (texts) => {
        const column = new TextColumn();
        texts.forEach((text, i) => {
          column.write(i, text);
        });
        const ids = Uint32Array.from(texts.keys());
        for (const _ of sortByText(column, ids));
        expect([...ids]).toEqual([...texts.keys()].sort((a, b) => compareNatural(texts[a] ?? '', texts[b] ?? '')));
        for (let i = 1; i < Math.min(texts.length, 20); i++)
          expect(Math.sign(compareRows(column, i, i - 1))).toBe(
            Math.sign(compareNatural(texts[i] ?? '', texts[i - 1] ?? '')),
          );
      }),
      { numRuns: 150 },
    );
  });

  test('texts that share long beginnings, in thousands, gives the natural order', () => {
    const column = new TextColumn();
    const texts: string[] = [];
    for (let i = 0; i < 6000; i++) {
      const k = (i * 7919) % 6007;
      const zeros = '0'.repeat(k % 3);
      texts.push(
        [
          `n${k % 7}_${(k * 31) % 5003}_${k}.jpg`,
          `IMG_${zeros}${k >> 2} (${k % 4}).jpg`,
          `${1704067200000 + k}é${k % 5}`,
        ][i % 3] ?? '',
      );
      column.write(i, texts[i] ?? '');
    }
    const ids = Uint32Array.from(texts.keys());
    for (const _ of sortByText(column, ids));
    const expected = [...texts.keys()].sort((a, b) => compareNatural(texts[a] ?? '', texts[b] ?? ''));
    expect([...ids]).toEqual(expected);
  });

  test('by radix is a stable sort by key, short and long, narrow and wide', () => {
    for (const n of [0, 1, 100, 5000])
      for (const spread of [3, 2000, 2 ** 32]) {
        let seed = n + spread;
        const next = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0);
        const high = Uint32Array.from({ length: n }, () => next() % spread);
        const low = Uint32Array.from({ length: n }, () => next() % spread);
        const expected = [...high.keys()];
        const byHigh = (a: number, b: number): number => (high[a] ?? 0) - (high[b] ?? 0);
        const ids = Uint32Array.from(expected);
        radixSort(ids, high.slice());
        expect([...ids]).toEqual(expected.slice().sort(byHigh));
        const wideIds = Uint32Array.from(expected);
        const [movedHigh, movedLow] = [high.slice(), low.slice()];
        for (const _ of radixSortWide(wideIds, movedHigh, movedLow));
        expect(movedHigh).toEqual(wideIds.map((id) => high[id] ?? 0));
        expect(movedLow).toEqual(wideIds.map((id) => low[id] ?? 0));
        expect([...wideIds]).toEqual(expected.slice().sort((a, b) => byHigh(a, b) || (low[a] ?? 0) - (low[b] ?? 0)));
      }
  });
});
