// PNG of 16 bits by its samples: every filter, interlace and colour type, ranges, transparency, cut files.
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeDeep, measureDeep } from '../../../src/pixels/png/decode.ts';
import { hasRange, isMeasurable } from '../../../src/pixels/png/deep.ts';
import type { RangeRule } from '../../../src/pixels/types.ts';

interface Picture {
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
  samples: number[];
}

const u32 = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
/** Checksums are not read, so that none is written. */
const chunk = (name: string, content: Uint8Array | number[]): Buffer =>
  Buffer.concat([
    Buffer.from(u32(content.length)),
    Buffer.from(name, 'latin1'),
    Buffer.from(content),
    Buffer.from([0, 0, 0, 0]),
  ]);

const passes: [left: number, top: number, across: number, down: number][] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

/** The filter of the specification as it is written there, so that the decoder's inverse is held against something else. */
function filtered(type: number, row: number[], above: number[] | undefined, step: number): number[] {
  return row.map((x, i) => {
    const [a, b, c] = [row[i - step] ?? 0, above?.[i] ?? 0, i < step ? 0 : (above?.[i - step] ?? 0)];
    const nearest = [a, b, c].reduce((best, v) => (Math.abs(a + b - c - v) < Math.abs(a + b - c - best) ? v : best));
    return (x - ([0, a, b, Math.floor((a + b) / 2), nearest][type] ?? 0)) & 255;
  });
}

function png(
  { width, height, channels, samples }: Picture,
  { interlaced = false, filters = [0], between = [] as Buffer[], cut = 1 } = {},
): Blob {
  const raw: number[] = [];
  let n = 0;
  for (const [left, top, across, down] of interlaced ? passes : [[0, 0, 1, 1] as const]) {
    let above: number[] | undefined;
    for (let y = top; y < height; y += down) {
      const row: number[] = [];
      for (let x = left; x < width; x += across)
        for (let c = 0; c < channels; c++) {
          const v = samples[(y * width + x) * channels + c] ?? 0;
          row.push(v >> 8, v & 255);
        }
      if (row.length === 0) continue;
      const type = filters[n++ % filters.length] ?? 0;
      raw.push(type, ...filtered(type, row, above, channels * 2));
      above = row;
    }
  }
  const type = { 1: 0, 2: 4, 3: 2, 4: 6 }[channels];
  const data = deflateSync(Uint8Array.from(raw));
  const half = Math.floor(data.length / 2);
  const whole = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', [...u32(width), ...u32(height), 16, type, 0, 0, interlaced ? 1 : 0]),
    ...between,
    chunk('IDAT', data.subarray(0, half)),
    chunk('IDAT', data.subarray(half)),
    chunk('IEND', []),
  ]);
  return new Blob([new Uint8Array(whole.subarray(0, Math.ceil(whole.length * cut)))]);
}

async function shown(file: Blob, range: RangeRule = 'full'): Promise<number[]> {
  const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
  const { data } = await decodeDeep(file, { range }, { head, maxPixels: 1e6 });
  return [...data];
}

const picture: fc.Arbitrary<Picture> = fc
  .record({
    width: fc.integer({ min: 1, max: 11 }),
    height: fc.integer({ min: 1, max: 11 }),
    channels: fc.constantFrom(1, 2, 3, 4),
  })
  .chain(({ width, height, channels }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      channels: fc.constant(channels as 1 | 2 | 3 | 4),
      samples: fc.array(fc.integer({ min: 0, max: 65_535 }), {
        minLength: width * height * channels,
        maxLength: width * height * channels,
      }),
    }),
  );
const byte = (v: number): number => Math.floor((v * 255) / 65_535 + 0.5);

test('samples come through every filter and interlace, over white by their alpha', async () => {
  const filters = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(picture, filters, fc.boolean(), async (given, chosen, interlaced) => {
      const { channels, samples } = given;
      const expected: number[] = [];
      for (let i = 0; i < samples.length; i += channels) {
        const alpha = channels % 2 === 0 ? byte(samples[i + channels - 1] ?? 0) : 255;
        for (let c = 0; c < 3; c++) {
          const v = byte(samples[i + (channels >= 3 ? c : 0)] ?? 0);
          expected.push(Math.floor((v * alpha + 255 * (255 - alpha)) / 255 + 0.5));
        }
        expected.push(255);
      }
      expect(await shown(png(given, { interlaced, filters: chosen }))).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

test('a range is that of the colours, and the colour that is named transparent is white', async () => {
  const gray = { width: 4, height: 1, channels: 1 as const, samples: [100, 200, 300, 1000] };
  expect((await shown(png(gray), 'file')).filter((_, i) => i % 4 === 0)).toEqual([0, 28, 57, 255]);
  expect((await shown(png(gray), { low: 100, high: 300 })).filter((_, i) => i % 4 === 0)).toEqual([0, 128, 255, 255]);
  const between = [chunk('tRNS', [0, 200])];
  expect((await shown(png(gray, { between }), 'file')).filter((_, i) => i % 4 === 0)).toEqual([0, 255, 57, 255]);
  const alpha = { width: 2, height: 1, channels: 2 as const, samples: [10, 65_535, 20, 65_535] };
  expect((await shown(png(alpha), 'file')).filter((_, i) => i % 4 === 0)).toEqual([0, 255]);
});

test('a cut file shows what is there and says how much; one without pixels is refused', async () => {
  const samples = Array.from({ length: 40 * 40 }, (_, i) => (i * 7919) % 65_536);
  const file = png({ width: 40, height: 40, channels: 1, samples }, { cut: 0.5 });
  const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
  const { facts, data } = await decodeDeep(file, { range: 'file' }, { head, maxPixels: 1e6 });
  expect(facts.warning).toMatch(/^The PNG is cut off or damaged: [1-9]\d? %/);
  expect(new Set(data.filter((_, i) => i % 4 === 0)).size).toBeGreaterThan(100);
  const empty = file.slice(0, 44); // three bytes of pixel data
  await expect(shown(empty)).rejects.toMatchObject({ code: 'unreadable' });
  await expect(decodeDeep(file, {}, { head, maxPixels: 100 })).rejects.toMatchObject({ code: 'too-large' });
});

test('only PNG of 16 bits is looked into, and only for a range or its values', async () => {
  const deep = new Uint8Array(await png({ width: 1, height: 1, channels: 1, samples: [5] }).arrayBuffer());
  const flat = deep.slice();
  flat[24] = 8;
  expect(hasRange('png', deep, { range: 'file' })).toBe(true);
  for (const view of [{}, { range: 'full' as const }]) expect(hasRange('png', deep, view)).toBe(false);
  expect(hasRange('png', flat, { range: 'file' })).toBe(false);
  expect([isMeasurable('png', deep), isMeasurable('png', flat), isMeasurable('jpeg', deep)]).toEqual([
    true,
    false,
    false,
  ]);
  const values = await measureDeep(new Blob([deep]), { head: deep, maxPixels: 10 });
  expect(values).toMatchObject({ found: { low: 5, high: 6 }, declared: { low: 0, high: 65_535 } });
  expect(await measureDeep(new Blob([deep.subarray(0, 40)]), { head: deep, maxPixels: 10 })).toBeUndefined();
});
