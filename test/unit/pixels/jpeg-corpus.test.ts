// The decoder of deep JPEG against the pictures of libjpeg, on the corpus' files of 8 bits, where it is present: both go the same way.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { isYcc, yccToRgb } from '../../../src/pixels/jpeg/colour.ts';
import { decodeDct } from '../../../src/pixels/jpeg/dct.ts';
import { readJpegFrame } from '../../../src/pixels/jpeg/frame.ts';
import type { CorpusEntry } from '../../corpus/judge.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpora/jpeg/', import.meta.url));
type Display = NonNullable<NonNullable<CorpusEntry['expect']>['display']>;
interface Entry extends Omit<CorpusEntry, 'expect'> {
  kind: string[];
  expect?: { width: number; height: number; channels?: number; display?: Display };
}
const entries: Entry[] = existsSync(`${corpus}index.jsonl`)
  ? readFileSync(`${corpus}index.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];
const chosen = entries.filter(({ tier, format, expect: expected }) => {
  const { width = 0, height = 0, channels = 0 } = expected ?? {};
  return tier === 'A' && format === 'jpeg' && (channels === 1 || channels === 3) && width * height < 300_000;
});

describe.skipIf(chosen.length === 0)('the JPEG corpus', () => {
  test('comes out with the means of libjpeg, whatever its sampling, scans and restarts', { timeout: 60_000 }, () => {
    const off: string[] = [];
    for (const { file, expect: expected } of chosen) {
      const bytes = new Uint8Array(readFileSync(corpus + file));
      const frame = readJpegFrame(bytes);
      const { samples, have } = decodeDct(bytes, frame);
      const channels = frame.components.length;
      if (channels === 3 && isYcc(frame, true)) yccToRgb(samples, 8);
      const sums = [0, 0, 0];
      for (let i = 0; i < samples.length; i++) {
        if (channels === 3) sums[i % 3] = (sums[i % 3] ?? 0) + (samples[i] ?? 0);
        else for (let c = 0; c < 3; c++) sums[c] = (sums[c] ?? 0) + (samples[i] ?? 0);
      }
      const count = samples.length / channels;
      const by = Math.max(...sums.map((sum, c) => Math.abs(sum / count - (expected?.display?.mean_rgb[c] ?? 0))));
      // the two transforms round differently, by less than a level
      if (by > 0.35 || have < samples.length) off.push(`${file}: ${by.toFixed(2)}, ${have} of ${samples.length}`);
    }
    expect(off).toEqual([]);
    expect(chosen.length).toBeGreaterThan(100);
  });
});
