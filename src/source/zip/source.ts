// A zip as a read-only folder: listed when it is first asked for, entries unpacked one at a time.
import { toVitrineError, VitrineError } from '../../shared/errors.ts';
import { extensionOf, nameOf } from '../../shared/paths.ts';
import { walkPaths } from '../files.ts';
import { judgeFile } from '../names.ts';
import type { LeftOut, Source, SourceRef } from '../types.ts';
import { previewNames } from './code-pages.ts';
import { looksLikePicture, PICTURE_HEAD } from './heads.ts';
import { listZip } from './list.ts';
import { packedBytes, readZipEntry, readZipHead } from './read.ts';
import type { ZipEntry, ZipListing } from './types.ts';

/** Stored entries above this are given as a part of the zip, unread and so without a check of their CRC-32. */
const LAZY_FROM = 64 << 20;
/** Pictures above this must begin like one before they are unpacked: a bomb does not. */
const LOOK_FIRST = 1 << 20;
/** Names that are shown for each code page. */
const PREVIEWED = 5;

interface Opened {
  zip: Blob;
  listing: ZipListing;
}

/**
 * Opens a zip as a source. Nothing is read before `walk`, `file` or `zip` is called. A walk of the whole looks at the zip anew where it has
 * a handle. Errors of all three: those of `listZip`, `not-found` and `permission` of the zip itself.
 */
export function openZip(ref: Extract<SourceRef, { kind: 'zip' }>): Source {
  let opened: Promise<Opened> | undefined;
  const open = (): Promise<Opened> => {
    if (opened) return opened;
    const opening = openAnew(ref);
    opened = opening;
    opening.catch(() => {
      if (opened === opening) opened = undefined;
    });
    return opening;
  };
  const read = async <T>(path: string, work: (zip: Blob, entry: ZipEntry) => Promise<T>): Promise<T> => {
    const attempt = async (): Promise<T> => {
      const { zip, listing } = await open();
      const entry = listing.entries.find(path);
      if (!entry) throw new VitrineError('not-found', `${path} is not in ${ref.name}. Rescan it.`, { file: path });
      return work(zip, entry);
    };
    try {
      return await attempt();
    } catch (error) {
      // The browser ends a File whose bytes on the disk have changed; a handle gives the new one.
      const isStale = error instanceof DOMException && error.name === 'NotReadableError' && !(ref.zip instanceof Blob);
      if (!isStale) throw toVitrineError(error, path);
      opened = undefined;
    }
    try {
      return await attempt();
    } catch (error) {
      throw toVitrineError(error, path);
    }
  };
  return {
    kind: 'zip',
    name: ref.name,
    writable: false,
    file: (path) => read(path, fileOf),
    facts: (path) => read(path, async (_, entry) => ({ size: entry.bytes, lastModified: timeOf(entry.dosTime) })),
    async zip() {
      const { notes, unmarked } = (await open()).listing;
      if (!unmarked) return { notes, unmarked };
      const { examples, ...rest } = unmarked;
      return { notes, unmarked: { ...rest, previews: previewNames(examples.slice(0, PREVIEWED)) } };
    },
    async *walk(options = {}) {
      if (!options.from && !(ref.zip instanceof Blob)) opened = undefined;
      const { zip, listing } = await open();
      yield* walkPaths(pathsOf(listing), options, {
        leftOut: listing.refused.map(({ name, reason }): LeftOut => ({ path: name, reason })),
        isPicture: async (path) => {
          const entry = extensionOf(path) === '' ? listing.entries.find(path) : null;
          return entry !== null && looksLikePicture(await readZipHead(zip, entry, PICTURE_HEAD).catch(() => nothing));
        },
      });
    },
  };
}

const nothing = new Uint8Array();

async function openAnew(ref: Extract<SourceRef, { kind: 'zip' }>): Promise<Opened> {
  try {
    const zip = ref.zip instanceof Blob ? ref.zip : await ref.zip.getFile();
    return { zip, listing: await listZip(zip, ref.name, { codePage: ref.codePage }) };
  } catch (error) {
    const known = toVitrineError(error, ref.name);
    if (known.code !== 'not-found') throw known;
    throw new VitrineError('not-found', `“${ref.name}” was moved, renamed or deleted. Open it again.`, {
      file: ref.name,
      cause: error,
    });
  }
}

function* pathsOf({ entries }: ZipListing): Generator<string> {
  for (let i = 0; i < entries.length; i++) if (entries.has(i)) yield entries.path(i);
}

async function fileOf(zip: Blob, entry: ZipEntry): Promise<File> {
  const { path, bytes, method } = entry;
  const make = (content: Blob | Uint8Array<ArrayBuffer>): File =>
    new File([content], nameOf(path), { lastModified: timeOf(entry.dosTime) });
  const isPicture = judgeFile(nameOf(path)) === null;
  if (isPicture && bytes > LOOK_FIRST && !looksLikePicture(await readZipHead(zip, entry, PICTURE_HEAD), true))
    throw new VitrineError('unreadable', `${path} in the zip is not an image: no format begins like it.`, {
      file: path,
    });
  return make(
    method === 'stored' && bytes > LAZY_FROM ? await packedBytes(zip, entry) : await readZipEntry(zip, entry),
  );
}

/** Milliseconds since 1970 of a time of MS-DOS, which is local time in steps of two seconds; 1980 where there is none, odd parts roll over. */
function timeOf(dosTime: number): number {
  const [date, time] = dosTime >>> 16 === 0 ? [0x0021, 0] : [dosTime >>> 16, dosTime & 0xffff];
  return new Date(
    1980 + (date >>> 9),
    ((date >>> 5) & 15) - 1,
    date & 31,
    time >>> 11,
    (time >>> 5) & 63,
    2 * (time & 31),
  ).getTime();
}
