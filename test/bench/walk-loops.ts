// The bare walk of a dropped folder, in a worker; opened by walk.bench.ts, which drops the folder.
import { ask } from './bare/ask.ts';

declare global {
  interface Window {
    /** Names found and seconds taken. Set when a folder was dropped. */
    walkBare?(): Promise<{ names: number; seconds: number }>;
    /** Seconds that opening every file takes. Set when a folder was dropped. */
    readBare?(): Promise<number>;
  }
}

async function walkBare(handle: FileSystemHandle): Promise<{ names: number; seconds: number }> {
  const worker = new Worker(new URL('./bare/walk.worker.ts', import.meta.url), { type: 'module' });
  const from = performance.now();
  const names = await ask<number>(worker, handle);
  const seconds = (performance.now() - from) / 1000;
  worker.terminate();
  return { names, seconds };
}

document.body.style.height = '100vh'; // somewhere to drop
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => void takeFolder(event));

async function takeFolder(event: DragEvent): Promise<void> {
  event.preventDefault();
  const handle = await event.dataTransfer?.items[0]?.getAsFileSystemHandle();
  if (!handle) return;
  window.walkBare = () => walkBare(handle);
  window.readBare = async () => {
    const worker = new Worker(new URL('./bare/files.worker.ts', import.meta.url), { type: 'module' });
    const seconds = await ask<number>(worker, handle);
    worker.terminate();
    return seconds;
  };
}

Object.assign(window, { runBench: async () => [] });
