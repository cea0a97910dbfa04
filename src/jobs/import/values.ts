// One value a row, gathered as files are read: distinct values once, a small number for each row.
import type { GivenValues } from '../../catalog/edit/set-values.ts';

/** Beyond so many different values a field is most likely free text, and looking for equal ones costs more than it saves. */
const SHARED = 1 << 16;

/** Values by row id; a row that was not spoken of has code -1. */
export class RowsOf<T> {
  readonly codes: Int32Array;
  readonly values: T[] = [];
  private readonly known = new Map<string | number | boolean | null, number>();
  private readonly keyOf: (value: T) => string | number | boolean | null;

  constructor(rows: number, keyOf: (value: T) => string | number | boolean | null) {
    this.codes = new Int32Array(rows).fill(-1);
    this.keyOf = keyOf;
  }

  at(row: number): T | undefined {
    return this.values[this.codes[row] ?? -1];
  }

  set(row: number, value: T): void {
    const key = this.keyOf(value);
    let code = this.known.get(key);
    if (code === undefined) {
      code = this.values.push(value) - 1;
      if (this.known.size < SHARED) this.known.set(key, code);
    }
    this.codes[row] = code;
  }

  /** Rows that have each value. */
  counts(): Uint32Array {
    const counts = new Uint32Array(this.values.length);
    for (const code of this.codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
    return counts;
  }

  /** The values of `rows` in their order, passed through `convert`; rows for which `keep` is false are not spoken of. */
  given<U>(rows: Uint32Array, convert: (value: T) => U, keep: (row: number) => boolean = () => true): GivenValues<U> {
    const codes = Int32Array.from(rows, (row) => (keep(row) ? (this.codes[row] ?? -1) : -1));
    return { values: this.values.map(convert), codes };
  }
}
