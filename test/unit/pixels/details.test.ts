// Header details: as the reference readers say, from few bytes, and EXIF date, camera and position.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readExif } from '../../../src/pixels/details/exif.ts';
import { readFileDetails } from '../../../src/pixels/details/read.ts';

/** A file that counts the bytes that are read of it. */
function counted(bytes: Uint8Array<ArrayBuffer>): { file: Blob; read: () => number } {
  let read = 0;
  const file = new Blob([bytes]);
  const slice = file.slice.bind(file);
  Object.assign(file, {
    slice: (from = 0, to = file.size) => {
      read += Math.min(to, file.size) - Math.min(from, file.size);
      return slice(from, to);
    },
    arrayBuffer: () => {
      throw new Error('the whole file was asked for');
    },
  });
  return { file, read: () => read };
}

const ascii = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));
const u16 = (value: number): number[] => [value & 255, value >> 8];
const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];
const rational = (n: number, d: number): number[] => [...u32(n), ...u32(d)];

interface Tag {
  tag: number;
  type: number;
  count: number;
  bytes: number[];
}
const text = (tag: number, value: string): Tag => ({
  tag,
  type: 2,
  count: value.length + 1,
  bytes: [...ascii(value), 0],
});

/** A directory at `at`, its long values right behind it. */
function directory(at: number, tags: Tag[]): number[] {
  const end = at + 2 + tags.length * 12 + 4;
  const values: number[] = [];
  const entries = tags.flatMap(({ tag, type, count, bytes }) => {
    const head = [...u16(tag), ...u16(type), ...u32(count)];
    if (bytes.length <= 4) return [...head, ...bytes, ...Array<number>(4 - bytes.length).fill(0)];
    const place = end + values.length;
    values.push(...bytes);
    return [...head, ...u32(place)];
  });
  return [...u16(tags.length), ...entries, ...u32(0), ...values];
}

/** What a camera writes: 29 February 2024, 13:45:10, at 33° 51′ 31.2″ S, 151° 12′ 40.5″ E. */
function cameraExif(): Uint8Array {
  const pointer = (tag: number, value: number): Tag => ({ tag, type: 4, count: 1, bytes: u32(value) });
  const main = (exif: number, gps: number) =>
    directory(8, [text(0x010f, 'Canon Inc.'), text(0x0110, 'EOS R5'), pointer(0x8769, exif), pointer(0x8825, gps)]);
  const exifAt = 8 + main(0, 0).length;
  const exif = directory(exifAt, [text(0x9003, '2024:02:29 13:45:10')]);
  const gpsAt = exifAt + exif.length;
  const gps = directory(gpsAt, [
    text(1, 'S'),
    { tag: 2, type: 5, count: 3, bytes: [...rational(33, 1), ...rational(51, 1), ...rational(312, 10)] },
    text(3, 'E'),
    { tag: 4, type: 5, count: 3, bytes: [...rational(151, 1), ...rational(12, 1), ...rational(405, 10)] },
  ]);
  return Uint8Array.from([...ascii('II'), ...u16(42), ...u32(8), ...main(exifAt, gpsAt), ...exif, ...gps]);
}

const exifOf = async (bytes: Uint8Array): Promise<Record<string, unknown>> => {
  const details = await readExif(async (offset, length) => bytes.subarray(offset, offset + length));
  return Object.fromEntries(details.map(({ field, value }) => [field.name, value]));
};

/** A JPEG header with EXIF data and a frame of 6000 × 4000, then bytes that nobody needs. */
function photograph(): Uint8Array<ArrayBuffer> {
  const exif = [...ascii('Exif'), 0, 0, ...cameraExif()];
  const app1 = [0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 255, ...exif];
  const frame = [0xff, 0xc0, 0, 17, 8, 4000 >> 8, 4000 & 255, 6000 >> 8, 6000 & 255, 3];
  const rest = [1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xda, 0, 2];
  const header = Uint8Array.from([0xff, 0xd8, ...app1, ...frame, ...rest]);
  const bytes = new Uint8Array(8_000_000);
  bytes.set(header);
  return bytes;
}

const fieldsOf = ({ details }: Awaited<ReturnType<typeof readFileDetails>>): Record<string, unknown> =>
  Object.fromEntries(details.map(({ field, value }) => [field.name, value]));

describe('EXIF', () => {
  test('gives date, camera and position; the position is marked as leading to a person', async () => {
    expect(await exifOf(cameraExif())).toEqual({
      taken: Date.UTC(2024, 1, 29, 13, 45, 10),
      camera: 'Canon Inc. EOS R5',
      latitude: -33.8586667,
      longitude: 151.21125,
    });
    const bytes = cameraExif();
    const details = await readExif(async (offset, length) => bytes.subarray(offset, offset + length));
    expect(details.filter(({ field }) => field.sensitive).map(({ field }) => field.name)).toEqual([
      'latitude',
      'longitude',
    ]);
  });

  test('never throws, and gives only finite numbers, whatever the bytes say', async () => {
    const exif = cameraExif();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(exif.length - 1), fc.nat(255)), { maxLength: 12 }),
        fc.nat(exif.length),
        async (changes, length) => {
          const bytes = exif.slice(0, length);
          for (const [at, value] of changes) if (at < length) bytes[at] = value;
          for (const value of Object.values(await exifOf(bytes)))
            if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('file details', () => {
  test('of an 8 MB photograph come from its first 4 KiB', async () => {
    const { file, read } = counted(photograph());
    const details = await readFileDetails(file);
    expect(details).toMatchObject({ format: 'jpeg', width: 6000, height: 4000 });
    expect(fieldsOf(details)).toMatchObject({ bits: 8, channels: 3, camera: 'Canon Inc. EOS R5' });
    expect(fieldsOf(details)).not.toHaveProperty('frames');
    expect(read()).toBe(4_096);
  });

  test('of a 16-bit graymap give its depth, whatever stands in comments', async () => {
    const header = `P5\n#${'x'.repeat(10_000)}\n640 480\n4095\n`;
    const bytes = new Uint8Array(header.length + 640 * 480 * 2);
    bytes.set(ascii(header));
    const { file, read } = counted(bytes);
    const details = await readFileDetails(file);
    expect(details).toMatchObject({ format: 'pnm', width: 640, height: 480 });
    expect(fieldsOf(details)).toEqual({ bits: 12, channels: 1 });
    expect(read()).toBeLessThan(40_000);
  });

  test('of a TIFF whose directory stands at its end are read there', async () => {
    const pixels = 4_000_000;
    const short = (tag: number, value: number): Tag => ({ tag, type: 3, count: 1, bytes: u16(value) });
    const end = directory(8 + pixels, [
      short(256, 2000),
      short(257, 1000),
      short(258, 16),
      text(0x0110, 'Scanner 9'),
      short(274, 6),
      short(277, 1),
    ]);
    const bytes = new Uint8Array(8 + pixels + end.length);
    bytes.set([...ascii('II'), ...u16(42), ...u32(8 + pixels)]);
    bytes.set(end, 8 + pixels);
    const { file, read } = counted(bytes);
    const details = await readFileDetails(file);
    // orientation 6 turns a quarter
    expect(details).toMatchObject({ format: 'tiff', width: 1000, height: 2000 });
    expect(fieldsOf(details)).toEqual({ bits: 16, channels: 1, camera: 'Scanner 9' });
    expect(read()).toBeLessThan(40_000);
  });

  test('tell that a file bears the extension of another format, in any case, whether it can be read or not', async () => {
    const named = async (name: string, bytes: Uint8Array<ArrayBuffer>) =>
      fieldsOf(await readFileDetails(Object.assign(new Blob([bytes]), { name }))).wrong_extension;
    expect(await named('a.PNG', photograph())).toBe(true);
    expect(await named('a.png', photograph().slice(0, 40))).toBe(true);
    expect(await named('a.JPEG', photograph())).toBeUndefined();
    // no extension, or one of no picture, is a name like any other
    expect(await named('a', photograph())).toBeUndefined();
    expect(await named('1.2.840.113', photograph())).toBeUndefined();
    expect(await named('a.jpg', Uint8Array.of(1, 2, 3))).toBeUndefined();
  });

  test('of a damaged or unknown file are its format alone', async () => {
    const cut = counted(photograph().slice(0, 40));
    expect(await readFileDetails(cut.file)).toEqual({ format: 'jpeg', details: [] });
    expect(await readFileDetails(counted(new Uint8Array(0)).file)).toEqual({ format: 'unknown', details: [] });
  });
});

const corpora = resolve('../shared/corpora');
interface Line {
  file: string;
  tier: string;
  expect?: { width?: number; height?: number; frames?: number; pages?: number };
}

describe.skipIf(!existsSync(corpora))('details of the corpora', () => {
  test.each(['png', 'jpeg', 'webp', 'bmp', 'pnm', 'tiff', 'dcm'])(
    'give the size that the reference reader gives: %s',
    async (name) => {
      const folder = resolve(corpora, name);
      const lines = readFileSync(resolve(folder, 'index.jsonl'), 'utf8').trim().split('\n');
      const wrong: string[] = [];
      let compared = 0;
      for (const line of lines) {
        const { file, tier, expect: said } = JSON.parse(line) as Line; // the corpus' README describes its lines
        if (tier !== 'A' || said?.width === undefined) continue;
        const { width, height, details } = await readFileDetails(new Blob([readFileSync(resolve(folder, file))]));
        const frames = details.find(({ field }) => field.name === 'frames')?.value ?? 1;
        compared++;
        if (width !== said.width || height !== said.height) wrong.push(`${file}: ${width} × ${height}`);
        else if (['tiff', 'dcm'].includes(name) && frames !== (said.frames ?? said.pages ?? 1))
          wrong.push(`${file}: ${frames} frames`);
      }
      expect(compared).toBeGreaterThan(0);
      expect(wrong).toEqual([]);
    },
  );
});
