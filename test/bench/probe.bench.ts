// Training: the application's device against plain float64, and its objective against scikit-learn's where the reference is at hand.
import { packHalf } from '../../src/shared/float16.ts';
import { hasClothing, loadClothing } from '../support/clothing.ts';
import { random } from './imagenet.ts';
import { withLoops } from './loops-page.ts';
import type { ProbeText } from './probe-loops.ts';
import type { BenchTools, Row } from './types.ts';

export const name = 'Probe';

const C = 1;

export async function run({ context, print }: BenchTools): Promise<Row[]> {
  const { task, title, reference } = hasClothing ? clothing() : clusters();
  const times = await withLoops({ context, print }, 'probe', ({ page }) =>
    page.evaluate((given) => window.trainBoth(given), task),
  );
  const { ours, bare, objectives, iterations } = times;
  print(`${ours.toFixed(2)} s and ${bare.toFixed(2)} s, ${iterations} iterations`);
  const yardstick = reference ?? objectives.bare;
  const above = objectives.ours / yardstick - 1;
  return [
    {
      what: `train on ${title}, C = ${C}: the application's device on the CPU, 1 thread, against the same solver on plain float64 loops`,
      target: '≤ 1',
      measured: `${ours.toFixed(2)} : ${bare.toFixed(2)} s`,
      ratio: ours / bare,
      note: `${iterations} iterations; a Python with scikit-learn is no part of this run, so its time is not compared`,
    },
    {
      what: `objective at the end, relative above ${reference === undefined ? 'float64' : "scikit-learn's lbfgs (tol 1e-8)"}, against 2e-5`,
      target: '≤ 1',
      measured: `${above.toExponential(1)} : 2e-5`,
      ratio: Math.max(0, above) / 2e-5,
      note: `${objectives.ours.toFixed(5)} and ${yardstick.toFixed(5)}`,
    },
  ];
}

interface Chosen {
  task: ProbeText;
  title: string;
  /** scikit-learn's objective. */
  reference?: number;
}

function clothing(): Chosen {
  const { data, dim, samples, fits } = loadClothing();
  const { labels, split, splits, classes } = samples;
  const reference = fits.find((fit) => fit.C === C)?.objective;
  return {
    task: toText(data, { dim, labels: [...labels], split: [...split], splits, classes: classes.map((c) => c.name) }),
    title: 'the clothing features, 721 × 192, 10 classes',
    ...(reference === undefined ? {} : { reference }),
  };
}

/** Ten overlapping clouds in as many dimensions as the clothing features have. */
function clusters(): Chosen {
  const [n, dim, k] = [721, 192, 10];
  const next = random(3);
  const normal = (): number => Array.from({ length: 6 }, next).reduce((sum, u) => sum + u, -3) * Math.SQRT2;
  const centres = Float64Array.from({ length: k * dim }, () => normal() / 2);
  const labels = Array.from({ length: n }, (_, i) => i % k);
  const data = Float32Array.from({ length: n * dim }, (_, at) => {
    const label = labels[Math.floor(at / dim)] ?? 0;
    return (centres[label * dim + (at % dim)] ?? 0) + normal();
  });
  const task = toText(data, {
    dim,
    labels,
    split: labels.map(() => 0),
    splits: ['train'],
    classes: Array.from({ length: k }, (_, j) => `class ${j}`),
  });
  return { task, title: `${n} × ${dim} features drawn around ${k} centres` };
}

function toText(data: Float32Array, rest: Omit<ProbeText, 'features' | 'C'>): ProbeText {
  const halves = packHalf(data);
  return { ...rest, C, features: Buffer.from(halves.buffer).toString('base64') };
}
