// From stored values to grey: Modality LUT or rescale, then VOI LUT, window or range (PS3.3 C.11.1 and C.11.2), then 8 bits.

import { finiteRange, type Samples, toByte, type ValueRange, valueRange, valuesOf } from '../../range.ts';
import type { PictureValues, PixelView, RangeRule, WindowRule } from '../../types.ts';
import { TAG } from '../data/tag.ts';
import { type Elements, itemsOf, numberOf, stringOf } from '../data/values.ts';
import type { StoredFrame } from '../frame.ts';
import { lookUp, tableOf } from './lut.ts';

type Map = (value: number) => number;

/** A frame as grey, one byte a pixel, with its rescaled values when they are to be measured. `inverted`: MONOCHROME1, where low values are white. */
export function greyBytes(
  elements: Elements,
  frame: StoredFrame,
  { index, inverted, view, measure }: { index: number; inverted: boolean; view: PixelView; measure?: boolean },
): { bytes: Uint8Array; values?: PictureValues } {
  const modality = modalityOf(elements, frame, index);
  const { map, span } = shownOf(elements, frame, { index, view, modality });
  const bytes = mapped(frame.samples, inverted ? (v) => 255 - map(v) : map);
  if (measure !== true) return { bytes };
  const { found, bulk } = valuesOf(rescaled(frame.samples, modality));
  return { bytes, values: { found, bulk, ...(span === undefined ? {} : { shown: span }) } };
}

/** Applies `map` to every sample; through a table of all values where there are more samples than these. */
function mapped(samples: Samples, map: Map): Uint8Array {
  const out = new Uint8Array(samples.length);
  const values = 256 ** samples.BYTES_PER_ELEMENT;
  if (samples.BYTES_PER_ELEMENT > 2 || samples.length < values) {
    for (let i = 0; i < samples.length; i++) out[i] = map(samples[i] ?? 0);
    return out;
  }
  const lowest = samples instanceof Int8Array || samples instanceof Int16Array ? -values / 2 : 0;
  const table = Uint8Array.from({ length: values }, (_, i) => map(lowest + i));
  for (let i = 0; i < samples.length; i++) out[i] = table[(samples[i] ?? 0) - lowest] ?? 0;
  return out;
}

interface Modality {
  map: Map;
  /** Whether its output is negative somewhere, so that a VOI LUT's first value may be. */
  isSigned: () => boolean;
  /** Whether a larger stored value never gives a smaller one, so that ends of a range stay ends. */
  increasing: boolean;
}

/** Modality LUT, else slope and intercept of the data set, else of the frame's functional group. A slope of 0 counts as 1. */
function modalityOf(elements: Elements, { samples, signed }: StoredFrame, index: number): Modality {
  const table = tableOf(itemsOf(elements, TAG.ModalityLUTSequence)[0], () => signed);
  if (table !== undefined) return { map: (v) => lookUp(table, v), isSigned: () => false, increasing: false };
  const group = functionalGroup(elements, TAG.PixelValueTransformationSequence, index);
  const set = numberOf(elements, TAG.RescaleSlope) === undefined && group !== undefined ? group : elements;
  const slope = numberOf(set, TAG.RescaleSlope) || 1;
  const intercept = numberOf(set, TAG.RescaleIntercept) ?? 0;
  const map: Map = (v) => v * slope + intercept;
  const isSigned = (): boolean => {
    const { low, high } = finiteRange(samples);
    return signed || Math.min(map(low), map(high)) < 0;
  };
  return { map, isSigned, increasing: slope > 0 };
}

/** First item of a functional group macro: the frame's own, else the one that all frames share (PS3.3 C.7.6.16). */
function functionalGroup(elements: Elements, tag: string, index: number): Elements | undefined {
  const own = itemsOf(elements, TAG.PerFrameFunctionalGroupsSequence)[index];
  const shared = itemsOf(elements, TAG.SharedFunctionalGroupsSequence)[0];
  return (own && itemsOf(own, tag)[0]) ?? (shared && itemsOf(shared, tag)[0]);
}

/** From stored value to 8 bits, and what that spans in rescaled values; no span where a table decides. */
interface Shown {
  map: Map;
  span?: { center: number; width: number };
}

/** From stored value to 8 bits. The view's window or range goes before the file's own VOI LUT or window, and these before the frame's range. */
function shownOf(
  elements: Elements,
  frame: StoredFrame,
  { index, view, modality }: { index: number; view: PixelView; modality: Modality },
): Shown {
  const { map } = modality;
  const { window: chosen, range: rule } = view;
  const ofView = chosen && windowMap(chosen);
  if (chosen && ofView) return { map: (v) => ofView(map(v)), span: spanOf(chosen) };
  // the declared range of a DICOM value is its own window
  if (rule === undefined || rule === 'full') {
    const set = windowSet(elements, index);
    const table = tableOf(itemsOf(set, TAG.VOILUTSequence)[0], modality.isSigned);
    if (table !== undefined) {
      const top = { low: 0, high: Math.max(1, 2 ** table.bits - 1) };
      return { map: (v) => toByte(lookUp(table, map(v)), top) };
    }
    const own = windowOf(set);
    const ofFile = own && windowMap(own);
    if (own && ofFile) return { map: (v) => ofFile(map(v)), span: spanOf(own) };
  }
  const range = rangeOf(rule === undefined || rule === 'full' ? 'file' : rule, frame.samples, modality);
  const span = { center: (range.low + range.high) / 2, width: range.high - range.low };
  return { map: (v) => toByte(map(v), range), span };
}

const spanOf = ({ center, width }: WindowRule): { center: number; width: number } => ({ center, width });

/** The range of a rule in the units of the modality. */
function rangeOf(rule: RangeRule, samples: Samples, { map, increasing }: Modality): ValueRange {
  const unused = { low: 0, high: 1 }; // no rule here asks for a declared range
  if (typeof rule === 'object' && 'low' in rule) return valueRange(rule, samples, unused);
  if (increasing) {
    const { low, high } = valueRange(rule, samples, unused);
    return { low: map(low), high: map(high) };
  }
  return valueRange(rule, rescaled(samples, { map }), unused);
}

/** The samples in the units of the modality. */
function rescaled(samples: Samples, { map }: Pick<Modality, 'map'>): Float64Array {
  const values = new Float64Array(samples.length);
  for (let i = 0; i < samples.length; i++) values[i] = map(samples[i] ?? 0);
  return values;
}

/** Where the file's window stands: at the top level, else in the frame's functional group. */
function windowSet(elements: Elements, index: number): Elements {
  const atTop = itemsOf(elements, TAG.VOILUTSequence).length > 0 || numberOf(elements, TAG.WindowCenter) !== undefined;
  return atTop ? elements : (functionalGroup(elements, TAG.FrameVOILUTSequence, index) ?? elements);
}

/** The first window of a data set or functional group. */
function windowOf(set: Elements): WindowRule | undefined {
  const center = numberOf(set, TAG.WindowCenter);
  const width = numberOf(set, TAG.WindowWidth);
  if (center === undefined || width === undefined) return undefined;
  const name = stringOf(set, TAG.VOILUTFunction);
  return {
    center,
    width,
    function: name === 'SIGMOID' ? 'sigmoid' : name === 'LINEAR_EXACT' ? 'linear-exact' : 'linear',
  };
}

/**
 * The three functions of PS3.3 C.11.2.1.2 and C.11.2.1.3, to 8 bits. Undefined for a width that the standard does not allow:
 * below 1 for LINEAR, not above 0 for the others.
 */
function windowMap({ center, width, function: kind = 'linear' }: WindowRule): Map | undefined {
  if (!Number.isFinite(center) || !(kind === 'linear' ? width >= 1 : width > 0)) return undefined;
  if (kind === 'sigmoid') return (x) => fractionByte(1 / (1 + Math.exp((-4 * (x - center)) / width)));
  if (kind === 'linear-exact') return (x) => fractionByte((x - center) / width + 0.5);
  if (width === 1) return (x) => (x > center - 0.5 ? 255 : 0);
  return (x) => fractionByte((x - (center - 0.5)) / (width - 1) + 0.5);
}

/** 0 to 1 as 8 bits, clamped; a value that is not a number is black. */
const fractionByte = (fraction: number): number => toByte(fraction, { low: 0, high: 1 });
