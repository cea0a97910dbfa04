// Reads when, with what and where a photograph was taken out of EXIF data, whichever container carried them.
import type { Field } from '../../catalog/types.ts';
import type { Detail } from '../types.ts';

/** Bytes [offset, offset + length) of a TIFF structure; fewer where it ends. */
export type ReadBytes = (offset: number, length: number) => Promise<Uint8Array>;

const field = (name: string, title: string, type: Field['type'], facet: Field['facet'], unit?: string): Field => ({
  name,
  title,
  type,
  origin: 'file',
  facet,
  ...(unit === undefined ? {} : { unit }),
});
const TAKEN = field('taken', 'Taken', 'date', 'histogram');
const CAMERA = field('camera', 'Camera', 'category', 'values');
const LATITUDE: Field = { ...field('latitude', 'Latitude', 'number', 'histogram', '°'), sensitive: true };
const LONGITUDE: Field = { ...field('longitude', 'Longitude', 'number', 'histogram', '°'), sensitive: true };

/** Tags of EXIF 2.32, tables 4, 7 and 15. */
const TAG = { make: 0x010f, model: 0x0110, changed: 0x0132, exif: 0x8769, gps: 0x8825, taken: 0x9003 } as const;
const GPS = { latitudeRef: 1, latitude: 2, longitudeRef: 3, longitude: 4 } as const;
const ASCII = 2;
const RATIONAL = 5;
/** Bytes of one value by type number; others are not looked at. */
const VALUE_BYTES: Readonly<Record<number, number>> = { [ASCII]: 1, 4: 4, [RATIONAL]: 8, 13: 4 };
/** A directory of a camera has about 40 entries, a text about 30 bytes. */
const MAX_ENTRIES = 1_024;
const MAX_TEXT = 256;

interface Entry {
  type: number;
  count: number;
  /** Where its values lie. */
  at: number;
  /** The four bytes of the entry itself, for values that fit. */
  inline: DataView;
}

type Directory = ReadonlyMap<number, Entry>;

/**
 * Date, camera and position; what is missing, damaged or no sensible value is left out. Dates have no time zone in EXIF: they are
 * milliseconds since 1970 as if the camera's clock showed UTC, so that the day is the day of the picture. Degrees are decimal, south and west negative.
 */
export async function readExif(read: ReadBytes): Promise<Detail[]> {
  const head = viewOf(await read(0, 8));
  if (head.byteLength < 8) return [];
  const order = head.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return [];
  const little = order === 0x4949;
  if (head.getUint16(2, little) !== 42) return []; // BigTIFF
  const at = (offset: number): Promise<Directory> => readDirectory(read, offset, little);
  const main = await at(head.getUint32(4, little));
  const pointer = (tag: number): number | undefined => main.get(tag)?.inline.getUint32(0, little);
  const [exifAt, gpsAt] = [pointer(TAG.exif), pointer(TAG.gps)];
  const details: Detail[] = [];
  const text = (directory: Directory, tag: number): Promise<string | undefined> => readText(read, directory.get(tag));

  const original = exifAt === undefined ? undefined : await text(await at(exifAt), TAG.taken);
  const taken = timeOf(original ?? (await text(main, TAG.changed)));
  if (taken !== undefined) details.push({ field: TAKEN, value: taken });
  const camera = cameraOf(await text(main, TAG.make), await text(main, TAG.model));
  if (camera !== undefined) details.push({ field: CAMERA, value: camera });
  if (gpsAt === undefined) return details;

  const gps = await at(gpsAt);
  const degrees = async (ref: number, tag: number, limit: number): Promise<number | undefined> => {
    const side = await text(gps, ref);
    const value = degreesOf(await readRationals(read, gps.get(tag), little));
    return value === undefined || value > limit ? undefined : side === 'S' || side === 'W' ? -value : value;
  };
  const latitude = await degrees(GPS.latitudeRef, GPS.latitude, 90);
  const longitude = await degrees(GPS.longitudeRef, GPS.longitude, 180);
  // half a position is none
  if (latitude !== undefined && longitude !== undefined)
    details.push({ field: LATITUDE, value: latitude }, { field: LONGITUDE, value: longitude });
  return details;
}

async function readDirectory(read: ReadBytes, offset: number, little: boolean): Promise<Directory> {
  const entries = new Map<number, Entry>();
  const head = viewOf(await read(offset, 2));
  if (head.byteLength < 2) return entries;
  const count = Math.min(head.getUint16(0, little), MAX_ENTRIES);
  const table = viewOf(await read(offset + 2, count * 12));
  for (let at = 0; at + 12 <= table.byteLength; at += 12) {
    const type = table.getUint16(at + 2, little);
    const n = table.getUint32(at + 4, little);
    const inline = new DataView(table.buffer, table.byteOffset + at + 8, 4);
    const fits = n * (VALUE_BYTES[type] ?? 1) <= 4;
    entries.set(table.getUint16(at, little), { type, count: n, at: fits ? -1 : inline.getUint32(0, little), inline });
  }
  return entries;
}

async function readText(read: ReadBytes, entry: Entry | undefined): Promise<string | undefined> {
  if (entry?.type !== ASCII) return undefined;
  const { at, count, inline } = entry;
  const bytes =
    at < 0
      ? new Uint8Array(inline.buffer, inline.byteOffset, Math.min(4, count))
      : await read(at, Math.min(count, MAX_TEXT));
  const end = bytes.indexOf(0);
  // ASCII by the standard, UTF-8 by many
  const text = new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end)).trim();
  return text === '' ? undefined : text;
}

async function readRationals(read: ReadBytes, entry: Entry | undefined, little: boolean): Promise<number[]> {
  if (entry?.type !== RATIONAL) return [];
  const view = viewOf(await read(entry.at, Math.min(entry.count, 3) * 8));
  const values: number[] = [];
  for (let at = 0; at + 8 <= view.byteLength; at += 8)
    values.push(view.getUint32(at, little) / view.getUint32(at + 4, little));
  return values;
}

/** Degrees, minutes and seconds; writers that give fewer, or 0/0 for the last ones, mean zero there. */
function degreesOf([degrees, minutes = 0, seconds = 0]: number[]): number | undefined {
  if (degrees === undefined || !Number.isFinite(degrees)) return undefined;
  const rest = (Number.isFinite(minutes) ? minutes : 0) / 60 + (Number.isFinite(seconds) ? seconds : 0) / 3600;
  return Math.round((degrees + rest) * 1e7) / 1e7; // a centimetre
}

/** `2024:02:29 13:45:10`; spaces or zeros stand for what is not known. */
function timeOf(text: string | undefined): number | undefined {
  const [, day, time] = /^(\d{4}:\d\d:\d\d) (\d\d:\d\d:\d\d)$/.exec(text ?? '') ?? [];
  if (day === undefined || time === undefined) return undefined;
  const ms = Date.parse(`${day.replaceAll(':', '-')}T${time}Z`);
  return Number.isFinite(ms) ? ms : undefined;
}

/** The model, with the maker before it unless the model begins with that already. */
function cameraOf(make: string | undefined, model: string | undefined): string | undefined {
  if (make === undefined || model === undefined) return model ?? make;
  const [maker = ''] = make.split(/[\s,]/);
  return model.toLowerCase().startsWith(maker.toLowerCase()) ? model : `${make} ${model}`;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
