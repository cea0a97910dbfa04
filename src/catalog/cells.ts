// One cell of any column: written from a plain value, read back as one.
import { BitsColumn } from './columns/bits.ts';
import { CodedColumn } from './columns/coded.ts';
import { IntegerColumn } from './columns/integer.ts';
import { TextColumn } from './columns/text.ts';
import type { Column } from './table.ts';
import type { SampleId, Scalar } from './types.ts';

/** Writes a value, or none (null). A value that the column cannot hold leaves the cell as it is. JSON columns take the raw text. */
export function writeCell({ data }: Column, id: SampleId, value: Scalar | null): void {
  if (value === null) data.clear(id);
  else if (data instanceof CodedColumn) data.writeText(id, String(value));
  else if (data instanceof TextColumn) data.write(id, String(value));
  else if (data instanceof BitsColumn) data.write(id, value === true);
  else if (typeof value === 'number' && Number.isFinite(value)) data.write(id, value);
}

/** The value of a cell, or null where there is none. Sets are joined with ', '; JSON is its raw text. */
export function readCell({ data }: Column, id: SampleId): Scalar | null {
  if (data instanceof CodedColumn) return data.textAt(id);
  if (!data.has(id)) return null;
  if (data instanceof TextColumn) return data.at(id) ?? null;
  return data instanceof IntegerColumn ? data.at(id, 0) : data.at(id);
}
