// Takes a dropped folder and fills the store with what a walk of it would have found; opened by scale.bench.ts.
import type { Filled } from './scale-fill.worker.ts';

declare global {
  interface Window {
    /** Set when a folder was dropped. */
    fillScale?(rows: number): Promise<Filled>;
  }
}

document.body.style.height = '100vh'; // somewhere to drop
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => void takeFolder(event));

async function takeFolder(event: DragEvent): Promise<void> {
  event.preventDefault();
  const handle = await event.dataTransfer?.items[0]?.getAsFileSystemHandle();
  if (!handle) return;
  window.fillScale = (rows) => {
    const worker = new Worker(new URL('./scale-fill.worker.ts', import.meta.url), { type: 'module' });
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ handle, rows });
    });
  };
}

Object.assign(window, { runBench: async () => [] });
