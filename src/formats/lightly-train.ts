// The `data` argument of LightlyTrain that belongs to written CSV files, as Python to paste.
import { chooseLabelDelimiter } from './csv.ts';

/**
 * The Python dict for `lightly_train.train_image_classification(data=…)`: paths, class map in the order of the class list (training
 * numbers classes by that order, not by id) and, where needed, the label delimiter. `test` is accepted there but never read.
 */
export function lightlyTrainData(options: {
  train: string;
  validation: string;
  test?: string;
  classes: readonly string[];
  multiLabel: boolean;
}): string {
  const delimiter = chooseLabelDelimiter(options.classes);
  const lines = [
    'data = {',
    `    "train": ${python(options.train)},`,
    `    "val": ${python(options.validation)},`,
    ...(options.test === undefined ? [] : [`    "test": ${python(options.test)},`]),
    '    "classes": {',
    ...options.classes.map((name, id) => `        ${id}: ${python(name)},`),
    '    },',
    ...(delimiter === ',' ? [] : [`    "label_delimiter": ${python(delimiter)},`]),
    '}',
  ];
  if (options.multiLabel) lines.push('# Samples have several labels: pass classification_task="multilabel".');
  return `${lines.join('\n')}\n`;
}

/** A JSON string is a Python string literal too: both know \" \\ \n \uXXXX, and JSON escapes nothing else. */
const python = (text: string): string => JSON.stringify(text);

/** Extensions that LightlyTrain lists: Pillow's and .dcm. Of Vitrine's pictures these two are not among them. */
const notListed: ReadonlySet<string> = new Set(['dicom', 'pam']);

/** True when LightlyTrain passes over a file of this extension (lower case, no dot) without a message. */
export function lightlyTrainSkips(extension: string): boolean {
  return notListed.has(extension);
}
