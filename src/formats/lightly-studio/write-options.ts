// What a person may choose about the files written for LightlyStudio.
import type { Field } from '../../catalog/types.ts';
import type { ExportDataset, FormatOptions, OptionField } from '../types.ts';
import { FILE_NAME } from './options.ts';

/** Options of an export. */
export interface StudioWriteOptions {
  metadata: 'csv' | 'json' | 'none';
  classifications: boolean;
  /** `path` below the folder, or the bare file `name`, which LightlyStudio's own script wants. */
  names: 'path' | 'name';
  /** Put before each path of the classifications: the folder where LightlyStudio reads the pictures. */
  folder: string;
  /** Labels are written under this annotation source unless they came with one. */
  source: string;
}

/** Options with what is missing filled in. */
export function readWriteOptions(given: FormatOptions): StudioWriteOptions {
  const text = (key: string, fallback: string): string => (typeof given[key] === 'string' ? given[key] : fallback);
  const metadata = text('metadata', 'csv');
  return {
    metadata: metadata === 'json' || metadata === 'none' ? metadata : 'csv',
    classifications: given.classifications !== false,
    names: text('names', 'path') === 'name' ? 'name' : 'path',
    folder: text('folder', ''),
    source: text('source', '') || 'annotation',
  };
}

/** Metadata only where there are fields. */
export function defaultWriteOptions({ fields = [] }: ExportDataset): FormatOptions {
  return {
    metadata: fields.length > 0 ? 'csv' : 'none',
    classifications: true,
    names: 'path',
    folder: '',
    source: 'annotation',
  };
}

/** The fields of the save dialog. */
export function writeOptionFields(): OptionField[] {
  return [
    {
      key: 'metadata',
      title: 'Metadata',
      kind: 'choice',
      choices: [
        { value: 'csv', title: 'CSV' },
        { value: 'json', title: 'JSON, which keeps lists and types' },
        { value: 'none', title: 'none' },
      ],
    },
    { key: 'classifications', title: 'Labels', help: 'As LightlyStudio exports classifications.', kind: 'switch' },
    {
      key: 'names',
      title: 'File names',
      help: 'Bare names are what the script on LightlyStudio’s page reads; they must be unique.',
      kind: 'choice',
      choices: [
        { value: 'path', title: 'paths' },
        { value: 'name', title: 'bare names' },
      ],
    },
    {
      key: 'folder',
      title: 'Folder of the pictures',
      help: 'Where LightlyStudio will read them; put before each path.',
      kind: 'text',
    },
    { key: 'source', title: 'Annotation source', kind: 'text' },
  ];
}

/** Fields that an import of classifications made; they go back into that file instead of the metadata. */
const LABEL_FIELDS: ReadonlySet<string> = new Set(['label_confidence', 'annotation_source']);

/** Fields that are metadata, in their order. */
export const metadataFields = ({ fields = [] }: ExportDataset): Field[] =>
  fields.filter(({ name }) => !LABEL_FIELDS.has(name) && name !== FILE_NAME);
