// Decoders that are not the browser's: whole files to shown pixels, against their bare codecs.
import { withLoops } from './loops-page.ts';
import type { BenchTools, Row } from './types.ts';

export const name = 'Decoders';

export function run({ context, print }: BenchTools): Promise<Row[]> {
  return withLoops({ context, print }, 'decoders', ({ page }) =>
    page.evaluate(() => window.runBench((line) => console.log(line))),
  );
}
