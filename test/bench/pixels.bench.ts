// Pixels: the pool's thumbnails and model inputs, against bare decoding loops over the same files.
import { withLoops } from './loops-page.ts';
import type { BenchTools, Row } from './types.ts';

export const name = 'Pixels';

export function run({ context, print }: BenchTools): Promise<Row[]> {
  return withLoops({ context, print }, 'pixels', ({ page }) =>
    page.evaluate(() => window.runBench((line) => console.log(line))),
  );
}
