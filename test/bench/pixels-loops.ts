// Thumbnails and model inputs from the application's pool against bare decoding loops in as many workers; opened by pixels.bench.ts.
import miniCard from '../../models/vitrine-mini/card.json';
import type { ModelInputSpec } from '../../src/pixels/types.ts';
import { createPool } from '../../src/workers/pool.ts';
import { folderOf, spawnPixels } from '../browser/workers/stack.ts';
import { ask } from './bare/ask.ts';
import type { DecodeLoop } from './bare/decode.worker.ts';
import { drawPhotographs } from './bare/photographs.ts';
import { compare, pair } from './bare/timing.ts';
import type { Row } from './types.ts';

const count = 240;
const rounds = 7;
const folder = 'photographs';
/** The longer side of thumbnails at the grid's usual size; 500 × 375 becomes 192 × 144. */
const longer = 192;
const thumbnail = { resizeWidth: 192, resizeHeight: 144 };

const miniInput = miniCard.input as unknown as ModelInputSpec; // JSON's types are wider; the card is checked by its own tests
/** The usual input of a ViT of 224 pixels: what DeiT's card says. */
const deitInput: ModelInputSpec = {
  ...miniInput,
  size: [224, 224],
  resize: { mode: 'shorter-side', size: 256, interpolation: 'bicubic', antialias: true },
};

export async function run(print: (line: string) => void): Promise<Row[]> {
  const blobs = await drawPhotographs(count);
  const names = blobs.map((_, i) => `${i}.jpg`);
  const bytes = blobs.reduce((sum, blob) => sum + blob.size, 0);
  print(`${count} JPEGs of ${(bytes / count / 1000).toFixed(0)} kB`);
  const handle = await folderOf(
    'bench-pixels',
    Object.fromEntries(blobs.map((blob, i) => [`${folder}/${i}.jpg`, blob])),
  );
  const inside = await handle.getDirectoryHandle(folder);

  const workers = Math.max(1, Math.min(navigator.hardwareConcurrency - 1, 8)); // as the page starts
  const inFlight = Math.max(2, Math.min(8, Math.ceil(16 / workers))); // as each of them reads
  const pool = createPool({ count: workers, spawn: spawnPixels });
  await pool.open({ kind: 'directory', handle });
  const paths = names.map((name) => `${folder}/${name}`);
  const loops = Array.from(
    { length: workers },
    () => new Worker(new URL('./bare/decode.worker.ts', import.meta.url), { type: 'module' }),
  );
  const bare = (resize?: DecodeLoop['resize']) => () =>
    Promise.all(
      loops.map((worker, i) => {
        const own = names.filter((_, at) => at % workers === i);
        return ask<number>(worker, {
          handle: inside,
          names: own,
          inFlight,
          ...(resize ? { resize } : {}),
        } satisfies DecodeLoop);
      }),
    );

  const row = (what: string, target: string, times: { ours: number; bare: number }, note: string): Row => {
    const measured = pair(times);
    print(`${what}: ${measured}`);
    const rate = `${(count / times.ours).toFixed(0)} pictures/s`;
    return { what, target, measured, ratio: times.bare / times.ours, note: `${rate}; ${note}` };
  };
  const small = await compare(
    rounds,
    () =>
      Promise.all(
        paths.map(async (path) => {
          const { bitmap } = await pool.call('thumbnail', { path, size: longer, priority: 'visible' });
          bitmap.close();
        }),
      ),
    bare(thumbnail),
  );
  const workersWord = `${workers} worker${workers > 1 ? 's' : ''}`;
  const rows = [
    row(
      `${count} thumbnails of 500 × 375 JPEGs, whole pool, against a bare createImageBitmap loop`,
      '≥ 0.9',
      small,
      `${workersWord}, ${inFlight} files in flight each; rate of the loop = 1`,
    ),
  ];
  for (const [title, input] of [
    ['vitrine-mini, 96 px', miniInput],
    ['DeiT, 256 → 224 px', deitInput],
  ] as const) {
    const inputs = await compare(
      rounds,
      () => Promise.all(paths.map((path) => pool.call('modelInput', { path, input }))),
      bare(),
    );
    rows.push(
      row(
        `${count} model inputs (${title}) of the same, against bare decoding and getImageData without a resize`,
        '≥ 0.7',
        inputs,
        'rate of the loop = 1',
      ),
    );
  }
  pool.close();
  for (const worker of loops) worker.terminate();
  await (await navigator.storage.getDirectory()).removeEntry('bench-pixels', { recursive: true });
  return rows;
}

Object.assign(window, { runBench: run });
