// Runs the store of thumbnails in a worker, where sync access handles exist; the test sends one script of steps and gets its results.
import { createThumbnailStore, removeThumbnails, thumbnailBytes } from '../../../src/store/thumbnails.ts';

addEventListener('message', () => void steps().catch(reportError));

const [one, two] = ['thumbnails-one', 'thumbnails-two'];
const kept = (bytes: Uint8Array<ArrayBuffer>) => ({ bytes, type: 'image/jpeg', facts: { width: 7 } });
/** Files get times in milliseconds: two of them must not be written in the same one. */
const tick = () => new Promise((resolve) => setTimeout(resolve, 5));

async function steps(): Promise<void> {
  await Promise.all([removeThumbnails(one), removeThumbnails(two)]);
  const store = createThumbnailStore();
  await store.write(one, 'a', kept(Uint8Array.of(1, 2, 3)));
  const found = await store.read(one, 'a');
  const otherKey = await store.read(one, 'b');
  const otherDataset = await store.read(two, 'a');
  await store.write(one, 'a', kept(Uint8Array.of(9)));
  const replaced = (await store.read(one, 'a'))?.bytes;
  await cutOff(one);
  const damaged = await store.read(one, 'a');
  await removeThumbnails(one);

  const small = createThumbnailStore({ maxBytes: 6000, sweepEvery: 1e9, touchAfterMs: 0 });
  for (let i = 0; i < 10; i++) {
    await small.write(one, String(i), kept(new Uint8Array(1000 - 120)));
    await tick();
    if (i === 8) {
      await tick();
      await small.read(one, '0');
      await tick();
    }
  }
  await small.sweep();
  const bytes = await thumbnailBytes();
  const left: string[] = [];
  for (let i = 0; i < 10; i++) if (await store.read(one, String(i))) left.push(String(i));

  await store.write(two, 'a', kept(Uint8Array.of(5)));
  await removeThumbnails(one);
  const afterForgetting = await store.read(one, '9');
  const ofTheOther = (await store.read(two, 'a'))?.bytes;
  await removeThumbnails(two);
  postMessage({ found, otherKey, otherDataset, replaced, damaged, left, bytes, afterForgetting, ofTheOther });
}

/** What a tab leaves that dies while it writes. */
async function cutOff(dataset: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const folder = await (await root.getDirectoryHandle('thumbnails')).getDirectoryHandle(dataset);
  for await (const handle of folder.values()) {
    if (handle.kind !== 'file') continue;
    const writable = await handle.createWritable({ keepExistingData: true });
    await writable.truncate((await handle.getFile()).size - 1);
    await writable.close();
  }
}
