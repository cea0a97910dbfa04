// The safety copy's file on disk: what is out of date is left behind, what a crash left open is known, keys are removed by range.
import { expect, test } from 'vitest';

test('the file stays in proportion to what it holds, and is known again when it is opened', async () => {
  const worker = new Worker(new URL('./copy-log.worker.ts', import.meta.url), { type: 'module' });
  const results = await new Promise<Record<string, unknown>>((resolve, reject) => {
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage('go');
  });
  worker.terminate();
  const names = ['["blocks","c",0]', '["blocks","c",1]', '["journal",2]', '["meta","table"]'];
  expect(results).toMatchObject({
    fresh: { whole: false, names: [] },
    written: { whole: true, names },
    open: { whole: false },
    again: { whole: false, names },
    emptied: ['["journal",2]', '["meta","table"]'],
    smaller: 0,
  });
  // 40 MB were written, 2 MB count; the file is begun anew when 16 MiB more than those are out of date
  expect(results.larger).toBeLessThan(24 * 2 ** 20);
});
