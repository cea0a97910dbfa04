// Values as the cases spell them: integers beyond 2^53, floats that are not finite and times have a form of their own.
import { type ArrowColumn, secondsOfTime } from '../../../src/formats/imagefolder/peers/arrow-types.ts';
import type { JsonNode } from '../../../src/formats/text/json-tree.ts';

/** A column's type as `datasets` names it. */
export function featureOf(column: ArrowColumn): unknown {
  switch (column.kind) {
    case 'null':
      return 'null';
    case 'boolean':
      return 'bool';
    case 'number':
      return column.wide ? 'float64' : 'int64';
    case 'string':
      return column.wide ? 'string' : 'timestamp[s]';
    case 'array':
      return [column.item ? featureOf(column.item) : 'null'];
    case 'object':
      return Object.fromEntries([...(column.members ?? [])].map(([key, member]) => [key, featureOf(member)]));
  }
}

/** A value under its column's type: every key of an object is there, integers are floats where the column is. */
export function valueUnder(column: ArrowColumn, node: JsonNode | undefined): unknown {
  if (node === undefined || node.type === 'null') return null;
  switch (node.type) {
    case 'boolean':
      return node.value;
    case 'number':
      return column.wide ? floatOf(node.raw) : integerOf(node.raw);
    case 'string':
      return column.wide ? node.value : timeOf(node.value);
    case 'list':
      return node.items.map((item) => (column.item ? valueUnder(column.item, item) : null));
    case 'object':
      return Object.fromEntries(
        [...(column.members ?? [])].map(([key, member]) => [
          key,
          valueUnder(member, node.members.find(([name]) => name === key)?.[1]),
        ]),
      );
  }
}

export function integerOf(raw: string): unknown {
  const value = BigInt(raw.trim().replace(/^\+/, ''));
  return Number.isSafeInteger(Number(value)) ? Number(value) : { $int: value.toString() };
}

export function floatOf(raw: string): unknown {
  const value = Number(raw.replace(/inf(inity)?/i, 'Infinity'));
  if (Number.isFinite(value)) return value;
  return { $type: 'float', value: Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf' };
}

const timeOf = (text: string): unknown => ({
  $type: 'datetime',
  value: new Date((secondsOfTime(text) ?? 0) * 1000).toISOString().replace(/\.000Z$/, ''),
});

/** Equal, with `{"$float": text}` taken for its number. */
export function isEqual(a: unknown, b: unknown): boolean {
  const [x, y] = [plain(a), plain(b)];
  if (typeof x !== 'object' || typeof y !== 'object' || x === null || y === null) return x === y;
  if (Array.isArray(x) !== Array.isArray(y)) return false;
  const [left, right] = [Object.entries(x), new Map(Object.entries(y))];
  return left.length === right.size && left.every(([key, value]) => right.has(key) && isEqual(value, right.get(key)));
}

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$float' in value)) return value;
  return floatOf(String(value.$float));
}
