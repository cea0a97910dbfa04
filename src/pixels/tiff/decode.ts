// Decodes one page of a TIFF file, row of strips or tiles by row, to pixels over white.
import { VitrineError } from '../../shared/errors.ts';
import { turnUpright } from '../orient.ts';
import { valueRange, valuesOf } from '../range.ts';
import type { Decoder, PictureValues, PixelFacts, RangeRule } from '../types.ts';
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
export const decode: Decoder = async (file, view, { maxPixels, measure, signal }) => {
  const source = openSource(file, signal);
  const directories = await readDirectories(source);
  const { offsets, bigEndian } = directories;
  const frame = view.frame ?? 0;
  const offset = offsets[frame];
  if (offset === undefined)
    throw new VitrineError('bad-input', `It has ${offsets.length} pages; there is no page ${frame + 1}.`);
  const tags = await readTags(source, directories, offset, pageTags);
  const page = readPage(tags, bigEndian, source.size, maxPixels);
  const { data, share, values } = await readPixels(source, page, ruleFor(page, view.range), measure === true);
  const upright = turnUpright(data, page.width, page.height, page.orientation);
  const facts: PixelFacts = {
    format: 'tiff',
    width: upright.width,
    height: upright.height,
    bits: page.bits,
    channels: page.samples,
    frames: offsets.length,
    orientation: page.orientation,
    ...(values === undefined ? {} : { values }),
  };
  if (share < 1)
    facts.warning = `The file is cut off or damaged: ${Math.floor(share * 100)} % of the picture could be read.`;
  return { ...upright, facts };
};

/** RGBA as stored, which share of it the file holds, and its values where they are asked for. Errors: the first reason when that is nothing. */
async function readPixels(
  source: ByteSource,
  page: Page,
  rule: RangeRule,
  measure: boolean,
): Promise<{ data: Uint8ClampedArray<ArrayBuffer>; share: number; values?: PictureValues }> {
  const { width, height, grid } = page;
  const tally: Tally = { found: 0, expected: 0, reason: undefined };
  const bandRows = segmentRows(page, 0);
  segmentBytes(page, bandRows); // refuses before anything is allocated
  const measured = measure && isScaled(page);
  const needsAll = measured || rule === 'file' || (typeof rule === 'object' && 'percentiles' in rule);
  const raster = newRaster(page, needsAll ? height : Math.min(bandRows, height));
  const data = new Uint8ClampedArray(width * height * 4);
  const range = () => valueRange(rule, raster.colour, declaredRange(page));
  const paintBand = needsAll ? undefined : painterOf(page, range());
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
  if (tally.found === 0)
    throw tally.reason ?? new VitrineError('unreadable', 'Not one of its strips or tiles can be read.');
  const share = tally.found / tally.expected;
  if (!needsAll) return { data, share };
  const shown = range();
  painterOf(page, shown)(raster, data);
  if (!measured) return { data, share };
  return {
    data,
    share,
    values: valuesOf(raster.colour, shown, page.kind === 'float' ? undefined : declaredRange(page)),
  };
}

/** Whether a rule decides what is black and white: 8 bits and colours other than gray and RGB are shown as they are. */
const isScaled = ({ bits, model }: Page): boolean =>
  bits > 8 && (model === 'rgb' || model === 'white-is-zero' || model === 'black-is-zero');

/** The rule that applies; floats have no declared range. */
function ruleFor(page: Page, rule: RangeRule = 'full'): RangeRule {
  const { kind } = page;
  const chosen = isScaled(page) ? rule : 'full';
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
