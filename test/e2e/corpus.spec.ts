// A fixed sample of the corpora decodes in the built page as their rules ask; `npm run corpus` runs all of them.
import { expect, test } from '@playwright/test';
import { corpusTable, failures } from '../corpus/report.ts';
import { openBrowser, readCorpora, runCorpus, sampleOf } from '../corpus/runner.ts';

const files = sampleOf(readCorpora('../shared/corpora'), 9);

test(`${files.length} files of the corpora are shown or refused as their rules ask`, async ({ baseURL }) => {
  test.skip(files.length === 0, 'there is no folder ../shared/corpora: 0 files');
  test.setTimeout(180_000);
  const { browser, context } = await openBrowser();
  const judged = await runCorpus(files, { context, origin: new URL(baseURL ?? '').origin });
  await browser.close();
  console.log(corpusTable(judged));
  expect(failures(judged)).toEqual([]);
});
