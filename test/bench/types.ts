// What a benchmark is: a file `*.bench.ts` or `*.bench.mjs` here that exports `name` and `run`.
import type { BrowserContext, Page } from '@playwright/test';

/** One promise and what was measured of it, in one run on one machine. */
export interface Row {
  /** What is measured, and against what. */
  what: string;
  /** Bound of the ratio, like '≤ 1.5' or '≥ 0.9'; 'report' where nothing is promised. */
  target: string;
  /** Ours and the yardstick, with units, like '1.20 s : 1.05 s'. */
  measured: string;
  /** Ours divided by the yardstick, or the other way round where the target is at least something; absent when there is no yardstick. */
  ratio?: number;
  note: string;
}

/** What a benchmark is given: the application at `origin`, open in `page`, in a browser with a fresh profile and its folders granted. */
export interface BenchTools {
  page: Page;
  context: BrowserContext;
  origin: string;
  /** Tells how far it is; the table comes from the rows. */
  print(line: string): void;
}

/** The exports of a benchmark file. */
export interface Bench {
  name: string;
  /** Takes many minutes: runs only when it is named. */
  long?: true;
  run(tools: BenchTools): Promise<Row[]>;
}
