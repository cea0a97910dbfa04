// The built page starts in a browser: isolated from other origins, allowed to use threads, and silent in the console.
import { expect, test } from '@playwright/test';
import { launch } from '../support/launch.ts';

test('the built page is isolated and starts without an error', async ({ baseURL }, info) => {
  const context = await launch({ profile: info.outputPath('profile') });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  const answer = await page.goto(baseURL ?? '');
  await expect(page.locator('#app > *').first()).toBeVisible();
  expect(await page.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer])).toEqual([true, 'function']);
  expect(answer?.headers()).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'x-content-type-options': 'nosniff',
  });
  expect(errors).toEqual([]);
  await context.close();
});
