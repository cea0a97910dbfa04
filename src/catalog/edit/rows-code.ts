// Compact forms of row sets and of one value a row, for journal entries of a million rows.
import { VitrineError } from '../../shared/errors.ts';

/** Ascending row ids: as runs (start, length, start, length …) where that is shorter, else one by one. */
export type RowSet = { runs: Uint32Array<ArrayBuffer> } | { ids: Uint32Array<ArrayBuffer> };

/** One value a row: `values[codes[i]]`; without codes every row has the first. */
export interface ValueList<T> {
  values: T[];
  codes: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | null;
}

/** Packs ascending ids. */
export function packRows(ids: Uint32Array): RowSet {
  let runs = 0;
  for (let i = 0; i < ids.length; i++) if (i === 0 || ids[i] !== (ids[i - 1] ?? 0) + 1) runs++;
  if (runs * 2 >= ids.length) return { ids: ids.slice() };
  const packed = new Uint32Array(runs * 2);
  let at = -2;
  for (let i = 0; i < ids.length; i++) {
    if (i === 0 || ids[i] !== (ids[i - 1] ?? 0) + 1) {
      at += 2;
      packed[at] = ids[i] ?? 0;
    }
    packed[at + 1] = (packed[at + 1] ?? 0) + 1;
  }
  return { runs: packed };
}

/** The ascending ids of a row set. */
export function unpackRows(rows: RowSet): Uint32Array {
  if ('ids' in rows) return rows.ids;
  const { runs } = rows;
  let count = 0;
  for (let i = 1; i < runs.length; i += 2) count += runs[i] ?? 0;
  const ids = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < runs.length; i += 2) {
    const start = runs[i] ?? 0;
    const length = runs[i + 1] ?? 0;
    for (let k = 0; k < length; k++) ids[at++] = start + k;
  }
  return ids;
}

/** Packs one value a row. `codes` are any numbers that tell values apart (-1 among them); `read` gives the value of each once. */
export function packValues<T>(codes: Int32Array, read: (code: number) => T): ValueList<T> {
  const first = codes[0] ?? 0;
  let same = 0;
  while (same < codes.length && codes[same] === first) same++;
  const values = [read(first)];
  if (same === codes.length) return { values, codes: null };
  const local = new Map([[first, 0]]);
  const packed = new Uint32Array(codes.length);
  let lastCode = first;
  let last = 0;
  for (let i = same; i < codes.length; i++) {
    const code = codes[i] as number; // inside the array
    if (code !== lastCode) {
      lastCode = code;
      last = local.get(code) ?? -1;
      if (last < 0) {
        last = values.push(read(code)) - 1;
        local.set(code, last);
      }
    }
    packed[i] = last;
  }
  const narrow = values.length <= 0x100 ? Uint8Array : values.length <= 0x10000 ? Uint16Array : Uint32Array;
  return { values, codes: new narrow(packed) };
}

/** The distinct rows of a command, ascending. Errors: `bad-input` for ids that were never given, `no-data` for none. */
export function checkRows(rows: Uint32Array, rowCount: number): Uint32Array {
  if (rows.length === 0) throw new VitrineError('no-data', 'No picture is selected. Select at least one.');
  let ascending = true;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    if (row >= rowCount) throw new VitrineError('bad-input', `There is no picture with the number ${row}.`);
    if (i > 0 && row <= (rows[i - 1] ?? 0)) ascending = false;
  }
  if (ascending) return rows;
  const sorted = rows.slice().sort();
  return sorted.filter((row, i) => i === 0 || row !== sorted[i - 1]);
}
