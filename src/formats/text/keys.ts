// One type for each key over the whole data set, in LightlyStudio's words: nothing is widened in silence.
import type { Field } from '../../catalog/types.ts';
import type { FieldValue } from '../types.ts';
import type { JsonNode } from './json-tree.ts';

/** LightlyStudio's types, without gps_coordinate: in files it is a dict. */
export type StudioType = 'string' | 'integer' | 'float' | 'boolean' | 'list' | 'dict' | 'null';

/** Over so many different texts a list of values helps nobody. */
const MAX_WORDS = 1000;

interface Key {
  first?: StudioType;
  types: Set<StudioType>;
  words: Set<string>;
  texts: number;
}

/** The type of a JSON value as LightlyStudio names it: 3 is an integer, 3.0 a float. */
export function typeOfNode(node: JsonNode): StudioType {
  switch (node.type) {
    case 'object':
      return 'dict';
    case 'number':
      return /^-?\d+$/.test(node.raw) ? 'integer' : 'float';
    default:
      return node.type;
  }
}

/** Collects the types of all keys. */
export function createKeys() {
  const keys = new Map<string, Key>();
  return {
    /** Notes a value; tells the type that the key had first where this one is another. */
    add(name: string, type: StudioType, value: FieldValue): StudioType | null {
      let key = keys.get(name);
      if (!key) {
        key = { types: new Set(), words: new Set(), texts: 0 };
        keys.set(name, key);
      }
      const { first } = key;
      if (type !== 'null' && type !== first) {
        key.first ??= type;
        key.types.add(type);
      }
      if (typeof value === 'string') {
        key.texts++;
        if (key.words.size <= MAX_WORDS) key.words.add(value);
      }
      return first !== undefined && first !== type && type !== 'null' ? first : null;
    },
    fields: (): Field[] => [...keys].map(([name, key]) => fieldOf(name, key)),
  };
}

function fieldOf(name: string, { types, words, texts }: Key): Field {
  const field = { name, title: name, origin: 'metadata' as const };
  const only = (...wanted: StudioType[]): boolean => [...types].every((type) => wanted.includes(type));
  if (types.size === 0) return { ...field, type: 'text', facet: 'none' };
  if (only('integer')) return { ...field, type: 'integer', facet: 'histogram' };
  if (only('integer', 'float')) return { ...field, type: 'number', facet: 'histogram' };
  if (only('boolean')) return { ...field, type: 'boolean', facet: 'switch' };
  if (only('list', 'dict')) return { ...field, type: 'json', facet: 'none' };
  const few = only('string') && words.size <= MAX_WORDS && words.size * 2 <= Math.max(texts, 4);
  return few ? { ...field, type: 'category', facet: 'values' } : { ...field, type: 'text', facet: 'none' };
}
