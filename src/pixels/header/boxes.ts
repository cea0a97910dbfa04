// Walks the boxes of an ISO base media file (ISO/IEC 14496-12, 4.2), as AVIF and JPEG XL use them.

/** A box: its type as four letters in a number, and where its content lies. `end` is exclusive. */
export interface Box {
  type: number;
  start: number;
  end: number;
}

/** The number that stands for a box type. */
export const boxType = (name: string): number =>
  [...name].reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0);

/** The boxes between two offsets. `end` of Infinity: to the end of the file, which then throws the DataView's RangeError. */
export function* boxes(view: DataView, start: number, end: number): Generator<Box> {
  for (let at = start; at + 8 <= end; ) {
    const short = view.getUint32(at);
    const type = view.getUint32(at + 4);
    // 0: to the end; 1: a 64-bit length follows
    const size = short === 1 ? view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12) : short;
    const head = short === 1 ? 16 : 8;
    const boxEnd = size === 0 ? end : Math.min(end, at + size);
    yield { type, start: at + head, end: boxEnd };
    if (size !== 0 && size < head) return; // damaged: would not advance
    at = boxEnd;
  }
}

/** The first box of a type between two offsets. */
export function findBox(view: DataView, start: number, end: number, name: string): Box | undefined {
  const type = boxType(name);
  for (const box of boxes(view, start, end)) if (box.type === type) return box;
  return undefined;
}
