// Reads everything that the files say, merged by picture: several rows of one picture become one, and nothing is committed.
import type {
  DatasetFiles,
  DatasetFormat,
  FieldValue,
  FormatOptions,
  ImportRow,
  ImportSummary,
} from '../../formats/types.ts';
import { throwIfAborted } from '../../shared/errors.ts';
import type { JobOptions } from '../../shared/progress.ts';
import { pause } from '../session/pause.ts';
import { createIssueList, type IssueList } from './issues.ts';
import { RowsOf } from './values.ts';

/** Leakage that the panel shows. */
const SHOWN = 200;

/** What the files say, by row id. */
export interface Collected {
  summary: ImportSummary;
  issues: IssueList;
  labels: RowsOf<readonly string[]>;
  negatives: RowsOf<readonly string[]>;
  splits: RowsOf<string>;
  fields: Map<string, RowsOf<FieldValue>>;
  /** Ids of the rows that were spoken of, ascending. */
  rows: Uint32Array;
  /** Rows that got several labels although the system gives one. */
  severalLabels: number;
  leakage: { total: number; first: { row: number; splits: string[] }[] };
}

const setKey = (names: readonly string[]): string => names.join('\u0000');
const valueKey = (value: FieldValue): string | number | boolean | null => {
  if (typeof value === 'object' && value !== null) return `json:${value.json}`;
  return typeof value === 'string' ? `text:${value}` : value;
};

/**
 * Runs a reader to its end. `rowOf` gives the id of a picture's path, -1 for none; `rowCount` bounds the ids. Labels of several rows of one
 * picture are united, of its fields and splits the first counts where they differ, and the difference is noted. Errors: of the reader, `aborted`.
 */
export async function collectImport(
  format: DatasetFormat,
  files: DatasetFiles,
  options: FormatOptions,
  { rowCount, rowOf }: { rowCount: number; rowOf: (path: string) => number },
  { signal, onProgress }: JobOptions = {},
): Promise<Collected> {
  const issues = createIssueList();
  const labels = new RowsOf<readonly string[]>(rowCount, setKey);
  const negatives = new RowsOf<readonly string[]>(rowCount, setKey);
  const splits = new RowsOf<string>(rowCount, (split) => split);
  const fields = new Map<string, RowsOf<FieldValue>>();
  const spoken = new Uint8Array(rowCount);
  const leaks = new Map<number, string[]>();
  let severalLabels = 0;

  const take = (row: number, said: ImportRow): void => {
    spoken[row] = 1;
    const note = (reason: string, text: string): void =>
      issues.add({
        kind: 'note',
        file: said.file,
        ...(said.line === undefined ? {} : { line: said.line }),
        path: said.path,
        reason,
        text,
      });
    if (said.labels) {
      const earlier = labels.at(row);
      const all = earlier ? [...new Set([...earlier, ...said.labels])] : [...new Set(said.labels)];
      if (earlier && earlier.length === 1 && all.length > 1) severalLabels++;
      labels.set(row, all);
    }
    if (said.negatives) negatives.set(row, [...new Set([...(negatives.at(row) ?? []), ...said.negatives])]);
    if (said.split !== undefined) {
      const earlier = splits.at(row);
      if (earlier === undefined) splits.set(row, said.split);
      else if (earlier !== said.split) {
        const list = leaks.get(row) ?? [earlier];
        if (!list.includes(said.split)) list.push(said.split);
        leaks.set(row, list);
        note('several-splits', `The picture is in the splits ${list.join(' and ')}; it stays in ${earlier}.`);
      }
    }
    for (const [name, value] of Object.entries(said.fields ?? {})) {
      let column = fields.get(name);
      if (column === undefined) {
        column = new RowsOf<FieldValue>(rowCount, valueKey);
        fields.set(name, column);
      }
      const earlier = column.at(row);
      if (earlier === undefined) column.set(row, value);
      else if (valueKey(earlier) !== valueKey(value))
        note('other-value', `“${name}” has another value in an earlier row of this picture, which counts.`);
    }
  };

  const reader = format.read(files, options, signal ? { signal } : {});
  let step = await reader.next();
  while (!step.done) {
    await pause(); // a reader that never waits for a file would keep the wish to cancel from being heard
    throwIfAborted(signal);
    for (const issue of step.value.issues) issues.add(issue);
    for (const said of step.value.rows) {
      const row = rowOf(said.path);
      if (row >= 0) take(row, said);
    }
    if (step.value.progress !== undefined)
      onProgress?.({ done: Math.round(step.value.progress * 100), total: 100, unit: 'percent' });
    step = await reader.next();
  }
  const rows = Uint32Array.from(spoken.keys()).filter((row) => spoken[row] === 1);
  const first = [...leaks].slice(0, SHOWN).map(([row, names]) => ({ row, splits: names }));
  return {
    summary: step.value,
    issues,
    labels,
    negatives,
    splits,
    fields,
    rows,
    severalLabels,
    leakage: { total: leaks.size, first },
  };
}
