// What a person may choose when a DeepQ zip is written, and what no DeepQ zip can hold.
import { VitrineError } from '../../shared/errors.ts';
import type { ExportDataset, FormatOptions, OptionField } from '../types.ts';

/** Options of writing, complete. */
export interface DeepqWriteOptions {
  /** Version of the platform's guide: limits differ. */
  version: '1.1.5' | '2' | '3';
  /** Rows of label.csv: 3 columns with 0 and 1, 2 columns with the one class, boxes in 6, masks in 5. */
  rows: 'one-hot' | 'single' | 'boxes' | 'masks';
  /** Pictures in `image/` with a label.csv, or in `Classes/<class>/`. */
  layout: 'image' | 'classes';
  /** Names in the extra field 0x7075, too. */
  unicodeExtra: boolean;
  /** The label file that was imported: its rows stay where nothing was edited, its other rows always. '' for none. */
  original: string;
  /** Other files of the zip that go into the new one as they are. */
  keep: readonly string[];
}

const oneOf = <T extends string>(value: unknown, choices: readonly T[], otherwise: T): T =>
  choices.find((choice) => choice === value) ?? otherwise;

/** Plain options with what is absent or unknown as its default. */
export function readWriteOptions(given: FormatOptions): DeepqWriteOptions {
  return {
    version: oneOf(String(given.version), ['1.1.5', '2', '3'] as const, '3'),
    rows: oneOf(given.rows, ['one-hot', 'single', 'boxes', 'masks'] as const, 'one-hot'),
    layout: oneOf(given.layout, ['image', 'classes'] as const, 'image'),
    unicodeExtra: given.unicodeExtra === true,
    original: typeof given.original === 'string' ? given.original : '',
    keep: Array.isArray(given.keep) ? given.keep.filter((path) => typeof path === 'string') : [],
  };
}

/** Options that fit a dataset. */
export function defaultWriteOptions(dataset: ExportDataset): DeepqWriteOptions {
  const has = (name: string): boolean => dataset.fields?.some((field) => field.name === name) ?? false;
  const rows = has('boxes') ? 'boxes' : has('masks') ? 'masks' : 'one-hot';
  return { version: '3', rows, layout: 'image', unicodeExtra: false, original: 'label.csv', keep: [] };
}

/** What a person may change of them. */
export function writeOptionFields(): OptionField[] {
  return [
    {
      key: 'version',
      title: 'Guide',
      help: 'The zip may have 4 GB until version 2, 20 GB in version 3.',
      kind: 'choice',
      choices: [
        { value: '3', title: 'version 3 (2023)' },
        { value: '2', title: 'version 2 (2022)' },
        { value: '1.1.5', title: 'version 1.1.5 (2021)' },
      ],
    },
    {
      key: 'rows',
      title: 'Rows of label.csv',
      kind: 'choice',
      choices: [
        { value: 'one-hot', title: 'every class with 1 or 0' },
        { value: 'single', title: 'the one class' },
        { value: 'boxes', title: 'boxes, as imported' },
        { value: 'masks', title: 'masks, as imported' },
      ],
    },
    {
      key: 'layout',
      title: 'Pictures in',
      kind: 'choice',
      choices: [
        { value: 'image', title: 'image, with a label.csv' },
        { value: 'classes', title: 'Classes, one folder a class' },
      ],
    },
    {
      key: 'unicodeExtra',
      title: 'Names for old tools',
      help: 'Writes names beyond ASCII twice (extra field 0x7075).',
      kind: 'switch',
    },
  ];
}

/** Names that Windows does not take for a folder, nor a zip reader for a safe one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNFIT = /[\\/:*?"<>|\0-\x1f]|[. ]$|^\.{0,2}$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Errors: `bad-input` for class names that are no folder names. */
export function requireFolderNames(classes: readonly string[], { layout }: DeepqWriteOptions): void {
  const unfit = layout === 'classes' ? classes.filter((name) => UNFIT.test(name)) : [];
  if (unfit.length > 0)
    throw new VitrineError(
      'bad-input',
      `No folder name: ${unfit.map((name) => `“${name}”`).join(', ')}. Rename the ${unfit.length === 1 ? 'class' : 'classes'}, or write image and label.csv.`,
    );
}

/** The error for a picture with several labels where there is room for one. */
export function severalLabels(path: string, { layout }: DeepqWriteOptions): VitrineError {
  return new VitrineError(
    'bad-input',
    layout === 'classes'
      ? `${path} has more than one label, and a picture lies in one class folder. Write image and label.csv instead.`
      : `${path} has more than one label, and these rows hold one. Choose rows with 1 and 0.`,
    { file: path },
  );
}
