// TIFF files whose strips the browser or WebAssembly decodes, from the corpus where it is present.
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/pixels/decode.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import { fetchShared, judge, readIndex } from './corpus.ts';

const files = (await readIndex('tiff')).filter(({ tier, kind }) => {
  const coded = kind.some((word) => ['jpeg', 'jpeg-old', 'webp', 'zstd', 'lerc', 'deflate'].includes(word));
  return coded && (tier === 'A' || tier === 'E');
});

async function outcome(file: (typeof files)[number]): Promise<string> {
  const blob = await fetchShared(`corpora/tiff/${file.file}`);
  if (blob === undefined || file.expect === undefined) return 'not in the corpus';
  try {
    const max = file.tolerance?.max_abs ?? Number.POSITIVE_INFINITY;
    return await judge(await decode(blob, {}), file.expect, { max_abs: max, mean_abs: file.tolerance?.mean_abs ?? 0 });
  } catch (error) {
    return error instanceof VitrineError ? `${error.code}: ${error.message}` : String(error);
  }
}

describe.skipIf(files.length === 0)('the TIFF corpus in the browser', () => {
  test('JPEG, WebP, Zstandard, LERC and deflate are shown as expected, lossless JPEG too', async () => {
    const others: string[] = [];
    for (const file of files) {
      const result = await outcome(file);
      if (result !== 'equal' && result !== 'within') others.push(`${file.file}: ${result}`);
    }
    expect(others).toEqual([]);
  });
});
