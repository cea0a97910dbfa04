// What a person may choose about written metadata: kind of file, place, key of the class, and which reader's keys.
import type { ExportDataset, FormatOptions, OptionField } from '../../types.ts';

/** The options of writing, after checking. */
export interface WriteOptions {
  kind: 'jsonl' | 'csv' | 'parquet';
  /** `split-folders`: one file in each split folder, as Hugging Face and opsml 2 want; `root`: one at the root, as opsml 1 wants. */
  place: 'split-folders' | 'root';
  /** `label`: one name (a list where pictures have several). `categories`: always a list, as opsml wants. */
  labelKey: 'label' | 'categories';
  /** How new lines are spelled; lines that are there keep their spelling. */
  style: 'huggingface' | 'opsml-1' | 'opsml-2';
  predictions: boolean;
}

/** Options with what is missing filled in; values of another kind count as missing. */
export function writeOptions(given: FormatOptions, dataset: Pick<ExportDataset, 'layout' | 'imported'>): WriteOptions {
  const style = given.style === 'opsml-1' || given.style === 'opsml-2' ? given.style : 'huggingface';
  const kind = given.kind === 'csv' || given.kind === 'parquet' ? given.kind : 'jsonl';
  const byFolder = dataset.layout?.splitLevel != null && style !== 'opsml-1';
  return {
    kind,
    place:
      given.place === 'root' || given.place === 'split-folders' ? given.place : byFolder ? 'split-folders' : 'root',
    labelKey:
      given.labelKey === 'label' || given.labelKey === 'categories'
        ? given.labelKey
        : style === 'huggingface' && !keepsCategories(dataset)
          ? 'label'
          : 'categories',
    style,
    predictions: given.predictions === true,
  };
}

/** The fields of the export panel. */
export function writeFields(dataset: Pick<ExportDataset, 'layout' | 'imported'>, given: FormatOptions): OptionField[] {
  const { kind } = writeOptions(given, dataset);
  return [
    {
      key: 'kind',
      title: 'File',
      kind: 'choice',
      choices: [
        { value: 'jsonl', title: 'metadata.jsonl' },
        { value: 'csv', title: 'metadata.csv' },
        { value: 'parquet', title: 'metadata.parquet' },
      ],
    },
    ...(kind === 'jsonl'
      ? [
          {
            key: 'style',
            title: 'Read by',
            help: 'opsml keeps only the caption, categories and objects of a picture.',
            kind: 'choice' as const,
            choices: [
              { value: 'huggingface', title: 'Hugging Face, and opsml 1' },
              { value: 'opsml-1', title: 'opsml 1, in its own spelling' },
              { value: 'opsml-2', title: 'opsml 2 (filepath)' },
            ],
          },
        ]
      : []),
    {
      key: 'place',
      title: 'Place',
      help: 'Beside split folders Hugging Face sees no file at the root.',
      kind: 'choice',
      choices: [
        { value: 'split-folders', title: 'in each split folder' },
        { value: 'root', title: 'one at the root' },
      ],
    },
    {
      key: 'labelKey',
      title: 'Class',
      kind: 'choice',
      choices: [
        { value: 'label', title: 'label: the name' },
        { value: 'categories', title: 'categories: a list of names' },
      ],
    },
    { key: 'predictions', title: 'Predictions', help: 'Adds the keys predicted and confidence.', kind: 'switch' },
  ];
}

/** The files that are there tell the class by `categories`. */
const keepsCategories = ({ imported }: Pick<ExportDataset, 'imported'>): boolean =>
  imported?.format === 'imagefolder' && imported.options.labelKey === 'categories';
