// Turns one record of a metadata file into what it says of a picture: path, classes, split and fields.

import { type JsonNode, parseTree } from '../text/json-tree.ts';
import type { FieldValue, ImportIssue, ImportRow, PictureIndex } from '../types.ts';
import type { Column, createColumns } from './columns.ts';
import type { ImagefolderOptions } from './options.ts';
import { resolvePicture } from './resolve.ts';

/** One line, row or entry: `count` keys with their values, in the file's order. Arrays may be used again for the next one. */
export interface MetadataRecord {
  line?: number;
  count: number;
  keys: readonly string[];
  values: readonly FieldValue[];
}

/** Where the records come from. */
export interface MetadataPlace {
  file: string;
  /** Folder of the file; paths in it start there. */
  folder: string;
  split: string | null;
}

/** What came of all records so far. */
export interface RecordCounts {
  found: number;
  imported: number;
  /** Classes that occurred. */
  classes: Set<string>;
  multiLabel: boolean;
}

/** Takes records one by one; rows and issues collect in the given lists. Every record becomes a row or a `left-out` issue. */
export function createRecordTaker(
  pictures: PictureIndex,
  options: ImagefolderOptions,
  columns: ReturnType<typeof createColumns>,
) {
  const counts: RecordCounts = { found: 0, imported: 0, classes: new Set(), multiLabel: false };
  const { pathKey, labelKey } = options;
  const isPathKey = pathKey === '' ? namesPicture : (key: string) => key === pathKey;
  const labelLists = new Map<string, readonly string[]>(); // one list for all rows that have the same label

  const labelsOf = (value: FieldValue): readonly string[] | undefined => {
    if (value === null) return undefined;
    const text = typeof value === 'object' ? value.json : String(value);
    let labels = labelLists.get(text);
    if (!labels) {
      labels = typeof value === 'object' ? namesIn(value.json) : [text];
      if (labelLists.size < 100_000) labelLists.set(text, labels);
      for (const name of labels) counts.classes.add(name);
      if (labels.length > 1) counts.multiLabel = true;
    }
    return labels;
  };

  // What the key at each place is: records of a file mostly have the same keys in the same order.
  const roles: { key: string; isPath: boolean; isLabel: boolean; column?: Column }[] = [];
  const roleOf = (key: string) => ({ key, isPath: isPathKey(key), isLabel: labelKey !== '' && key === labelKey });

  return {
    counts,
    take(record: MetadataRecord, place: MetadataPlace, rows: ImportRow[], issues: ImportIssue[]): void {
      counts.found++;
      const where = (): { file: string; line?: number } =>
        record.line === undefined ? { file: place.file } : { file: place.file, line: record.line };
      const fields: Record<string, FieldValue> = {};
      const names: { name: string; alias: boolean }[] = [];
      let labels: readonly string[] | undefined;
      let hasFields = false;
      for (let n = 0; n < record.count; n++) {
        const key = record.keys[n] ?? '';
        const value = record.values[n] ?? null;
        let role = roles[n];
        if (role === undefined || role.key !== key) {
          role = roleOf(key);
          roles[n] = role;
        }
        if (role.isPath && addNames(names, key, value)) continue;
        if (role.isLabel) {
          labels = labelsOf(value);
          continue;
        }
        role.column ??= columns.at(key);
        columns.add(role.column, value);
        hasFields = true;
        if (key === '__proto__') Object.defineProperty(fields, key, { value, enumerable: true });
        else fields[key] = value;
      }
      if (names.length === 0 && pathKey === '') addNestedNames(names, record);
      let imported = false;
      let reason = 'no-file-name';
      let text = `The record has no key ${pathKey === '' ? 'file_name or filepath' : pathKey} with the path of a picture.`;
      for (const { name, alias } of names) {
        const found = resolvePicture(pictures, place.folder, name, alias);
        if (found.path === null) {
          ({ reason, text } = found);
          if (names.length > 1) issues.push({ kind: 'note', ...where(), path: name, reason, text });
          continue;
        }
        imported = true;
        if (found.note) issues.push({ kind: 'note', ...where(), path: name, ...found.note });
        // Plain assignments: spreading costs more than all else that is done for a row.
        const row: ImportRow = { path: found.path, file: place.file };
        if (record.line !== undefined) row.line = record.line;
        if (place.split !== null) row.split = place.split;
        if (labels !== undefined) row.labels = labels;
        if (hasFields) row.fields = fields;
        rows.push(row);
      }
      if (imported) counts.imported++;
      else issues.push({ kind: 'left-out', ...where(), ...(names[0] ? { path: names[0].name } : {}), reason, text });
    },
  };
}

/** Keys that name pictures: Hugging Face's `file_name`, `*_file_name`, `file_names`, `*_file_names`, and opsml 2's `filepath`. */
function namesPicture(key: string): boolean {
  return (
    key === 'file_name' ||
    key === 'filepath' ||
    key.endsWith('_file_name') ||
    key === 'file_names' ||
    key.endsWith('_file_names')
  );
}

/** Adds the path or paths that a value holds; false where it holds none, so that it stays a field. */
function addNames(names: { name: string; alias: boolean }[], key: string, value: FieldValue): boolean {
  const alias = key === 'filepath';
  if (typeof value === 'string') names.push({ name: value, alias });
  else if (value !== null && typeof value === 'object' && value.json.startsWith('['))
    for (const name of namesIn(value.json)) names.push({ name, alias });
  else return value === null;
  return true;
}

/** Hugging Face looks for the keys in nested objects, too. */
function addNestedNames(names: { name: string; alias: boolean }[], { count, values }: MetadataRecord): void {
  const visit = (node: JsonNode): void => {
    if (node.type !== 'object') return;
    for (const [key, value] of node.members) {
      if (value.type === 'string' && namesPicture(key)) names.push({ name: value.value, alias: key === 'filepath' });
      else visit(value);
    }
  };
  for (const value of values.slice(0, count))
    if (value !== null && typeof value === 'object' && value.json.includes('file')) visit(parseTree(value.json));
}

/** Texts and numbers of a raw JSON list, numbers as they are spelled; of any other value its text. */
export function namesIn(raw: string): string[] {
  if (!raw.startsWith('[')) return [raw];
  const tree = parseTree(raw);
  if (tree.type !== 'list') return [];
  return tree.items.flatMap((item) => {
    if (item.type === 'string') return [item.value];
    return item.type === 'number' ? [item.raw] : item.type === 'boolean' ? [String(item.value)] : [];
  });
}
