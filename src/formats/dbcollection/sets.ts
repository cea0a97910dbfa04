// Finds the sets of a dbcollection file: the groups that hold image_filenames, in both layouts that dbcollection has had.
import { VitrineError } from '../../shared/errors.ts';
import { byCodePoint } from '../pictures.ts';
import type { Hdf5Entry, Hdf5File } from './hdf5.ts';
import type { Remarks } from './remarks.ts';

/** A set and the paths of its known datasets. */
export interface FoundSet {
  name: string;
  group: string;
  datasets: ReadonlyMap<DatasetName, string>;
  /** Paths of datasets that Vitrine does not use, for copies. */
  unknown: readonly string[];
}

/** Datasets of a set, in dbcollection's own order. */
export const DATASET_NAMES = [
  'image_filenames',
  'classes',
  'labels',
  'descriptions',
  'object_fields',
  'object_ids',
  'list_image_filenames_per_class',
] as const;
/** A dataset that Vitrine knows. */
export type DatasetName = (typeof DATASET_NAMES)[number];

/** What datasets at the root of the file are called, which have no group to be named by. */
export const ROOT_SET = '(root)';

/** Sets that people expect first. */
const FIRST = ['train', 'val', 'test'];

/** dbcollection 0.1.x puts its sets below this group. */
const DEFAULT_GROUP = 'default';

/** Folder listings that dbcollection's older versions and its option `_s` store beside the data. */
const SOURCE_GROUP = 'source';

/**
 * Every set of a file, train, val and test first. Links, groups of several names, `source` and what is not known are reported and passed
 * over. Errors: `no-data` (no sets, or none with image_filenames), `unreadable` (damaged).
 */
export function findSets(file: Hdf5File, name: string): { sets: FoundSet[]; remarks: Remarks } {
  const remarks: Remarks = [];
  const sets: FoundSet[] = [];
  const seen = new Set<string>();
  let groups = 0;
  const visit = (parent: string, entries: Hdf5Entry[]): void => {
    for (const entry of inOrder(entries)) {
      if (entry.kind !== 'group') {
        if (parent !== '/') remarkOn(entry, entry.name, remarks);
        continue;
      }
      const group = parent === '/' ? `/${entry.name}` : `${parent}/${entry.name}`;
      if (entry.name === SOURCE_GROUP) {
        remarks.push({
          place: SOURCE_GROUP,
          about: 'ignored',
          text: `The group ${group} holds folder listings and is not read.`,
        });
        continue;
      }
      if (isAncestor(file, entry, parent)) {
        remarks.push(link(entry.name, `${group} is a link back to a group that holds it, and is not followed.`));
        continue;
      }
      if (seen.has(entry.address) || sets.some((set) => set.name === entry.name)) {
        remarks.push({
          place: entry.name,
          about: 'same-group-as-another-set-ignored',
          text: `${group} is another name of a set that is read already.`,
        });
        continue;
      }
      seen.add(entry.address);
      if (parent === '/' && entry.name === DEFAULT_GROUP) {
        visit(group, file.entries(group));
        continue;
      }
      groups++;
      const set = setOf(file, entry.name, group, file.entries(group), remarks);
      if (set) sets.push(set);
      else
        remarks.push({
          place: entry.name,
          about: 'no-image-filenames',
          text: `The group ${group} has no image_filenames and is not read.`,
        });
    }
  };
  const top = file.entries('/');
  const atRoot = top.some((entry) => entry.kind === 'dataset' && entry.name === 'image_filenames');
  if (atRoot) {
    const set = setOf(
      file,
      ROOT_SET,
      '/',
      top.filter((entry) => entry.kind !== 'group'),
      remarks,
    );
    if (set) sets.push(set);
  } else for (const entry of top) if (entry.kind !== 'group') remarkOn(entry, entry.name, remarks);
  visit('/', top);
  if (sets.length > 0) return { sets, remarks };
  const damaged = remarks.find(({ about }) => about === 'damaged');
  if (damaged) throw new VitrineError('unreadable', `${name}: ${damaged.text}`, { file: name });
  throw new VitrineError(
    'no-data',
    groups === 0
      ? `${name} has no sets: no group with pictures. Choose the file that dbcollection wrote for the task.`
      : `No group of ${name} has image_filenames, without which there are no pictures. Choose a classification or raw256 file.`,
    { file: name },
  );
}

const inOrder = (entries: Hdf5Entry[]): Hdf5Entry[] => {
  const rank = (name: string): number => (FIRST.indexOf(name) + FIRST.length + 1) % (FIRST.length + 1);
  return [...entries].sort((a, b) => rank(a.name) - rank(b.name) || byCodePoint(a.name, b.name));
};

/** A hard link to the root, or to the group it stands in, would be walked for ever. */
function isAncestor(file: Hdf5File, entry: { address: string }, parent: string): boolean {
  const ancestors = parent === '/' ? ['/'] : ['/', parent];
  return ancestors.some((group) => file.address(group) === entry.address);
}

const link = (place: string, text: string) => ({ place, about: 'link-ignored', text });

/** Says why an entry that is no group is not read. */
function remarkOn(entry: Hdf5Entry, place: string, remarks: Remarks): void {
  if (entry.kind === 'link') remarks.push(link(place, `${place} is a link to somewhere else, which is not followed.`));
  else if (entry.kind === 'damaged')
    remarks.push({ place, about: 'damaged', text: `${place} is damaged and cannot be read.` });
  else remarks.push({ place, about: 'not-used', text: `${place} is not of dbcollection's form and is not read.` });
}

function setOf(
  file: Hdf5File,
  name: string,
  group: string,
  entries: Hdf5Entry[],
  remarks: Remarks,
): FoundSet | undefined {
  const datasets = new Map<DatasetName, string>();
  const unknown: string[] = [];
  const own: Remarks = [];
  for (const entry of entries) {
    const path = group === '/' ? `/${entry.name}` : `${group}/${entry.name}`;
    const known = DATASET_NAMES.find((one) => one === entry.name);
    if (entry.kind === 'damaged' && known === 'image_filenames') file.dataset(path); // throws what is wrong
    if (entry.kind === 'dataset' && known) datasets.set(known, path);
    else {
      if (entry.kind === 'dataset') unknown.push(path);
      remarkOn(entry, `${name}/${entry.name}`, own);
    }
  }
  if (!datasets.has('image_filenames') && own.every(({ about }) => about !== 'damaged')) return undefined;
  if (!datasets.has('image_filenames')) {
    remarks.push(...own);
    return undefined;
  }
  for (const known of DATASET_NAMES) {
    if (datasets.has(known) || own.some(({ place }) => place === `${name}/${known}`)) continue;
    const instead =
      known === 'object_ids' && datasets.has('list_image_filenames_per_class')
        ? {
            about: 'missing-labels-from-list-image-filenames-per-class',
            text: 'the labels come from list_image_filenames_per_class',
          }
        : { about: 'missing', text: 'the rest is read' };
    own.push({ place: `${name}/${known}`, about: instead.about, text: `${name} has no ${known}: ${instead.text}.` });
  }
  remarks.push(...own);
  return { name, group, datasets, unknown };
}
