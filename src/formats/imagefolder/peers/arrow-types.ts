// The types that Arrow infers for JSON lines, which Hugging Face `datasets` reads by: one type a key over the whole file, or a refusal.
import type { JsonNode } from '../../text/json-tree.ts';

/** What a key holds over all records so far. */
export interface ArrowColumn {
  kind: 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';
  /** Numbers that are not all int64, or strings that are not all times. */
  wide: boolean;
  /** Items of lists. */
  item?: ArrowColumn;
  /** Keys of objects, in the order of their first appearance. */
  members?: Map<string, ArrowColumn>;
}

/** Why Arrow stops; `path` is '/key/[]/key', '' the record itself. */
export type ArrowRefusal =
  | { reason: 'changed'; path: string; from: string; to: string }
  | { reason: 'twice'; path: string };

/** Collects records (pyarrow 25: `pyarrow.json.read_json`); the first refusal stops the file for `datasets`. */
export function createArrowTypes() {
  const root: ArrowColumn = { kind: 'object', wide: false, members: new Map() };
  return {
    root,
    /** Null while all is well. */
    add: (record: JsonNode): ArrowRefusal | null => join(root, record, ''),
  };
}

const KINDS = {
  null: 'null',
  boolean: 'boolean',
  number: 'number',
  string: 'string',
  list: 'array',
  object: 'object',
} as const;

function join(column: ArrowColumn, node: JsonNode, path: string): ArrowRefusal | null {
  const kind = KINDS[node.type];
  if (kind === 'null') return null;
  if (column.kind === 'null') column.kind = kind;
  else if (column.kind !== kind) return { reason: 'changed', path, from: column.kind, to: kind };
  switch (node.type) {
    case 'number':
      if (!isInt64(node.raw)) column.wide = true;
      return null;
    case 'string':
      if (!isArrowTime(node.value)) column.wide = true;
      return null;
    case 'list': {
      column.item ??= newColumn();
      for (const item of node.items) {
        const refusal = join(column.item, item, `${path}/[]`);
        if (refusal) return refusal;
      }
      return null;
    }
    case 'object': {
      column.members ??= new Map();
      const seen = new Set<string>();
      for (const [key, value] of node.members) {
        if (seen.has(key)) return { reason: 'twice', path: `${path}/${key}` };
        seen.add(key);
        let member = column.members.get(key);
        if (!member) {
          member = newColumn();
          column.members.set(key, member);
        }
        const refusal = join(member, value, `${path}/${key}`);
        if (refusal) return refusal;
      }
      return null;
    }
    default:
      return null;
  }
}

const newColumn = (): ArrowColumn => ({ kind: 'null', wide: false });

/** True for a number that Arrow keeps as an integer: no point, no exponent, within 64 bits. */
export function isInt64(raw: string): boolean {
  if (!/^-?\d+$/.test(raw)) return false;
  const value = BigInt(raw);
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}

const TIME = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** True for a text that Arrow takes for a moment in whole seconds: '2024-01-02', '2024-01-02 03:04:05', with zone. */
export function isArrowTime(text: string): boolean {
  return secondsOfTime(text) !== null;
}

/** Seconds since 1970 (UTC) of such a text, or null. */
export function secondsOfTime(text: string): number | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return null;
  const zone = match[7];
  let offset = 0;
  if (zone !== undefined && zone !== 'Z') {
    const digits = zone.slice(1).replace(':', '');
    offset = (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0)) * (zone.startsWith('-') ? -60 : 60);
  }
  return date.getTime() / 1000 + hour * 3600 + minute * 60 + second - offset;
}
