// Turns raw JSON that a scanner has accepted into a tree that keeps the spelling of numbers, the order of keys and equal keys.
import { VitrineError } from '../../shared/errors.ts';
import { blank, stringAt } from './json-tokens.ts';

/** A JSON value with nothing lost. */
export type JsonNode =
  | { type: 'object'; members: readonly (readonly [key: string, value: JsonNode])[] }
  | { type: 'list'; items: readonly JsonNode[] }
  /** `raw` is the number's text, also 'NaN', 'Infinity' and '-Infinity'. */
  | { type: 'number'; raw: string }
  | { type: 'string'; value: string }
  | { type: 'boolean'; value: boolean }
  | { type: 'null' };

/** Deeper than Python and Arrow go, and far from the end of the stack. */
const MAX_DEPTH = 2500;

/** The tree of one valid JSON value. Errors: `too-large` when it is nested over 2,500 deep. */
export function parseTree(text: string): JsonNode {
  let at = 0;
  const next = (): number => {
    at = blank(text, at, text.length);
    return text.charCodeAt(at);
  };
  const takeString = (): string => {
    const start = at++;
    while (text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
    return stringAt(text, start, ++at);
  };
  const value = (depth: number): JsonNode => {
    if (depth > MAX_DEPTH) throw new VitrineError('too-large', `A value is nested over ${MAX_DEPTH} deep.`);
    const code = next();
    if (code === 34) return { type: 'string', value: takeString() };
    if (code === 91) {
      const items: JsonNode[] = [];
      at++;
      while (next() !== 93) {
        items.push(value(depth + 1));
        if (next() === 44) at++;
      }
      at++;
      return { type: 'list', items };
    }
    if (code === 123) {
      const members: [string, JsonNode][] = [];
      at++;
      while (next() !== 125) {
        const key = takeString();
        next();
        at++; // the colon
        members.push([key, value(depth + 1)]);
        if (next() === 44) at++;
      }
      at++;
      return { type: 'object', members };
    }
    const start = at;
    while (at < text.length && !',]} \t\r\n'.includes(text.charAt(at))) at++;
    const raw = text.slice(start, at);
    if (raw === 'true' || raw === 'false') return { type: 'boolean', value: raw === 'true' };
    return raw === 'null' ? { type: 'null' } : { type: 'number', raw };
  };
  return value(0);
}
