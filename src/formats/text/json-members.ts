// Cuts one large JSON object into its members as a stream: each key with the raw text of its value and its line.
import { throwIfAborted, VitrineError } from '../../shared/errors.ts';
import { countLineEnds } from './csv-records.ts';
import { decodeText } from './encoding.ts';
import { stringAt } from './json-tokens.ts';

/** One member of the object. */
export interface JsonMember {
  key: string;
  /** As it stands in the file; not yet known to be JSON. */
  raw: string;
  /** Line of the key, 1-based. */
  line: number;
}

/** A member must be held as a whole. */
const MAX_MEMBER = 64 << 20;

/**
 * Members of the object that a file is, a block at a time. Errors: `bad-input` with the line where the file is no object or ends too early,
 * `unreadable` for bytes that are no text, `too-large` for a member over 64 million characters, `aborted`.
 */
export async function* readMembers(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  { file, signal }: { file: string; signal?: AbortSignal },
): AsyncGenerator<{ members: JsonMember[]; bytes: number }, void, undefined> {
  let text = ''; // begins behind the last member that was given
  let line = 1;
  let state: 'start' | 'inside' | 'end' = 'start';
  let at = 0; // scanned up to here
  let depth = 0;
  let inString = false;
  const fail = (what: string, place: number): VitrineError =>
    new VitrineError('bad-input', `${file}, line ${line + countLineEnds(text.slice(0, place))}: ${what}`, {
      file,
      line: line + countLineEnds(text.slice(0, place)),
    });
  const memberOf = (raw: string): JsonMember | null => {
    const start = raw.search(/\S/);
    if (start < 0) return null;
    const keyLine = line + countLineEnds(raw.slice(0, start));
    const match = /^\s*"(?:[^"\\]|\\.)*"\s*:/s.exec(raw);
    if (!match) throw fail('a key in quotes and a colon must stand here. Is a comma or a quote missing?', start);
    const close = match[0].lastIndexOf('"');
    return { key: stringAt(raw, start, close + 1), raw: raw.slice(match[0].length), line: keyLine };
  };
  const scan = (): JsonMember[] => {
    const members: JsonMember[] = [];
    const give = (end: number): void => {
      const member = memberOf(text.slice(0, end));
      if (member) members.push(member);
      else if (text.charAt(end) === ',') throw fail('nothing stands before this comma.', end);
      line += countLineEnds(text.slice(0, end));
      text = text.slice(end + 1);
      at = 0;
    };
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (inString) {
        if (code === 92) at++;
        else if (code === 34) inString = false;
        continue;
      }
      if (state !== 'inside') {
        if (code === 32 || code === 9 || code === 10 || code === 13) continue;
        if (state === 'end') throw fail('more text follows the closing brace.', at);
        if (code !== 123) throw fail('the file must begin with {: an object with file names as keys.', at);
        state = 'inside';
        line += countLineEnds(text.slice(0, at));
        text = text.slice(at + 1);
        at = -1;
      } else if (code === 34) inString = true;
      else if (code === 123 || code === 91) depth++;
      else if (depth > 0 && (code === 125 || code === 93)) depth--;
      else if (depth === 0 && code === 44) {
        give(at);
        at = -1;
      } else if (depth === 0 && code === 125) {
        give(at);
        state = 'end';
        at = -1;
      }
    }
    return members;
  };
  let bytes = 0;
  for await (const piece of decodeText(chunks)) {
    throwIfAborted(signal);
    if ('invalid' in piece) throw fail(`byte ${piece.invalid} is no text. Save the file as UTF-8.`, text.length);
    bytes = piece.bytes;
    text += piece.text;
    const members = scan();
    if (text.length > MAX_MEMBER)
      throw new VitrineError('too-large', `${file}: the entry on line ${line} is longer than 64 million characters.`, {
        file,
        line,
      });
    if (members.length > 0) yield { members, bytes };
  }
  if (state === 'start') throw fail('the file is empty; it must hold an object with file names as keys.', text.length);
  if (state === 'inside') throw fail('the file ends before its closing brace. Is it whole?', text.length);
}
