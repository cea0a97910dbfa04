// Hands a training task to a worker and waits; opened by probe.bench.ts, which knows where features come from.
import { unpackHalf } from '../../src/shared/float16.ts';
import { ask } from './bare/ask.ts';
import type { ProbeTask, ProbeTimes } from './probe.worker.ts';

/** A task as it passes through the test driver: features as half-precision numbers in base 64, lists instead of typed arrays. */
export interface ProbeText {
  features: string;
  dim: number;
  labels: number[];
  split: number[];
  splits: string[];
  classes: string[];
  C: number;
}

declare global {
  interface Window {
    trainBoth(task: ProbeText): Promise<ProbeTimes>;
  }
}

async function trainBoth(text: ProbeText): Promise<ProbeTimes> {
  const bytes = Uint8Array.from(atob(text.features), (letter) => letter.charCodeAt(0));
  const { dim, splits, C } = text;
  const task: ProbeTask = {
    data: unpackHalf(new Uint16Array(bytes.buffer)),
    dim,
    C,
    samples: {
      labels: Int32Array.from(text.labels),
      split: Int32Array.from(text.split),
      excluded: new Uint8Array(text.labels.length),
      splits,
      classes: text.classes.map((name, id) => ({ id, name })),
    },
  };
  const worker = new Worker(new URL('./probe.worker.ts', import.meta.url), { type: 'module' });
  try {
    return await ask<ProbeTimes>(worker, task);
  } finally {
    worker.terminate();
  }
}

Object.assign(window, { runBench: async () => [], trainBoth });
