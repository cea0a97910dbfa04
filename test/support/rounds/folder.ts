// The folder of durability rounds: files that stay and are edited, and some that come, go and change while nobody edits them.
import { mkdirSync, mkdtempSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { drawPictures } from '../../../.scripts/dataset/plan.mjs';
import type { createRandom } from '../../../.scripts/sample/random.mjs';

export interface Folder {
  path: string;
  /** Files that are never touched on disk. */
  residents: string[];
  /** Everything that is there now. */
  files(): string[];
  /** Which picture a file holds: another number after every change. */
  content(path: string): number | undefined;
  /** Some of the other files come, go, or get another picture. */
  change(random: ReturnType<typeof createRandom>): void;
}

const GUESTS = 24;

/** Two splits of three classes with `pictures` files that stay. */
export function makeFolder(pictures: number, seed: number): Folder {
  const root = mkdtempSync(join(tmpdir(), 'vitrine-rounds-'));
  const drawn = drawPictures(400, seed);
  const contents = new Map<string, number>();
  let written = 0;
  const folders = ['train', 'val'].flatMap((split) => ['cat', 'dog', 'fox'].map((name) => `${split}/${name}`));
  const pathOf = (kind: string, i: number): string => `${folders[i % folders.length]}/${kind}-${i}.jpg`;
  const write = (path: string): void => {
    contents.set(path, written);
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), drawn[written++ % drawn.length] as Uint8Array); // 400 pictures
  };
  const residents = Array.from({ length: pictures }, (_, i) => pathOf('resident', i));
  const guests = Array.from({ length: GUESTS }, (_, i) => pathOf('guest', i));
  for (const path of [...residents, ...guests.slice(0, GUESTS / 2)]) write(path);
  return {
    path: root,
    residents,
    files: () => [...contents.keys()],
    content: (path) => contents.get(path),
    change(random) {
      for (const path of guests) {
        if (random.chance(0.4)) continue;
        if (contents.has(path) && random.chance(0.5)) {
          unlinkSync(join(root, path));
          contents.delete(path);
        } else write(path);
      }
    },
  };
}
