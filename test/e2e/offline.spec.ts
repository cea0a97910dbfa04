// After one visit the application starts from cold with the server gone, and does the whole job.
import { expect, test } from '@playwright/test';
import { serveBuild } from '../support/server.ts';
import { finish, start } from './application.ts';

test.setTimeout(180_000);

test('the sample is opened, embedded and trained with the server stopped, in a new browser process', async () => {
  const server = await serveBuild({ headers: false }); // a plain static host: the service worker has to isolate the page
  const first = await start(server.origin);
  // first visit: one reload makes the page isolated; then everything is cached
  await first.page.waitForFunction(() => crossOriginIsolated && window.vitrine !== undefined);
  await first.page.waitForFunction(
    () => document.body.textContent.includes('Everything needed for that is stored in this browser'),
    undefined,
    {
      timeout: 60_000,
    },
  );
  await first.context.close();
  await server.close();

  const again = await start(server.origin, first.profile);
  try {
    await again.page.waitForFunction(() => crossOriginIsolated && window.vitrine !== undefined);
    await again.page.getByRole('button', { name: 'Try the sample' }).click();
    await again.page.waitForFunction(() => window.vitrine.dataset?.state.scan.state === 'done');
    const result = await again.page.evaluate(async () => {
      const dataset = window.vitrine.dataset;
      const embedded = await dataset?.embed();
      const evaluation = await dataset?.train();
      return {
        embedded: embedded?.embedded,
        size: dataset?.size,
        accuracy: evaluation?.splits.test?.top1_acc_micro,
      };
    });
    expect(result.embedded).toBe(result.size);
    expect(result.accuracy).toBeGreaterThan(0.7);
  } finally {
    await finish(again);
  }
});
