// Decodes one page of a TIFF file, row of strips or tiles by row, to pixels over white.
import { VitrineError } from '../../shared/errors.ts';
import { turnUpright } from '../orient.ts';
import { valueRange } from '../range.ts';
import type { Decoder, PixelFacts, RangeRule } from '../types.ts';
import { readBand, type Tally } from './bands.ts';
import { declaredRange, painterOf, type Raster } from './colour.ts';
import { readDirectories, readTags } from './directory.ts';
import { segmentBytes, segmentRows } from './grid.ts';
import { type Page, readPage } from './page.ts';
import { sampleArray } from './samples.ts';
import { type ByteSource, openSource } from './source.ts';
import { pageTags } from './tags.ts';

/** Bytes of samples kept at once: a page's when the range depends on all of them, else a row of strips or tiles. */
const maxKeptBytes = 2 ** 30;

/**
 * `view.frame` chooses the page, from 0. `view.range` applies to gray and RGB of more than 8 bits; without it integers have their
 * declared range and floats the finite one of the page. A page that is damaged shows what is there, with a warning.
 */
export const decode: Decoder = async (file, view, { maxPixels, signal }) => {
  const source = openSource(file, signal);
  const directories = await readDirectories(source);
  const { offsets, bigEndian } = directories;
  const frame = view.frame ?? 0;
  const offset = offsets[frame];
  if (offset === undefined)
    throw new VitrineError('bad-input', `It has ${offsets.length} pages; there is no page ${frame + 1}.`);
  const tags = await readTags(source, directories, offset, pageTags);
  const page = readPage(tags, bigEndian, source.size, maxPixels);
  const { data, share } = await readPixels(source, page, ruleFor(page, view.range));
  const upright = turnUpright(data, page.width, page.height, page.orientation);
  const facts: PixelFacts = {
    format: 'tiff',
    width: upright.width,
    height: upright.height,
    bits: page.bits,
    channels: page.samples,
    frames: offsets.length,
    orientation: page.orientation,
  };
  if (share < 1)
    facts.warning = `The file is cut off or damaged: ${Math.floor(share * 100)} % of the picture could be read.`;
  return { ...upright, facts };
};

/** RGBA as stored, and which share of it the file holds. Errors: the first reason when that is nothing. */
async function readPixels(
  source: ByteSource,
  page: Page,
  rule: RangeRule,
): Promise<{ data: Uint8ClampedArray<ArrayBuffer>; share: number }> {
  const { width, height, grid } = page;
  const tally: Tally = { found: 0, expected: 0, reason: undefined };
  const bandRows = segmentRows(page, 0);
  segmentBytes(page, bandRows); // refuses before anything is allocated
  const needsAll = rule === 'file' || (typeof rule === 'object' && 'percentiles' in rule);
  const raster = newRaster(page, needsAll ? height : Math.min(bandRows, height));
  const data = new Uint8ClampedArray(width * height * 4);
  const painter = () => painterOf(page, valueRange(rule, raster.colour, declaredRange(page)));
  const paintBand = needsAll ? undefined : painter();
  for (let band = 0; band < grid.down; band++) {
    const y = band * grid.height;
    if (paintBand === undefined) {
      await readBand(source, page, band, raster, y, tally);
      continue;
    }
    const rows = Math.min(segmentRows(page, band), height - y);
    raster.colour.fill(0); // a strip that cannot be read must not show the one before
    raster.alpha?.fill(0);
    await readBand(source, page, band, raster, 0, tally);
    paintBand(firstRows(page, raster, rows), data.subarray(y * width * 4, (y + rows) * width * 4));
  }
  if (needsAll) painter()(raster, data);
  if (tally.found === 0)
    throw tally.reason ?? new VitrineError('unreadable', 'Not one of its strips or tiles can be read.');
  return { data, share: tally.found / tally.expected };
}

/** The rule that applies: 8 bits and colours other than gray and RGB are shown as they are, floats have no declared range. */
function ruleFor({ bits, kind, model }: Page, rule: RangeRule = 'full'): RangeRule {
  const scaled = model === 'rgb' || model === 'white-is-zero' || model === 'black-is-zero';
  const chosen = scaled && bits > 8 ? rule : 'full';
  return kind === 'float' && chosen === 'full' ? 'file' : chosen;
}

/** Room for the samples of some rows. Errors: `too-large` over 1 GiB. */
function newRaster(page: Page, rows: number): Raster {
  const pixels = page.width * rows;
  const bytes = pixels * (page.colours + (page.alpha ? 1 : 0)) * Math.ceil(page.bits / 8);
  if (bytes > maxKeptBytes)
    throw new VitrineError('too-large', `Its samples need ${Math.round(bytes / 1e6)} MB of memory at once.`);
  return { colour: sampleArray(page, pixels * page.colours), alpha: page.alpha && sampleArray(page, pixels) };
}

/** The last row of strips or tiles has fewer rows than the others. */
function firstRows({ width, colours }: Page, { colour, alpha }: Raster, rows: number): Raster {
  return { colour: colour.subarray(0, rows * width * colours), alpha: alpha?.subarray(0, rows * width) };
}
