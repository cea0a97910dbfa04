// Embedding: the engine's queue and the whole job, with the shipped backbone, against the bare loops they are made of.
import { withLoops } from './loops-page.ts';
import type { BenchTools, Row } from './types.ts';

export const name = 'Embedding';

export function run({ context, print }: BenchTools): Promise<Row[]> {
  return withLoops({ context, print }, 'embed', ({ page }) =>
    page.evaluate(() => window.runBench((line) => console.log(line))),
  );
}
