// Kept thumbnails: found under exactly their key, bounded, and gone with their dataset.
import { expect, test } from 'vitest';

test('a thumbnail is found under its key only, the oldest leave when there are too many, and forgetting removes all', async () => {
  const worker = new Worker(new URL('./thumbnails.worker.ts', import.meta.url), { type: 'module' });
  const results = await new Promise<Record<string, unknown>>((resolve, reject) => {
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage('go');
  });
  worker.terminate();
  expect(results.found).toEqual({ bytes: Uint8Array.of(1, 2, 3), type: 'image/jpeg', facts: { width: 7 } });
  expect(results.otherKey).toBeUndefined();
  expect(results.otherDataset).toBeUndefined();
  expect(results.replaced).toEqual(Uint8Array.of(9));
  expect(results.damaged).toBeUndefined();
  // ten of 1,000 bytes each in a store of 6,000: the first was used again before the last was written
  expect(results.left).toEqual(['0', '6', '7', '8', '9']);
  expect(results.bytes).toBeLessThanOrEqual(6000);
  expect(results.afterForgetting).toBeUndefined();
  expect(results.ofTheOther).toEqual(Uint8Array.of(5));
});
