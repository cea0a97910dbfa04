// The strips or tiles of a page: how they cover it, where they are, what they take when decoded.
import { VitrineError } from '../../shared/errors.ts';
import { isCodestream } from './codecs/names.ts';
import type { Tags } from './directory.ts';
import type { Page } from './page.ts';
import { tag } from './tags.ts';

/** The strips or tiles of a page. Planar pages have `across · down` of them a sample. */
export interface SegmentGrid {
  /** Pixels of a full strip or tile. */
  width: number;
  height: number;
  across: number;
  down: number;
  tiled: boolean;
  offsets: number[];
  /** Bytes of each; undefined where the file does not say. */
  lengths: number[] | undefined;
  /** Bytes from an offset to the next strip or tile, or to the end of the file. */
  room(offset: number): number;
}

/** Where an old-style JPEG (compression 6) has its parts: one stream for the page, whatever strips or tile it lies in. */
export interface OldJpeg {
  /** A whole stream or only its header. */
  at: number | undefined;
  length: number;
  quantization: number[];
  dc: number[];
  ac: number[];
  restart: number;
  /** Pixels of the stream, and rows of each strip of it. */
  width: number;
  height: number;
  rows: number;
  offsets: number[];
  lengths: number[] | undefined;
}

/** Decoded bytes of one strip or tile at most; one strip may hold the whole page, a tile be larger than a small one. */
const maxSegmentBytes = 2 ** 30;
const maxPaddedBytes = 2 ** 26;

const damaged = (message: string): VitrineError => new VitrineError('unreadable', message);

/** Reads where the strips or tiles are. Errors: `unreadable` for none or all outside of the file, `too-large` for too many. */
export function readGrid(
  tags: Tags,
  { width, height, planes, fileSize }: { width: number; height: number; planes: number; fileSize: number },
): SegmentGrid {
  const tiled = tags.all(tag.tileOffsets) !== undefined || tags.first(tag.tileWidth) !== undefined;
  const segmentWidth = tiled ? (tags.first(tag.tileWidth) ?? 0) : width;
  const offsets = tags.all(tiled ? tag.tileOffsets : tag.stripOffsets) ?? tags.all(tag.stripOffsets) ?? [];
  const segmentHeight = tiled
    ? (tags.first(tag.tileHeight) ?? 0)
    : rowsPerStrip(tags.first(tag.rowsPerStrip) ?? height, height, offsets.length / planes);
  if (!(segmentWidth > 0 && segmentHeight > 0))
    throw damaged(`Its directory gives tiles of ${segmentWidth} × ${segmentHeight} pixels.`);
  const across = Math.ceil(width / segmentWidth);
  const down = Math.ceil(height / segmentHeight);
  if (across * down * planes > 2 ** 22) throw new VitrineError('too-large', 'It has more than four million tiles.');
  const lengthTag = tags.outside(tag.tileLengths) || !tags.all(tag.tileLengths) ? tag.stripLengths : tag.tileLengths;
  const lengths = tags.outside(lengthTag) ? undefined : tags.all(lengthTag);
  checkPlaces(offsets, lengths, fileSize, tags.first(tag.jpegAt) !== undefined);
  return {
    width: segmentWidth,
    height: segmentHeight,
    across,
    down,
    tiled,
    offsets,
    lengths,
    room: roomAfter(offsets, fileSize),
  };
}

/** Sorted when first asked: hardly any file needs it, and a search of all for each of a million strips would not end. */
function roomAfter(offsets: number[], fileSize: number): SegmentGrid['room'] {
  let sorted: Float64Array | undefined;
  return (offset) => {
    sorted ??= Float64Array.from(offsets).sort();
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((sorted[middle] ?? 0) > offset) to = middle;
      else from = middle + 1;
    }
    return Math.min(sorted[from] ?? fileSize, fileSize) - offset;
  };
}

/** A number of rows larger than the page means one strip, unless the file has a strip more for every so many rows. */
function rowsPerStrip(stated: number, height: number, strips: number): number {
  if (stated > 0 && stated <= height) return stated;
  return strips > 1 && Number.isInteger(strips) ? Math.ceil(height / strips) : height;
}

/** Refuses a page of which nothing, or no whole strip or tile of several, is in the file. */
function checkPlaces(offsets: number[], lengths: number[] | undefined, fileSize: number, elsewhere: boolean): void {
  if (offsets.length === 0 && !elsewhere) throw damaged('It names no strips or tiles: there are no pixels.');
  const inside = offsets.some((at, i) => {
    const length = offsets.length > 1 ? (lengths?.[i] ?? 0) : 0;
    return at < fileSize && at + length <= fileSize;
  });
  if (offsets.length > 0 && !inside)
    throw damaged('The strips or tiles that its directory names lie outside of the file.');
}

/** Reads where the parts of an old-style JPEG are, whose strips `grid` holds. Errors: `unsupported` for several tiles. */
export function readOldJpeg(tags: Tags, grid: SegmentGrid, page: { width: number; height: number }): OldJpeg {
  if (grid.tiled && grid.across * grid.down > 1)
    throw new VitrineError('unsupported', 'Old-style JPEG in several tiles is not read.');
  return {
    at: tags.first(tag.jpegAt),
    length: tags.first(tag.jpegLength) ?? 0,
    quantization: tags.all(tag.jpegQuantization) ?? [],
    dc: tags.all(tag.jpegDc) ?? [],
    ac: tags.all(tag.jpegAc) ?? [],
    restart: tags.first(tag.jpegRestart) ?? 0,
    width: grid.tiled ? grid.width : page.width,
    height: grid.tiled ? grid.height : page.height,
    rows: grid.height,
    offsets: grid.offsets.slice(0, grid.down),
    lengths: grid.lengths,
  };
}

/** Rows of the segments in row `band` of the grid: the last strip is shorter, the last tile is not. */
export function segmentRows({ height, grid }: Page, band: number): number {
  return grid.tiled ? grid.height : Math.min(grid.height, height - band * grid.height);
}

/** Decoded bytes of a segment of so many rows; rows begin at a byte. Errors: `too-large` over 1 GiB, or out of proportion to the page. */
export function segmentBytes(page: Page, rows: number): number {
  const { grid, subsampling, planar, samples, width, height } = page;
  const bits = decodedBits(page);
  const [across, down] = subsampling;
  const bytes = isSubsampled(page)
    ? Math.ceil(grid.width / across) * Math.ceil(rows / down) * (across * down + 2)
    : rows * Math.ceil((grid.width * (planar ? 1 : samples) * bits) / 8);
  const pageBytes = (width * height * samples * bits) / 8;
  if (bytes > Math.min(maxSegmentBytes, 4 * pageBytes + maxPaddedBytes))
    throw new VitrineError('too-large', `Each of its strips or tiles has ${Math.round(bytes / 1e6)} MB when decoded.`);
  return bytes;
}

/** Bits that a sample takes when decoded: JPEG and JPEG 2000 give whole bytes. */
export const decodedBits = ({ bits, compression }: Pick<Page, 'bits' | 'compression'>): number =>
  isCodestream(compression) ? Math.ceil(bits / 8) * 8 : bits;

/** True where blocks of luma share one pair of chroma samples in the decoded bytes; a JPEG decoder has spread them already. */
export function isSubsampled({ model, planar, compression, subsampling: [across, down] }: Page): boolean {
  return model === 'ycbcr' && !planar && compression !== 6 && !isCodestream(compression) && across * down > 1;
}
