// Runs corpus files through the built application in a browser, one after another; a hang or a crash costs that file only.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../support/browser.mjs';
import { type CorpusEntry, judge, type Seen, type Verdict } from './judge.ts';
import { justificationOf } from './justified.ts';
import { measure, type Request } from './measure.ts';

/** A file of a corpus. */
export interface CorpusFile {
  entry: CorpusEntry;
  /** The corpus' folder, relative to the one that was walked, with '/'. */
  corpus: string;
  /** Absolute folder of its index. */
  folder: string;
}

/** A file and what came of it. */
export interface Judged extends CorpusFile {
  seen: Seen;
  verdict: Verdict;
  ms: number;
}

/** Corpora of files that are no images say so by having no picture, or another, in all of their `expect`. */
const isImages = (entries: readonly CorpusEntry[]): boolean => entries.some(({ expect }) => expect?.display);

/** Every image of every index.jsonl in or below a folder, in the order of folders and lines. */
export function readCorpora(top: string): CorpusFile[] {
  const indexes = existsSync(top)
    ? readdirSync(top, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.split(sep).at(-1) === 'index.jsonl')
        .sort()
    : [];
  return indexes.flatMap((path) => {
    const folder = dirname(join(top, path));
    const lines = readFileSync(join(top, path), 'utf8').split('\n').filter(Boolean);
    const entries = lines.map((line): CorpusEntry => JSON.parse(line));
    if (!isImages(entries)) return [];
    const corpus = relative(join(top, '..'), folder).split(sep).slice(1).join('/') || (folder.split(sep).at(-1) ?? '');
    return entries.map((entry) => ({ entry, corpus, folder }));
  });
}

/** Every file whose path falls into one of `share` parts, by a hash of it: the same ones everywhere. */
export function sampleOf(files: readonly CorpusFile[], share: number): CorpusFile[] {
  return files.filter(({ corpus, entry }) => {
    let hash = 0x811c9dc5; // FNV-1a
    for (const letter of `${corpus}/${entry.file}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
    return (hash >>> 0) % share === 0;
  });
}

/** A browser whose context lets no service worker answer: `runCorpus` serves the files itself. */
export async function openBrowser(): Promise<{ browser: Browser; context: BrowserContext }> {
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  return { browser, context: await browser.newContext({ serviceWorkers: 'block' }) };
}

/** Base time of a file; a decoder that is loaded for the first time fits in too. */
const baseMs = 5_000;
/** Time per pixel: 1 s a megapixel. */
const msPerPixel = 1e-3;

/** Milliseconds after which a file counts as hanging. */
const limitOf = ({ expect }: CorpusEntry): number => baseMs + (expect?.width ?? 0) * (expect?.height ?? 0) * msPerPixel;

/**
 * Decodes files by `window.vitrine.decode` of the application at `origin` and judges each. The files are served by the
 * context, on the page's own origin, because the page may talk to no other.
 */
export async function runCorpus(
  files: readonly CorpusFile[],
  { context, origin, onJudged }: { context: BrowserContext; origin: string; onJudged?: (judged: Judged) => void },
): Promise<Judged[]> {
  const served: string[] = [];
  const url = (path: string): string => `${origin}/corpus-file/${served.push(path) - 1}`;
  await context.route(`${origin}/corpus-file/*`, (route) => {
    const path = served[Number(route.request().url().split('/').at(-1))] ?? '';
    return route.fulfill({ path, contentType: 'application/octet-stream' });
  });
  let page: Page | undefined;
  const all: Judged[] = [];
  for (const file of files) {
    page ??= await openPage(context, origin);
    const { entry, folder } = file;
    const request: Request = { url: url(join(folder, entry.file)), limitMs: limitOf(entry) };
    const rows = entry.valid_rows ?? entry.valid_rows_bottom;
    if (rows && entry.intact)
      request.intact = {
        url: url(join(folder, entry.intact)),
        rows,
        from: entry.valid_rows === undefined ? 'bottom' : 'top',
      };
    const started = performance.now();
    let seen = await seenBy(page, request);
    if (seen.kind === 'hang') {
      // once more on its own: a machine that is busy with other things must not look like a decoder that hangs
      await page.close().catch(() => undefined);
      page = await openPage(context, origin);
      seen = await seenBy(page, request);
    }
    const verdict = judge(entry, seen, justificationOf(file.corpus, entry.file));
    const judged = { ...file, seen, verdict, ms: performance.now() - started };
    all.push(judged);
    onJudged?.(judged);
    if (judged.verdict.outcome === 'hang' || judged.verdict.outcome === 'crash') {
      await page.close().catch(() => undefined); // it may have died
      page = undefined;
    }
  }
  await page?.close();
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  return all;
}

async function openPage(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin);
  await page.waitForFunction(() => window.vitrine !== undefined);
  return page;
}

/** A page that does not even tell that the time is over counts as hanging too. */
async function seenBy(page: Page, request: Request): Promise<Seen> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Seen>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'hang' }), 2 * request.limitMs + 30_000);
  });
  try {
    return await Promise.race([page.evaluate(measure, request), late]);
  } catch (error) {
    return { kind: 'crash', message: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
