// Judges the reading of a dbcollection file by the sets, samples and warnings of a case.
import { createHash } from 'node:crypto';
import { openHdf5 } from '../../../src/formats/dbcollection/hdf5.ts';
import { openSets } from '../../../src/formats/dbcollection/set.ts';
import { toVitrineError } from '../../../src/shared/errors.ts';
import { failed, type Outcome, passed } from '../types.ts';

interface Sample {
  path: string;
  labels: readonly string[];
}

/** A set as a case expects it; above 40 rows by its ends and hashes. */
interface ExpectedSet {
  n: number;
  classes?: string[] | null;
  classes_n?: number;
  labels?: string[] | null;
  samples?: Sample[];
  first?: Sample[];
  last?: Sample[];
  sha256_paths?: string;
  sha256_labels?: string;
}

interface Expected {
  sets?: Record<string, ExpectedSet>;
  warnings?: string[];
  error?: { contains: string };
  anyOf?: Expected[];
}

interface ReadSet {
  n: number;
  classes: readonly string[] | null;
  words: readonly string[] | null;
  samples: Sample[];
}
type Reading = { sets: Record<string, ReadSet>; warnings: string[] } | { error: string };

/** Reads every set whole. */
export async function readFile(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Reading> {
  try {
    const hdf5 = await openHdf5(bytes, name);
    try {
      const { sets, remarks } = openSets(hdf5, name, 'auto');
      const read = sets.map((set): [string, ReadSet] => {
        const samples: Sample[] = [];
        for (const { from, names } of set.names())
          for (const [i, path] of names.entries()) samples.push({ path, labels: set.labelsOf(from + i) });
        return [set.name, { n: set.images, classes: set.classes, words: set.words, samples }];
      });
      return { sets: Object.fromEntries(read), warnings: remarks.map(({ place, about }) => `${place}: ${about}`) };
    } finally {
      hdf5.close();
    }
  } catch (error) {
    const ours = toVitrineError(error);
    if (ours.code === 'internal') throw error;
    return { error: ours.message };
  }
}

export async function judgeHdf5(expect: Expected, bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Outcome> {
  const reading = await readFile(bytes, name);
  const whys = (expect.anyOf ?? [expect]).map((one) => difference(one, reading));
  return whys.includes(null) ? passed : failed(whys.join('; or '));
}

/** What differs, or null. */
function difference(expect: Expected, reading: Reading): string | null {
  if (expect.error) {
    if ('error' in reading)
      return reading.error.includes(expect.error.contains) ? null : `the error “${reading.error}”`;
    return `no error about “${expect.error.contains}”`;
  }
  if ('error' in reading) return `the error “${reading.error}”`;
  const [got, wanted] = [reading.warnings.map(slug).sort(), (expect.warnings ?? []).map(slug).sort()];
  // A single word stands for whatever is said of it; else the set, the dataset and the subject must be the same.
  const vague = wanted.every((warning) => !warning.includes(':'));
  if (expect.warnings && !vague && got.join('\n') !== wanted.join('\n'))
    return `the warnings ${got.join(', ')} instead of ${wanted.join(', ')}`;
  if (expect.warnings && vague && wanted.length === 0 && got.length > 0) return `the warnings ${got.join(', ')}`;
  if (vague && !wanted.every((word) => got.some((one) => one.includes(word)))) return `no warning ${wanted.join(', ')}`;
  if (!expect.sets) return null;
  const names = [Object.keys(reading.sets).sort(), Object.keys(expect.sets).sort()].map((list) => list.join(', '));
  if (names[0] !== names[1]) return `the sets ${names[0]} instead of ${names[1]}`;
  for (const [name, set] of Object.entries(expect.sets)) {
    const read = reading.sets[name];
    const why = read ? differentSet(set, read) : 'absent';
    if (why !== null) return `${name}: ${why}`;
  }
  return null;
}

/** Wording does not count: 'train/labels: Duplicates' is 'train/labels: duplicates'. */
const slug = (warning: string): string => {
  const [place = '', ...about] = warning.split(': ');
  const word = about
    .join(': ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return about.length === 0 ? place.toLowerCase() : `${place}: ${word}`;
};

function differentSet(expect: ExpectedSet, { n, classes, words, samples }: ReadSet): string | null {
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
  const pairs: [name: string, got: () => unknown, wanted: unknown][] = [
    ['n', () => n, expect.n],
    ['classes', () => classes, expect.classes],
    ['classes_n', () => classes?.length, expect.classes_n],
    ['labels', () => words, expect.labels],
    ['samples', () => samples, expect.samples],
    ['first', () => samples.slice(0, expect.first?.length), expect.first],
    ['last', () => samples.slice(-(expect.last?.length ?? 1)), expect.last],
    ['sha256_paths', () => sha(samples.map(({ path }) => path).join('\n')), expect.sha256_paths],
    ['sha256_labels', () => sha(samples.map(({ labels }) => labels.join('|')).join('\n')), expect.sha256_labels],
  ];
  for (const [name, got, wanted] of pairs) {
    if (wanted === undefined) continue;
    const [a, b] = [JSON.stringify(got()), JSON.stringify(wanted)];
    if (a !== b) return `${name} ${a?.slice(0, 300)} instead of ${b?.slice(0, 300)}`;
  }
  return null;
}
