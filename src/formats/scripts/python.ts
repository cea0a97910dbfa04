// Pieces of Python that the scripts share: literals that need no escaping of their own.

/** A Python string literal: JSON's strings are Python's too, and U+007F to U+FFFF are escaped so that any encoding of the file will do. */
export function pythonText(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A list of names over lines that stay short. */
export function pythonList(names: readonly string[]): string {
  if (names.length <= 5) return `[${names.map(pythonText).join(', ')}]`;
  return `[\n${names.map((name) => `    ${pythonText(name)},\n`).join('')}]`;
}
