// A dataset as plain objects, and queries by their definition: what the catalog is compared with.

import { fieldNamed, valueAt } from '../../../src/catalog/query/access.ts';
import type { Table } from '../../../src/catalog/table.ts';
import type { Facet, Filter, Group, Layout, Query } from '../../../src/catalog/types.ts';
import { compareNatural } from '../../../src/shared/natural.ts';

export interface NaiveClass {
  name: string;
  folder: string | null;
  kept: boolean;
  state: 'active' | 'removed' | 'merged';
  into?: number;
}

export interface NaiveRow {
  id: number;
  directory: string;
  name: string;
  present: boolean;
  split: string | null;
  splitEdited: boolean;
  label: number[];
  negatives: number[];
  labelEdited: boolean;
  excluded: boolean;
  reviewed: boolean;
  size: number | null;
  modified: number | null;
  state: string | null;
  format: string | null;
  width: number | null;
  predicted: number | null;
  confidence: number | null;
  doubt: number | null;
}

export interface Naive {
  rows: NaiveRow[];
  classes: NaiveClass[];
  layout: Layout | null;
}

export function resolve(model: Naive, id: number): number {
  const found = model.classes[id];
  if (!found || found.state === 'removed') return -1;
  return found.state === 'merged' ? resolve(model, found.into ?? -1) : id;
}

export function namesOf(model: Naive, ids: readonly number[]): string[] {
  const live = new Set(ids.map((id) => resolve(model, id)).filter((id) => id >= 0));
  return [...live].sort((a, b) => a - b).map((id) => model.classes[id]?.name ?? '');
}

/** Class of a folder, made when it is new. */
export function folderClass(model: Naive, folder: string): number {
  const made = model.classes.findIndex((c) => c.folder === folder);
  if (made >= 0) return made;
  const active = model.classes.findIndex((c) => c.state === 'active' && c.name === folder);
  const found = model.classes[active];
  if (found && found.folder === null) {
    found.folder = folder;
    return active;
  }
  if (found) return model.classes.push({ name: folder, folder, kept: false, state: 'merged', into: active }) - 1;
  return model.classes.push({ name: folder, folder, kept: false, state: 'active' }) - 1;
}

export function layOut(model: Naive, row: NaiveRow): void {
  const parts = row.directory === '' ? [] : row.directory.split('/');
  const { layout } = model;
  const classFolder = layout?.classLevel == null ? undefined : parts[layout.classLevel];
  const splitFolder = layout?.splitLevel == null ? undefined : parts[layout.splitLevel];
  const label = classFolder === undefined ? [] : [folderClass(model, classFolder)];
  if (!row.labelEdited) row.label = label;
  if (!row.splitEdited) row.split = layout?.splits.find(([folder]) => folder === splitFolder)?.[1] ?? null;
}

/** No two active classes share a name: those that folders made meanwhile join the class whose name is given back. */
export function unite(model: Naive, id: number): void {
  const record = model.classes[id];
  if (record?.state !== 'active') return;
  model.classes.forEach((other, otherId) => {
    if (otherId !== id && other.state === 'active' && other.name === record.name)
      Object.assign(other, { state: 'merged', into: id });
  });
}

type Value = string | number | boolean | null | string[];

/** The value of a field; lists for labels, null for none. */
export function fieldValue(model: Naive, row: NaiveRow, field: string): Value {
  const label = namesOf(model, row.label);
  const guess = row.predicted === null ? undefined : namesOf(model, [row.predicted])[0];
  switch (field) {
    case 'path':
      return row.directory === '' ? row.name : `${row.directory}/${row.name}`;
    case 'label':
      return label.length > 0 ? label : null;
    case 'labelled':
      return label.length > 0;
    case 'predicted':
      return guess ?? null;
    case 'disagrees':
      return guess === undefined || label.length === 0 ? null : !label.includes(guess);
    case 'readable':
      return row.state === null ? null : row.state === 'readable';
    case 'directory':
    case 'name':
    case 'split':
    case 'excluded':
    case 'reviewed':
    case 'size':
    case 'modified':
    case 'format':
    case 'width':
    case 'confidence':
    case 'doubt':
      return row[field];
    default:
      throw new Error(field);
  }
}

/** Case folding as documented: each character to one. */
const fold = (text: string): string =>
  Array.from(text, (c) => {
    if (c === 'İ') return 'i';
    if (c === 'ς') return 'σ';
    const lower = c.toLowerCase();
    return [...lower].length === 1 ? lower : c;
  }).join('');

export function holds(model: Naive, row: NaiveRow, filter: Filter): boolean {
  if ('and' in filter) return filter.and.every((part) => holds(model, row, part));
  if ('or' in filter) return filter.or.some((part) => holds(model, row, part));
  if ('not' in filter) return !holds(model, row, filter.not);
  const value = fieldValue(model, row, filter.field);
  if ('missing' in filter) return value === null;
  if (value === null) return false;
  const any = (test: (v: string | number | boolean) => boolean): boolean =>
    Array.isArray(value) ? value.some(test) : test(value);
  if ('is' in filter) return any((v) => v === filter.is);
  if ('in' in filter) return any((v) => filter.in.includes(v));
  if ('contains' in filter) return any((v) => fold(String(v)).includes(fold(filter.contains)));
  if ('matches' in filter) return any((v) => new RegExp(filter.matches, 'u').test(String(v)));
  const [from, to] = filter.between;
  return typeof value === 'number' && (from === null || value >= from) && (to === null || value <= to);
}

const text = (value: Value): string => (Array.isArray(value) ? value.join(', ') : String(value));

function compare(a: Value, b: Value, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'string' || Array.isArray(a) ? compareNatural(text(a), text(b)) : Number(a) - Number(b);
  return descending ? -order : order;
}

const byDefault = (a: NaiveRow, b: NaiveRow): number =>
  compareNatural(a.directory, b.directory) || compareNatural(a.name, b.name);

export function viewOf(model: Naive, query: Query): { ids: number[]; groups: Group[] } {
  const rows = model.rows.filter((row) => row.present && (!query.filter || holds(model, row, query.filter)));
  const value = (row: NaiveRow, field: string): Value => fieldValue(model, row, field);
  rows.sort((a, b) => {
    if (query.group !== undefined) {
      const order = compare(value(a, query.group), value(b, query.group), false);
      if (order !== 0) return order;
    }
    for (const { field, descending } of query.sort ?? []) {
      const order =
        field === 'path'
          ? byDefault(a, b) * (descending ? -1 : 1)
          : compare(value(a, field), value(b, field), descending === true);
      if (order !== 0) return order;
    }
    return byDefault(a, b);
  });
  const groups: Group[] = [];
  if (query.group !== undefined)
    rows.forEach((row, start) => {
      const v = value(row, query.group ?? '');
      const name = v === null ? null : text(v);
      const last = groups[groups.length - 1];
      if (last && last.value === name) last.count++;
      else groups.push({ value: name, start, count: 1 });
    });
  return { ids: rows.map(({ id }) => id), groups };
}

const fieldsOf = (filter: Filter): string[] =>
  'field' in filter
    ? [filter.field]
    : ('and' in filter ? filter.and : 'or' in filter ? filter.or : [filter.not]).flatMap(fieldsOf);

/** A facet counted by its definition; the edges are the catalog's. */
export function facetOf(model: Naive, query: Query, facet: Facet): Facet {
  const { field } = facet;
  const members = query.filter === undefined ? [] : 'and' in query.filter ? query.filter.and : [query.filter];
  const others = members.filter(
    (member) => new Set([...fieldsOf(member), field]).size > 1 || fieldsOf(member).length === 0,
  );
  const present = model.rows.filter((row) => row.present);
  const values = present
    .filter((row) => others.every((member) => holds(model, row, member)))
    .map((row) => fieldValue(model, row, field));
  const missing = values.filter((v) => v === null).length;
  if (facet.kind === 'switch')
    return {
      field,
      kind: 'switch',
      yes: values.filter((v) => v === true).length,
      no: values.filter((v) => v === false).length,
      missing,
    };
  if (facet.kind === 'histogram') {
    const { edges } = facet;
    const counts = edges.slice(1).map(() => 0);
    for (const v of values) {
      if (typeof v !== 'number') continue;
      const bin = counts.findIndex(
        (_, i) => v >= (edges[i] ?? 0) && (v < (edges[i + 1] ?? 0) || i === counts.length - 1),
      );
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const known = present.filter((row) => fieldValue(model, row, field) !== null).length;
    return { field, kind: 'histogram', edges, counts, missing, known };
  }
  const each = (list: Value[]): string[] => list.flatMap((v) => (v === null ? [] : Array.isArray(v) ? v : [String(v)]));
  const exist = new Set(each(present.map((row) => fieldValue(model, row, field))));
  if (field === 'label') for (const name of listedNames(model)) exist.add(name);
  const counted = each(values);
  const list = [...exist].map((value) => ({ value, count: counted.filter((v) => v === value).length }));
  list.sort((a, b) => b.count - a.count || compareNatural(a.value, b.value));
  return { field, kind: 'values', values: list, missing, other: { rows: 0, values: 0 } };
}

/** Names of the classes that are shown, in their order. */
export function listedNames(model: Naive): string[] {
  const folders = new Set(
    model.rows.flatMap(({ directory }) => {
      const folder = model.layout?.classLevel == null ? undefined : directory.split('/')[model.layout.classLevel];
      return folder === undefined || folder === '' ? [] : [folder];
    }),
  );
  const used = new Set(
    model.rows.filter(({ present }) => present).flatMap(({ label }) => label.map((id) => resolve(model, id))),
  );
  const listed = model.classes
    .map((c, id) => ({ ...c, id }))
    .filter((c) => c.state === 'active' && (c.kept || used.has(c.id) || (c.folder !== null && folders.has(c.folder))));
  const byFolder = listed
    .filter((c) => c.folder !== null)
    .sort((a, b) => compareNatural(a.folder ?? '', b.folder ?? ''));
  return [...byFolder, ...listed.filter((c) => c.folder === null)].map(({ name }) => name);
}

/** The catalog's value of a field, in the model's form. */
export function catalogValue(table: Table, id: number, field: string): Value {
  return (valueAt(table, fieldNamed(table, field), id) ?? null) as Value;
}
