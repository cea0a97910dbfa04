// Every tier A file of the raster corpora, where they are present, decodes to the oracle's picture.
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/pixels/decode.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import { type CorpusFile, fetchShared, judge, readIndex } from './corpus.ts';

async function outcome({ file, expect: expected, tolerance }: CorpusFile, corpus: string): Promise<string> {
  const blob = await fetchShared(`corpora/${corpus}/${file}`);
  if (blob === undefined || expected === undefined) return 'not in the corpus';
  try {
    return await judge(await decode(blob, {}), expected, tolerance);
  } catch (error) {
    return error instanceof VitrineError ? `${error.code}: ${error.message}` : String(error);
  }
}

for (const corpus of ['jpeg', 'png', 'webp', 'bmp']) {
  const files = await readIndex(corpus);
  describe.skipIf(files.length === 0)(`the ${corpus} corpus`, () => {
    test('shows tier A files as the oracle does', async () => {
      const native = files.filter(({ tier, format }) => tier === 'A' && format !== 'pnm');
      const wrong: string[] = [];
      for (const file of native) {
        const result = await outcome(file, corpus);
        if (result !== 'equal' && result !== 'within') wrong.push(`${file.file}: ${result}`);
      }
      expect(wrong).toEqual([]);
    });

    test('refuses tier X files with a sentence', async () => {
      const shown: string[] = [];
      for (const { file } of files.filter(({ tier }) => tier === 'X')) {
        const blob = await fetchShared(`corpora/${corpus}/${file}`);
        if (blob === undefined) throw new Error(`${file} is missing`);
        const error = await decode(blob, {}).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        const refused = error instanceof VitrineError && /^(unreadable|unsupported|too-large)$/.test(error.code);
        if (!refused || !/^[A-Z].*\.$/.test(error.message)) shown.push(`${file}: ${String(error)}`);
      }
      expect(shown).toEqual([]);
    });
  });
}

const jpegs = await readIndex('jpeg');
const pngs = await readIndex('png');
describe.skipIf(jpegs.length === 0)('cut-off files', () => {
  test.each([
    ['jpeg', 'syn_no_eoi.jpg', 'equal'],
    ['png', 'syn_no_iend.png', 'equal'],
    ['jpeg', 'syn_half.jpg', 'equal'], // equal to the lenient picture of the oracle
    ['bmp', 'syn_half.bmp', 'equal'],
  ])('shows %s/%s as far as it goes, with a warning', async (corpus, name, verdict) => {
    const index = corpus === 'jpeg' ? jpegs : corpus === 'png' ? pngs : await readIndex(corpus);
    const entry = index.find(({ file }) => file === `files/${name}`);
    const blob = await fetchShared(`corpora/${corpus}/files/${name}`);
    if (entry?.expect === undefined || blob === undefined) throw new Error(`${name} is missing`);
    const pixels = await decode(blob, {});
    expect(await judge(pixels, entry.expect, entry.tolerance)).toBe(verdict);
    expect(pixels.facts.warning).toMatch(/ends too early/);
  });

  test('shows the upper rows of a PNG whose data are cut', async () => {
    const [half, entry] = [
      await fetchShared('corpora/png/files/syn_half.png'),
      pngs.find(({ file }) => file === 'files/syn_half.png'),
    ];
    if (half === undefined || entry === undefined) throw new Error('syn_half.png is missing');
    const pixels = await decode(half, {});
    expect(pixels.facts.warning).toMatch(/ends too early/);
    const row = (y: number) => new Set(pixels.data.subarray(y * pixels.width * 4, (y + 1) * pixels.width * 4)).size;
    expect(row(0)).toBeGreaterThan(2);
    expect(row(pixels.height - 1)).toBe(1); // white
  });
});
