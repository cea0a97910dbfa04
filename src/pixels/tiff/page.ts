// What one directory says about its picture, checked before anything is decoded or allocated.
import { VitrineError } from '../../shared/errors.ts';
import { checkPixels } from '../limits.ts';
import { isCodestream, isFax, supportedCompression } from './codecs/names.ts';
import type { Tags } from './directory.ts';
import { type OldJpeg, readGrid, readOldJpeg, type SegmentGrid } from './grid.ts';
import { tag } from './tags.ts';

/** How samples make a colour; photometric interpretations that are shown alike share a name. */
export type ColourModel =
  | 'white-is-zero'
  | 'black-is-zero'
  | 'rgb'
  | 'palette'
  | 'cmyk'
  | 'ycbcr'
  | 'cielab'
  | 'icclab';

/** A page whose parts are known to fit together and within the limits. */
export interface Page {
  width: number;
  height: number;
  model: ColourModel;
  /** Bits of a sample as stored. */
  bits: number;
  kind: 'uint' | 'int' | 'float';
  /** Samples of a pixel as stored. */
  samples: number;
  /** Samples of the colour, always the first ones. */
  colours: number;
  /** Which sample is alpha, and whether colours are multiplied with it. */
  alpha: { sample: number; associated: boolean } | undefined;
  planar: boolean;
  compression: number;
  predictor: 1 | 2 | 3;
  /** FillOrder 2: the first pixel lies in the lowest bit of a byte. */
  lowBitFirst: boolean;
  bigEndian: boolean;
  orientation: number;
  colorMap: number[] | undefined;
  /** Pixels that share one chroma sample, across and down. */
  subsampling: [across: number, down: number];
  coefficients: number[] | undefined;
  referenceBlackWhite: number[] | undefined;
  /** T4Options of a fax page. */
  faxOptions: number;
  /** JPEG streams of the page: shared tables, and whether they are to be converted from YCbCr to RGB, which `model` then says. */
  jpeg: { tables: Uint8Array | undefined; ycbcr: boolean };
  lercParameters: number[] | undefined;
  oldJpeg: OldJpeg | undefined;
  grid: SegmentGrid;
}

/** Decoded bytes of one page at most, as a multiple of the pixel limit: RGBA of 64-bit floats fits. */
const maxBytesPerPixel = 32;

const unsupported = (message: string): VitrineError => new VitrineError('unsupported', message);
const damaged = (message: string): VitrineError => new VitrineError('unreadable', message);

/** Reads and checks one directory. Errors: `unreadable`, `unsupported`, `too-large`, each with what is wrong with it. */
export function readPage(tags: Tags, bigEndian: boolean, fileSize: number, maxPixels: number): Page {
  const width = tags.first(tag.width) ?? 0;
  const height = tags.first(tag.height) ?? 0;
  checkPixels(width, height, maxPixels);
  if ((tags.first(tag.imageDepth) ?? 1) > 1) throw unsupported('TIFF volumes (ImageDepth) are not read. Save slices.');
  const compression = tags.first(tag.compression) ?? 1;
  supportedCompression(compression);
  const samples = tags.first(tag.samples) ?? 1;
  const { bits, kind } = sampleType(tags);
  const stated = colourModel(tags, samples);
  const planar = tags.first(tag.planar) === 2 && samples > 1;
  const jpegYcbcr = !planar && ((stated === 'ycbcr' && isCodestream(compression)) || compression === 33003);
  if (jpegYcbcr && samples !== 3) throw unsupported(`JPEG with YCbCr and ${samples} samples a pixel is not read.`);
  const model = jpegYcbcr ? 'rgb' : stated;
  const colours = { rgb: 3, ycbcr: 3, cielab: 3, icclab: 3, cmyk: 4 }[model as string] ?? 1;
  if (samples < colours) throw damaged(`Its directory gives ${samples} samples a pixel, its colours need ${colours}.`);
  if (width * height * samples * Math.ceil(bits / 8) > maxPixels * maxBytesPerPixel)
    throw new VitrineError('too-large', `It has ${samples} samples of ${bits} bits a pixel: too much to decode.`);
  const colorMap = model === 'palette' ? tags.all(tag.colorMap) : undefined;
  if (model === 'palette' && (colorMap === undefined || colorMap.length < 3 || bits > 16 || kind !== 'uint'))
    throw damaged('It is a picture with a palette, but the palette is missing.');
  const grid = readGrid(tags, { width, height, planes: planar ? samples : 1, fileSize });
  const subsampling: Page['subsampling'] =
    model === 'ycbcr' ? [tags.all(tag.subsampling)?.[0] ?? 2, tags.all(tag.subsampling)?.[1] ?? 2] : [1, 1];
  if (!subsampling.every((n) => n === 1 || n === 2 || n === 4))
    throw damaged(`Its directory gives a chroma subsampling of ${subsampling.join(' × ')}.`);
  const page: Page = {
    width,
    height,
    model,
    bits,
    kind,
    samples,
    colours,
    alpha: alphaOf(tags.all(tag.extraSamples) ?? [], samples, colours),
    planar,
    compression,
    predictor: predictorOf(tags),
    lowBitFirst: tags.first(tag.fillOrder) === 2,
    bigEndian,
    orientation: tags.first(tag.orientation) ?? 1,
    colorMap,
    subsampling,
    coefficients: finite(tags.all(tag.coefficients), 3),
    referenceBlackWhite: finite(tags.all(tag.referenceBlackWhite), 6),
    faxOptions: compression === 3 ? (tags.first(tag.faxOptions) ?? 0) : 0,
    jpeg: { tables: compression === 7 ? bytesOf(tags.all(tag.jpegTables)) : undefined, ycbcr: jpegYcbcr },
    lercParameters: tags.all(tag.lercParameters),
    oldJpeg: compression === 6 ? readOldJpeg(tags, grid, { width, height }) : undefined,
    grid: compression === 6 ? { ...grid, width, height, across: 1, down: 1, tiled: false } : grid,
  };
  checkSamples(page);
  return page;
}

function sampleType(tags: Tags): { bits: number; kind: Page['kind'] } {
  const all = tags.all(tag.bits) ?? [1];
  const bits = all[0] ?? 1;
  if (!Number.isInteger(bits) || bits < 1 || bits > 64) throw damaged(`Its directory gives ${bits} bits a sample.`);
  if (all.some((b) => b !== bits)) throw unsupported(`Its samples have different sizes (${all.join(', ')} bits).`);
  const formats = tags.all(tag.sampleFormat) ?? [1];
  const format = formats[0] ?? 1;
  if (formats.some((f) => f !== format)) throw unsupported('Its samples have different number formats.');
  if (format === 5 || format === 6) throw unsupported('Its samples are complex numbers, which have no picture.');
  const kind = format === 2 ? 'int' : format === 3 ? 'float' : 'uint';
  if (kind === 'float' ? ![16, 32, 64].includes(bits) : bits > 32 && bits !== 64)
    throw unsupported(`${kind === 'float' ? 'Floats' : 'Integers'} of ${bits} bits are not read.`);
  return { bits, kind };
}

const models: Record<number, ColourModel> = {
  0: 'white-is-zero',
  1: 'black-is-zero',
  2: 'rgb',
  3: 'palette',
  4: 'black-is-zero', // a mask: one where the other picture is to be seen
  5: 'cmyk',
  6: 'ycbcr',
  8: 'cielab',
  9: 'icclab',
};

const unreadModels: Record<number, string> = {
  10: 'ITU Lab',
  32803: 'raw sensor data (CFA)',
  32844: 'LogL',
  32845: 'LogLuv',
  34892: 'raw sensor data (LinearRaw)',
};

function colourModel(tags: Tags, samples: number): ColourModel {
  const code = tags.first(tag.photometric);
  // without the tag libtiff takes three samples for RGB, Pillow and tifffile take one for white at zero
  if (code === undefined) return samples >= 3 ? 'rgb' : 'white-is-zero';
  const model = models[code];
  if (model === undefined)
    throw unsupported(`Its colours are ${unreadModels[code] ?? `of the unknown kind ${code}`}, which is not read.`);
  if (model === 'cmyk' && tags.first(tag.inkSet) === 2)
    throw unsupported('Its inks are not cyan, magenta, yellow, black.');
  // a single channel of Lab is its lightness
  if ((model === 'cielab' || model === 'icclab') && samples < 3) return 'black-is-zero';
  return model;
}

function alphaOf(extra: number[], samples: number, colours: number): Page['alpha'] {
  const at = extra.slice(0, samples - colours).findIndex((kind) => kind === 1 || kind === 2);
  return at < 0 ? undefined : { sample: colours + at, associated: extra[at] === 1 };
}

function predictorOf(tags: Tags): Page['predictor'] {
  const predictor = tags.first(tag.predictor) ?? 1;
  if (predictor !== 1 && predictor !== 2 && predictor !== 3)
    throw unsupported(`Its predictor ${predictor} is not one that TIFF defines.`);
  return predictor;
}

function checkSamples({ bits, kind, model, planar, subsampling, predictor, compression }: Page): void {
  if (predictor === 3 && kind !== 'float') throw damaged('Its directory gives a float predictor for integers.');
  const coded = compression === 6 || isCodestream(compression);
  if (model === 'ycbcr' && !coded && subsampling.some((n) => n > 1)) {
    if (planar) throw unsupported('YCbCr with subsampling in separate planes is not read.');
    if (bits !== 8 || predictor !== 1) throw unsupported(`YCbCr with subsampling and ${bits} bits is not read.`);
  }
  if (isFax(compression) && bits !== 1) throw damaged(`It is a fax page with ${bits} bits a sample instead of one.`);
  const deepest = compression === 6 ? 8 : 16; // lossless, lossy of 12 bits, or JPEG 2000
  if (coded && (bits < 8 || bits > deepest || kind === 'float'))
    throw unsupported(`JPEG or JPEG 2000 with ${bits} bits a sample is not read.`);
  if ((model === 'cielab' || model === 'icclab') && bits !== 8 && bits !== 16)
    throw unsupported(`Lab colours of ${bits} bits are not read.`);
  if ((model === 'cmyk' || model === 'ycbcr') && bits > 32)
    throw unsupported(`${bits} bits a sample are not read here.`);
}

function finite(values: number[] | undefined, count: number): number[] | undefined {
  return values !== undefined && values.length >= count && values.every(Number.isFinite) ? values : undefined;
}

const bytesOf = (values: number[] | undefined): Uint8Array | undefined => values && Uint8Array.from(values);
