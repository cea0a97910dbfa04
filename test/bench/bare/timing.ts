// Times work and its yardstick in turn, so that whatever else the machine does meets both alike.

/** Median seconds of both, over rounds that alternate. */
export interface Compared {
  ours: number;
  bare: number;
}

/** Middle of the values; the upper one of two. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Seconds that the work takes. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

/** Runs both once unmeasured (`warm`), then in turn, each round in the other order; `ours` and `bare` get the number of the round. */
export async function compare(
  rounds: number,
  ours: (round: number) => Promise<unknown>,
  bare: (round: number) => Promise<unknown>,
  { warm = true } = {},
): Promise<Compared> {
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  const timeOurs = async (round: number): Promise<unknown> => times.ours.push(await seconds(() => ours(round)));
  const timeBare = async (round: number): Promise<unknown> => times.bare.push(await seconds(() => bare(round)));
  if (warm) {
    await ours(-1);
    await bare(-1);
  }
  for (let round = 0; round < rounds; round++) {
    const inOrder = round % 2 === 0 ? [timeOurs, timeBare] : [timeBare, timeOurs];
    for (const time of inOrder) await time(round);
  }
  return { ours: median(times.ours), bare: median(times.bare) };
}

/** 'ours : bare' with a unit that keeps three digits. */
export function pair({ ours, bare }: Compared): string {
  return Math.max(ours, bare) < 1
    ? `${(ours * 1000).toFixed(1)} : ${(bare * 1000).toFixed(1)} ms`
    : `${ours.toFixed(2)} : ${bare.toFixed(2)} s`;
}
