// What the safety copy outside of the browser's database costs at 1,331,166 rows: edits, checkpoints, the first copy, coming back from it.
import { withLoops } from './loops-page.ts';
import type { BenchTools, Row } from './types.ts';

export const name = 'Safety copy: 1,331,166 rows';

export function run({ context, print }: BenchTools): Promise<Row[]> {
  return withLoops({ context, print }, 'copy', ({ page }) =>
    page.evaluate(() => window.runBench((line) => console.log(line))),
  );
}
