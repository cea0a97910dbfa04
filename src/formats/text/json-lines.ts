// Cuts bytes into lines of text block by block, keeping line numbers, so that one bad line costs only itself.

/** A line that cannot be text, and why. */
export interface LineProblem {
  /** 1-based. */
  line: number;
  /** 1-based, in characters. */
  column?: number;
  /** 'invalid-utf-8', 'line-too-long', 'byte-order-mark', 'utf-16'. */
  reason: string;
  text: string;
  /** True: the line is not read. False: it is, as `text` says. */
  lost: boolean;
}

/** Whole lines, each ended by '\n' except perhaps the last; a lost line stands as an empty one, so that counting goes on. */
export interface LineBlock {
  text: string;
  /** Number of the first line in `text`, 1-based. */
  firstLine: number;
  problems: LineProblem[];
  /** Bytes of the file up to the end of the block. */
  bytes: number;
}

/** A line over this many bytes is refused: it must be held as a whole, and no metadata is so long. */
const MAX_LINE = 64 << 20;
/** Small chunks are put together to this size: decoding costs a fixed price each time. */
const BLOCK = 256 << 10;
const LF = 10;

/**
 * The lines of a file in blocks. Text is UTF-8, checked strictly; a byte order mark is removed and reported. UTF-16 with its mark is
 * read and reported. Errors: `aborted` through `chunks`.
 */
export async function* readLineBlocks(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  { maxLine = MAX_LINE }: { maxLine?: number } = {},
): AsyncGenerator<LineBlock, void, undefined> {
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let pending = 0;
  let line = 1;
  let bytes = 0;
  let skipping = false;
  let problems: LineProblem[] = [];
  let transcode: ((chunk: Uint8Array, last: boolean) => Uint8Array<ArrayBuffer>) | null = null;
  let started = false;

  const take = (end: number): Uint8Array<ArrayBuffer> => {
    // All that is pending up to `end` bytes of the last piece; the rest stays.
    const last = pieces.pop() ?? new Uint8Array();
    const whole = concat([...pieces, last.subarray(0, end)]);
    const rest = last.subarray(end);
    pieces = rest.length > 0 ? [rest] : [];
    pending = rest.length;
    return whole;
  };
  const emit = (whole: Uint8Array<ArrayBuffer>): LineBlock => {
    bytes += whole.length;
    const block: LineBlock = { text: '', firstLine: line, problems, bytes };
    problems = [];
    block.text = decodeLines(whole, line, block.problems);
    line += countLines(block.text);
    return block;
  };

  for await (const given of chunks) {
    let chunk: Uint8Array<ArrayBuffer> = given;
    if (!started) {
      if (pending + chunk.length < 3) {
        // Too short to tell a byte order mark.
        pieces.push(chunk);
        pending += chunk.length;
        continue;
      }
      started = true;
      chunk = concat([...pieces, chunk]);
      pieces = [];
      pending = 0;
      const mark = encodingOf(chunk);
      if (mark === 'utf-8-mark') {
        chunk = chunk.subarray(3);
        bytes += 3;
        problems.push(markProblem);
      } else if (mark !== null) {
        transcode = createTranscoder(mark);
        problems.push(utf16Problem(mark));
      }
    }
    if (transcode) chunk = transcode(chunk, false);
    if (skipping) {
      const end = chunk.indexOf(LF);
      bytes += end < 0 ? chunk.length : end;
      if (end < 0) continue;
      chunk = chunk.subarray(end);
      skipping = false;
    }
    pieces.push(chunk);
    pending += chunk.length;
    const end = chunk.lastIndexOf(LF) + 1;
    if (end > 0 && pending >= BLOCK) {
      yield emit(take(end));
    } else if (end === 0 && pending > maxLine) {
      // What stands before the long line is a block of its own.
      const whole = concat(pieces);
      const start = whole.lastIndexOf(LF) + 1;
      pieces = start > 0 ? [whole.subarray(0, start)] : [];
      pending = start;
      if (start > 0) yield emit(take(start));
      bytes += whole.length - start;
      problems.push(tooLong(line, maxLine));
      skipping = true;
      pieces = [];
      pending = 0;
    }
  }
  if (transcode) {
    const rest = transcode(new Uint8Array(), true);
    pieces.push(rest);
  }
  let rest = concat(pieces);
  if (!started && encodingOf(rest) === 'utf-8-mark') {
    rest = rest.subarray(3);
    problems.push(markProblem);
  }
  if (rest.length > 0 || problems.length > 0) yield emit(rest);
}

/** Decodes whole lines; where the bytes are no UTF-8, line by line, so that only the bad ones are lost. */
function decodeLines(bytes: Uint8Array<ArrayBuffer>, firstLine: number, problems: LineProblem[]): string {
  try {
    return strict.decode(bytes);
  } catch {
    let text = '';
    let line = firstLine;
    for (let from = 0; from < bytes.length; line++) {
      const at = bytes.indexOf(LF, from);
      const end = at < 0 ? bytes.length : at;
      const one = bytes.subarray(from, end);
      try {
        text += strict.decode(one);
      } catch {
        problems.push(invalidUtf8(one, line));
      }
      if (at >= 0) text += '\n';
      from = end + 1;
    }
    return text;
  }
}

/** A mark inside the text is a character, so it is kept: the one at the start of a file has been taken off. */
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const markProblem: LineProblem = {
  line: 1,
  column: 1,
  reason: 'byte-order-mark',
  text: 'The file begins with a byte order mark, which is left out; opsml refuses a file that has one.',
  lost: false,
};

const utf16Problem = (encoding: string): LineProblem => ({
  line: 1,
  column: 1,
  reason: 'utf-16',
  text: `The file is ${encoding.toUpperCase()}; it is read, but Hugging Face and opsml refuse it. Save it as UTF-8.`,
  lost: false,
});

const tooLong = (line: number, maxLine: number): LineProblem => ({
  line,
  reason: 'line-too-long',
  text: `The line is longer than ${Math.round(maxLine / 2 ** 20)} MiB and is left out. Is it JSON with one object a line?`,
  lost: true,
});

function invalidUtf8(bytes: Uint8Array<ArrayBuffer>, line: number): LineProblem {
  // The longest valid beginning, by halving: a decoder says only that something is wrong.
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isPrefix(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  const before = new TextDecoder().decode(bytes.subarray(0, low), { stream: true });
  const byte = bytes[low] ?? 0;
  return {
    line,
    column: before.length + 1,
    reason: 'invalid-utf-8',
    text: `The byte 0x${byte.toString(16).padStart(2, '0').toUpperCase()} is not UTF-8, so the line is left out. Save the file as UTF-8.`,
    lost: true,
  };
}

/** True when more bytes could make it valid. */
function isPrefix(bytes: Uint8Array<ArrayBuffer>): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function encodingOf(bytes: Uint8Array): 'utf-8-mark' | 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8-mark';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** Chunks of UTF-16 as UTF-8. Half a pair becomes U+FFFD, as it cannot be written in UTF-8. */
function createTranscoder(
  encoding: 'utf-16le' | 'utf-16be',
): (chunk: Uint8Array, last: boolean) => Uint8Array<ArrayBuffer> {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  return (chunk, last) => encoder.encode(decoder.decode(chunk, { stream: !last }));
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function concat(pieces: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
