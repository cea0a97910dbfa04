// Holds what the header readers say of corpus files (size, EXIF, DICOM tags) to the readings of Pillow and pydicom in their indexes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileDetails, readFileDetails } from '../../src/pixels/details/read.ts';
import { ageInYears, isoDate } from '../../src/pixels/dicom/tags.ts';
import type { CorpusEntry } from './judge.ts';
import type { CorpusFile } from './runner.ts';

type Tags = Record<string, string | number | (string | number)[] | null>;

/** What an index says of a file besides its picture. */
export interface HeaderEntry extends CorpusEntry {
  exif?: { datetime_original?: string; make?: string; model?: string };
  expect?: (CorpusEntry['expect'] & { tags?: Tags | null }) | null;
}

/** Fields that differ, as `name: ours instead of theirs`; empty where all that the index names is as it says. */
export function headerDifferences(
  { exif, expect, tier }: HeaderEntry,
  { width, height, details }: FileDetails,
): string[] {
  const ours = new Map(details.map(({ field, value }) => [field.name, value]));
  const wanted: [name: string, ours: unknown, theirs: unknown][] = [];
  // what questionable files mean is for decoding to judge
  if (tier === 'A') {
    if (expect?.width !== undefined) wanted.push(['width', width, expect.width], ['height', height, expect.height]);
    if (exif?.datetime_original) wanted.push(['taken', ours.get('taken'), exifTime(exif.datetime_original)]);
    if (exif?.model) wanted.push(['camera', cameraHas(ours.get('camera'), exif.model), true]);
  }
  const tags = expect?.tags;
  if (tags) for (const [name, read] of Object.entries(fromPydicom)) wanted.push([name, ours.get(name), read(tags)]);
  return wanted
    .filter(([, mine, theirs]) => mine !== theirs)
    .map(([name, mine, theirs]) => `${name}: ${JSON.stringify(mine)} instead of ${JSON.stringify(theirs)}`);
}

const firstOf = (tags: Tags, name: string, index = 0): string | number | undefined => {
  const found = tags[name];
  return (Array.isArray(found) ? found[index] : found) ?? undefined;
};
const words = (tags: Tags, name: string): string | undefined => firstOf(tags, name)?.toString().trim() || undefined;

/** pydicom's readings in the form of our fields. */
const fromPydicom: Readonly<Record<string, (tags: Tags) => unknown>> = {
  modality: (tags) => words(tags, 'Modality'),
  body_part: (tags) => words(tags, 'BodyPartExamined'),
  view_position: (tags) => words(tags, 'ViewPosition'),
  row_spacing: (tags) => firstOf(tags, 'PixelSpacing'),
  column_spacing: (tags) => firstOf(tags, 'PixelSpacing', 1),
  window_center: (tags) => firstOf(tags, 'WindowCenter'),
  window_width: (tags) => firstOf(tags, 'WindowWidth'),
  manufacturer: (tags) => words(tags, 'Manufacturer'),
  study_uid: (tags) => words(tags, 'StudyInstanceUID'),
  study_date: (tags) => dayOf(isoDate(words(tags, 'StudyDate'))),
  patient_age: (tags) => ageInYears(words(tags, 'PatientAge')),
  patient_sex: (tags) => words(tags, 'PatientSex'),
  patient_name: (tags) => words(tags, 'PatientName'),
  patient_id: (tags) => words(tags, 'PatientID'),
};

const dayOf = (iso: string | undefined): number | undefined => (iso === undefined ? undefined : Date.parse(iso));

const exifTime = (text: string): number | undefined => {
  const ms = Date.parse(`${text.slice(0, 10).replaceAll(':', '-')}T${text.slice(11, 19)}Z`);
  return Number.isFinite(ms) ? ms : undefined;
};

const cameraHas = (camera: unknown, model: string): boolean =>
  typeof camera === 'string' && camera.includes(model.replace(/\0.*$/s, '').trim());

/** One line for each file whose header says something else to us. The readers are the application's own; they need no browser. */
export async function headerShortfalls(files: readonly CorpusFile[]): Promise<string[]> {
  const short: string[] = [];
  for (const { corpus, entry, folder } of files) {
    const found = await readFileDetails(new Blob([readFileSync(join(folder, entry.file))]));
    const differences = headerDifferences(entry, found);
    if (differences.length > 0) short.push(`${entry.tier} ${corpus}/${entry.file}: ${differences.join('; ')}`);
  }
  return short;
}
