// What opsml's ImageDataset makes of a record: the record that it keeps, or where and why it refuses the file.
import type { JsonNode } from '../../text/json-tree.ts';

/** A list of names and numbers, as opsml keeps it. */
type Categories = (string | { raw: string })[];

/** What opsml keeps of a record. */
export interface OpsmlRecord {
  /** `file_name` of opsml 1.x, `filepath` of 2.x. */
  name: string;
  /** opsml 2.x only; null: taken from the file. */
  size: number | null;
  caption: string | null;
  categories: Categories | null;
  objects: { bbox: number[][]; categories: Categories } | null;
}

/** Where it refuses a record: the key's path by dots, and what is wrong. */
export interface OpsmlRefusal {
  path: string;
  reason: 'missing' | 'not-text' | 'not-list' | 'not-number' | 'not-object' | 'not-integer';
}

/** The record, or why there is none. */
export type OpsmlReading = { record: OpsmlRecord } | { refusal: OpsmlRefusal };

/** Keys that opsml keeps; it drops all others when it rewrites a file. */
export const OPSML_KEYS: readonly string[] = ['file_name', 'caption', 'categories', 'objects'];

/** opsml 1.5.0 (`version` 1) and 2.1.8 (2). Of equal keys the last counts. */
export function readOpsml(node: JsonNode, version: 1 | 2): OpsmlReading {
  if (node.type !== 'object') return { refusal: { path: '', reason: 'not-object' } };
  try {
    const name = member(node, version === 1 ? 'file_name' : 'filepath');
    if (name === undefined) refuse(version === 1 ? 'file_name' : 'filepath', 'missing');
    const size = version === 2 ? member(node, 'size') : undefined;
    return {
      record: {
        name: name.type === 'string' ? name.value : refuse(version === 1 ? 'file_name' : 'filepath', 'not-text'),
        size: size === undefined || size.type === 'null' ? null : integer(size, 'size') || null,
        caption: captionOf(member(node, 'caption')),
        categories: optional(member(node, 'categories'), (value) => categoriesOf(value, 'categories')),
        objects: optional(member(node, 'objects'), objectsOf),
      },
    };
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal };
    throw error;
  }
}

class Refused extends Error {
  readonly refusal: OpsmlRefusal;
  constructor(refusal: OpsmlRefusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

function refuse(path: string, reason: OpsmlRefusal['reason']): never {
  throw new Refused({ path, reason });
}

function member(node: JsonNode, key: string): JsonNode | undefined {
  return node.type === 'object' ? node.members.findLast(([name]) => name === key)?.[1] : undefined;
}

function optional<T>(node: JsonNode | undefined, read: (node: JsonNode) => T): T | null {
  return node === undefined || node.type === 'null' ? null : read(node);
}

function captionOf(node: JsonNode | undefined): string | null {
  return optional(node, (value) => (value.type === 'string' ? value.value : refuse('caption', 'not-text')));
}

function integer(node: JsonNode, path: string): number {
  return node.type === 'number' && Number.isInteger(Number(node.raw)) ? Number(node.raw) : refuse(path, 'not-integer');
}

/** Names and numbers; true becomes 1, as in Python. */
function categoriesOf(node: JsonNode, path: string): Categories {
  if (node.type !== 'list') return refuse(path, 'not-list');
  return node.items.map((item, n) => {
    if (item.type === 'string') return item.value;
    if (item.type === 'number') return { raw: item.raw };
    return item.type === 'boolean' ? { raw: item.value ? '1' : '0' } : refuse(`${path}.${n}`, 'not-text');
  });
}

function objectsOf(node: JsonNode): NonNullable<OpsmlRecord['objects']> {
  if (node.type !== 'object') return refuse('objects', 'not-object');
  const [bbox, categories] = [member(node, 'bbox'), member(node, 'categories')];
  if (bbox === undefined) return refuse('objects.bbox', 'missing');
  if (categories === undefined) return refuse('objects.categories', 'missing');
  if (bbox.type !== 'list') return refuse('objects.bbox', 'not-list');
  return {
    bbox: bbox.items.map((box, n) =>
      box.type === 'list'
        ? box.items.map((value, k) => coordinate(value, `objects.bbox.${n}.${k}`))
        : refuse(`objects.bbox.${n}`, 'not-list'),
    ),
    categories: categoriesOf(categories, 'objects.categories'),
  };
}

/** Numbers, and texts that are numbers. */
function coordinate(node: JsonNode, path: string): number {
  if (node.type === 'number') return Number(node.raw);
  if (node.type === 'boolean') return Number(node.value);
  const value = node.type === 'string' && node.value.trim() !== '' ? Number(node.value) : Number.NaN;
  return Number.isNaN(value) ? refuse(path, 'not-number') : value;
}
