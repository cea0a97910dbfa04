// Every DICOM file of the corpus, where it is present: pictures against its oracle, header fields against pydicom's readings.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { locateWasm } from '../../../src/pixels/dicom/codec/wasm.ts';
import { decode } from '../../../src/pixels/dicom/decode.ts';
import { ageInYears, isoDate, readTags } from '../../../src/pixels/dicom/tags.ts';
import { sniffFormat } from '../../../src/pixels/formats.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpora/dcm/', import.meta.url));
/** Vite names a bundled file by its path below the repository. */
const repository = fileURLToPath(new URL('../../..', import.meta.url));
locateWasm((url) => repository + url.replace(/\?.*$/, ''));

interface Entry {
  file: string;
  tier: 'A' | 'B' | 'E' | 'X';
  kind: string[];
  tolerance: { mean_abs: number | null } | null;
  expect: {
    width?: number;
    height?: number;
    frames?: number;
    display?: { sha256: string; mean_rgb: number[] };
    tags?: Record<string, string | number | number[] | null>;
  } | null;
}

const entries: Entry[] = existsSync(`${corpus}index.jsonl`)
  ? readFileSync(`${corpus}index.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];

const open = (file: string): Blob => new Blob([readFileSync(corpus + file)]);
const decodeBlob = (file: Blob) => decode(file, {}, { head: new Uint8Array(), maxPixels: 1e8 });
const read = (file: string) => decodeBlob(open(file));

/** Lossy JPEG needs a browser (test/browser/pixels/dicom.test.ts); predictor 0 is no lossless JPEG, whatever the file says. */
const needsBrowser = ({ kind }: Entry): boolean =>
  kind.some((k) => /^jpeg-(baseline|extended|progressive|predictor0)/.test(k));

/** Tier B and E files that are refused, and why. */
const refused = new Map([
  // the delimiter stands in place of the width in the codestream's own header: nothing says how to decode it
  ['files/pydicom-JPEG2000-embedded-sequence-delimiter.dcm', 'too-large'],
]);
/** Lossy codestreams where two decoders round differently. */
const nearly = new Set(['files/pydata-HTJ2K_08_RGB.dcm']);

const pictures = entries.filter((e) => e.tier !== 'X' && e.expect?.display && !needsBrowser(e) && !refused.has(e.file));

// generous: several run at once on small machines
const timeout = 60_000;

describe.skipIf(entries.length === 0)('files of others', { timeout }, () => {
  test.each(pictures.map((e) => [e.file, e] as const))('%s', async (_, entry) => {
    const { data, width, height, facts } = await read(entry.file);
    const { expect: expected } = entry;
    expect([width, height, facts.frames]).toEqual([expected?.width, expected?.height, expected?.frames]);
    const rgb = Uint8Array.from({ length: width * height * 3 }, (__, i) => data[Math.floor(i / 3) * 4 + (i % 3)] ?? 0);
    if (nearly.has(entry.file)) {
      for (const channel of [0, 1, 2]) {
        let sum = 0;
        for (let i = channel; i < rgb.length; i += 3) sum += rgb[i] ?? 0;
        const difference = (3 * sum) / rgb.length - (expected?.display?.mean_rgb[channel] ?? -99);
        expect(Math.abs(difference)).toBeLessThan(entry.tolerance?.mean_abs ?? 0);
      }
    } else expect(createHash('sha256').update(rgb).digest('hex')).toBe(expected?.display?.sha256);
  });

  test('a codestream that ends behind the frame that is shown does not matter', async () => {
    const { facts } = await read('files/pydata-emri_small_jpeg_2k_lossless_too_short.dcm');
    expect(facts).toMatchObject({ frames: 10, width: 64, height: 64 });
  });

  test.each([...refused])('%s is refused', async (file, code) => {
    await expect(read(file)).rejects.toMatchObject({ name: 'VitrineError', code });
  });

  test.each(entries.filter((e) => e.tier === 'X').map((e) => e.file))('%s is refused with a reason', async (file) => {
    const error = await read(file).catch((e: unknown) => e);
    expect(error).toMatchObject({
      name: 'VitrineError',
      code: expect.stringMatching(/^(unreadable|unsupported|too-large)$/),
    });
    expect(String(error)).toMatch(/: [A-Z][^\n]+\.$/);
  });

  test('every file of tiers A, B and E is recognised by its first bytes', () => {
    const others = entries
      .filter(({ tier }) => tier !== 'X')
      .filter(({ file }) => sniffFormat(readFileSync(corpus + file).subarray(0, 65_536)) !== 'dicom');
    expect(others.map(({ file }) => file)).toEqual([]);
  });
});

describe.skipIf(entries.length === 0)('damaged files of others', { timeout }, () => {
  /** Files of every codec that runs outside of a browser. */
  const names = ['j2k-u16', 'jpegls-rgb', 'jpegls-u16-fragments-no-bot', 'jpeg-lossless-16', 'htj2k-rgb', 'rle-u16'];

  test.each(names)(
    '%s: whatever bytes change or are missing, it ends with a picture or with a reason',
    async (name) => {
      const whole = readFileSync(`${corpus}files/syn-${name}.dcm`);
      const damage = fc.record({
        cut: fc.option(fc.nat(whole.length)),
        changes: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
      });
      await fc.assert(
        fc.asyncProperty(damage, async ({ cut, changes }) => {
          const bytes = Uint8Array.from(whole);
          for (const [at, value] of changes) bytes[132 + (at % (bytes.length - 132))] = value;
          const file = new Blob([bytes.subarray(0, cut ?? bytes.length)]);
          const result = await decodeBlob(file).catch((error: unknown) => error);
          if (result instanceof Error) expect(result).toMatchObject({ name: 'VitrineError' });
          else expect(result).toMatchObject({ facts: { format: 'dicom' } });
        }),
        { numRuns: 25 },
      );
    },
  );

  // CharLS alone searches for more than a minute behind the end of this one
  test('a cut JPEG-LS codestream is refused at once', async () => {
    const bytes = Uint8Array.from(readFileSync(`${corpus}files/syn-jpegls-rgb.dcm`)).subarray(0, 1043);
    bytes.set([12], 689);
    await expect(decodeBlob(new Blob([bytes]))).rejects.toMatchObject({ code: 'unreadable' });
  });
});

// a data set that grows a thousandfold when it is inflated is not read, also for its fields
const tagged = entries.filter(({ expect: expected, kind }) => expected?.tags && !kind.includes('bomb'));
describe.skipIf(tagged.length === 0)('header fields', () => {
  /** pydicom's reading of an attribute, in our form. */
  const expected = (tags: NonNullable<NonNullable<Entry['expect']>['tags']>): Record<string, unknown> => {
    const value = (name: string, index = 0): string | number | undefined => {
      const found = tags[name];
      return (Array.isArray(found) ? found[index] : found) ?? undefined;
    };
    const words = (name: string): string | undefined => value(name)?.toString().trim();
    return {
      modality: words('Modality'),
      body_part: words('BodyPartExamined'),
      view_position: words('ViewPosition'),
      rows: value('Rows'),
      columns: value('Columns'),
      row_spacing: value('PixelSpacing'),
      column_spacing: value('PixelSpacing', 1),
      window_center: value('WindowCenter'),
      window_width: value('WindowWidth'),
      manufacturer: words('Manufacturer'),
      study_uid: words('StudyInstanceUID'),
      study_date: isoDate(words('StudyDate')),
      patient_age: ageInYears(words('PatientAge')),
      patient_sex: words('PatientSex'),
      patient_name: words('PatientName'),
      patient_id: words('PatientID'),
    };
  };

  test.each(tagged.map((e) => [e.file, e] as const))('of %s are those that pydicom reads', async (_, entry) => {
    const wanted = expected(entry.expect?.tags ?? {});
    const tags = await readTags(open(entry.file));
    expect(Object.fromEntries(Object.keys(wanted).map((name) => [name, tags[name]]))).toEqual(wanted);
  });
});
