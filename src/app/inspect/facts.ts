// The lines of the file section: what is known of a sample, in words. Pure.
import type { Field, Sample } from '../../catalog/types.ts';
import { extensionOf } from '../../shared/paths.ts';
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
const ownLines = new Set([
  'path',
  'directory',
  'name',
  'format',
  'width',
  'height',
  'size',
  'modified',
  'readable',
  'wrong_extension',
]);

/** One line; `person` marks what identifies a person. */
interface Fact {
  name: string;
  value: string;
  person?: true;
}

/**
 * Name and value of each fact that is known; nothing is shown for what is not. `known` are the dataset's fields: those that files
 * brought follow.
 */
export function factsOf(sample: Sample, known: readonly Field[] = []): Fact[] {
  const { fields } = sample;
  const facts: Fact[] = [];
  const add = (name: string, text: string): void => void facts.push({ name, value: text });
  add('path', sample.path);
  if (sample.split) add('split', sample.split);
  if (typeof fields.size === 'number') add('size', bytes(fields.size));
  const [width, height] = [fields.width, fields.height];
  const format = typeof fields.format === 'string' ? (formatNames[fields.format] ?? fields.format) : '';
  if (typeof width === 'number' && typeof height === 'number')
    add('pixels', `${count(width)} × ${count(height)}${format ? `, ${format}` : ''}`);
  else if (format) add('format', format);
  if (fields.wrong_extension === true) add('wrong extension', `${format} named .${extensionOf(sample.path)}`);
  if (typeof fields.modified === 'number') add('changed', isoDay(fields.modified));
  for (const field of known) {
    const { name, title, origin, sensitive, unit } = field;
    const found = fields[name];
    const shown = origin === 'file' && !ownLines.has(name);
    if (!shown || (typeof found !== 'string' && typeof found !== 'number' && typeof found !== 'boolean')) continue;
    const text = `${value(found, field)}${unit === undefined || unit === 'bytes' ? '' : ` ${unit}`}`;
    facts.push({ name: title.toLowerCase(), value: text, ...(sensitive ? { person: true } : {}) });
  }
  if (sample.reason) add(sample.state === 'unsupported' ? 'not readable yet' : 'not readable', sample.reason);
  return facts;
}
