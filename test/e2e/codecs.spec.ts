// Decoders in the build: each codec once, in a chunk of its own that no page loads before a file needs it and that the service worker keeps for offline use.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openBrowser } from '../corpus/runner.ts';
import { bits, dicomFile, encapsulated, image } from '../support/dicom.ts';
import { losslessJpeg } from '../support/jpeg-lossless.ts';
import { basicTags, tiffFile } from '../support/tiff.ts';

/** What is in a codec's chunk and nowhere else: its name for binaries, a word of its code for scripts. */
const codecs: Readonly<Record<string, { name?: RegExp; word?: string }>> = {
  'JPEG-LS': { name: /^charlswasm.*\.wasm$/ },
  'JPEG 2000': { name: /^openjpegwasm.*\.wasm$/ },
  HTJ2K: { name: /^openjph.*\.wasm$/ },
  'frames of DICOM': { word: 'BitsAllocated); 1, 8, 16' },
  'RLE of DICOM': { word: 'Its RLE frame has' },
  'JPEG of our own': { word: 'lossless JPEG has subsampled colours' },
  'TIFF pages': { word: 'Its directory gives a chroma subsampling' },
  'JPEG, LERC and Zstandard of TIFF': { word: 'LERC data claim more pixels' },
  LERC: { name: /^lerc-.*\.js$/ },
  PNM: { word: ' rows are there.' },
};

const assets = join('dist', 'assets');

/** Files of the build that hold a codec. */
function chunksOf({ name, word }: { name?: RegExp; word?: string }): string[] {
  return readdirSync(assets).filter(
    (file) =>
      name?.test(file) === true ||
      (word !== undefined && file.endsWith('.js') && readFileSync(join(assets, file), 'utf8').includes(word)),
  );
}

test('every codec is in the build once, and in the list of files that are kept for offline use', () => {
  const kept = readFileSync(join('dist', 'sw.js'), 'utf8');
  for (const [codec, sign] of Object.entries(codecs)) {
    const chunks = chunksOf(sign);
    expect([codec, chunks.length]).toEqual([codec, 1]);
    for (const chunk of chunks) expect(kept).toContain(chunk);
  }
  // a chunk that is made for two workers must come out the same, or it would be kept twice
  const contents = readdirSync(assets)
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(assets, file), 'utf8').replace(/-[\w-]{8}\.js/g, ''));
  expect(new Set(contents).size).toBe(contents.length);
});

test('no decoder is loaded before a file needs it, and then only that file’s own', async ({ baseURL }) => {
  const { browser, context } = await openBrowser();
  const loaded = new Set<string>();
  context.on('request', (request) => loaded.add(request.url().split('/').at(-1) ?? ''));
  const page = await context.newPage();
  const loadedCodecs = (): string[] =>
    Object.entries(codecs)
      .filter(([, sign]) => chunksOf(sign).some((chunk) => loaded.has(chunk)))
      .map(([codec]) => codec);
  const decode = (bytes: Uint8Array) =>
    page.evaluate(
      async (given) => {
        const { facts } = await window.vitrine.decode(new Blob([new Uint8Array(given)]));
        return `${facts.format} ${facts.bits}`;
      },
      [...bytes],
    );
  try {
    await page.goto(baseURL ?? '');
    await page.waitForFunction(() => window.vitrine !== undefined);
    // a PNG: the workers have started and know the formats that the browser reads
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';
    expect(await decode(Buffer.from(png, 'base64'))).toBe('png 8');
    expect(loadedCodecs()).toEqual([]);

    const plain = { width: 2, height: 2, channels: 1, precision: 12, predictor: 1 };
    const jpeg = losslessJpeg([1, 2, 3, 4], plain);
    expect(await decode(tiffFile([{ tags: basicTags(2, 2), segments: [new Uint8Array(4)] }]))).toBe('tiff 8');
    expect(loadedCodecs()).toEqual(['TIFF pages']);
    const dicom = dicomFile('1.2.840.10008.1.2.4.70', image(2, 2, bits(16, 12)), encapsulated([jpeg]));
    expect(await decode(new Uint8Array(await dicom.arrayBuffer()))).toBe('dicom 12');
    expect(loadedCodecs()).toEqual(['frames of DICOM', 'JPEG of our own', 'TIFF pages']);
  } finally {
    await browser.close();
  }
});
