// What the application's page is compared with: an empty scroller, and a store filled for it; opened by page.bench.ts.
import { ask } from './bare/ask.ts';
import { scrollFrames } from './bare/scroll.ts';

declare global {
  interface Window {
    /** Fills this origin's store with a dataset of ImageNet's size. */
    fillStore(): Promise<unknown>;
    /** Frame times in ms of a scroller with nothing in it. */
    scrollNothing(): Promise<number[]>;
  }
}

function fillStore(): Promise<unknown> {
  return ask(new Worker(new URL('./fill.worker.ts', import.meta.url), { type: 'module' }), null);
}

async function scrollNothing(): Promise<number[]> {
  const scroller = document.createElement('div');
  scroller.style.cssText = 'height: 100vh; overflow: auto';
  const inside = document.createElement('div');
  inside.style.height = '6000px';
  scroller.append(inside);
  document.body.replaceChildren(scroller);
  const frames = await scrollFrames(scroller, 4);
  scroller.remove();
  return frames;
}

Object.assign(window, { runBench: async () => [], fillStore, scrollNothing });
