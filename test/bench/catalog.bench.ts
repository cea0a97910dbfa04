// The catalog's promises at 1,331,166 rows, each against a plain loop in the same worker of the same browser.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import type { Measured } from './catalog-loops.ts';
import type { BenchTools, Row } from './types.ts';

export const name = 'Catalog: 1,331,166 rows';

/** Bundles the loops with the catalog and runs them in a worker of a page of their own: the application's pages do not hold them. */
export async function run({ context, print }: BenchTools): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-catalog-'));
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      target: 'esnext',
      minify: false, // keeps the name that is called below
      lib: { entry: join(import.meta.dirname, 'catalog-loops.ts'), formats: ['es'], fileName: 'loops' },
    },
  });
  const loops = readFileSync(join(folder, 'loops.js'), 'utf8');
  rmSync(folder, { recursive: true });

  const origin = 'http://localhost:9'; // never asked for: every request is answered here
  const page = await context.newPage();
  page.on('console', (message) => print(message.text()));
  await page.route(`${origin}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Catalog</title>' }),
  );
  await page.goto(origin);
  const measured: Measured[] = await page.evaluate(async (code) => {
    const start = `${code}\nrun((line) => console.log(line)).then((rows) => postMessage(rows), (error) => { throw error; });`;
    const worker = new Worker(URL.createObjectURL(new Blob([start], { type: 'text/javascript' })), { type: 'module' });
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  }, loops);
  await page.close();
  return measured.map(({ what, target, ours, plain, unit, note }) => ({
    what,
    target,
    measured: `${ours.toFixed(1)} : ${plain.toFixed(1)} ${unit}`,
    ratio: ours / plain,
    note,
  }));
}
