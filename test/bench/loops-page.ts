// Opens a page that holds our sources beside bare loops: bundled into a copy of the built application, so that origin, headers and policy are the same.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { serve } from '../../.scripts/serve.mjs';
import type { BenchTools, Row } from './types.ts';

declare global {
  interface Window {
    /** Set by the loops. */
    runBench(print: (line: string) => void): Promise<Row[]>;
  }
}

const root = join(import.meta.dirname, '..', '..');

export interface LoopsPage {
  /** The loops, at `/bench/`. */
  page: Page;
  /** Where the application itself is at `/`. */
  origin: string;
}

/** Bundles `test/bench/<name>-loops.ts` with its workers, opens it, and takes everything down after `use`. */
export async function withLoops<T>(
  { context, print }: Pick<BenchTools, 'context' | 'print'>,
  name: string,
  use: (at: LoopsPage) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), `vitrine-${name}-`));
  cpSync(join(root, 'dist'), folder, { recursive: true });
  await build({
    configFile: false,
    root, // where models/ is
    publicDir: false,
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir: join(folder, 'bench'),
      emptyOutDir: true,
      target: 'esnext',
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: join(import.meta.dirname, `${name}-loops.ts`),
        output: { entryFileNames: 'loops.js' },
      },
    },
  });
  const head = '<!doctype html><title>Benchmark</title>';
  writeFileSync(join(folder, 'bench', 'index.html'), `${head}<script type="module" src="./loops.js"></script>`);
  const server = await serve({ folder, port: 0 });
  const page = await context.newPage();
  try {
    page.on('console', (message) => message.type() === 'log' && print(message.text()));
    page.on('pageerror', (error) => print(error.message));
    await page.goto(`${server.origin}/bench/`);
    await page.waitForFunction(() => 'runBench' in window);
    return await use({ page, origin: server.origin });
  } finally {
    await page.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
