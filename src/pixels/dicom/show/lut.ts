// Look-up tables of the Modality and VOI LUT sequences (PS3.3 C.11.1 and C.11.2).
import { TAG } from '../data/tag.ts';
import { bytesOf, type Elements, uint16sOf } from '../data/values.ts';

/** Entries for the values from `first` on; values beyond the ends get the end's entry. */
export interface LookUpTable {
  first: number;
  /** Bits of an entry, by the descriptor. */
  bits: number;
  entries: ArrayLike<number>;
}

/** The table of the first item of a sequence. `isSigned`: whether values that it maps are negative. Undefined when it is not complete. */
export function tableOf(item: Elements | undefined, isSigned: () => boolean): LookUpTable | undefined {
  if (item === undefined) return undefined;
  const [count, first, bits] = uint16sOf(item, TAG.LUTDescriptor);
  if (count === undefined || first === undefined || bits === undefined) return undefined;
  const entries = entriesOf(item, TAG.LUTData, count);
  if (entries === undefined) return undefined;
  const negative = first > 32_767 && (item.elements[TAG.LUTDescriptor]?.vr === 'SS' || isSigned());
  return { first: negative ? first - 65_536 : first, bits, entries };
}

/** Entries of a table: 16-bit words, or bytes where there are not enough for words. A count of 0 means 65,536. */
export function entriesOf(set: Elements, tag: string, count: number): ArrayLike<number> | undefined {
  const wanted = count || 65_536;
  const bytes = bytesOf(set, tag);
  if (bytes === undefined) return undefined;
  return (bytes.length >= 2 * wanted ? uint16sOf(set, tag) : Array.from(bytes)).slice(0, wanted);
}

/** The entry for a value, which is rounded to a whole number. */
export function lookUp({ first, entries }: LookUpTable, value: number): number {
  const index = Math.floor(value + 0.5) - first;
  return entries[index <= 0 ? 0 : index >= entries.length ? entries.length - 1 : index] ?? 0;
}
