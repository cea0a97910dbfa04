// What the DeepQ platform would reject or drop, found before the zip is written.
import { extensionOf, nameOf } from '../../shared/paths.ts';
import type { ExportDataset, ExportRow, FormatOptions, Lint } from '../types.ts';
import { count, createTally, quoteSome } from '../words.ts';
import { isDecided } from './label-text.ts';
import { readWriteOptions, requireFolderNames, severalLabels } from './write-options.ts';

/** The guide's rules. */
const ACCEPTED = new Set(['jpg', 'jpeg', 'png', 'dcm']);
const SMALLEST = 16;
const LARGEST = 4096;
const FEWEST = 3;
const GIGABYTE = 2 ** 30;

/** Names that are told in full; more are counted. */
const TOLD = 1000;

/** Warnings do not block. Errors: `bad-input` for what the chosen form cannot hold (at once, or when such a row is added). */
export function lintDeepq(dataset: ExportDataset, given: FormatOptions): Lint {
  const options = readWriteOptions(given);
  requireFolderNames(dataset.classes, options);
  const images = new Map(dataset.classes.map((name) => [name, 0]));
  const names = new Map<string, number>();
  const undecided: string[] = [];
  const foreign: string[] = [];
  const misfits: string[] = [];
  const spaces = createTally();
  let bytes = 0;
  let rows = 0;
  const isByClass = options.rows === 'one-hot' || options.rows === 'single';
  const keep = (list: string[], text: string): void => void (list.length < TOLD && list.push(text));
  return {
    add(row: ExportRow) {
      rows++;
      if (row.labels.length > 1 && (options.layout === 'classes' || options.rows === 'single'))
        throw severalLabels(row.path, options);
      for (const label of row.labels) images.set(label, (images.get(label) ?? 0) + 1);
      const name = nameOf(row.path);
      names.set(name, (names.get(name) ?? 0) + 1);
      if (isByClass && !isDecided(row)) keep(undecided, row.path);
      if (!ACCEPTED.has(extensionOf(name))) keep(foreign, row.path);
      if (row.path.includes(' ')) spaces.add(row.path);
      const { width, height, size } = row.fields ?? {};
      bytes += typeof size === 'number' ? size : 0;
      const odd = [width, height].some((side) => typeof side === 'number' && (side < SMALLEST || side > LARGEST));
      if (odd) keep(misfits, `${row.path} (${width} × ${height})`);
    },
    warnings() {
      const few = [...images].filter(([, n]) => n < FEWEST).map(([name]) => name);
      const twice = [...names].filter(([, n]) => n > 1).map(([name]) => name);
      const limit = (options.version === '3' ? 20 : 4) * GIGABYTE;
      return [
        ...(isByClass && rows > 0 && dataset.classes.length < 2
          ? ['DeepQ trains on at least two categories. Add images of another class.']
          : []),
        ...(isByClass && few.length > 0
          ? [
              `DeepQ rejects a dataset with fewer than 3 images of a class: ${quoteSome(few)}. Add images, or leave the class out.`,
            ]
          : []),
        ...(undecided.length > 0
          ? [
              `${count(undecided.length, 'picture')} without a decision ${undecided.length === 1 ? 'gets' : 'get'} no row, so DeepQ does not train on ${undecided.length === 1 ? 'it' : 'them'}: ${quoteSome(undecided)}. Label, or leave out.`,
            ]
          : []),
        ...(foreign.length > 0
          ? [`DeepQ takes jpg, png and dcm only: ${quoteSome(foreign)}. Convert to png, or leave out.`]
          : []),
        ...(misfits.length > 0
          ? [`DeepQ takes images of 16 to 4,096 pixels each way: ${quoteSome(misfits)}. Resize, or leave out.`]
          : []),
        ...(twice.length > 0
          ? [
              `DeepQ's guide wants each file name once, also in different folders: ${quoteSome(twice)}. Rename, or keep them apart by folder.`,
            ]
          : []),
        ...spaces.tell(
          (n, example) =>
            `${count(n, 'name')} with a space, which DeepQ's guide does not want (${example}). Rename with underscores.`,
        ),
        ...(bytes > limit
          ? [
              `The zip will have more than ${limit / GIGABYTE} GB, the most that DeepQ takes. Write a part of the dataset.`,
            ]
          : []),
      ];
    },
  };
}
