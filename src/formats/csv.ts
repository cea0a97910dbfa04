// Writes CSV as LightlyTrain reads it: image_path and label, then what was asked for besides.
import type { Field } from '../catalog/types.ts';
import { sixDecimals } from './decimals.ts';
import { cellText, columnOf } from './field-values.ts';
import type { ExportRow } from './types.ts';

/** Columns and text rules of one CSV file. */
export interface CsvLayout {
  /** Put before each path: '' for paths relative to the file. */
  prefix: string;
  /** Joins several labels in one cell; LightlyTrain's `label_delimiter`. */
  labelDelimiter: string;
  splitColumn: boolean;
  predictions: boolean;
  /** Classes of the probability columns `probability_NAME`; empty: none. */
  probabilityClasses: readonly string[];
  /** Columns of fields, behind all others. */
  fields: readonly Field[];
}

/** The header line: `image_path,label[,split][,predicted,confidence][,probability_…][,fields]`, with its line feed. */
export function csvHeader(layout: CsvLayout): string {
  const columns = ['image_path', 'label'];
  if (layout.splitColumn) columns.push('split');
  if (layout.predictions) columns.push('predicted', 'confidence');
  for (const name of layout.probabilityClasses) columns.push(`probability_${name}`);
  columns.push(...layout.fields.map(columnOf));
  return `${columns.map(quoteCell).join(',')}\n`;
}

/**
 * One row with its line feed. Cells are quoted when they hold a comma, quote, CR or LF, and always around several labels, as
 * LightlyTrain's own documentation writes them.
 */
export function csvLine(row: ExportRow, layout: CsvLayout): string {
  let line = quoteCell(prefixed(layout.prefix, row.path));
  line += `,${labelCell(row.labels, layout.labelDelimiter)}`;
  if (layout.splitColumn) line += `,${quoteCell(row.split ?? '')}`;
  if (layout.predictions) line += `,${quoteCell(row.predicted ?? '')},${decimals(row.confidence)}`;
  const { probabilities } = row;
  for (let k = 0; k < layout.probabilityClasses.length; k++) line += `,${decimals(probabilities?.[k])}`;
  for (const field of layout.fields) line += `,${quoteCell(cellText(row, field))}`;
  return `${line}\n`;
}

/** The first delimiter that no class name holds: a name that holds it could never be matched by the reader. */
export function chooseLabelDelimiter(classes: readonly string[]): string {
  const candidates = [',', ';', '|', '::', ' || '];
  const free = candidates.find((delimiter) => !classes.some((name) => name.includes(delimiter)));
  // Names that hold all of the above: the shortest run of bars that none holds.
  let bars = '|||';
  while (free === undefined && classes.some((name) => name.includes(bars))) bars += '|';
  return free ?? bars;
}

/** `prefix` and path with exactly one separator between them. */
function prefixed(prefix: string, path: string): string {
  if (prefix === '') return path;
  return prefix.endsWith('/') || prefix.endsWith('\\') ? prefix + path : `${prefix}/${path}`;
}

const decimals = (p: number | null | undefined): string => (p == null ? '' : sixDecimals(p));

function labelCell(labels: readonly string[], delimiter: string): string {
  const [only] = labels;
  if (labels.length > 1) return `"${labels.join(delimiter).replaceAll('"', '""')}"`;
  return only === undefined ? '' : quoteCell(only);
}

const needsQuotes = /[",\r\n]/;

function quoteCell(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
