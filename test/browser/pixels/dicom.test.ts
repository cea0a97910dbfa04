// DICOM frames whose codecs need a browser: lossy JPEG by the browser itself, the others by the bundled WebAssembly.
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/pixels/decode.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import { dataSet, dicomFile, encapsulated, image, metaGroup } from '../../support/dicom.ts';
import { type CorpusFile, fetchShared, judge, readIndex } from './corpus.ts';

const files = await readIndex('dcm');
/** Predictor 0 is no lossless JPEG, whatever the transfer syntax says. */
const isDct = ({ kind }: CorpusFile): boolean =>
  kind.some((k) => /^jpeg-(baseline|extended|progressive|predictor0)/.test(k));

async function outcome({ file, expect: expected, tolerance }: CorpusFile): Promise<string> {
  const blob = await fetchShared(`corpora/dcm/${file}`);
  if (blob === undefined || expected === undefined) return 'not in the corpus';
  try {
    const bounds = { max_abs: tolerance?.max_abs ?? 255, mean_abs: tolerance?.mean_abs ?? 3 };
    return await judge(await decode(blob, {}), expected, bounds);
  } catch (error) {
    return error instanceof VitrineError ? `${error.code}: ${error.message}` : String(error);
  }
}

test('a JPEG of the browser comes back in its colours, whatever the header calls them', async () => {
  const canvas = new OffscreenCanvas(16, 16).getContext('2d');
  if (canvas === null) throw new Error('no canvas');
  canvas.fillStyle = 'rgb(200, 50, 100)';
  canvas.fillRect(0, 0, 16, 16);
  const jpeg = await canvas.canvas.convertToBlob({ type: 'image/jpeg', quality: 1 });
  const fragments = encapsulated([new Uint8Array(await jpeg.arrayBuffer())]);
  for (const photometric of ['YBR_FULL_422', 'RGB']) {
    const colours = image(16, 16, { '00280002': ['US', [3]], '00280004': ['CS', photometric] });
    const { data, facts } = await decode(dicomFile('1.2.840.10008.1.2.4.50', colours, fragments), {});
    expect(facts).toMatchObject({ format: 'dicom', width: 16, channels: 3 });
    [200, 50, 100, 255].forEach((v, c) => {
      expect(Math.abs((data[c] ?? -99) - v)).toBeLessThanOrEqual(2);
    });
  }
});

test('a deflated data set is read whatever stands behind the end of its stream', async () => {
  const elements = { ...image(2, 2), '7fe00010': ['OB', [0, 85, 170, 255]] } as const;
  const deflated = new Blob([dataSet(elements)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const packed = await new Response(deflated).blob();
  for (const behind of ['', '\0', '\0\0 something else']) {
    const file = new Blob([metaGroup('1.2.840.10008.1.2.1.99'), packed, behind]);
    const { data } = await decode(file, {});
    expect([...data].filter((_, i) => i % 4 === 0)).toEqual([0, 85, 170, 255]);
  }
});

describe.skipIf(files.length === 0)('the DICOM corpus', () => {
  test('shows lossy JPEG of 8 and 12 bits as the oracle does, whatever its colours are called', async () => {
    const wrong: string[] = [];
    for (const file of files.filter((f) => isDct(f) && f.tier !== 'X')) {
      const result = await outcome(file);
      if (!/^(equal|within)$/.test(result)) wrong.push(`${file.tier} ${file.file}: ${result}`);
    }
    expect(wrong).toEqual([]);
  });

  test('loads a bundled codec for JPEG-LS, JPEG 2000 and HTJ2K', async () => {
    for (const name of ['syn-jpegls-rgb', 'syn-j2k-rgb-rct-2frames-ext', 'syn-htj2k-lossless']) {
      const file = files.find((f) => f.file === `files/${name}.dcm`);
      if (file === undefined) throw new Error(`${name} is missing`);
      expect([name, await outcome(file)]).toEqual([name, 'equal']);
    }
  });
});
