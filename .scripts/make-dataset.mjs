// `npm run make-dataset -- --rows 1331166 --into folder`: writes a large dataset of tiny JPEGs, to see how Vitrine does with one. `--flat`: all in one folder.
import { existsSync, linkSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { drawPictures, planDataset } from './dataset/plan.mjs';
import { requireNode, stop } from './install.mjs';

/** Few enough to be linked, many enough that neighbours differ; 10,000,000 rows are 25,000 links each, and ext4 allows 65,000. */
const distinctPictures = 400;

/**
 * Writes the dataset. Each distinct picture is written once and hard-linked under its other names: links of that kind are regular files to
 * every program, and make a million files in a minute. Where the disk has none, every file is written.
 *
 * @param {{ into: string, rows: number, seed: number, flat: boolean }} wanted `into` must be empty or absent
 * @param {(done: number) => void} [onProgress] after each folder
 */
export function makeDataset({ into, rows, seed, flat }, onProgress = () => {}) {
  const pictures = drawPictures(distinctPictures, seed);
  /** Where each picture lies already. @type {string[]} */
  const written = [];
  let canLink = true;
  let done = 0;
  for (const { directory, names } of planDataset({ rows, seed, flat })) {
    const folder = join(into, directory);
    mkdirSync(folder, { recursive: true });
    for (const name of names) {
      const path = join(folder, name);
      const picture = done++ % distinctPictures;
      const original = written[picture];
      if (original !== undefined && canLink) {
        try {
          linkSync(original, path);
          continue;
        } catch {
          canLink = false; // FAT, some network drives
        }
      }
      writeFileSync(path, /** @type {Uint8Array} */ (pictures[picture]));
      written[picture] ??= path;
    }
    onProgress(done);
  }
}

/** @returns {{ into: string, rows: number, seed: number, flat: boolean }} */
function readArguments() {
  const usage =
    'Use: npm run make-dataset -- --rows 1331166 --into <folder> [--seed 1] [--flat]. The folder has to be new or empty.';
  try {
    const { values } = parseArgs({
      options: {
        rows: { type: 'string' },
        into: { type: 'string' },
        seed: { type: 'string', default: '1' },
        flat: { type: 'boolean', default: false },
      },
    });
    const [rows, seed] = [Number(values.rows), Number(values.seed)];
    if (!values.into || !Number.isInteger(rows) || rows < 1 || !Number.isInteger(seed)) stop(usage);
    if (existsSync(values.into) && readdirSync(values.into).length > 0)
      stop(`${values.into} holds something already. ${usage}`);
    return { into: values.into, rows, seed, flat: values.flat };
  } catch {
    stop(usage);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  requireNode();
  const wanted = readArguments();
  const started = Date.now();
  let told = 0;
  makeDataset(wanted, (done) => {
    if (done - told < 100_000) return;
    told = done;
    console.log(`${done.toLocaleString('en')} of ${wanted.rows.toLocaleString('en')} files`);
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(`${wanted.rows.toLocaleString('en')} pictures are in ${wanted.into}, written in ${seconds} s.`);
}
