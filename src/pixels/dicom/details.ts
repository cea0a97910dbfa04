// Header details of a DICOM file: size and depth of its frames, and its tags as fields.
import type { Detail, DetailsReader } from '../types.ts';
import { readDataSet } from './data/parse.ts';
import { TAG } from './data/tag.ts';
import { numberOf, uint16Of } from './data/values.ts';
import { TAG_FIELDS, tagsOf } from './tags.ts';

/** Said by the picture's own fields. */
const SAID_ELSEWHERE = new Set(['rows', 'columns', 'frames']);

/** Errors: `unreadable` when the file holds no data set, `too-large`. */
export const readDetails: DetailsReader = async (file) => {
  const { elements } = await readDataSet(file);
  const facts = {
    width: uint16Of(elements, TAG.Columns) ?? 0,
    height: uint16Of(elements, TAG.Rows) ?? 0,
    bits: uint16Of(elements, TAG.BitsStored) ?? uint16Of(elements, TAG.BitsAllocated) ?? 8,
    channels: uint16Of(elements, TAG.SamplesPerPixel) ?? 1,
    frames: Math.max(1, numberOf(elements, TAG.NumberOfFrames) ?? 1),
  };
  const values = tagsOf(elements);
  const details = TAG_FIELDS.flatMap((field): Detail[] => {
    const value = values[field.name];
    if (value === undefined || SAID_ELSEWHERE.has(field.name)) return [];
    return [{ field, value: field.type === 'date' ? Date.parse(String(value)) : value }];
  });
  return { facts, details };
};
