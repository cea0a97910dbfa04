// A known dataset of 1,331,166 rows: opening it from the store, labelling in it, exporting all of it.
import { withLoops } from './loops-page.ts';
import type { BenchTools, Row } from './types.ts';

export const name = 'Store and export: 1,331,166 rows';

export function run({ context, print }: BenchTools): Promise<Row[]> {
  return withLoops({ context, print }, 'store', ({ page }) =>
    page.evaluate(() => window.runBench((line) => console.log(line))),
  );
}
