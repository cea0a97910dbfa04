// The lines of the file section: what is known of a sample, in words. Pure.
import type { Field, Sample } from '../../catalog/types.ts';
import { bytes, count, isoDay, value } from '../ui/format.ts';

const formatNames: Record<string, string> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  bmp: 'BMP',
  gif: 'GIF',
  avif: 'AVIF',
  pnm: 'PNM',
  tiff: 'TIFF',
  dicom: 'DICOM',
};

/** Fields of every dataset, which have their own lines. */
const ownLines = new Set(['path', 'directory', 'name', 'format', 'width', 'height', 'size', 'modified', 'readable']);

/**
 * Name and value of each fact that is known; nothing is shown for what is not. `known` are the dataset's fields: those that files
 * brought follow, marked where they name a person.
 */
export function factsOf(sample: Sample, known: readonly Field[] = []): [name: string, value: string][] {
  const { fields } = sample;
  const facts: [string, string][] = [['path', sample.path]];
  if (sample.split) facts.push(['split', sample.split]);
  if (typeof fields.size === 'number') facts.push(['size', bytes(fields.size)]);
  const [width, height] = [fields.width, fields.height];
  const format = typeof fields.format === 'string' ? (formatNames[fields.format] ?? fields.format) : '';
  if (typeof width === 'number' && typeof height === 'number')
    facts.push(['pixels', `${count(width)} × ${count(height)}${format ? `, ${format}` : ''}`]);
  else if (format) facts.push(['format', format]);
  if (typeof fields.modified === 'number') facts.push(['changed', isoDay(fields.modified)]);
  for (const field of known) {
    const { name, title, origin, sensitive, unit } = field;
    const found = fields[name];
    const shown = origin === 'file' && !ownLines.has(name);
    if (!shown || (typeof found !== 'string' && typeof found !== 'number' && typeof found !== 'boolean')) continue;
    const text = `${value(found, field)}${unit === undefined || unit === 'bytes' ? '' : ` ${unit}`}`;
    facts.push([title.toLowerCase(), sensitive ? `${text} (identifies a person)` : text]);
  }
  if (sample.reason) facts.push([sample.state === 'unsupported' ? 'not readable yet' : 'not readable', sample.reason]);
  return facts;
}
