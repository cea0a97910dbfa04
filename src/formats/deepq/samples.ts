// Gathers what the rows of label.csv say of each picture, so that a contradiction takes back what was said before.
import type { FieldValue, ImportIssue, ImportRow } from '../types.ts';
import type { Said } from './label-rows.ts';

/** Pictures that are held back, at least: rows of one picture stand together in almost every file, and small files are held as a whole. */
const HELD = 8192;

/** What was said of one class; 'conflict' once both values were. */
interface Value {
  name: string;
  value: boolean | 'conflict';
  line: number;
}

/** Above so many classes of a picture a table finds them. */
const FEW = 16;

interface Sample {
  path: string;
  line: number;
  values: Value[];
  /** Of `values` by class, once they are many. */
  byClass: Map<string, Value> | null;
  boxes: string[] | null;
  masks: string[] | null;
}

/** Pictures and issues of one file, gathered until they are taken. */
export interface Samples {
  add(path: string, said: Said, line: number): void;
  leftOut(issue: { line: number; path: string; reason: string; text: string }): void;
  note(line: number, path: string, text: string): void;
  /** What is complete; `all`: the file is at its end. `dropped`: rows that were left out since the last call. */
  take(all: boolean): { rows: ImportRow[]; issues: ImportIssue[]; dropped: number };
}

/** For one label file, whose name goes into rows and issues. */
export function createSamples(file: string): Samples {
  // Two generations, so that nothing is ever deleted one by one: the older is given when the younger is full.
  let older = new Map<string, Sample>();
  let younger = new Map<string, Sample>();
  const given = new Set<string>();
  let issues: ImportIssue[] = [];
  let dropped = 0;
  const leftOut: Samples['leftOut'] = (issue) => {
    issues.push({ kind: 'left-out', file, ...issue });
    dropped++;
  };
  const note: Samples['note'] = (line, path, text) =>
    issues.push({ kind: 'note', file, line, path, reason: 'note', text });
  const sampleOf = (path: string, line: number): Sample => {
    let sample = younger.get(path) ?? older.get(path);
    if (!sample) {
      if (given.has(path))
        note(
          line,
          path,
          `${path} comes again after ${HELD.toLocaleString('en')} others; its rows from line ${line} on were not compared with those before.`,
        );
      sample = { path, line, values: [], byClass: null, boxes: null, masks: null };
      younger.set(path, sample);
    }
    return sample;
  };
  const addClass = (sample: Sample, name: string, value: boolean, line: number): void => {
    const before = saidOf(sample, name);
    if (before === undefined) keepValue(sample, { name, value, line });
    else if (before.value === value) note(line, sample.path, `${file}, line ${line} repeats line ${before.line}.`);
    else {
      leftOut({
        line,
        path: sample.path,
        reason: 'contradiction',
        text: `${file}, line ${line} contradicts line ${before.line}: ${name} of ${sample.path} is both 1 and 0, so it is unknown.`,
      });
      if (before.value === 'conflict') return;
      leftOut({
        line: before.line,
        path: sample.path,
        reason: 'contradiction',
        text: `${file}, line ${before.line} is taken back: line ${line} says the opposite.`,
      });
      before.value = 'conflict';
    }
  };
  return {
    add(path, said, line) {
      const sample = sampleOf(path, line);
      if (said.kind === 'class') addClass(sample, said.name, said.value, line);
      else if (said.kind === 'nothing') sample.boxes ??= [];
      else if (said.kind === 'box') {
        sample.boxes ??= [];
        sample.boxes.push(`[${[JSON.stringify(said.name), ...said.numbers.map(jsonNumber)].join(',')}]`);
      } else if (said.kind === 'mask') {
        sample.masks ??= [];
        sample.masks.push(
          `[${[JSON.stringify(said.name), jsonNumber(said.width), jsonNumber(said.height), JSON.stringify(said.mask)].join(',')}]`,
        );
      }
    },
    leftOut,
    note,
    take(all) {
      const rows: ImportRow[] = [];
      const give = (samples: Map<string, Sample>): void => {
        for (const [path, sample] of samples) {
          given.add(path);
          const row = rowOf(sample, file);
          if (row) rows.push(row);
        }
      };
      if (all || younger.size >= HELD) {
        give(older);
        older = younger;
        younger = new Map();
      }
      if (all) give(older);
      const result = { rows, issues, dropped };
      issues = [];
      dropped = 0;
      return result;
    },
  };
}

const saidOf = ({ values, byClass }: Sample, name: string): Value | undefined =>
  byClass ? byClass.get(name) : values.find((one) => one.name === name);

function keepValue(sample: Sample, value: Value): void {
  sample.values.push(value);
  if (sample.byClass) sample.byClass.set(value.name, value);
  else if (sample.values.length > FEW) sample.byClass = new Map(sample.values.map((one) => [one.name, one]));
}

/** A number as JSON spells it: '.5' and '+1' are none there. */
function jsonNumber(text: string): string {
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? text : String(Number(text));
}

function rowOf({ path, line, values, boxes, masks }: Sample, file: string): ImportRow | null {
  const labels: string[] = [];
  const negatives: string[] = [];
  let known = 0;
  for (const { name, value } of values) {
    if (value === 'conflict') continue;
    known++;
    (value ? labels : negatives).push(name);
  }
  const fields: Record<string, FieldValue> = {};
  if (boxes) fields.boxes = { json: `[${boxes.join(',')}]` };
  if (masks) fields.masks = { json: `[${masks.join(',')}]` };
  const isContradicted = values.length > 0 && known === 0;
  if (isContradicted && !boxes && !masks) return null;
  // A row without a class takes part without an object; boxes and masks say nothing of classes of the picture.
  const hasLabels = known > 0 || (values.length === 0 && !masks && (boxes === null || boxes.length === 0));
  return {
    path,
    ...(hasLabels ? { labels } : {}),
    ...(negatives.length > 0 ? { negatives } : {}),
    ...(boxes || masks ? { fields } : {}),
    file,
    line,
  };
}
