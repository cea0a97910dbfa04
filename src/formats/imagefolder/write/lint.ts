// What Hugging Face and opsml will make of the metadata that is to be written, told before.
import { directoryOf, extensionOf } from '../../../shared/paths.ts';
import { createJsonlLint } from '../../metadata-jsonl-lint.ts';
import { splitFolderOf } from '../../split-folders.ts';
import { type JsonNode, parseTree } from '../../text/json-tree.ts';
import type { ExportDataset, ExportRow, Lint } from '../../types.ts';
import { count, createTally, quoteSome } from '../../words.ts';
import { createArrowTypes } from '../peers/arrow-types.ts';
import { OPSML_KEYS, readOpsml } from '../peers/opsml.ts';
import { addCell, isMissing, newPandasColumn, type PandasColumn, pandasType } from '../peers/pandas-types.ts';
import { type Change, extras, isJson, labelValue, rawOf, textOf } from './changes.ts';
import type { WriteOptions } from './options.ts';

/** Checks rows as they would be written anew: a line that stays as it is has its own values, which a field of texts may spell otherwise. */
export function createWriteLint(dataset: ExportDataset, options: WriteOptions): Lint {
  const { place, labelKey, predictions, style, kind } = options;
  const folderOf = place === 'root' ? () => '' : splitFolderOf(dataset.layout);
  const places = createJsonlLint(dataset, {
    place: style === 'opsml-1' ? 'root' : place,
    labelKey,
    predictions,
    folderOf: (path) => folderOf(path) ?? '',
  });
  const keys = style === 'huggingface' ? createTypeLint(dataset, options) : createOpsmlLint(dataset, options);
  const outside = createTally();
  const extensions = new Set<string>();
  return {
    add(row) {
      if (folderOf(row.path) === null) outside.add(row.path);
      else {
        places.add(row);
        keys.add(row);
      }
      extensions.add(extensionOf(row.path));
    },
    warnings: () => [
      ...(style === 'opsml-2'
        ? [
            `opsml 2 looks for pictures from the folder where Python runs: start it in the folder that holds “${dataset.name}”.`,
          ]
        : places.warnings()),
      ...outside.tell(
        (n, path) =>
          `${count(n, 'picture')} outside the split folders, such as ${path}, ${n === 1 ? 'is' : 'are'} not written. Choose one file at the root.`,
      ),
      ...(kind === 'parquet' && (dataset.fields ?? []).some(({ type }) => type === 'json')
        ? ['Nested values become JSON text in Parquet. Choose metadata.jsonl to keep their structure.']
        : []),
      ...keys.warnings(),
    ],
  };
}

function membersOf(row: ExportRow, dataset: ExportDataset, options: WriteOptions): Change[] {
  const list = dataset.multiLabel || options.labelKey === 'categories';
  return [
    ...(row.labels.length > 0 ? [{ key: options.labelKey, value: labelValue(row.labels, list) }] : []),
    ...extras(row, options).filter(({ value }) => value !== null),
  ];
}

/** A row's members as a tree; JSON that a field keeps as text is read as JSON. */
function treeOf(members: readonly Change[]): JsonNode {
  return {
    type: 'object',
    members: members.map(({ key, value }) => {
      const nested = typeof value === 'string' && /^\s*[[{]/.test(value) && isJson(value);
      return [key, parseTree(nested ? value : rawOf(value))];
    }),
  };
}

/** Keys whose values have no common type for Arrow, or another one than they seem to have. */
function createTypeLint(dataset: ExportDataset, options: WriteOptions): Lint {
  const types = createArrowTypes();
  const cells = new Map<string, PandasColumn & { zeros: boolean; words: boolean }>();
  let refused: string | null = null;
  let image = false;
  return {
    add(row) {
      const members = membersOf(row, dataset, options);
      image ||= members.some(({ key }) => key === 'image');
      if (options.kind === 'jsonl') {
        if (refused !== null) return;
        const refusal = types.add(treeOf(members));
        if (refusal?.reason === 'changed')
          refused = `Hugging Face refuses the key “${refusal.path.slice(1)}”: it is ${refusal.from} in some lines and ${refusal.to} in others, first at ${row.path}. Make them one type.`;
        return;
      }
      if (options.kind === 'csv')
        for (const { key, value } of members) {
          const column = cells.get(key) ?? { ...newPandasColumn(), zeros: false, words: false };
          cells.set(key, column);
          const text = textOf(value);
          addCell(column, text);
          column.zeros ||= /^0\d+$/.test(text);
          column.words ||= isMissing(text);
        }
    },
    warnings() {
      const times = [...(types.root.members ?? [])].filter(([, column]) => column.kind === 'string' && !column.wide);
      const numbers = [...cells].filter(([, column]) => column.zeros && pandasType(column) === 'int64');
      const missing = [...cells].filter(([, column]) => column.words);
      return [
        ...(refused === null ? [] : [refused]),
        ...(image
          ? ['A field is named “image”, as Hugging Face names the picture: one of the two is lost. Rename it.']
          : []),
        ...(times.length > 0
          ? [
              `All texts of ${quoteSome(times.map(([key]) => key))} look like dates: Hugging Face turns them into times.`,
            ]
          : []),
        ...(numbers.length > 0
          ? [
              `Hugging Face reads ${quoteSome(numbers.map(([key]) => key))} as numbers and drops leading zeros. Choose metadata.jsonl to keep them.`,
            ]
          : []),
        ...(missing.length > 0
          ? [
              `Hugging Face reads words such as NA and None in ${quoteSome(missing.map(([key]) => key))} as missing. Choose metadata.jsonl to keep them.`,
            ]
          : []),
      ];
    },
  };
}

/** Records that opsml refuses, and keys that it drops. */
function createOpsmlLint(dataset: ExportDataset, options: WriteOptions): Lint {
  const version = options.style === 'opsml-2' ? 2 : 1;
  const refused = createTally();
  const dropped = new Set<string>();
  const folders = new Set<string>();
  return {
    add(row) {
      folders.add(directoryOf(row.path));
      const members = membersOf(row, dataset, options);
      const name: Change = { key: version === 1 ? 'file_name' : 'filepath', value: row.path };
      const reading = readOpsml(treeOf([name, ...members]), version);
      if ('refusal' in reading) refused.add(`${reading.refusal.path} of ${row.path}`);
      for (const { key } of members) if (!OPSML_KEYS.includes(key)) dropped.add(key);
    },
    warnings: () => [
      ...refused.tell(
        (n, example) =>
          `opsml refuses ${count(n, 'record')}, first for ${example}. A caption is text, objects have lists bbox and categories.`,
      ),
      ...(dropped.size > 0 ? [`opsml drops ${quoteSome([...dropped])} when it rewrites the file.`] : []),
      ...(version === 2 && [...folders].some((folder) => folder.split('/')[0]?.includes('.'))
        ? ['opsml 2 cuts the name of a split folder at its last dot and then does not find it. Rename the folder.']
        : []),
    ],
  };
}
