// Starts a real Chromium with a profile that lasts, folders that are granted without a prompt, folder drops, and a hard end.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { findBrowser } from './browser.mjs';

interface LaunchOptions {
  /** The profile's folder. A second start with the same one is a restart of the browser. */
  profile: string;
  /** Origin (scheme://host:port) whose file-system requests are answered "allow" without a prompt. Only a new profile takes it. */
  grantFileSystem?: { origin: string; read: boolean; write: boolean };
  /** A software WebGPU adapter where there is no GPU. */
  webgpu?: boolean;
}

/** Starts the browser, headless. Its pages share the profile's storage; closing the context ends the browser. */
export async function launch({
  profile,
  grantFileSystem: grant,
  webgpu = false,
}: LaunchOptions): Promise<BrowserContext> {
  const preferences = join(profile, 'Default', 'Preferences');
  if (grant && !existsSync(preferences)) {
    // The write guard makes readwrite 'granted' for every handle of the origin, the read guard does so for handles that come back
    // from IndexedDB. Chromium reads this file at the first start of a profile only. 1 = allow.
    const entry = { [`${grant.origin},*`]: { setting: 1, last_modified: '13400000000000000' } };
    const exceptions = {
      ...(grant.read ? { file_system_read_guard: entry } : {}),
      ...(grant.write ? { file_system_write_guard: entry } : {}),
    };
    mkdirSync(join(profile, 'Default'), { recursive: true });
    writeFileSync(preferences, JSON.stringify({ profile: { content_settings: { exceptions } } }));
  }
  const browser = findBrowser();
  return await chromium.launchPersistentContext(profile, {
    ...(browser ? { executablePath: browser } : {}),
    args: [
      '--headless=new', // the full browser, not the headless shell
      '--no-sandbox', // the sandbox does not start in containers, and only our own pages are opened
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(webgpu ? ['--enable-unsafe-webgpu'] : []),
    ],
  });
}

/** Drops folders or files of the disk onto an element. The page receives real handles with read access. */
export async function dropPaths(page: Page, selector: string, paths: string[]): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not on screen`);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const data = { items: [], files: paths.map((path) => resolve(path)), dragOperationsMask: 1 }; // 1 = copy
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, ...at, data });
  await devtools.detach();
}

/** Ends the browser as a crash would: no handler runs, nothing is flushed. Linux only. */
export async function kill9(context: BrowserContext, profile: string): Promise<void> {
  process.kill(browserPid(profile), 'SIGKILL');
  await context.close().catch(() => undefined);
  // its helper processes end by themselves when their channel is gone; the next start would meet them
  await new Promise((done) => setTimeout(done, 500));
}

/** Process id of the browser (not of a renderer) that owns a profile. */
function browserPid(profile: string): number {
  const flag = `--user-data-dir=${profile}`;
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    let words: string[];
    try {
      words = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
    } catch {
      continue; // ended meanwhile
    }
    const isHelper = words.some((word) => word.startsWith('--type=')) || words[0]?.includes('crashpad');
    if (words.includes(flag) && !isHelper) return Number(id);
  }
  throw new Error(`no browser runs with the profile ${profile}`);
}
