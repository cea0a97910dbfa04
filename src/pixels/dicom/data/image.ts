// The attributes that say how a frame is stored (PS3.3 C.7.6.3), checked before anything is allocated.
import { VitrineError } from '../../../shared/errors.ts';
import { checkPixels } from '../../limits.ts';
import type { DicomFile, PixelPlace } from './parse.ts';
import { TAG } from './tag.ts';
import { numberOf, stringOf, uint16Of } from './values.ts';

/** How the frames of a file are stored. */
export interface ImageDescription {
  rows: number;
  columns: number;
  /** Samples a pixel: 1, 3, or 4 in retired forms. */
  samples: number;
  /** `MONOCHROME2`, `RGB`, …; guessed from the samples when absent. */
  photometric: string;
  planar: boolean;
  bitsAllocated: number;
  bitsStored: number;
  highBit: number;
  signed: boolean;
  /** Kind of the samples: integers as the bits say, or IEEE 754. */
  kind: 'integer' | 'float32' | 'float64';
  /** Frames by the header, at least 1. */
  frames: number;
  pixels: PixelPlace;
}

const missing = (name: string): VitrineError =>
  new VitrineError('unreadable', `Its header has no ${name}, so its pixels cannot be read.`);

/**
 * Errors: `unreadable` for attributes that are missing or contradict each other, `too-large`, `unsupported` for a transfer syntax
 * that is not read, retired colour models, and files that hold something else than a picture.
 */
export function describeImage(file: DicomFile, maxPixels: number): ImageDescription {
  const { elements, pixels, syntax } = file;
  if (syntax.frames === 'refused') throw new VitrineError('unsupported', syntax.reason);
  if (pixels === undefined) throw noPicture(file);
  const rows = uint16Of(elements, TAG.Rows);
  const columns = uint16Of(elements, TAG.Columns);
  if (rows === undefined) throw missing('Rows');
  if (columns === undefined) throw missing('Columns');
  checkPixels(columns, rows, maxPixels);
  const samples = uint16Of(elements, TAG.SamplesPerPixel) || 1;
  const kind =
    pixels.tag === TAG.FloatPixelData ? 'float32' : pixels.tag === TAG.DoubleFloatPixelData ? 'float64' : 'integer';
  const photometric = stringOf(elements, TAG.PhotometricInterpretation) ?? (samples === 3 ? 'RGB' : 'MONOCHROME2');
  checkColours(photometric, samples);
  return {
    rows,
    columns,
    samples,
    photometric,
    planar: samples > 1 && uint16Of(elements, TAG.PlanarConfiguration) === 1,
    ...bitsOf(elements, kind),
    signed: uint16Of(elements, TAG.PixelRepresentation) === 1,
    kind,
    frames: Math.max(1, Math.trunc(numberOf(elements, TAG.NumberOfFrames) ?? 1)),
    pixels,
  };
}

function noPicture({ elements, damaged }: DicomFile): VitrineError {
  if (elements.elements[TAG.DirectoryRecordSequence] !== undefined)
    return new VitrineError('unsupported', 'This is a DICOMDIR, a list of other DICOM files, and holds no picture.');
  if (damaged) return new VitrineError('unreadable', 'The DICOM file ends inside of its header: it was cut off.');
  const modality = stringOf(elements, TAG.Modality);
  const what = modality === undefined ? '' : ` (modality ${modality.slice(0, 16)})`;
  return new VitrineError('unsupported', `The DICOM file${what} holds no picture: it has no pixel data.`);
}

/** CMYK, ARGB and HSV were retired in 2001 and had no exact meaning. */
function checkColours(photometric: string, samples: number): void {
  if (/^(CMYK|ARGB|HSV)$/.test(photometric))
    throw new VitrineError('unsupported', `Its colours are in the retired form ${photometric}. Convert it to RGB.`);
  if (samples !== 1 && samples !== 3)
    throw new VitrineError('unsupported', `It has ${samples} samples a pixel; one and three are read.`);
}

function bitsOf(
  elements: DicomFile['elements'],
  kind: ImageDescription['kind'],
): Pick<ImageDescription, 'bitsAllocated' | 'bitsStored' | 'highBit'> {
  if (kind !== 'integer') {
    const bits = kind === 'float32' ? 32 : 64;
    return { bitsAllocated: bits, bitsStored: bits, highBit: bits - 1 };
  }
  const bitsAllocated = uint16Of(elements, TAG.BitsAllocated);
  if (bitsAllocated === undefined) throw missing('BitsAllocated');
  const bitsStored = uint16Of(elements, TAG.BitsStored) ?? bitsAllocated;
  const highBit = uint16Of(elements, TAG.HighBit) ?? bitsStored - 1;
  if (![1, 8, 16, 32].includes(bitsAllocated))
    throw new VitrineError(
      'unsupported',
      `Its samples take ${bitsAllocated} bits each (BitsAllocated); 1, 8, 16 and 32 are read.`,
    );
  if (bitsStored < 1 || bitsStored > bitsAllocated || highBit >= bitsAllocated)
    throw new VitrineError(
      'unreadable',
      `Its header contradicts itself: BitsStored ${bitsStored} and HighBit ${highBit} in BitsAllocated ${bitsAllocated}.`,
    );
  return { bitsAllocated, bitsStored, highBit };
}
