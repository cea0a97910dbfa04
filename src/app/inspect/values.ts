// Values of metadata as a person reads and types them. Pure.
import type { FieldType } from '../../catalog/types.ts';

/** A value as text; '' where there is none. */
export function textOfValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/**
 * What a text means for a field of this type, null for an empty text; without a type the first that fits of whole number, number, yes or
 * no, text. `problem` is a sentence.
 */
export function valueOfText(type: FieldType | undefined, typed: string): { value: unknown } | { problem: string } {
  const text = type === 'text' || type === 'category' ? typed : typed.trim();
  if (text === '') return { value: null };
  switch (type) {
    case undefined:
      return { value: guessed(text) };
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? { value: Number(text) } : { problem: `“${text}” is no whole number.` };
    case 'number':
      return isNumber(text)
        ? { value: Number(text) }
        : { problem: `“${text}” is no number. Write it with a point: 2.5.` };
    case 'boolean':
      if (/^(yes|true|1)$/i.test(text)) return { value: true };
      return /^(no|false|0)$/i.test(text) ? { value: false } : { problem: 'Write yes or no.' };
    case 'date': {
      const at = Date.parse(text);
      return Number.isNaN(at) ? { problem: `“${text}” is no date. Write it as 2024-05-31.` } : { value: at };
    }
    case 'json':
      try {
        return { value: JSON.parse(text) };
      } catch {
        return { problem: 'This is no valid JSON: check quotes, commas and brackets.' };
      }
    default:
      return { value: text };
  }
}

const isNumber = (text: string): boolean =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text));

/** A number with a leading zero is a name, such as '007'. */
function guessed(text: string): unknown {
  if (isNumber(text) && !/^[+-]?0\d/.test(text)) return Number(text);
  if (/^(yes|true)$/i.test(text)) return true;
  return /^(no|false)$/i.test(text) ? false : text;
}
