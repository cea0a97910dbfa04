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
/** A whole number in decimal digits (IS). */
const whole10 =
  (tag: string) =>
  (elements: Elements): number | undefined => {
    const value = numbersOf(elements, tag)[0];
    return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
  };
const whole =
  (tag: string) =>
  (elements: Elements): number | undefined =>
    uint16Of(elements, tag);

const person: Options = { sensitive: true };

const patientName = personName('x00100010');
const patientId = text('x00100020');
const studyDate = date('x00080020');
const studyUid = code('x0020000d');
const studyDescription = text('x00081030');
const seriesUid = code('x0020000e');
const seriesNumber = whole10('x00200011');
const seriesDescription = text('x0008103e');
const modality = code('x00080060');

/** Stands between the levels of patient, study and series, which sort one below the other by it. */
const LEVEL = ' › ';
/** The end of a UID: tells apart what bears the same words. */
const tail = (uid: string | undefined): string | undefined => uid && `…${uid.slice(-6)}`;
const words = (...parts: (string | number | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' ');

/** Whom a picture is of: name and ID, as far as they are there. */
const patient = (elements: Elements): string | undefined =>
  words(patientName(elements), patientId(elements)) || undefined;
/** The study in words, below its patient. */
function study(elements: Elements): string | undefined {
  const uid = studyUid(elements);
  if (uid === undefined) return undefined;
  const of = patient(elements) ?? 'no patient';
  return of + LEVEL + words(studyDate(elements), studyDescription(elements), tail(uid));
}
/** The series in words, below its study. */
function series(elements: Elements): string | undefined {
  const uid = seriesUid(elements);
  if (uid === undefined) return undefined;
  const of = study(elements) ?? `${patient(elements) ?? 'no patient'}${LEVEL}no study`;
  const number = seriesNumber(elements);
  return of + LEVEL + words(number, modality(elements), seriesDescription(elements), tail(uid));
}

/**
 * The fields in the order they are shown. Sensitive are those that name a person or lead to one: names, numbers, addresses, dates,
 * UIDs, places, and descriptions in free text, as PS3.15 lists them (table E.1-1, basic profile). Age and sex are on that list, too, but
 * describe without leading to anyone: they are for filtering.
 */
const FIELDS: readonly TagField[] = [
  field('modality', 'Modality', 'category', modality),
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
  field('series_number', 'Series number', 'integer', seriesNumber),
  field('instance_number', 'Instance number', 'integer', whole10('x00200013')),
  field('patient', 'Patient', 'category', patient, person),
  field('study', 'Study', 'category', study, person),
  field('series', 'Series', 'category', series, person),
  field('study_date', 'Study date', 'date', studyDate, person),
  field('series_date', 'Series date', 'date', date('x00080021'), person),
  field('acquisition_date', 'Acquisition date', 'date', date('x00080022'), person),
  field('patient_name', 'Patient name', 'text', patientName, person),
  field('patient_id', 'Patient ID', 'text', patientId, person),
  field('patient_birth_date', 'Birth date', 'date', date('x00100030'), person),
  field('other_patient_ids', 'Other patient IDs', 'text', text('x00101000'), person),
  field('patient_address', 'Address', 'text', text('x00101040'), person),
  field('patient_telephone', 'Telephone', 'text', text('x00102154'), person),
  field('accession_number', 'Accession number', 'text', text('x00080050'), person),
  field('study_id', 'Study ID', 'text', text('x00200010'), person),
  field('study_description', 'Study description', 'category', studyDescription, person),
  field('series_description', 'Series description', 'category', seriesDescription, person),
  field('protocol', 'Protocol', 'category', text('x00181030'), person),
  field('institution', 'Institution', 'category', text('x00080080'), person),
  field('institution_address', 'Institution’s address', 'text', text('x00080081'), person),
  field('station', 'Station', 'category', text('x00081010'), person),
  field('device_serial_number', 'Serial number', 'text', text('x00181000'), person),
  field('referring_physician', 'Referring physician', 'text', personName('x00080090'), person),
  field('performing_physician', 'Performing physician', 'text', personName('x00081050'), person),
  field('reading_physician', 'Reading physician', 'text', personName('x00081060'), person),
  field('operator', 'Operator', 'text', personName('x00081070'), person),
  field('study_uid', 'Study UID', 'text', studyUid, person),
  field('series_uid', 'Series UID', 'text', seriesUid, person),
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
