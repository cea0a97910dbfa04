// Which pictures the sample holds, where each lies, and which of them lie in the wrong folder on purpose.
import { objects } from './objects.mjs';
import { createRandom } from './random.mjs';

const seed = 20261121;

/** Pictures of each class in each split, before wrong labels and copies. */
const perClass = { train: 32, validation: 6, test: 7 };

/** Wrong labels of each split. They are swaps between folders, so that the counts of a class tell nothing. */
const wrong = { train: 8, validation: 2, test: 2 };

/** Drawn from for each picture; PNG is rare, because it is four times as large. */
const extensions = [...Array(6).fill('webp'), ...Array(6).fill('jpg'), 'png'];

/** Near duplicates: a picture again, a little brighter, cropped and more compressed. The last one leaks from train to test. */
const copies = [
  ['train', 'train'],
  ['train', 'train'],
  ['train', 'train'],
  ['train', 'test'],
];

/** Pictures of deep and medical formats, one more each for its class: so that the sample shows what is read besides photographs. */
const deep = [
  ['train', 'snail', 'dcm'],
  ['validation', 'house', 'dcm'],
  ['train', 'cactus', 'tif'],
];

/**
 * The whole sample: `{ path, truth, seed, copyOf? }` a picture, in a fixed order. `truth` is what is drawn; the folder says the label.
 * File names are numbers that tell neither.
 */
export function planSample() {
  const random = createRandom(seed);
  const names = Object.keys(objects);
  const numbers = random.shuffle(Array.from({ length: 9000 }, (_, i) => 1000 + i));
  const pictures = [];
  for (const [split, n] of Object.entries(perClass))
    for (const truth of names)
      for (let i = 0; i < n; i++) pictures.push({ split, truth, label: truth, seed: random.integer(1, 2 ** 31) });
  for (const [split, n] of Object.entries(wrong))
    mislabel(
      pictures.filter((p) => p.split === split),
      n,
      random,
    );
  for (const [from, to] of copies) {
    const original = random.pick(pictures.filter((p) => p.split === from && p.label === p.truth && !p.copied));
    original.copied = true;
    pictures.push({ ...original, split: to, copyOf: original.seed });
  }
  const plan = pictures.map(({ split, truth, label, seed: pictureSeed, copyOf }) => {
    const extension = random.pick(extensions);
    return { path: `${split}/${label}/${numbers.pop()}.${extension}`, truth, seed: pictureSeed, copyOf };
  });
  // last, so that the others stay what they are
  for (const [split, truth, extension] of deep)
    plan.push({ path: `${split}/${truth}/${numbers.pop()}.${extension}`, truth, seed: random.integer(1, 2 ** 31) });
  return plan;
}

/** Swaps the labels of `n` pictures of `n` neighbouring classes in a ring, so that every class keeps its count. */
function mislabel(pictures, n, random) {
  const names = random.shuffle(Object.keys(objects)).slice(0, n);
  const chosen = names.map((name) => random.pick(pictures.filter((p) => p.truth === name)));
  for (const [i, picture] of chosen.entries()) picture.label = names[(i + 1) % n];
}
