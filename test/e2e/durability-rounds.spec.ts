// Ten of the durability rounds: the browser dies in the middle of edits, bulk edits, undo, checkpoints, a walk and embedding.
import { expect, test } from '@playwright/test';
import { durabilityRounds } from '../support/rounds/rounds.ts';

test('whenever the browser is killed, nothing acknowledged is lost and nothing is half done', async ({ baseURL }) => {
  test.setTimeout(240_000); // two starts of a browser a round
  const result = await durabilityRounds({
    origin: baseURL ?? '',
    rounds: 10,
    seed: 1,
    pictures: 180,
    print: () => undefined,
  });
  expect(result.wrong).toEqual([]);
  expect(result.acknowledged).toBeGreaterThan(20); // or nothing was tried
});
