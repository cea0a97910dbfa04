// Judges what Vitrine made of a corpus file by the rules in the corpora's READMEs. Pure: pictures come as their measures.

/** A picture as an index gives it. */
export interface Expected {
  width: number;
  height: number;
  display?: Display | null;
}

interface Display {
  /** Of the RGB bytes, row by row. */
  sha256: string;
  mean_rgb: number[];
  /** Base64 of 16 × 16 RGB means. */
  thumb: string;
}

/** `null` is no limit. */
export interface Tolerance {
  max_abs: number | null;
  mean_abs: number | null;
}

export type Tier = 'A' | 'B' | 'E' | 'X';

/** One line of an index.jsonl, as far as pictures go. */
export interface CorpusEntry {
  file: string;
  tier: Tier;
  /** True format; absent where a folder holds one format only. */
  format?: string;
  expect?: Partial<Expected> | null;
  tolerance?: Tolerance | null;
  accept?: string[];
  alternatives?: Expected[];
  valid_rows?: number;
  valid_rows_bottom?: number;
  /** The whole file of which this one is a part. */
  intact?: string;
}

/** What came of a file in the application. */
export type Seen =
  | {
      kind: 'picture';
      format: string;
      width: number;
      height: number;
      sha256: string;
      mean: number[];
      /** 768 means of 16 × 16 cells, RGB. */
      cells: number[];
      /** Largest difference to the intact file in the rows that are valid; absent when there is none to compare, null when its size differs. */
      rowsDiffer?: number | null;
    }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'hang' }
  | { kind: 'crash'; message: string };

export type Outcome = 'equal' | 'within' | 'accepted' | 'refused' | 'wrong' | 'hang' | 'crash';

export interface Verdict {
  outcome: Outcome;
  /** Why a picture other than the index expects is right. */
  justified?: string;
  /** Why the file falls short of what its tier asks; absent when it does not. */
  short?: string;
}

/** What the corpora call formats that Vitrine calls otherwise. */
const formatNames: Readonly<Record<string, string>> = {
  jxl: 'jpeg-xl',
  jp2: 'jpeg-2000',
  pfm: 'pnm',
  'os2-bitmap-array': 'bmp',
};

/** Codes of an honest refusal; others are failures of ours. */
const reasons = new Set(['unreadable', 'unsupported', 'too-large']);

/** The pool's sentence after its watchdog has stopped a worker twice: the file was not refused, it hung or killed the worker. */
const stopped = /stops the decoder/;

/** The verdict on one file: `short` is set where the file's tier asks for more. Tiers B and E accept another picture with a line of justification. */
export function judge(entry: CorpusEntry, seen: Seen, justification?: string): Verdict {
  const verdict = judgeAlone(entry, seen);
  const questionable = entry.tier === 'B' || entry.tier === 'E';
  if (justification === undefined || !questionable || seen.kind !== 'picture' || verdict.outcome !== 'wrong')
    return verdict;
  return { outcome: 'accepted', justified: justification };
}

function judgeAlone(entry: CorpusEntry, seen: Seen): Verdict {
  if (seen.kind === 'hang') return { outcome: 'hang', short: 'no answer in its time' };
  if (seen.kind === 'crash') return { outcome: 'crash', short: seen.message };
  return seen.kind === 'refused' ? judgeRefusal(entry, seen) : judgePicture(entry, seen);
}

function judgeRefusal({ tier, accept }: CorpusEntry, { code, message }: Seen & { kind: 'refused' }): Verdict {
  if (stopped.test(message) || code === 'worker-failed') return { outcome: 'hang', short: message };
  const told = `${code}: ${message}`;
  // a word of an engine is no reason: people get a sentence
  if (!reasons.has(code) || !/^["“A-Z\d].*[.!]$/s.test(message))
    return { outcome: 'wrong', short: `no reason: ${told}` };
  const allowed = tier === 'X' || tier === 'E' || (tier === 'B' && (accept === undefined || accept.includes('refuse')));
  return allowed ? { outcome: 'refused' } : { outcome: 'refused', short: told };
}

function judgePicture(entry: CorpusEntry, seen: Seen & { kind: 'picture' }): Verdict {
  const { tier, format, accept = [], alternatives = [] } = entry;
  // content decides: a PNG named .dcm is a PNG, to be refused as DICOM only
  if (tier === 'X' && isOtherFormat(entry, seen.format)) return { outcome: 'accepted' };
  if (tier === 'X') return { outcome: 'wrong', short: `shown, ${seen.width} × ${seen.height}` };
  if (format !== undefined && tier === 'A' && seen.format !== (formatNames[format] ?? format))
    return { outcome: 'wrong', short: `called ${seen.format} instead of ${format}` };
  const expected = entry.expect ?? {};
  if (hasDisplay(expected)) {
    const difference = compare(seen, expected, entry.tolerance ?? exact);
    if (difference === 'equal' || difference === 'within') return { outcome: difference };
    if (alternatives.some((one) => isNear(seen, one, entry.tolerance ?? exact))) return { outcome: 'accepted' };
    if (accept.includes('any picture')) return { outcome: 'accepted' };
    if (accept.includes('partial') && isPart(entry, seen, expected)) return { outcome: 'accepted' };
    return { outcome: 'wrong', short: difference };
  }
  if (accept.includes('partial') && expected.width !== undefined && !isPart(entry, seen, expected))
    return { outcome: 'wrong', short: 'not the part that is valid' };
  return { outcome: 'accepted' };
}

/** Whether a file is shown as another format than its name says, in a corpus that gives no true formats. */
function isOtherFormat({ file, format }: CorpusEntry, shown: string): boolean {
  const named = file.endsWith('.dcm') ? 'dicom' : /\.tiff?$/.test(file) ? 'tiff' : shown;
  return format === undefined && shown !== named;
}

const exact: Tolerance = { max_abs: 0, mean_abs: 0 };

const hasDisplay = (expected: Partial<Expected>): expected is Expected & { display: Display } =>
  Boolean(expected.display);

const isNear = (seen: Seen & { kind: 'picture' }, one: Expected, tolerance: Tolerance): boolean =>
  hasDisplay(one) && /^(equal|within)$/.test(compare(seen, one, tolerance));

/** Right size, and the valid rows equal those of the intact file where the index names them. */
function isPart({ tolerance }: CorpusEntry, seen: Seen & { kind: 'picture' }, expected: Partial<Expected>): boolean {
  if (seen.width !== expected.width || seen.height !== expected.height) return false;
  if (seen.rowsDiffer === undefined) return true;
  return seen.rowsDiffer !== null && seen.rowsDiffer <= (tolerance?.max_abs ?? 255);
}

/**
 * Equal by its hash. Within tolerance as far as measures show it: the full picture of the oracle is not in the index, but a
 * picture within the bounds has channel means within the mean bound, and cell means within the largest one. Else what differs.
 */
export function compare(
  seen: Seen & { kind: 'picture' },
  { width, height, display }: Expected & { display: Display },
  { max_abs, mean_abs }: Tolerance,
): string {
  if (seen.width !== width || seen.height !== height)
    return `${seen.width} × ${seen.height} instead of ${width} × ${height}`;
  if (seen.sha256 === display.sha256) return 'equal';
  const most = max_abs ?? 255;
  const mean = mean_abs ?? 255;
  const stored = Uint8Array.from(atob(display.thumb), (letter) => letter.charCodeAt(0));
  const differences = seen.cells.map((value, i) => Math.abs(value - (stored[i] ?? 0)));
  const largest = Math.max(...differences);
  const channels = seen.mean.reduce((sum, value, i) => sum + Math.abs(value - (display.mean_rgb[i] ?? 0)), 0) / 3;
  // stored cells are rounded to whole levels, stored means to a thousandth
  const near = most > 0 && largest <= most + 0.5 && channels <= mean + 0.001 && averageOf(differences) <= mean + 0.5;
  if (near) return 'within';
  return `differs: means by ${channels.toFixed(2)}, a cell by ${largest.toFixed(1)}; allowed ${mean} and ${most}`;
}

const averageOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
