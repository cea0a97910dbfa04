// Window and level as arithmetic: what a drag, a key or a preset makes of them, and the rule of pixels that says the same. Pure.
import type { DeepView } from '../../catalog/types.ts';
import type { PictureValues, PixelView } from '../../pixels/types.ts';

/** Which values are shown from black to white: in rescaled values for DICOM, in samples elsewhere. */
export interface Window {
  center: number;
  width: number;
}

/** The part of a view that decides about black and white. */
export type Look = Pick<DeepView, 'range' | 'window'>;

/** DICOM has windows of its own; all other deep pictures have ranges. */
export type Kind = 'dicom' | 'other';

interface Preset {
  title: string;
  look: Look;
}

/** Centre and width in Hounsfield units, as CT viewers have them (radiology textbooks differ by a few tens). */
export const ctWindows: readonly (readonly [title: string, window: Window])[] = [
  ['Lung', { center: -600, width: 1500 }],
  ['Bone', { center: 300, width: 1500 }],
  ['Brain', { center: 40, width: 80 }],
  ['Abdomen', { center: 40, width: 400 }],
];

/** All values that occur, and all but the outermost half percent at each end. */
const ranges: readonly Preset[] = [
  { title: 'All values', look: { range: 'file' } },
  { title: '0.5 to 99.5 %', look: { range: { percentiles: [0.5, 99.5] } } },
];

/** The looks to choose from, the one that files have by themselves first. */
export const presetsOf = (kind: Kind): readonly Preset[] =>
  kind === 'dicom'
    ? [
        { title: 'As the file says', look: {} },
        ...ctWindows.map(([title, window]) => ({ title, look: { window } })),
        ...ranges,
      ]
    : [{ title: 'Full range', look: {} }, ...ranges];

/** The look of a dataset's rule for pictures of this kind: a window is for DICOM alone and goes before a range. */
export function lookOf({ range, window }: DeepView, kind: Kind): Look {
  if (kind === 'dicom' && window) return { window };
  return range ? { range } : {};
}

/** The dataset's rule after a look at a picture of this kind became that of all pictures; what only other kinds have stays. */
export function storedLook(view: DeepView, look: Look, kind: Kind): DeepView {
  const { range, window, ...rest } = view;
  if (kind === 'other') return { ...rest, ...(window ? { window } : {}), ...look };
  // a range holds for every format: a window chosen for slices leaves it to the others
  return { ...rest, ...(range && look.window ? { range } : {}), ...look };
}

/** The rule of pixels for one picture: the dataset's frame, the look that is tried, or the dataset's own. */
export function pixelView(view: DeepView, look: Look | undefined, frame: number | undefined): PixelView {
  const { range, window, frame: chosen } = view;
  const at = frame ?? chosen;
  return {
    ...(look ?? { ...(range ? { range } : {}), ...(window ? { window } : {}) }),
    ...(at === undefined ? {} : { frame: at }),
  };
}

/** The window that a look names itself; undefined where the picture decides. */
export function windowOf({ window, range }: Look, kind: Kind): Window | undefined {
  if (kind === 'dicom' && window) return window;
  if (typeof range !== 'object' || !('low' in range)) return undefined;
  return { center: (range.low + range.high) / 2, width: range.high - range.low };
}

/** The look that shows a window. */
export function lookAt({ center, width }: Window, kind: Kind): Look {
  if (kind === 'dicom') return { window: { center, width } };
  return { range: { low: center - width / 2, high: center + width / 2 } };
}

/** Steps over the span of the values: a drag of this many CSS pixels goes through all of them. */
const stepsOfSpan = 400;

/** One CSS pixel of a drag, in values. */
export const stepOf = ({ bulk, found }: PictureValues): number => {
  const span = bulk.high - bulk.low || found.high - found.low;
  return span > 0 ? span / stepsOfSpan : 1 / stepsOfSpan;
};

/** After a drag to the right by `dx` and down by `dy` pixels: right widens, down raises the centre, which darkens. `whole`: values are integers. */
export function dragged(window: Window, dx: number, dy: number, step: number, whole: boolean): Window {
  const center = window.center + dy * step;
  const width = window.width + dx * step;
  // a window of an integer type below 1 shows nothing between black and white (PS3.3 C.11.2.1.2)
  if (whole) return { center: Math.round(center), width: Math.max(1, Math.round(width)) };
  return { center, width: Math.max(step / 100, width) };
}

/** A value with as many digits as a field shows. */
export const shortened = (value: number): number => Number(value.toPrecision(6));
