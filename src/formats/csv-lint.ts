// What a reader of the CSV files will stumble over, told before anything is written.
import { VitrineError } from '../shared/errors.ts';
import { extensionOf } from '../shared/paths.ts';
import type { CsvLayout } from './csv.ts';
import { lightlyTrainSkips } from './lightly-train.ts';
import type { ExportDataset, ExportRow, FieldValue } from './types.ts';
import { count, createTally, quoteSome } from './words.ts';

/** Collects over the rows that are written; `warnings` are sentences for people. */
export interface Lint {
  add(row: ExportRow): void;
  warnings(): string[];
}

/**
 * Refuses class names that LightlyTrain could never match: it strips each label, so a name with outer blanks is unknown to it, and
 * drops empty ones. Errors: `bad-input`.
 */
export function requireCsvNames(classes: readonly string[]): void {
  const blank = classes.find((name) => name.trim() !== name || name === '');
  if (blank !== undefined)
    throw new VitrineError(
      'bad-input',
      `The class “${blank}” is empty or has blanks at its ends, which readers of a CSV strip. Rename the class, then save.`,
    );
}

/** Checks CSV rows against LightlyTrain's reader (0.17) and against spreadsheets. */
export function createCsvLint(dataset: ExportDataset, layout: CsvLayout, files: 'per-split' | 'one'): Lint {
  const unlabelled = createTally();
  const severalLabels = createTally();
  const noSplit = createTally();
  const skipped = createTally();
  const blankPath = createTally();
  const formula = createTally();
  const formulaField = createTally();
  const used = new Map<string, Set<string | null>>(); // class → splits it occurs in
  const splits = new Set<string | null>();

  return {
    add(row) {
      splits.add(row.split);
      for (const name of row.labels) {
        const seen = used.get(name);
        if (seen) seen.add(row.split);
        else used.set(name, new Set([row.split]));
      }
      if (row.labels.length === 0) unlabelled.add(row.path);
      if (row.labels.length > 1) severalLabels.add(row.path);
      if (row.split === null) noSplit.add(row.path);
      if (lightlyTrainSkips(extensionOf(row.path))) skipped.add(row.path);
      if (row.path.trim() !== row.path) blankPath.add(row.path);
      if (layout.prefix === '' && startsFormula(row.path)) formula.add(row.path);
      for (const field of layout.fields) if (runsAsFormula(row.fields?.[field.name])) formulaField.add(field.title);
    },
    warnings: () => [
      ...delimiterWarning(dataset.classes, layout.labelDelimiter),
      ...unlabelled.tell(
        (n) =>
          `${count(n, 'row')} ${n === 1 ? 'has' : 'have'} a prediction but no label: LightlyTrain passes over them.`,
      ),
      ...severalLabels.tell(
        (n) =>
          `${count(n, 'picture')} ${n === 1 ? 'has' : 'have'} several labels: train with classification_task="multilabel", else LightlyTrain stops.`,
      ),
      ...(files === 'one' && splits.size > 1
        ? ['LightlyTrain does not read a split column: it wants one file per split.']
        : []),
      ...(files === 'per-split'
        ? noSplit.tell(
            (n) => `${count(n, 'picture')} without a split ${n === 1 ? 'is' : 'are'} in a file of their own.`,
          )
        : []),
      ...splitWarnings(splits, files),
      ...classWarnings(used, splits),
      ...skipped.tell((n, path) => `LightlyTrain passes over ${count(n, 'file')} by the extension, such as ${path}.`),
      ...blankPath.tell(
        (n, path) =>
          `${count(n, 'path')} begin${n === 1 ? 's' : ''} or end${n === 1 ? 's' : ''} with a blank, which LightlyTrain strips and then finds no file: “${path}”.`,
      ),
      ...formulaWarnings([...used.keys()].filter(startsFormula), formula),
      ...formulaField.tell(
        (n, title) =>
          `${count(n, 'value')} of fields such as ${title} begin${n === 1 ? 's' : ''} like a formula, and ${asText}`,
      ),
    ],
  };
}

function delimiterWarning(classes: readonly string[], delimiter: string): string[] {
  if (delimiter === ',') return [];
  const names = classes.filter((name) => name.includes(','));
  return [
    `${quoteSome(names)} hold${names.length === 1 ? 's' : ''} a comma, which separates labels by default: tell the reader label_delimiter="${delimiter}".`,
  ];
}

function splitWarnings(splits: ReadonlySet<string | null>, files: 'per-split' | 'one'): string[] {
  if (files === 'one') return [];
  const missing = ['train', 'validation'].filter((split) => !splits.has(split));
  return missing.length === 0
    ? []
    : [`LightlyTrain needs a train and a validation file; there is no ${missing.join(' and no ')} split here.`];
}

function classWarnings(
  used: ReadonlyMap<string, ReadonlySet<string | null>>,
  splits: ReadonlySet<string | null>,
): string[] {
  if (used.size < 2) return ['Fewer than two classes occur in these rows: nothing can be learned from them.'];
  if (!splits.has('train')) return [];
  const untrained = [...used].filter(([, seen]) => !seen.has('train')).map(([name]) => name);
  if (untrained.length === 0) return [];
  return [`No training picture has the class ${quoteSome(untrained)}: a classifier cannot learn it.`];
}

/** Spreadsheets run cells that begin like this. Values are written as they are, because readers match them exactly. */
const startsFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

const runsAsFormula = (value: FieldValue | undefined): boolean => typeof value === 'string' && startsFormula(value);
const asText = 'a spreadsheet may run it as a formula: import the file as text there.';

function formulaWarnings(classes: readonly string[], paths: ReturnType<typeof createTally>): string[] {
  return [
    ...(classes.length === 0 ? [] : [`The class ${quoteSome(classes)} begins like a formula, and ${asText}`]),
    ...paths.tell(
      (n, path) => `${count(n, 'path')} begin${n === 1 ? 's' : ''} like a formula (${path}), and ${asText}`,
    ),
  ];
}
