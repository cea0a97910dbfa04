// What an import leaves out, counted by reason; the first for the panel, all of them as CSV.
import type { ImportIssue } from '../../formats/types.ts';

/** Issues that the panel shows. */
const SHOWN = 200;
/** Lines that are joined into one part of the file. */
const PART_LINES = 4096;

export interface IssueList {
  add(issue: ImportIssue): void;
  summary(): { total: number; byReason: Record<string, number>; first: ImportIssue[] };
  /** `file,line,column,path,kind,reason,text` of every issue. */
  csv(): Blob;
}

export function createIssueList(): IssueList {
  const parts: Blob[] = [];
  let lines: string[] = ['file,line,column,path,kind,reason,text\n'];
  const first: ImportIssue[] = [];
  const byReason: Record<string, number> = {};
  let total = 0;
  return {
    add(issue) {
      total++;
      byReason[issue.reason] = (byReason[issue.reason] ?? 0) + 1;
      if (first.length < SHOWN) first.push(issue);
      const { file, line = '', column = '', path = '', kind, reason, text } = issue;
      lines.push(`${[quoted(file), line, column, quoted(path), kind, quoted(reason), quoted(text)].join()}\n`);
      if (lines.length < PART_LINES) return;
      parts.push(new Blob(lines)); // out of the worker's memory
      lines = [];
    },
    summary: () => ({ total, byReason: { ...byReason }, first: [...first] }),
    csv: () => new Blob([...parts, ...lines], { type: 'text/csv' }),
  };
}

/** RFC 4180: quotes where the text needs them. */
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
