// Writes cells of a CSV, and puts another text into one cell of a record that stands in a file.

/** The cell as RFC 4180 has it: in quotes where it holds the delimiter, a quote, CR or LF, or where `quotes` asks for them. */
export function csvCell(text: string, delimiter: string, quotes = false): string {
  return quotes || text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The raw text of a record with `text` in the cell at `index` (0-based); all other characters stay. A cell that had quotes keeps them; one that the
 * record does not reach is added behind the last, with empty cells between.
 */
export function replaceCell(raw: string, index: number, delimiter: string, text: string, quotes: boolean): string {
  let start = /^[\r\n]*/.exec(raw)?.[0].length ?? 0; // blank lines before the record
  for (let i = 0; ; i++) {
    const end = cellEnd(raw, start, delimiter);
    if (i === index) {
      const quoted = quotes || raw.charAt(start) === '"';
      return raw.slice(0, start) + csvCell(text, delimiter, quoted) + raw.slice(end);
    }
    if (raw.charAt(end) !== delimiter)
      return raw.slice(0, end) + delimiter.repeat(index - i) + csvCell(text, delimiter, quotes) + raw.slice(end);
    start = end + 1;
  }
}

/** Place behind the cell that begins at `start`. */
function cellEnd(raw: string, start: number, delimiter: string): number {
  let end = start;
  if (raw.charAt(start) === '"') {
    end = raw.indexOf('"', start + 1);
    while (end >= 0 && raw.charAt(end + 1) === '"') end = raw.indexOf('"', end + 2);
    return end < 0 ? raw.length : end + 1;
  }
  while (end < raw.length && raw.charAt(end) !== delimiter && raw.charAt(end) !== '\n' && raw.charAt(end) !== '\r')
    end++;
  return end;
}
