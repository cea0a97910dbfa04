// Writes tiny JPEG files of plain 8×8 tiles: real pictures of a few hundred bytes, so that a million of them fit on any disk.

/** Category lengths: DC differences of 8-bit samples need 0 to 8 bits, each with a code of four. */
const dcSymbols = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/**
 * A baseline JPEG (ITU T.81, no subsampling) in which each 8×8 block has one colour. A block's DC coefficient is 8 × (mean − 128); with a
 * quantisation step of 8 it is the mean itself, so nothing is lost but the rounding of YCbCr.
 *
 * @param {number} columns blocks in a row
 * @param {[red: number, green: number, blue: number][]} tiles colours from 0 to 255, row by row; a multiple of `columns`
 * @returns {Uint8Array}
 */
export function encodeTiles(columns, tiles) {
  const [width, height] = [columns * 8, (tiles.length / columns) * 8];
  /** @param {number} value */
  const word = (value) => [value >> 8, value & 255];
  /** @param {number} marker @param {number[]} content */
  const segment = (marker, content) => [0xff, marker, ...word(content.length + 2), ...content];
  const components = [1, 2, 3];
  /** @param {number[]} counts of codes by length @param {number[]} symbols */
  const table = (counts, symbols) => [...Array.from({ length: 16 }, (_, i) => counts[i] ?? 0), ...symbols];
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, ...word(1), ...word(1), 0, 0]), // JFIF: YCbCr
    ...segment(0xdb, [0, ...Array(64).fill(8)]),
    ...segment(0xc0, [8, ...word(height), ...word(width), 3, ...components.flatMap((id) => [id, 0x11, 0])]),
    ...segment(0xc4, [0x00, ...table([0, 0, 0, dcSymbols.length], dcSymbols)]),
    ...segment(0xc4, [0x10, ...table([1], [0])]), // AC: nothing but "end of block", the code 0
    ...segment(0xda, [3, ...components.flatMap((id) => [id, 0]), 0, 63, 0]),
    ...encodeScan(tiles),
    ...[0xff, 0xd9],
  ]);
}

/** @param {[number, number, number][]} tiles @returns {number[]} entropy-coded bytes */
function encodeScan(tiles) {
  /** @type {number[]} */
  const bytes = [];
  let [held, bits] = [0, 0];
  /** @param {number} value @param {number} length */
  const put = (value, length) => {
    for (let bit = length - 1; bit >= 0; bit--) {
      held = (held << 1) | ((value >> bit) & 1);
      if (++bits < 8) continue;
      bytes.push(held);
      if (held === 0xff) bytes.push(0); // or it would be read as a marker
      [held, bits] = [0, 0];
    }
  };
  const before = [0, 0, 0];
  for (const tile of tiles)
    for (const [component, sample] of toYCbCr(tile).entries()) {
      const difference = sample - 128 - (before[component] ?? 0);
      before[component] = sample - 128;
      const category = 32 - Math.clz32(Math.abs(difference));
      put(category, 4); // codes of one length count up, so the code of a category is the category
      put(difference < 0 ? difference + (1 << category) - 1 : difference, category);
      put(0, 1);
    }
  while (bits > 0) put(1, 1); // padding is ones (T.81, F.1.2.3)
  return bytes;
}

/** JFIF 1.02. @param {[number, number, number]} rgb */
function toYCbCr([red, green, blue]) {
  return [
    0.299 * red + 0.587 * green + 0.114 * blue,
    128 - 0.168736 * red - 0.331264 * green + 0.5 * blue,
    128 + 0.5 * red - 0.418688 * green - 0.081312 * blue,
  ].map((value) => Math.min(255, Math.max(0, Math.round(value))));
}
