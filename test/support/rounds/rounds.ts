// Durability rounds: the browser is killed at a seeded moment in the middle of work, started again, and compared with a model of what was acknowledged.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../.scripts/install.mjs';
import { createRandom } from '../../../.scripts/sample/random.mjs';
import { type Application, finish, openFolder, openRecent, start } from '../../e2e/application.ts';
import { kill9 } from '../launch.ts';
import { type Folder, makeFolder } from './folder.ts';
import { type Asked, createModel, type Mix, type Model, type Seen } from './model.ts';
import { act, look, lookAtStore } from './page.ts';
import { createVectorCheck } from './vectors.ts';

/** What a round does until the browser dies, and when that is, in ms after the work began. */
interface Kind {
  name: string;
  mix: Mix;
  waitMs: number;
  embed?: true;
  rescan?: true;
  kill: [from: number, to: number];
}

const KINDS: Kind[] = [
  { name: 'single edits', mix: { share: 0, back: 10 }, waitMs: 0, kill: [20, 1500] },
  { name: 'bulk edits', mix: { share: 0.7, back: 10 }, waitMs: 0, kill: [20, 1500] },
  { name: 'undo and redo', mix: { share: 0.2, back: 70 }, waitMs: 0, kill: [20, 1200] },
  // a checkpoint follows a change after one to two seconds
  { name: 'checkpoints', mix: { share: 0.3, back: 20 }, waitMs: 150, kill: [900, 2600] },
  { name: 'imports', mix: { share: 0.5, back: 20, imports: 40 }, waitMs: 0, kill: [50, 1500] },
  { name: 'walk', mix: { share: 0.1, back: 20 }, waitMs: 5, rescan: true, kill: [5, 600] },
  // after the first vectors of this round, because a model takes seconds to load
  { name: 'embedding', mix: { share: 0.1, back: 20 }, waitMs: 30, embed: true, kill: [5, 1200] },
];

/** Edits, one after another without a pause, that the safety copy may be behind. */
const LATE = 5;
/** Patience with a model that loads. */
const EMBED_MS = 20_000;
/** More than a browser does before it dies. */
const STEPS = 500;

export interface RoundsResult {
  rounds: number;
  /** Edits that were acknowledged in all rounds, and edits that were on their way when the browser died and are there. */
  acknowledged: number;
  unannounced: number;
  /** Edits that were acknowledged in the last moment before a database was lost, and had not reached the safety copy. */
  late: number;
  /** Rounds in which something was not as it must be, each with what. */
  wrong: string[];
}

interface RoundsOptions {
  origin: string;
  rounds: number;
  seed: number;
  /** Pictures that edits are about. */
  pictures: number;
  /** Deletes the browser's databases after each kill: everything has to come back from the safety copy. */
  lose?: boolean;
  print(line: string): void;
}

/** Runs the rounds on one profile and one folder: each begins where the one before died. */
export async function durabilityRounds({
  origin,
  rounds,
  seed,
  pictures,
  lose = false,
  print,
}: RoundsOptions): Promise<RoundsResult> {
  const random = createRandom(seed);
  const folder = makeFolder(pictures, seed);
  const model = createModel(seed + 1, folder.residents);
  const vectors = createVectorCheck(folder);
  const result: RoundsResult = { rounds: 0, acknowledged: 0, unannounced: 0, late: 0, wrong: [] };
  let app = await start(origin);
  let before = { journal: 0, acknowledged: 0, embedded: 0, lost: false, happening: 'first opening' };
  const wrong = (what: string): void => {
    result.wrong.push(`after round ${result.rounds} (seed ${seed}, ${before.happening}): ${what}`);
    print(result.wrong.at(-1) ?? '');
  };
  try {
    await openFolder(app.page, folder.path);
    await app.page.evaluate(() => window.vitrine.device()); // chosen once, or the first round would be nothing else
    model.walk(folder.files());
    for (;;) {
      await compare(app, model, folder, before, result, wrong);
      await vectors.check(app, wrong);
      if (result.rounds === rounds) return result;

      const kind = KINDS[result.rounds % KINDS.length] as Kind; // the remainder is below the length
      const after = Math.round(random.between(...kind.kill));
      const seen = await app.page.evaluate(look, 0);
      if (kind.rescan) folder.change(random);
      const happening = `${kind.name}, killed after ${after} ms`;
      const told = await play(app, kind, after, model.plan(STEPS, kind.mix), seen, wrong);
      before = { journal: seen.journal, happening, lost: lose, ...told };
      result.rounds++;
      print(`${result.rounds}: ${happening}: ${before.acknowledged} edits acknowledged, ${before.embedded} embedded`);

      const kept = keepStore(app.profile, `seed-${seed}-round-${result.rounds}`);
      if (lose) rmSync(join(app.profile, 'Default', 'IndexedDB'), { recursive: true });
      app = await start(origin, app.profile);
      const store = await app.page.evaluate(lookAtStore);
      if (!store) {
        wrong(`everything is gone; what the browser had on disk before it started again is in ${kept}`);
        return result;
      }
      rmSync(kept, { recursive: true });
      const { positions, contained } = store;
      if (positions.some((seq, i) => seq !== (positions[0] ?? 0) + i)) wrong('the journal has gaps');
      if (contained > (positions.at(-1) ?? 0)) wrong('the blocks contain edits that the journal does not');
      const restored = await app.page.evaluate(async () => (await window.vitrine.recent())[0]?.restored ?? null);
      if ((restored !== null) !== lose)
        wrong(lose ? 'nothing came back from the safety copy' : 'the browser lost its database');
      if (restored?.damaged) wrong('the safety copy is damaged');
      if (restored) await openFolder(app.page, folder.path);
      else await openRecent(app.page);
    }
  } finally {
    await finish(app);
    rmSync(folder.path, { recursive: true, force: true });
  }
}

/** Copies the browser's databases as they lie on disk, to be looked at if the browser does not find them again. Returns where. */
function keepStore(profile: string, name: string): string {
  const kept = join(root, '.cache', 'rounds', name);
  for (const folder of ['IndexedDB', 'WebStorage'])
    cpSync(join(profile, 'Default', folder), join(kept, folder), { recursive: true });
  return kept;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A promise and what resolves it. */
function signal(): [promise: Promise<void>, resolve: () => void] {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return [promise, resolve];
}

/** Works until the browser is killed; says what it had acknowledged by then. */
async function play(
  app: Application,
  kind: Kind,
  after: number,
  asked: Asked[],
  { rows, have }: { rows: readonly { id: number; path: string }[]; have: number },
  wrong: (what: string) => void,
): Promise<{ acknowledged: number; embedded: number }> {
  const told = { acknowledged: 0, embedded: 0 };
  const [started, start] = signal();
  const [embedding, embeds] = signal();
  app.page.on('console', (message) => {
    const [word, value] = message.text().split(' ');
    if (word === 'started') start();
    if (word === 'acknowledged') told.acknowledged = Number(value);
    if (word === 'embedded') {
      if (Number(value) > have) embeds();
      told.embedded = Number(value);
    }
    if (word === 'refused' || word === 'embedding') wrong(message.text());
  });
  const idOf = new Map(rows.map(({ id, path }) => [path, id]));
  const steps = asked.map((step) =>
    'paths' in step
      ? { ...step, paths: [], ids: step.paths.map((path) => idOf.get(path) ?? -1) }
      : { ...step, ids: [] },
  );
  const { waitMs, embed = false, rescan = false } = kind;
  app.page.evaluate(act, { steps, embed, rescan, waitMs }).catch(() => undefined); // the page is gone before it ends
  await started; // until then the steps are on their way into the page
  if (embed) await Promise.race([embedding, pause(EMBED_MS)]);
  await pause(after);
  await kill9(app.context, app.profile);
  return told;
}

/** Compares what is shown with the model: at once, when the folder was listed, after undo and after redo. */
async function compare(
  { page }: Application,
  model: Model,
  folder: Folder,
  before: { journal: number; acknowledged: number; embedded: number; lost: boolean },
  result: RoundsResult,
  wrong: (what: string) => void,
): Promise<void> {
  const opened = await page.evaluate(look, 0);
  const kept = opened.journal - before.journal;
  const missing = Math.max(0, before.acknowledged - kept);
  if (missing > (before.lost ? LATE : 0)) wrong(`${missing} acknowledged edits are lost`);
  // embeddings come in batches, and the last may be late, too
  if (opened.have < before.embedded && !before.lost) wrong(`${before.embedded - opened.have} embeddings are lost`);
  result.acknowledged += before.acknowledged;
  result.unannounced += Math.max(0, kept - before.acknowledged);
  result.late += missing;
  model.settle(Math.max(kept, 0));
  const residents = new Set(folder.residents);
  same(
    Object.fromEntries(Object.entries(model.seen()).filter(([path]) => residents.has(path))),
    opened.rows.filter(({ path }) => residents.has(path)),
    wrong,
  );

  await page.waitForFunction(() => window.vitrine.dataset?.state.scan.state === 'done');
  model.walk(folder.files());
  const whole = async (when: string, position: number): Promise<void> => {
    const now = await page.evaluate(look, position);
    const say = (what: string): void => wrong(`${when}, ${what}`);
    same(model.seen(), now.rows, say);
    if (now.classes.join() !== model.classes().join()) say(`classes are ${now.classes}, not ${model.classes()}`);
    const { found, shown, leftOut } = now.report;
    const onDisk = folder.files().length;
    if (found !== shown + leftOut || shown !== onDisk)
      say(`found ${found}, shown ${shown}, left out ${leftOut}, on disk ${onDisk}`);
    if ((now.undo !== null) !== model.undoable) say(`undo offers ${now.undo}`);
    if (now.damage !== null) say(`damaged: ${now.damage}`);
  };
  await whole('opened again', opened.journal);
  if (!model.undoable) return;
  await page.evaluate(() => window.vitrine.dataset?.undo());
  model.back('undo');
  await whole('after undo', opened.journal + 1);
  await page.evaluate(() => window.vitrine.dataset?.redo());
  model.back('redo');
  await whole('after redo', opened.journal + 2);
}

/** Tells the first few pictures that are shown otherwise than they must be. */
function same(
  wanted: Seen,
  rows: readonly { path: string; labels: string[]; excluded: boolean }[],
  wrong: (what: string) => void,
): void {
  const shown: Seen = Object.fromEntries(rows.map(({ path, labels, excluded }) => [path, { labels, excluded }]));
  const paths = new Set([...Object.keys(wanted), ...Object.keys(shown)]);
  const words = (one: Seen[string] | undefined): string =>
    one ? `${one.labels}${one.excluded ? ' excluded' : ''}` : 'absent';
  const different = [...paths].filter((path) => words(wanted[path]) !== words(shown[path]));
  const some = different.slice(0, 3).map((path) => `${path} is ${words(shown[path])}, not ${words(wanted[path])}`);
  if (different.length > 0) wrong(`${different.length} pictures differ: ${some.join('; ')}`);
}
