// Typed fields from the header of a DICOM file, without its pixels: what a person filters and groups by.
import type { Field, Scalar } from '../../catalog/types.ts';
import { decodeText } from './data/charset.ts';
import { readDataSet } from './data/parse.ts';
import { TAG } from './data/tag.ts';
import { bytesOf, type Elements, numberOf, numbersOf, stringOf, stringsOf, trimmed, uint16Of } from './data/values.ts';

/** A field of the catalog that comes from an attribute of the header. */
interface TagField extends Field {
  read: (elements: Elements) => Scalar | undefined;
}

type Options = Partial<Pick<Field, 'unit' | 'sensitive' | 'facet'>>;

const field = (
  name: string,
  title: string,
  type: Field['type'],
  read: TagField['read'],
  options: Options = {},
): TagField => ({ name, title, type, origin: 'metadata', facet: facetOf(type), ...options, read });

const facetOf = (type: Field['type']): Field['facet'] =>
  type === 'text' ? 'none' : type === 'category' ? 'values' : 'histogram';

const code =
  (...tags: string[]) =>
  (elements: Elements): string | undefined => {
    for (const tag of tags) {
      const value = stringOf(elements, tag);
      if (value !== undefined) return value;
    }
    return undefined;
  };
const text =
  (tag: string) =>
  (elements: Elements): string | undefined => {
    const bytes = bytesOf(elements, tag);
    if (bytes === undefined) return undefined;
    return trimmed(decodeText(bytes, stringsOf(elements, TAG.SpecificCharacterSet))) || undefined;
  };
/** Alphabetic, ideographic and phonetic group, `=` between them; empty ones at the end are dropped. */
const personName =
  (tag: string) =>
  (elements: Elements): string | undefined =>
    text(tag)(elements)?.replace(/[=\s]+$/, '') || undefined;
const date =
  (tag: string) =>
  (elements: Elements): string | undefined =>
    isoDate(stringOf(elements, tag));
const decimal =
  (tag: string, index = 0) =>
  (elements: Elements): number | undefined => {
    const value = numbersOf(elements, tag)[index];
    return Number.isFinite(value) ? value : undefined;
  };
const whole =
  (tag: string) =>
  (elements: Elements): number | undefined =>
    uint16Of(elements, tag);

const person: Options = { sensitive: true };

/**
 * The fields in the order they are shown. Sensitive are those that name a person or lead to one: names, numbers, dates and UIDs
 * (PS3.15, table E.1-1, basic profile).
 */
const FIELDS: readonly TagField[] = [
  field('modality', 'Modality', 'category', code('x00080060')),
  field('body_part', 'Body part', 'category', code('x00180015')),
  field('view_position', 'View position', 'category', code('x00185101')),
  field('laterality', 'Laterality', 'category', code('x00200060', 'x00200062')),
  field('manufacturer', 'Manufacturer', 'category', text('x00080070')),
  field('manufacturer_model', 'Model', 'category', text('x00081090')),
  field('rows', 'Rows', 'integer', whole(TAG.Rows), { unit: 'px' }),
  field('columns', 'Columns', 'integer', whole(TAG.Columns), { unit: 'px' }),
  field('frames', 'Frames', 'integer', (elements) => numberOf(elements, TAG.NumberOfFrames)),
  field('photometric_interpretation', 'Photometric interpretation', 'category', code(TAG.PhotometricInterpretation)),
  field('row_spacing', 'Row spacing', 'number', decimal('x00280030', 0), { unit: 'mm' }),
  field('column_spacing', 'Column spacing', 'number', decimal('x00280030', 1), { unit: 'mm' }),
  field('slice_thickness', 'Slice thickness', 'number', decimal('x00180050'), { unit: 'mm' }),
  field('window_center', 'Window centre', 'number', decimal(TAG.WindowCenter)),
  field('window_width', 'Window width', 'number', decimal(TAG.WindowWidth)),
  field('patient_age', 'Age', 'number', (elements) => ageInYears(stringOf(elements, 'x00101010')), { unit: 'years' }),
  field('patient_sex', 'Sex', 'category', code('x00100040')),
  field('study_date', 'Study date', 'date', date('x00080020'), person),
  field('series_date', 'Series date', 'date', date('x00080021'), person),
  field('acquisition_date', 'Acquisition date', 'date', date('x00080022'), person),
  field('patient_name', 'Patient', 'text', personName('x00100010'), person),
  field('patient_id', 'Patient ID', 'text', text('x00100020'), person),
  field('patient_birth_date', 'Birth date', 'date', date('x00100030'), person),
  field('study_uid', 'Study UID', 'text', code('x0020000d'), person),
  field('series_uid', 'Series UID', 'text', code('x0020000e'), person),
  field('instance_uid', 'Instance UID', 'text', code('x00080018'), person),
];

/** The fields that `readTags` gives, as columns of the catalog. */
export const TAG_FIELDS: readonly Field[] = FIELDS.map(({ read: _, ...described }) => described);

/**
 * Values by field name; a field that the file lacks is left out. Reads the header only: 64 KiB, more where it is longer. `head`:
 * the file's first bytes when they are known. Errors: `unreadable` when the file holds no data set, `too-large`.
 */
export async function readTags(file: Blob, head?: Uint8Array): Promise<Record<string, Scalar>> {
  return tagsOf((await readDataSet(file, head)).elements);
}

/** The same from a data set that was read. */
export function tagsOf(elements: Elements): Record<string, Scalar> {
  const found: Record<string, Scalar> = {};
  for (const { name, read } of FIELDS) {
    const value = read(elements);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** DA, `20240229`, and the older `2024.02.29`, as `2024-02-29`; undefined for what is no date. */
export function isoDate(value: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})\.?(\d\d)\.?(\d\d)$/.exec(value ?? '') ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const iso = `${year}-${month}-${day}`;
  const time = Date.parse(iso);
  // Date.parse takes 30 February for a day of March
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(iso) ? iso : undefined;
}

const YEARS: Readonly<Record<string, number>> = { D: 1 / 365.25, W: 7 / 365.25, M: 1 / 12, Y: 1 };

/** AS, `042Y` or in months, weeks, days, in years to two decimals. */
export function ageInYears(value: string | undefined): number | undefined {
  const [, count, unit] = /^(\d{1,3})([DWMY])$/.exec(value ?? '') ?? [];
  const years = YEARS[unit ?? ''];
  return count === undefined || years === undefined ? undefined : Math.round(Number(count) * years * 100) / 100;
}
