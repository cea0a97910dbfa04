// Trains one probe several times, in turn on the application's device (vector file, engine worker, ONNX graph) and in plain float64.
import type { EngineCalls } from '../../src/backbone/run/engine.ts';
import { openProbeDevice } from '../../src/jobs/train/probe-device.ts';
import { planTraining } from '../../src/learn/plan.ts';
import { referenceDevice } from '../../src/learn/solver/reference.ts';
import { trainProbe } from '../../src/learn/train.ts';
import type { TrainingSamples } from '../../src/learn/types.ts';
import { openVectors, removeVectors } from '../../src/store/vectors.ts';
import { connect } from '../../src/workers/rpc.ts';
import { compare } from './bare/timing.ts';

/** Features [n, dim] row-major that half precision holds exactly, and what they should be. */
export interface ProbeTask {
  data: Float32Array;
  dim: number;
  samples: TrainingSamples;
  C: number;
}

/** Median seconds, and the objectives in scikit-learn's scale. */
export interface ProbeTimes {
  ours: number;
  bare: number;
  objectives: { ours: number; bare: number };
  iterations: number;
}

const scope = self as unknown as { postMessage(times: ProbeTimes): void }; // a worker's scope; TypeScript's page library types `self` as a window
const dataset = 'bench-probe';

self.onmessage = async ({ data: task }: MessageEvent<ProbeTask>) => {
  const { data, dim, samples, C } = task;
  const plan = planTraining(samples, { C, folds: 0 });
  const ids = Uint32Array.from(samples.labels.keys());
  const file = await openVectors(dataset, 'features', dim);
  file.writeRows(ids, data);
  const worker = new Worker(new URL('../../src/workers/engine.ts', import.meta.url), { type: 'module' });
  const engine = connect<EngineCalls>(worker).calls;
  const objectives = { ours: 0, bare: 0 };
  let iterations = 0;
  const times = await compare(
    7,
    async () => {
      const device = await openProbeDevice({
        engine,
        provider: 'wasm',
        threads: 1,
        file,
        ids,
        train: plan.train,
        classes: plan.classes.length,
      });
      const { evaluation } = await trainProbe(plan, device);
      objectives.ours = evaluation.objective;
      iterations = evaluation.iterations;
      await device.close();
    },
    async () => {
      const { evaluation } = await trainProbe(plan, referenceDevice({ data, dim }));
      objectives.bare = evaluation.objective;
    },
  );
  worker.terminate();
  file.close();
  await removeVectors(dataset);
  scope.postMessage({ ...times, objectives, iterations });
};
