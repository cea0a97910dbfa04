// The cases of the dataset systems and the files of their corpora, where the shared material is present.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSuites, tally } from '../../conformance/runner.ts';

const shared = join(import.meta.dirname, '..', '..', '..', '..', 'shared');
const { suites } = readSuites(join(shared, 'conformance'), join(shared, 'corpora'));

describe.skipIf(suites.length === 0)('conformance', () => {
  it.each(suites)('$name reads as its cases say', { timeout: 300_000 }, async (suite) => {
    expect((await tally(suite)).failures).toEqual([]);
  });
});
