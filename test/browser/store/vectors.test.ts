// Vectors in OPFS: rows by id, read back in any order, one holder at a time.
import { expect, test } from 'vitest';

test('rows are written and read by id, survive closing, belong to one holder, and can be read beside it', async () => {
  const worker = new Worker(new URL('./vectors.worker.ts', import.meta.url), { type: 'module' });
  const results = await new Promise<Record<string, unknown>>((resolve, reject) => {
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage('go');
  });
  worker.terminate();
  const tenth = 0.0999755859375; // 0.1 in half precision
  expect(results.first).toEqual(Float32Array.of(7, 8, tenth, 0, 0, 0, 4, 5, 6, 1, 2, 3, 0, 0, 0));
  expect(results.beside).toEqual(Float32Array.of(4, 5, 6, 7, 8, tenth, 1, 2, 3));
  expect(results.second).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
  expect(results.third).toEqual(Float32Array.of(0, 0, 0));
  expect(results.busy).toBe('busy');
});
