// Which folder and file names readers take for splits, and the names that Vitrine gives those splits.

/**
 * Vitrine's names of splits are Hugging Face's: train, validation, test. LightlyTrain has keys (`train`, `val`) for paths instead
 * of names, so nothing is lost there.
 */
const canonical: ReadonlyMap<string, string> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['dev', 'validation'],
  ['test', 'test'],
  ['testing', 'test'],
  ['eval', 'test'],
  ['evaluation', 'test'],
]);

/** The split that a folder name says as a whole word, in any case ('Train', 'val2017', 'test_set'), or null. */
export function splitOfWord(folder: string): string | null {
  const name = folder.toLowerCase();
  const whole = canonical.get(name);
  if (whole !== undefined) return whole;
  // Names of whole collections: train2017, val-images, images_test, test set. One split word, and only fillers beside it.
  const words = name.split(/[^a-z]+/).filter((word) => word !== '');
  const known = words.flatMap((word) => canonical.get(word) ?? []);
  const rest = words.filter((word) => !canonical.has(word) && !fillers.has(word));
  const [first] = known;
  return known.length === 1 && rest.length === 0 && first !== undefined ? first : null;
}

const fillers: ReadonlySet<string> = new Set([
  'set',
  'data',
  'images',
  'imgs',
  'img',
  'pictures',
  'split',
  'jpegimages',
]);

/** datasets 5.0.1: a word counts when it is the name or is bounded by - . _ blank or a digit; case-sensitive. */
const huggingFaceWord =
  /(?:^|[-._ 0-9])(?:(train|training)|(validation|valid|dev|val)|(test|testing|eval|evaluation))(?=$|[-._ 0-9])/;

/** The split that Hugging Face imagefolder reads out of a folder or file name, or null. */
export function huggingFaceSplit(name: string): 'train' | 'validation' | 'test' | null {
  const match = huggingFaceWord.exec(name);
  if (!match) return null;
  if (match[1] !== undefined) return 'train';
  return match[2] !== undefined ? 'validation' : 'test';
}
