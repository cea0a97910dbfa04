// Spells a record as opsml's own writer does: its four or five keys, all of them, ASCII only, floats as Python writes them.
import type { OpsmlRecord } from '../peers/opsml.ts';

/** One line without line feed, equal to `json.dump` in opsml 1.5 (`version` 1) and 2.1 (2). */
export function opsmlLine(record: OpsmlRecord, version: 1 | 2): string {
  const { name, size, caption, categories, objects } = record;
  const list = (items: readonly (string | { raw: string })[]): string =>
    `[${items.map((item) => (typeof item === 'string' ? asciiString(item) : item.raw)).join(', ')}]`;
  const boxes = objects === null ? '' : objects.bbox.map((box) => `[${box.map(pythonFloat).join(', ')}]`).join(', ');
  const head =
    version === 1 ? `"file_name": ${asciiString(name)}` : `"filepath": ${asciiString(name)}, "size": ${size ?? 'null'}`;
  return `{${head}, "caption": ${caption === null ? 'null' : asciiString(caption)}, "categories": ${
    categories === null ? 'null' : list(categories)
  }, "objects": ${objects === null ? 'null' : `{"bbox": [${boxes}], "categories": ${list(objects.categories)}}`}}`;
}

/** A JSON string with all but ASCII escaped, as Python's `json.dumps` does by default. */
export function asciiString(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A float as Python's `repr` spells it: always with a point or an exponent, exponents of two digits at least. */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  const size = Math.abs(value);
  // Python changes to exponents below 1e-4 and from 1e16 on, JavaScript below 1e-6 and from 1e21 on.
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
}
