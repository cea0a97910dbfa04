// One row of strips or tiles as samples in their places, and a tally of what the file did not hold.
import { toVitrineError, type VitrineError } from '../../shared/errors.ts';
import type { Samples } from '../range.ts';
import type { Raster } from './colour.ts';
import { isSubsampled, segmentBytes, segmentRows } from './grid.ts';
import type { Page } from './page.ts';
import { toSamples } from './samples.ts';
import { readSegment } from './segments.ts';
import type { ByteSource } from './source.ts';
import { spreadChroma } from './ycbcr.ts';

/** What has been read so far, and the first reason why something was not. */
export interface Tally {
  found: number;
  expected: number;
  reason: VitrineError | undefined;
}

/** Sample `at` of every `step` samples. */
interface Channel {
  at: number;
  step: number;
}

/**
 * Reads the strips or tiles of row `band` of the grid into `raster`, from its row `y` on. Those that cannot be read are left as
 * they are and noted in `tally`. Errors: `aborted` and those of the file itself, `unsupported`, `too-large`.
 */
export async function readBand(
  source: ByteSource,
  page: Page,
  band: number,
  raster: Raster,
  y: number,
  tally: Tally,
): Promise<void> {
  const { grid, planar, colours, alpha } = page;
  const planes = planar ? [...Array(colours).keys(), ...(alpha ? [alpha.sample] : [])] : [0];
  const rows = segmentRows(page, band);
  const bytes = segmentBytes(page, rows);
  for (const plane of planes) {
    for (let column = 0; column < grid.across; column++) {
      tally.expected += bytes;
      const values = await readSamples(source, page, { plane, band, column }, tally);
      if (values === undefined) continue;
      const samples = values.length / (rows * grid.width);
      const put = (target: Samples, from: Channel, to: Channel): void =>
        copy(page, values, from, column, target, to, { y, rows });
      if (planar) {
        if (plane < colours) put(raster.colour, { at: 0, step: 1 }, { at: plane, step: colours });
        else if (raster.alpha) put(raster.alpha, { at: 0, step: 1 }, { at: 0, step: 1 });
        continue;
      }
      for (let c = 0; c < colours; c++) put(raster.colour, { at: c, step: samples }, { at: c, step: colours });
      if (raster.alpha && alpha) put(raster.alpha, { at: alpha.sample, step: samples }, { at: 0, step: 1 });
    }
  }
}

/** Samples of one strip or tile; undefined, and a reason in the tally, where its data are damaged or missing. */
async function readSamples(
  source: ByteSource,
  page: Page,
  { plane, band, column }: { plane: number; band: number; column: number },
  tally: Tally,
): Promise<Samples | undefined> {
  const { grid, planar, samples, subsampling } = page;
  const rows = segmentRows(page, band);
  try {
    const index = (plane * grid.down + band) * grid.across + column;
    const { bytes, found, native } = await readSegment(source, page, index, band);
    tally.found += found;
    if (isSubsampled(page)) return spreadChroma(bytes, rows, grid.width, subsampling);
    return toSamples(bytes, page, { rows, width: grid.width, samples: planar ? 1 : samples }, native);
  } catch (error) {
    const known = toVitrineError(error);
    if (known.code !== 'unreadable') throw error;
    tally.reason ??= known;
    return undefined;
  }
}

/** Copies one channel of a strip or tile to its place, without what reaches over the edges of the page. */
function copy(
  { width, height, grid }: Page,
  values: Samples,
  from: Channel,
  column: number,
  target: Samples,
  to: Channel,
  { y, rows }: { y: number; rows: number },
): void {
  const left = column * grid.width;
  const columns = Math.min(grid.width, width - left);
  const lines = Math.min(rows, height - y, Math.floor(target.length / (to.step * width)) - y);
  if (from.step === to.step && from.step === 1 && columns === width && grid.width === width) {
    target.set(values.subarray(0, lines * width), y * width);
    return;
  }
  for (let line = 0; line < lines; line++) {
    let i = line * grid.width * from.step + from.at;
    let o = ((y + line) * width + left) * to.step + to.at;
    for (let x = 0; x < columns; x++, i += from.step, o += to.step) target[o] = values[i] ?? 0;
  }
}
