// What every end-to-end test needs: a folder of real pictures on disk, the built application in a real browser, and a way to reopen it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { listZip } from '../../src/source/zip/list.ts';
import { readZipEntry } from '../../src/source/zip/read.ts';
import { dropPaths, launch } from '../support/launch.ts';

/** Unpacks the sample's pictures into a fresh folder of the disk; `keep` chooses paths. */
export async function makeFolder(keep: (path: string) => boolean = () => true): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'vitrine-folder-'));
  const zip = new Blob([readFileSync('public/sample.zip')]);
  for (const entry of (await listZip(zip, 'sample.zip')).entries) {
    if (entry.path.endsWith('/') || !keep(entry.path)) continue;
    const target = join(root, entry.path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, await readZipEntry(zip, entry));
  }
  return root;
}

/** The application in a browser whose profile outlives it, so that it can be closed, killed and opened again. */
export interface Application {
  page: Page;
  context: BrowserContext;
  profile: string;
  /** Sentences that the page or its workers wrote to the console as errors. */
  errors: string[];
  /** Every request of the page, its workers and its service worker. */
  requests: string[];
}

/** Starts the browser on a profile and opens the application's first screen. */
export async function start(
  origin: string,
  profile = mkdtempSync(join(tmpdir(), 'vitrine-profile-')),
): Promise<Application> {
  const context = await launch({ profile, grantFileSystem: { origin, read: true, write: true } });
  const page = context.pages()[0] ?? (await context.newPage());
  const [errors, requests]: [string[], string[]] = [[], []];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  context.on('request', (request) => requests.push(request.url()));
  await page.goto(origin);
  await page.waitForFunction(() => window.vitrine !== undefined);
  return { page, context, profile, errors, requests };
}

/** Ends the browser and deletes the profile. */
export async function finish(app: Application): Promise<void> {
  await app.context.close();
  rmSync(app.profile, { recursive: true, force: true });
}

/** Drops a folder of the disk onto the page, as a person would, and waits until the walk is done. */
export async function openFolder(page: Page, folder: string): Promise<void> {
  await dropPaths(page, 'body', [folder]);
  await page.waitForFunction(() => window.vitrine.dataset?.state.scan.state === 'done');
}

/** Opens the most recent dataset from the first screen's list. */
export async function openRecent(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const [latest] = await window.vitrine.recent();
    if (!latest) throw new Error('there is no recent dataset');
    await window.vitrine.open(latest);
  });
}
