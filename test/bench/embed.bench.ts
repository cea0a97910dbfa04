// Embedding: the engine's queue and the whole job, with the shipped backbone, against the bare loops they are made of.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { serve } from '../../.scripts/serve.mjs';
import type { BenchTools, Row } from './types.ts';

export const name = 'Embedding';

declare global {
  interface Window {
    /** Set by embed-loops.ts. */
    runBench(print: (line: string) => void): Promise<Row[]>;
  }
}

export async function run({ context, print }: BenchTools): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-embed-'));
  await build({
    configFile: false,
    root: join(import.meta.dirname, '..', '..'), // where models/ is
    publicDir: false,
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'esnext',
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: join(import.meta.dirname, 'embed-loops.ts'),
        output: { entryFileNames: 'loops.js' },
      },
    },
  });
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><title>Embedding</title><script type="module" src="./loops.js"></script>',
  );
  const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  writeFileSync(join(folder, 'headers.json'), JSON.stringify(isolation)); // threads need it
  const server = await serve({ folder, port: 0 });
  const page = await context.newPage();
  try {
    page.on('console', (message) => print(message.text()));
    await page.goto(server.origin);
    await page.waitForFunction(() => 'runBench' in window);
    return await page.evaluate(() => window.runBench((line) => console.log(line)));
  } finally {
    await page.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
}
