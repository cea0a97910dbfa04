// Reads metadata out of a JSON object with a file name or path for each key, and a dict of values below it.

import { readMembers } from '../text/json-members.ts';
import { createObjectScanner } from '../text/json-text.ts';
import { type JsonNode, parseTree } from '../text/json-tree.ts';
import { typeOfNode } from '../text/keys.ts';
import type { FieldValue, ImportIssue } from '../types.ts';
import type { Reading, Step } from './read.ts';

/** Every entry of the object. Errors: those of the JSON reader, with the line. */
export async function* readMetadataJson(reading: Reading): AsyncGenerator<Step, void, undefined> {
  const { files, options, keys, match, counts, signal } = reading;
  const { file } = options;
  const scanner = createObjectScanner();
  const seen = new Set<string>();
  for await (const { members, bytes } of readMembers(files.chunks(file), { file, ...(signal ? { signal } : {}) })) {
    const step: Step = { rows: [], issues: [], bytes };
    for (const { key, raw, line } of members) {
      counts.found++;
      const place = { file, line, path: key };
      const leaveOut = (issue: Pick<ImportIssue, 'reason' | 'text'>): void => {
        counts.leftOut++;
        step.issues.push({ kind: 'left-out', ...place, ...issue });
      };
      const note = (reason: string, text: string): void => {
        step.issues.push({ kind: 'note', ...place, reason, text });
      };
      if (!scanner.scan(raw, 0, raw.length)) {
        const { reason = 'syntax', text = 'it is no JSON object' } = scanner.mistake ?? {};
        leaveOut({ reason, text: `The value of “${key}” must be an object of keys and values: ${text}.` });
        continue;
      }
      const found = match(key);
      if ('reason' in found) {
        leaveOut(found);
        continue;
      }
      if (scanner.duplicateAt >= 0)
        note('duplicate-key', `The key “${scanner.duplicate}” stands twice; the last one counts.`);
      if (seen.has(found.path)) note('several-entries', 'Another entry of the file speaks of the same picture.');
      seen.add(found.path);
      const fields = new Map<string, FieldValue>();
      for (let i = 0; i < scanner.count; i++) {
        const name = scanner.keys[i] ?? '';
        const text = raw.slice(scanner.starts[i], scanner.ends[i]);
        const node = parseTree(text);
        const value = fieldValue(node, text);
        if (value === undefined) {
          note(
            'not-finite',
            `“${name}” is ${text}, which is no number that could be filtered: the picture gets no value.`,
          );
          continue;
        }
        // Whole numbers beyond 2^53 are kept as text: as numbers they would be rounded.
        const type = node.type === 'number' && typeof value === 'object' ? 'string' : typeOfNode(node);
        const expected = keys.add(name, type, value);
        if (expected !== null)
          note('mixed-types', `Value type mismatch for key '${name}': it was ${expected} before and is ${type} here.`);
        fields.set(name, value);
      }
      step.rows.push({ path: found.path, file, line, fields: Object.fromEntries(fields) });
      counts.imported++;
    }
    yield step;
  }
}

/** Lists, dicts and whole numbers beyond 2^53 keep their raw text; NaN and Infinity have no value. */
function fieldValue(node: JsonNode, text: string): FieldValue | undefined {
  switch (node.type) {
    case 'null':
      return null;
    case 'string':
    case 'boolean':
      return node.value;
    case 'number': {
      const value = Number(node.raw);
      if (!Number.isFinite(value)) return undefined;
      return /^-?\d+$/.test(node.raw) && !Number.isSafeInteger(value) ? { json: text } : value;
    }
    default:
      return { json: text };
  }
}
