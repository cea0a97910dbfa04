// Names and pictures of a large dataset like ImageNet's: which folders, which files in each, what the few hundred distinct pictures look like. Seeded.
import { createRandom } from '../sample/random.mjs';
import { encodeTiles } from './jpeg.mjs';

const classes = 1000;
/** ImageNet's: 50,000 of 1,331,166 pictures are validation. */
const validationShare = 50_000 / 1_331_166;

/**
 * The folders of a dataset one after another, each with all its files. Two splits of a thousand classes, or everything in the top folder (`flat`).
 *
 * @param {{ rows: number, seed: number, flat?: boolean }} wanted
 * @returns {Generator<{ directory: string, label: number, names: string[] }>} `flat` gives one folder many times; names are unique in it
 */
export function* planDataset({ rows, seed, flat = false }) {
  const random = createRandom(seed);
  const ids = classIds(random);
  const validation = flat ? 0 : Math.round(rows * validationShare);
  let serial = 0;
  for (const [split, total] of /** @type {const} */ ([
    ['train', rows - validation],
    ['val', validation],
  ])) {
    // classes differ in size, as ImageNet's do (732 to 1,300)
    const weights = ids.map(() => random.between(0.7, 1.3));
    const sum = weights.reduce((a, b) => a + b, 0);
    let [before, share] = [0, 0];
    for (const [label, id] of ids.entries()) {
      share += weights[label] ?? 0;
      const end = label === classes - 1 ? total : Math.round((total * share) / sum);
      /** @type {string[]} */
      const names = [];
      let number = 0;
      for (let i = before; i < end; i++) {
        number += random.integer(1, 20); // train numbers have gaps
        serial++;
        names.push(
          split === 'train' ? `${id}_${number}.JPEG` : `ILSVRC2012_val_${String(serial).padStart(8, '0')}.JPEG`,
        );
      }
      before = end;
      if (names.length > 0) yield { directory: flat ? '' : `${split}/${id}`, label, names };
    }
  }
}

/**
 * A thousand names like WordNet's: n and eight digits, ascending.
 *
 * @param {ReturnType<typeof createRandom>} random
 * @returns {string[]}
 */
function classIds(random) {
  let offset = 1_440_764; // ImageNet's first
  return Array.from({ length: classes }, () => {
    offset += random.integer(1, 20_000);
    return `n${String(offset).padStart(8, '0')}`;
  });
}

/**
 * Distinct pictures of 64×48 pixels: two colours that run into each other, and a bright spot.
 *
 * @param {number} count
 * @param {number} seed
 * @returns {Uint8Array[]} JPEG files
 */
export function drawPictures(count, seed) {
  const random = createRandom(seed);
  const colour = () => [random.integer(0, 255), random.integer(0, 255), random.integer(0, 255)];
  return Array.from({ length: count }, () => {
    const [from, to, spot] = [colour(), colour(), random.integer(0, 47)];
    /** @type {[number, number, number][]} */
    const tiles = [];
    for (let i = 0; i < 48; i++) {
      const t = ((i % 8) / 7 + Math.floor(i / 8) / 5) / 2;
      /** @param {0 | 1 | 2} c */
      const mix = (c) => (i === spot ? 255 : Math.round((from[c] ?? 0) * (1 - t) + (to[c] ?? 0) * t));
      tiles.push([mix(0), mix(1), mix(2)]);
    }
    return encodeTiles(8, tiles);
  });
}
