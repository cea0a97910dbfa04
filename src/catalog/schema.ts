// The built-in columns and fields as one list; a column that a person's metadata brings is one more entry of the same kind.
import type { Field } from './types.ts';

/** How a column's values are kept. */
export type Storage =
  | 'integer'
  | 'float32'
  | 'float64'
  | 'flag' // boolean that is never missing
  | 'boolean'
  | 'category'
  | 'class'
  | 'class-set'
  | 'string-set'
  | 'text'
  | 'json'; // text that holds JSON

/** A stored column. */
export interface ColumnDescription extends Field {
  storage: Storage;
  /** Not offered as a field: it serves others, or is shown in its own way. Filters may name it. */
  hidden?: true;
}

/** A field that is computed from columns. */
interface DerivedField extends Field {
  from: readonly string[];
}

const file = { origin: 'file' } as const;
const label = { origin: 'label' } as const;
const prediction = { origin: 'prediction' } as const;
const values = { type: 'category', facet: 'values', storage: 'category' } as const;
const histogram = { type: 'integer', facet: 'histogram', storage: 'integer' } as const;
const measure = { type: 'number', facet: 'histogram', storage: 'float32' } as const;
const flag = { type: 'boolean', facet: 'switch', storage: 'flag' } as const;

/** Columns of every dataset. */
export const BUILT_IN_COLUMNS = {
  directory: { name: 'directory', title: 'Folder', ...file, ...values },
  name: { name: 'name', title: 'Name', ...file, type: 'text', facet: 'none', storage: 'text' },
  split: { name: 'split', title: 'Split', ...label, ...values },
  label: { name: 'label', title: 'Label', ...label, type: 'classes', facet: 'values', storage: 'class-set' },
  negatives: {
    name: 'negatives',
    title: 'Known not to be',
    ...label,
    type: 'classes',
    facet: 'none',
    storage: 'class-set',
    hidden: true,
  },
  excluded: { name: 'excluded', title: 'Excluded', ...label, ...flag },
  reviewed: { name: 'reviewed', title: 'Reviewed', ...label, ...flag },
  labelEdited: { name: 'labelEdited', title: 'Label edited', ...label, ...flag, hidden: true },
  splitEdited: { name: 'splitEdited', title: 'Split edited', ...label, ...flag, hidden: true },
  labelImported: { name: 'labelImported', title: 'Label imported', ...label, ...flag, hidden: true },
  importedLabel: {
    name: 'importedLabel',
    title: 'Label in the imported files',
    ...label,
    ...values,
    facet: 'none',
    hidden: true,
  },
  importedSplit: {
    name: 'importedSplit',
    title: 'Split in the imported files',
    ...label,
    ...values,
    facet: 'none',
    hidden: true,
  },
  splitImported: { name: 'splitImported', title: 'Split imported', ...label, ...flag, hidden: true },
  removed: { name: 'removed', title: 'Removed', ...file, ...flag, hidden: true },
  size: { name: 'size', title: 'File size', ...file, ...histogram, unit: 'bytes' },
  modified: { name: 'modified', title: 'Modified', ...file, ...histogram, type: 'date' },
  state: { name: 'state', title: 'State', ...file, ...values, hidden: true },
  reason: { name: 'reason', title: 'Why not readable', ...file, ...values, hidden: true },
  detailed: { name: 'detailed', title: 'Header read', ...file, ...flag, hidden: true },
  format: { name: 'format', title: 'Format', ...file, ...values },
  width: { name: 'width', title: 'Width', ...file, ...histogram, unit: 'px' },
  height: { name: 'height', title: 'Height', ...file, ...histogram, unit: 'px' },
  predicted: {
    name: 'predicted',
    title: 'Predicted',
    ...prediction,
    type: 'classes',
    facet: 'values',
    storage: 'class',
  },
  confidence: { name: 'confidence', title: 'Confidence', ...prediction, ...measure },
  margin: { name: 'margin', title: 'Margin', ...prediction, ...measure },
  entropy: { name: 'entropy', title: 'Entropy', ...prediction, ...measure },
  doubt: { name: 'doubt', title: 'Doubt about the label', ...prediction, ...measure },
  backbone_class: { name: 'backbone_class', title: 'Backbone’s class', ...prediction, ...values },
  backbone_confidence: { name: 'backbone_confidence', title: 'Backbone’s confidence', ...prediction, ...measure },
} as const satisfies Record<string, ColumnDescription>;

/** Fields of every dataset that are no column of their own. */
export const DERIVED_FIELDS = {
  path: { name: 'path', title: 'Path', ...file, type: 'text', facet: 'none', from: ['directory', 'name'] },
  labelled: { name: 'labelled', title: 'Labelled', ...label, type: 'boolean', facet: 'switch', from: ['label'] },
  disagrees: {
    name: 'disagrees',
    title: 'Prediction disagrees',
    ...prediction,
    type: 'boolean',
    facet: 'switch',
    from: ['label', 'predicted'],
  },
  readable: { name: 'readable', title: 'Readable', ...file, type: 'boolean', facet: 'switch', from: ['state'] },
} as const satisfies Record<string, DerivedField>;

export type DerivedName = keyof typeof DERIVED_FIELDS;

/** Order of the fields on the screen; what is not named follows. */
export const FIELD_ORDER = [
  'path',
  'directory',
  'name',
  'split',
  'label',
  'predicted',
  'disagrees',
  'confidence',
  'doubt',
  'margin',
  'entropy',
  'labelled',
  'excluded',
  'reviewed',
  'backbone_class',
  'backbone_confidence',
  'readable',
  'format',
  'width',
  'height',
  'size',
  'modified',
] as const;
