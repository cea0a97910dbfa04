// The choices of how deep pictures are looked at, and which of them a dataset has a use for. Pure.
import type { DeepView, Facet } from '../../catalog/types.ts';
import { ctWindows } from '../inspect/window.ts';

interface Option<T> {
  title: string;
  value: T | undefined;
  chosen: boolean;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const options = <T>(
  now: T | undefined,
  all: readonly (readonly [title: string, value: T | undefined])[],
): Option<T>[] => all.map(([title, value]) => ({ title, value, chosen: same(value, now) }));

/** What the values span: the declared range, what the file uses, or all but its outermost values. */
export const rangeTitles = (now: DeepView['range']): Option<NonNullable<DeepView['range']>>[] =>
  options(now, [
    ['Full', undefined],
    ['Each file’s own', 'file'],
    ['0.5 to 99.5 % of the values', { percentiles: [0.5, 99.5] }],
  ]);

export const windowTitles = (now: DeepView['window']): Option<NonNullable<DeepView['window']>>[] =>
  options(now, [['As the file says', undefined], ...ctWindows]);

export const frameTitles = (now: DeepView['frame']): Option<'middle'>[] =>
  options(now, [
    ['First', undefined],
    ['Middle', 'middle'],
  ]);

/** Whether a dataset has files over 8 bits, DICOM files, files of several frames; facets show what is filtered, so known values count too. */
export function deepFiles(facets: ReadonlyMap<string, Facet>): { deep: boolean; dicom: boolean; frames: boolean } {
  const bits = facets.get('bits');
  const format = facets.get('format');
  const frames = facets.get('frames');
  return {
    deep: bits?.kind === 'histogram' && (bits.edges.at(-1) ?? 0) > 9, // 8 lies in the bin up to 9
    dicom: format?.kind === 'values' && format.values.some(({ value }) => value === 'dicom'),
    frames: frames?.kind === 'histogram' && frames.known > 0,
  };
}
