// Changes single keys in the raw text of a JSON object and leaves every other character as it is.
import { VitrineError } from '../../shared/errors.ts';
import { createObjectScanner, type ObjectScanner } from './json-text.ts';

/** New raw JSON of a key's value. */
export interface JsonChange {
  key: string;
  /** Valid JSON text. */
  raw: string;
}

/**
 * The object's text with the values of `changes` put in: the last value of a key that is there (readers that accept equal keys take
 * the last), a new member at the end for a key that is not. New members are spaced as the object's others are. White space around and
 * inside the object stays. Errors: `bad-input` when the text is no object.
 */
export function patchObject(
  text: string,
  changes: readonly JsonChange[],
  scanner: ObjectScanner = createObjectScanner(),
): string {
  if (!scanner.scan(text, 0, text.length))
    throw new VitrineError('bad-input', `The line cannot be changed: ${scanner.mistake?.text ?? 'it is no object'}.`);
  const { keys, starts, ends, count } = scanner;
  const edits: { from: number; to: number; raw: string }[] = [];
  const added: string[] = [];
  for (const { key, raw } of changes) {
    const at = keys.slice(0, count).lastIndexOf(key);
    if (at >= 0) edits.push({ from: starts[at] ?? 0, to: ends[at] ?? 0, raw });
    else added.push(`${JSON.stringify(key)}${colonOf(text, scanner)}${raw}`);
  }
  if (added.length > 0) {
    const comma = commaOf(text, scanner);
    const from = count === 0 ? scanner.end - 1 : (ends[count - 1] ?? 0);
    edits.push({ from, to: from, raw: (count === 0 ? '' : comma) + added.join(comma) });
  }
  edits.sort((a, b) => a.from - b.from);
  let result = '';
  let from = 0;
  for (const edit of edits) {
    result += text.slice(from, edit.from) + edit.raw;
    from = edit.to;
  }
  return result + text.slice(from);
}

/** What stands between a key and its value in this object: ': ' of Python or ':'. */
function colonOf(text: string, { count, keyStarts, starts }: ObjectScanner): string {
  return count > 0 && text.slice(keyStarts[0] ?? 0, starts[0] ?? 0).endsWith('":') ? ':' : ': ';
}

/** What stands between two members: the first comma with its white space, or that which fits the colon. */
function commaOf(text: string, scanner: ObjectScanner): string {
  if (scanner.count < 2) return colonOf(text, scanner) === ':' ? ',' : ', ';
  return text.slice(scanner.ends[0] ?? 0, scanner.keyStarts[1] ?? 0);
}
