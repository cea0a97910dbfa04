// The browser is killed at random moments and what comes back is compared with what was acknowledged. DURABILITY_ROUNDS=40 runs fewer than 200.
import { durabilityRounds } from '../support/rounds/rounds.ts';
import type { BenchTools, Row } from './types.ts';

export const name = 'Durability';
export const long = true;

export async function run({ origin, print }: BenchTools): Promise<Row[]> {
  const rounds = Number(process.env.DURABILITY_ROUNDS ?? 200);
  const seed = Number(process.env.DURABILITY_SEED ?? 1);
  const result = await durabilityRounds({ origin, rounds, seed, pictures: 600, print });
  const losing = Math.ceil(rounds / 10);
  const lost = await durabilityRounds({ origin, rounds: losing, seed: seed + 1, pictures: 600, lose: true, print });
  return [
    {
      what: 'rounds of SIGKILL after which anything was lost, half done or not to be undone',
      target: '≤ 0',
      measured: `${result.wrong.length} problems in ${result.rounds} rounds`,
      ratio: result.wrong.length,
      note: `${result.acknowledged} edits acknowledged; ${result.unannounced} more were durable before they could be told`,
    },
    {
      what: 'rounds after which the databases are deleted as well, and something did not come back from the safety copy',
      target: '≤ 0',
      measured: `${lost.wrong.length} problems in ${lost.rounds} rounds`,
      ratio: lost.wrong.length,
      note: `${lost.acknowledged} edits acknowledged; ${lost.late} of the last moments had not reached the copy`,
    },
  ];
}
