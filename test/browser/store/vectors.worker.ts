// Runs the vector file in a worker, where sync access handles exist; the test sends one script of steps and gets its results.
import { toRecord } from '../../../src/shared/errors.ts';
import { openVectors, readVectorsBeside, removeVectors } from '../../../src/store/vectors.ts';

addEventListener('message', () => void steps());

async function steps(): Promise<void> {
  const dataset = 'vectors-test';
  await removeVectors(dataset);
  const file = await openVectors(dataset, 'key', 3);
  file.writeRows(Uint32Array.of(4, 5, 1), Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 0.1));
  file.flush();
  const busy = await openVectors(dataset, 'key', 3).catch(toRecord);
  const first = file.readRows(Uint32Array.of(1, 2, 5, 4, 1000));
  const beside = await readVectorsBeside(dataset, 'key', 3, Uint32Array.of(5, 1, 4));
  file.close();
  const again = await openVectors(dataset, 'key', 3);
  const second = again.readRows(Uint32Array.of(4, 5));
  again.close();
  await removeVectors(dataset);
  const empty = await openVectors(dataset, 'key', 3);
  const third = empty.readRows(Uint32Array.of(4));
  empty.close();
  await removeVectors(dataset);
  postMessage({ first, beside, second, third, busy: 'code' in busy ? busy.code : 'opened' });
}
