// Values of a DICOM data set's elements, read with care for what stands in real files: padding, wrong lengths, text where a number should be.
import type { DataSet, Element } from 'dicom-parser';

/** A data set or an item of a sequence: dicom-parser's elements over one buffer. */
export type Elements = Pick<DataSet, 'elements' | 'byteArray' | 'byteArrayParser'>;

const latin1 = new TextDecoder('latin1');

/** An element's bytes, clipped to the buffer; undefined when it is absent or empty. */
export function bytesOf(set: Elements, tag: string): Uint8Array | undefined {
  const element = set.elements[tag];
  if (element === undefined) return undefined;
  const bytes = set.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  return bytes.length === 0 ? undefined : bytes;
}

/** Without the padding that real files have: spaces and NUL at the ends. */
export const trimmed = (text: string): string => text.replace(/^[\s\0]+|[\s\0]+$/g, '');

/** The values of a text element (`\` between them), undecoded (Latin-1) and trimmed; empty when it is absent. */
export function stringsOf(set: Elements, tag: string): string[] {
  const bytes = bytesOf(set, tag);
  return bytes === undefined ? [] : latin1.decode(bytes).split('\\').map(trimmed);
}

/** The first value of a text element; undefined when it is absent or empty. */
export function stringOf(set: Elements, tag: string): string | undefined {
  return stringsOf(set, tag)[0] || undefined;
}

/** The values of a decimal or integer string; NaN stands for what is no number. */
export function numbersOf(set: Elements, tag: string): number[] {
  return stringsOf(set, tag).map((text) => (text === '' ? Number.NaN : Number(text)));
}

/** The first value of a decimal or integer string; undefined when it is absent or no number. */
export function numberOf(set: Elements, tag: string): number | undefined {
  const value = numbersOf(set, tag)[0];
  return Number.isFinite(value) ? value : undefined;
}

/** The unsigned 16-bit values of an element. */
export function uint16sOf(set: Elements, tag: string): number[] {
  const element = set.elements[tag];
  const bytes = bytesOf(set, tag);
  if (element === undefined || bytes === undefined) return [];
  const { byteArray, byteArrayParser } = set;
  return Array.from({ length: bytes.length >> 1 }, (_, i) =>
    byteArrayParser.readUint16(byteArray, element.dataOffset + 2 * i),
  );
}

/** The first unsigned 16-bit value; undefined when the element is absent or too short. */
export const uint16Of = (set: Elements, tag: string): number | undefined => uint16sOf(set, tag)[0];

/** The items of a sequence; empty when it is absent or no sequence. */
export function itemsOf(set: Elements, tag: string): Elements[] {
  const items: Element[] = set.elements[tag]?.items ?? [];
  return items.flatMap(({ dataSet }) => (dataSet === undefined ? [] : [dataSet]));
}
