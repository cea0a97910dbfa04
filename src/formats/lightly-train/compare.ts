// Compares what the imported CSV files say of each picture with what the dataset says now: which pictures changed, which are new.
import { VitrineError } from '../../shared/errors.ts';
import { directoryOf } from '../../shared/paths.ts';
import { createPictureIndex } from '../pictures.ts';
import type { CsvBlock, CsvRow } from '../text/csv.ts';
import type { ExportDataset, WriteContext } from '../types.ts';
import { isListed } from './extensions.ts';
import type { ImportedCsv } from './imported.ts';
import { createLabelReader, stripPython } from './labels.ts';
import { createResolver, isAbsolute, joinRelative } from './resolve.ts';

/** A file that is there, and a fresh pass over it. */
export interface Original {
  path: string;
  split: string;
  blocks(): AsyncIterable<CsvBlock>;
}

/** What must become of a file. */
export interface FileChanges {
  image: number;
  label: number;
  /** What stands before paths from the opened folder where all are absolute; null: paths are relative. */
  root: string | null;
  /** In the order of the file: the names that the record's cell must have now; null: the record stays as it is. */
  judge(row: CsvRow): readonly string[] | null;
}

interface Place extends Pick<FileChanges, 'image' | 'label'> {
  /** Position of the picture among the rows; -1: none of them. */
  find(row: CsvRow): number;
  root(): string | null;
}

/**
 * Reads all files once. Labels of several records of one picture count together, as the import unites them. Errors: `bad-input` for files whose
 * columns are gone, for a picture that changed its split, and for paths that cannot be told with a filter; those of reading.
 */
export async function compareOriginals(
  dataset: ExportDataset,
  { options }: ImportedCsv,
  originals: readonly Original[],
  { signal }: WriteContext,
) {
  const reader = createLabelReader(options);
  const sets = createSets();
  // One entry for each row: positions of label sets, no object for each picture.
  const position = new Map<string, number>();
  const now: number[] = [];
  const splits: (string | null)[] = [];
  for await (const rows of dataset.rows({ probabilities: false, ...(signal ? { signal } : {}) }))
    for (const { path, labels, split } of rows) {
      position.set(path, now.length);
      now.push(sets.of(labels));
      splits.push(split);
    }
  const was = new Uint32Array(now.length);
  const named = new Uint8Array(now.length);
  const splitOf = new Int8Array(now.length).fill(-1);
  const pictures = createPictureIndex(position.keys());
  const partial = dataset.filtered || dataset.excluded > 0;

  const placeIn = (file: string, header: CsvRow): Place => {
    const image = columnIn(file, header, options.csv_image_column);
    const label = columnIn(file, header, options.csv_label_column);
    const resolve = createResolver(pictures, file);
    let root: string | null | undefined;
    return {
      image,
      label,
      root: () => root ?? null,
      find(row) {
        const written = stripPython(row.cells[image] ?? '');
        if (written === '' || !isListed(written)) return -1;
        const found = resolve(written);
        if ('missing' in found) return -1;
        const slashed = written.replaceAll('\\', '/');
        const absolute = isAbsolute(written);
        const whole = absolute
          ? slashed.endsWith(`/${found.path}`)
          : joinRelative(directoryOf(file), slashed) === found.path;
        const before = absolute && whole ? slashed.slice(0, -found.path.length) : null;
        if (partial && (!whole || (absolute && root !== undefined && root !== before))) throw cannotTell(file, written);
        root = root === undefined || root === before ? before : null;
        return position.get(found.path) ?? -1;
      },
    };
  };

  const roots: (string | null)[] = [];
  for (const [at, { path, split, blocks }] of originals.entries()) {
    let place: Place | undefined;
    for await (const { header, rows } of blocks()) {
      signal?.throwIfAborted();
      if (header) place ??= placeIn(path, header);
      for (const row of place ? rows : []) {
        const i = place?.find(row) ?? -1;
        if (i < 0) continue;
        named[i] = 1;
        const { labels } = reader.read(stripPython(row.cells[place?.label ?? -1] ?? ''));
        if (labels.length === 0 || (labels.length > 1 && options.classification_task === 'multiclass')) continue;
        was[i] = sets.union(was[i] ?? 0, labels);
        if ((splitOf[i] ?? -1) < 0) splitOf[i] = at;
        const moved = originals[splitOf[i] ?? at]?.split ?? split;
        if (splits[i] !== null && splits[i] !== moved)
          throw new VitrineError(
            'bad-input',
            `${row.cells[place?.image ?? -1]} stands in the file of ${moved}, but is in ${splits[i]} now. Do not change the imported files, so that new ones are written.`,
            { file: path, line: row.line },
          );
      }
    }
    if (!place) throw new VitrineError('bad-input', `${path} is empty now. Do not change the imported files.`);
    roots.push(place.root());
  }
  return {
    /** For one pass over the records of a file. */
    changesOf(at: number, header: CsvRow): FileChanges {
      const { image, label, find } = placeIn(originals[at]?.path ?? '', header);
      return {
        image,
        label,
        root: roots[at] ?? null,
        judge(row) {
          const i = find(row);
          if (i < 0 || now[i] === was[i]) return null;
          const { ignored } = reader.read(stripPython(row.cells[label] ?? ''));
          return [...sets.at(now[i] ?? 0), ...ignored];
        },
      };
    },
    /** True when some record names the picture. */
    isNamed: (path: string): boolean => named[position.get(path) ?? -1] === 1,
  };
}

/** Sets of labels by number; 0 is the empty one. The order of the first that was met is kept. */
function createSets() {
  const numbers = new Map<string, number>([['', 0]]);
  const lists: (readonly string[])[] = [[]];
  const of = (labels: readonly string[]): number => {
    const key = labels.length === 0 ? '' : labels.length === 1 ? `=${labels[0]}` : JSON.stringify([...labels].sort());
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, lists.length);
    return lists.push(labels) - 1;
  };
  return {
    of,
    union: (set: number, labels: readonly string[]): number =>
      of(set === 0 ? labels : [...new Set([...(lists[set] ?? []), ...labels])]),
    at: (set: number): readonly string[] => lists[set] ?? [],
  };
}

/** Of two columns with one name the last counts, as when reading. */
function columnIn(file: string, header: CsvRow, name: string): number {
  const index = header.cells.lastIndexOf(name);
  if (index >= 0) return index;
  throw new VitrineError(
    'bad-input',
    `${file} has no column “${name}” any more. Import it again, or do not change the imported files.`,
    { file, line: header.line },
  );
}

const cannotTell = (file: string, written: string): VitrineError =>
  new VitrineError(
    'bad-input',
    `Which picture ${written} in ${file} means cannot be told while some are filtered out or excluded. Save all, or do not change the imported files.`,
    { file },
  );
