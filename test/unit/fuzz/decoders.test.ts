// No decoder of our own hangs or crashes on 300 mutated files of the corpora, where they are present; `npm run fuzz` takes 20,000.
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFuzzer } from '../../fuzz/fuzz.ts';
import { targetNames } from '../../fuzz/targets.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const corpora = `${root}/../shared/corpora`;

describe.skipIf(!existsSync(corpora))('300 mutated files', () => {
  let fuzzer: Awaited<ReturnType<typeof openFuzzer>>;
  beforeAll(async () => {
    mkdirSync(`${root}/.cache`, { recursive: true });
    fuzzer = await openFuzzer(root, `${root}/.cache`);
  }, 60_000);
  afterAll(() => fuzzer.close());

  test.each(targetNames)(
    'of %s neither hang nor crash',
    async (name) => {
      const { files, hangs, crashes } = await fuzzer.run(name, { corpora, count: 300, seed: 300, mark: 150 });
      expect({ files, hangs, crashes }).toEqual({ files: 300, hangs: [], crashes: [] });
    },
    300_000,
  );
});
