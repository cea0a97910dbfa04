// The default order: folders naturally by path, files naturally by name; kept folder by folder, so that a walk never sorts everything again.
import { compareNatural } from '../shared/natural.ts';
import { BLOCK_MASK, BLOCK_SHIFT, popcount } from './columns/block.ts';
import type { CodedColumn } from './columns/coded.ts';
import { compareNaturalBytes, sortByText } from './columns/natural-text.ts';
import { type TextColumn, textEnd, textStart, utf8 } from './columns/text.ts';

/** Rows of one folder: `ids[0 … length)`, of which the first `ordered` are in natural order. Rows that arrive go to the end. */
interface FolderRows {
  ids: Uint32Array<ArrayBuffer>;
  length: number;
  ordered: number;
  /** Smallest and largest id: rows of a folder mostly arrived together. */
  first: number;
  last: number;
}

type Span = Pick<FolderRows, 'first' | 'last'>;
const EMPTY_SPAN: Span = { first: 0xffffffff, last: -1 };

/** Writes those of `ids` whose bit is set to `kept` from n on; returns the next n. No branch depends on a row. */
function keep(ids: Uint32Array, length: number, words: Uint32Array, kept: Uint32Array, from: number): number {
  let n = from;
  for (let i = 0; i < length; i++) {
    const id = ids[i] as number; // below length, which is within ids
    kept[n] = id;
    n += ((words[id >>> 5] as number) >>> (id & 31)) & 1; // every id has its word
  }
  return n;
}

/** Those of `ids` whose bit is set in `words`, in their order. */
export function pick(ids: Uint32Array, words: Uint32Array): Uint32Array<ArrayBuffer> {
  let count = 0;
  for (let w = 0; w < words.length; w++) count += popcount(words[w] ?? 0);
  const kept = new Uint32Array(count + 1); // what is not kept is written over, the last time behind the end
  return kept.subarray(0, keep(ids, ids.length, words, kept, 0));
}

/** Rows by folder and in default order, tombstones included. */
export class DefaultOrder {
  /** Grows when the order changes or rows are added. */
  version = 0;
  private folders: FolderRows[] = [];
  /** Folder codes in natural order of their paths. */
  private codes: number[] = [];
  private flat: { version: number; ids: Uint32Array<ArrayBuffer> } = { version: 0, ids: new Uint32Array() };
  private readonly directory: CodedColumn;
  private readonly name: TextColumn;
  private readonly paths: readonly string[];

  constructor(directory: CodedColumn, paths: readonly string[], name: TextColumn) {
    this.directory = directory;
    this.paths = paths;
    this.name = name;
  }

  /** Rows [from, to) were added to a folder. */
  append(code: number, from: number, to: number): void {
    if (from === to) return;
    const folder = this.folder(code);
    const length = folder.length + to - from;
    if (length > folder.ids.length) {
      const ids = new Uint32Array(Math.max(length, folder.ids.length * 2, 16));
      ids.set(folder.ids.subarray(0, folder.length));
      folder.ids = ids;
    }
    for (let row = from; row < to; row++) folder.ids[folder.length++] = row;
    folder.first = Math.min(folder.first, from);
    folder.last = to - 1;
    this.version++;
  }

  /** The listing of a folder is complete: its rows are put in natural order once. */
  complete(code: number): void {
    const folder = this.folder(code);
    if (folder.ordered === folder.length) return;
    // what shares memory with a view that was handed out is copied before it is reordered
    const ids = folder.ids.slice(0, folder.length);
    for (const _ of sortByText(this.name, ids));
    folder.ids = ids;
    folder.ordered = folder.length;
    this.version++;
  }

  /** True when every folder is complete. */
  get settled(): boolean {
    return this.folders.every(({ ordered, length }) => ordered === length);
  }

  /** Rows of a folder. To be read, not written. */
  rowsOf(code: number): Uint32Array {
    const folder = this.folder(code);
    return folder.ids.subarray(0, folder.length);
  }

  /** The row of a name in a folder, or -1. Rows that came after the folder was last complete are only looked at with `late`. */
  find(code: number, name: string, late: boolean): number {
    const { ids, ordered, length } = this.folder(code);
    const wanted = utf8(name);
    const compare = (row: number): number => {
      const block = this.name.blocks[row >>> BLOCK_SHIFT];
      const i = row & BLOCK_MASK;
      if (block === undefined) return -1;
      return compareNaturalBytes(block.bytes, textStart(block, i), textEnd(block, i), wanted, 0, wanted.length);
    };
    let [low, high] = [0, ordered];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = compare(ids[middle] ?? 0);
      if (order === 0) return ids[middle] ?? -1;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return late ? (ids.subarray(ordered, length).find((row) => compare(row) === 0) ?? -1) : -1;
  }

  /** All rows in default order. The same array until something changes; to be read, not written. */
  all(): Uint32Array<ArrayBuffer> {
    if (this.flat.version === this.version) return this.flat.ids;
    this.rank();
    const ids = new Uint32Array(this.folders.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const code of this.codes) {
      const folder = this.folder(code);
      ids.set(folder.ids.subarray(0, folder.length), at);
      folder.ids = ids.subarray(at, at + folder.length); // one copy in memory, not two
      at += folder.length;
    }
    this.flat = { version: this.version, ids };
    return ids;
  }

  /** Rows whose bit is set in `words`, in default order. Folders without any are passed over. */
  select(words: Uint32Array): Uint32Array<ArrayBuffer> {
    this.rank();
    let count = 0;
    for (let w = 0; w < words.length; w++) count += popcount(words[w] ?? 0);
    const kept = new Uint32Array(count + 1); // what is not kept is written over, the last time behind the end
    let n = 0;
    for (const code of this.codes) {
      const { ids, length, first, last } = this.folder(code);
      let any = 0;
      for (let w = first >>> 5; w <= last >> 5 && any === 0; w++) any |= words[w] ?? 0;
      if (any !== 0) n = keep(ids, length, words, kept, n);
    }
    return kept.subarray(0, n);
  }

  /** Takes over an order that was saved (`ids`), or makes it from the rows when there is none. */
  restore(rows: number, ids: Uint32Array<ArrayBuffer> | null): void {
    const counts = new Uint32Array(this.paths.length);
    const spans = this.paths.map((): Span => ({ ...EMPTY_SPAN }));
    for (let row = 0; row < rows; row++) {
      const code = this.directory.at(row, -1);
      const span = spans[code];
      if (span === undefined) continue;
      counts[code] = (counts[code] ?? 0) + 1;
      if (span.last < 0) span.first = row;
      span.last = row;
    }
    this.version++;
    this.folders = [];
    this.codes = [];
    if (ids !== null && this.takeOver(ids, counts, spans)) return;
    this.folders = [];
    const starts = [...counts];
    const all = new Uint32Array(counts.reduce((sum, n) => sum + n, 0));
    let at = 0;
    counts.forEach((length, code) => {
      this.folders.push({ ids: all.subarray(at, at + length), length, ordered: 0, ...(spans[code] ?? EMPTY_SPAN) });
      starts[code] = at;
      at += length;
    });
    for (let row = 0; row < rows; row++) {
      const code = this.directory.at(row, -1);
      if (code < 0) continue;
      const place = starts[code] ?? 0;
      all[place] = row;
      starts[code] = place + 1;
    }
    for (let code = 0; code < counts.length; code++) this.complete(code);
  }

  /** True when the saved order names every row folder by folder. */
  private takeOver(ids: Uint32Array<ArrayBuffer>, counts: Uint32Array, spans: readonly Span[]): boolean {
    this.rank();
    let at = 0;
    for (const code of this.codes) {
      const length = counts[code] ?? 0;
      if (length > 0 && this.directory.at(ids[at] ?? 0, -1) !== code) return false;
      this.folders[code] = {
        ids: ids.subarray(at, at + length),
        length,
        ordered: length,
        ...(spans[code] ?? EMPTY_SPAN),
      };
      at += length;
    }
    if (at !== ids.length) return false;
    this.flat = { version: this.version, ids };
    return true;
  }

  private folder(code: number): FolderRows {
    while (this.folders.length <= code)
      this.folders.push({ ids: new Uint32Array(), length: 0, ordered: 0, ...EMPTY_SPAN });
    const folder = this.folders[code];
    if (folder === undefined) throw new RangeError(`No folder ${code}.`); // cannot be: filled above
    return folder;
  }

  /** Puts codes that are new at their places among the others; only the new ones are compared. */
  private rank(): void {
    if (this.codes.length === this.paths.length) return;
    const path = (code: number): string => this.paths[code] ?? '';
    const fresh = this.paths.slice(this.codes.length).map((_, i) => this.codes.length + i);
    fresh.sort((a, b) => compareNatural(path(a), path(b)));
    const merged: number[] = [];
    let taken = 0;
    for (const code of fresh) {
      let [low, high] = [taken, this.codes.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (compareNatural(path(this.codes[middle] ?? 0), path(code)) < 0) low = middle + 1;
        else high = middle;
      }
      for (; taken < low; taken++) merged.push(this.codes[taken] ?? 0);
      merged.push(code);
    }
    for (; taken < this.codes.length; taken++) merged.push(this.codes[taken] ?? 0);
    this.codes = merged;
  }
}
