// Runs the safety copy's file in a worker, where sync access handles exist; the test gets what it looked like after each step.
import { copyFolder, FILES, removeCopy } from '../../../src/store/copy/files.ts';
import { type CopyLog, openLog } from '../../../src/store/copy/log.ts';

addEventListener(
  'message',
  () => void steps().then(postMessage, (error: Error) => postMessage({ error: error.message })),
);

const dataset = 'copy-log-test';
const MEGABYTE = 2 ** 20;
const block = (number: number, fill: number) => ({
  dataset,
  column: 'c',
  block: number,
  bytes: new Uint8Array(MEGABYTE).fill(fill),
});

async function sizes(): Promise<number[]> {
  const folder = await copyFolder(dataset);
  return Promise.all(FILES.map(async (name) => (await (await folder.getFileHandle(name)).getFile()).size));
}
const namesOf = (log: CopyLog): string[] => [...log.records.keys()].sort();

async function steps() {
  await removeCopy(dataset);
  let log = await openLog(dataset);
  const fresh = { whole: log.whole, names: namesOf(log) };
  for (let round = 0; round < 20; round++) {
    log.put(['blocks', 'c', 0], block(0, round));
    log.put(['blocks', 'c', 1], block(1, round));
    log.put(['meta', 'table'], { dataset, name: 'table', value: round });
    log.commit();
    await log.compact();
  }
  log.put(['journal', 1], { dataset, seq: 1 });
  log.put(['journal', 2], { dataset, seq: 2 });
  log.remove('journal', [1], [1]);
  const written = { whole: log.whole, names: namesOf(log) };
  log.put(['meta', 'table'], { dataset, name: 'table', value: 'torn' });
  const open = { whole: log.whole };
  const [a = 0, b = 0] = await sizes();
  log.close();

  log = await openLog(dataset);
  const again = { whole: log.whole, names: namesOf(log) };
  log.put(['meta', 'table'], { dataset, name: 'table', value: 20 });
  log.commit();
  log.put(['blocks', 'c', 1], block(1, 77));
  log.remove('blocks', [], [[]]); // every key
  const emptied = namesOf(log);
  log.close();
  return { fresh, written, open, larger: Math.max(a, b), smaller: Math.min(a, b), again, emptied };
}
