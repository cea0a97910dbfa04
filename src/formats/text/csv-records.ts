// Cuts text into CSV records by RFC 4180, strictly, piece by piece: any line ends, also mixed; quotes only around whole cells.

/** One record. Cells are text as it stands, without quotes. */
export interface CsvRow {
  cells: string[];
  /** Line of the file on which it begins, 1-based; line ends inside quotes count. */
  line: number;
  /** Line and column of each cell, in pairs; only where a cell was quoted (else they follow from the cells). */
  at?: number[];
  /** The record as it stands in the file, with blank lines before it and its line end; only where it was asked for. */
  raw?: string;
}

/** Something odd that does not stop reading. */
export interface CsvIssue {
  kind: 'stray-quote' | 'nul' | 'too-many-fields' | 'too-few-fields' | 'duplicate-header';
  line: number;
  /** 1-based, in characters. */
  column: number;
  /** How many of it in this cell or row. */
  count: number;
  /** Names that stand twice in the header. */
  names?: string[];
}

/** Where records cannot be told apart any more. */
export interface CsvFault {
  kind: 'unterminated-quote' | 'text-after-quote' | 'too-long';
  line: number;
  column: number;
}

/** A tokenizer that is fed piece by piece. */
export interface CsvRecords {
  /** Takes more text; gives the records that are complete. `last`: there is no more, so the rest is a record. */
  push(text: string, last: boolean): { rows: CsvRow[]; issues: CsvIssue[]; fault?: CsvFault };
  /** Line at the end of all text that was pushed. */
  line(): number;
  /** Text behind the last record: blank lines; only where raw text was asked for. */
  rest(): string;
}

const QUOTE = 34;
const LF = 10;
const CR = 13;

/** Records of text with this delimiter (one character). `maxRecord`: characters of the longest record that is waited for. `raw`: rows keep their text. */
export function createCsvRecords(delimiter: string, maxRecord: number, raw = false): CsvRecords {
  const separator = delimiter.charCodeAt(0);
  let text = ''; // begins with the record that is not complete yet
  let more: string[] = []; // what came since, not yet joined: a long record is not scanned again with each piece
  let moreLength = 0;
  let line = 1;
  let blank = ''; // blank lines that no record has taken yet
  return {
    line: () => line + countLineEnds(text + more.join('')),
    rest: () => blank,
    push(piece, last) {
      more.push(piece);
      moreLength += piece.length;
      const rows: CsvRow[] = [];
      const issues: CsvIssue[] = [];
      if (!last && moreLength < text.length) return { rows, issues };
      text += more.join('');
      more = [];
      moreLength = 0;
      const ends: number[] | undefined = raw ? [] : undefined;
      const scan = scanRecords(text, separator, delimiter, line, last, rows, issues, ends);
      if (ends) {
        let from = 0;
        for (const [i, row] of rows.entries()) {
          const end = ends[i] ?? from;
          row.raw = blank + text.slice(from, end);
          blank = '';
          from = end;
        }
        blank += text.slice(from, scan.end);
      }
      text = text.slice(scan.end);
      line = scan.line;
      if (scan.fault) return { rows, issues, fault: scan.fault };
      if (text.length > maxRecord) return { rows, issues, fault: { kind: 'too-long', line, column: 1 } };
      return { rows, issues };
    },
  };
}

/** Place of a cell: line and column, both 1-based. */
export function cellPlace(row: CsvRow, index: number): { line: number; column: number } {
  const [line, column] = [row.at?.[2 * index], row.at?.[2 * index + 1]];
  if (line !== undefined && column !== undefined) return { line, column };
  let before = 1;
  for (let i = 0; i < index; i++) before += (row.cells[i]?.length ?? 0) + 1;
  return { line: row.line, column: before };
}

interface Scan {
  /** Where the record that is not complete begins. */
  end: number;
  line: number;
  fault?: CsvFault;
}

function scanRecords(
  text: string,
  separator: number,
  delimiter: string,
  firstLine: number,
  last: boolean,
  rows: CsvRow[],
  issues: CsvIssue[],
  ends?: number[], // takes the place behind each row
): Scan {
  let line = firstLine;
  let position = 0;
  // Next place of each rare character; most files hold few of them, and then a record is one split.
  let quote = find(text, '"', 0);
  let cr = find(text, '\r', 0);
  let nul = find(text, '\0', 0);
  const end = text.length;
  while (position < end) {
    if (cr < position) cr = find(text, '\r', position);
    if (quote < position) quote = find(text, '"', position);
    const lf = find(text, '\n', position);
    const stop = Math.min(cr, lf);
    if (quote < stop) {
      const record = quotedRecord(text, position, separator, line, last, issues);
      if (record === null) break;
      if ('kind' in record) return { end: position, line, fault: record };
      rows.push(record.row);
      if (nul < record.end) nul = tellNul(record.row, issues, text, record.end);
      position = record.end;
      ends?.push(position);
      line = record.line;
      continue;
    }
    if (stop >= end && !last) break;
    if (stop === cr && cr + 1 === end && !last) break; // the LF of a CR LF may come yet
    const next = stop === cr && text.charCodeAt(cr + 1) === LF ? stop + 2 : stop + 1;
    if (stop > position) {
      const row: CsvRow = { cells: text.slice(position, stop).split(delimiter), line };
      rows.push(row);
      ends?.push(Math.min(next, end));
      if (nul < stop) nul = tellNul(row, issues, text, stop);
    }
    position = next;
    if (stop < end) line++;
  }
  return { end: Math.min(position, end), line };
}

/** Like indexOf; the end of the text when there is none. */
function find(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at;
}

/** A record with a quote in it, cell by cell; null when its end is not there yet. */
function quotedRecord(
  text: string,
  start: number,
  separator: number,
  firstLine: number,
  last: boolean,
  issues: CsvIssue[],
): { row: CsvRow; end: number; line: number } | CsvFault | null {
  const cells: string[] = [];
  const at: number[] = [];
  const odd: CsvIssue[] = [];
  const length = text.length;
  let line = firstLine;
  let lineStart = start;
  let position = start;
  for (;;) {
    at.push(line, position - lineStart + 1);
    if (text.charCodeAt(position) === QUOTE) {
      const close = closingQuote(text, position);
      if (close < 0 || (close + 1 === length && !last))
        return last ? { kind: 'unterminated-quote', line, column: position - lineStart + 1 } : null;
      let cell = text.slice(position + 1, close);
      const breaks = countLineEnds(cell);
      if (breaks > 0) {
        line += breaks;
        lineStart = Math.max(text.lastIndexOf('\n', close), text.lastIndexOf('\r', close)) + 1;
      }
      if (cell.includes('"')) cell = cell.replaceAll('""', '"');
      cells.push(cell);
      position = close + 1;
    } else {
      let stop = position;
      let quotes = 0;
      let unit = text.charCodeAt(stop);
      while (stop < length && unit !== separator && unit !== LF && unit !== CR) {
        if (unit === QUOTE) quotes++;
        unit = text.charCodeAt(++stop);
      }
      if (stop === length && !last) return null;
      if (quotes > 0) {
        const column = text.indexOf('"', position) - lineStart + 1;
        odd.push({ kind: 'stray-quote', line, column, count: quotes });
      }
      cells.push(text.slice(position, stop));
      position = stop;
    }
    if (position < length && text.charCodeAt(position) === separator) {
      position++;
      if (position === length && !last) return null;
      continue;
    }
    const unit = position < length ? text.charCodeAt(position) : LF;
    if (unit !== LF && unit !== CR) return { kind: 'text-after-quote', line, column: position - lineStart + 1 };
    if (unit === CR && position + 1 === length && !last) return null;
    const ended = position < length;
    const end = unit === CR && text.charCodeAt(position + 1) === LF ? position + 2 : position + 1;
    issues.push(...odd);
    return { row: { cells, line: firstLine, at }, end: Math.min(end, length), line: ended ? line + 1 : line };
  }
}

/** Position of the quote that closes the cell opened at `open`; -1 when it is not there. */
function closingQuote(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) close = text.indexOf('"', close + 2);
  return close;
}

/** CR LF, LF and CR each end a line. */
export function countLineEnds(text: string): number {
  let n = 0;
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) n++;
  for (let i = text.indexOf('\r'); i >= 0; i = text.indexOf('\r', i + 1)) if (text.charCodeAt(i + 1) !== LF) n++;
  return n;
}

/** Notes the cells of a row that hold U+0000; gives the next place of one behind the row. */
function tellNul(row: CsvRow, issues: CsvIssue[], text: string, end: number): number {
  for (const [i, cell] of row.cells.entries()) {
    const count = cell.split('\0').length - 1;
    if (count > 0) issues.push({ kind: 'nul', ...cellPlace(row, i), count });
  }
  return find(text, '\0', end);
}
