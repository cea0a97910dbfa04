// What is known of a zip's entries before any of them is unpacked.

import type { CodePage } from '../../shared/code-page.ts';
import type { VitrineError } from '../../shared/errors.ts';
import type { ZipEntries } from './entries.ts';

/** Why one entry is refused while the rest of its zip is read. Word for word a reason of what a walk leaves out. */
export type ZipRefusal =
  | 'zip-absolute-path'
  | 'zip-leaves'
  | 'zip-control-character'
  | 'zip-no-name'
  | 'zip-too-deep'
  | 'zip-inside-a-file'
  | 'zip-duplicate'
  | 'zip-link'
  | 'zip-no-file'
  | 'zip-encrypted'
  | 'zip-method'
  | 'zip-outside'
  | 'zip-no-local-header'
  | 'zip-other-local-header'
  | 'zip-too-large'
  | 'zip-archive'
  | 'name-not-utf8';

/** How an entry's bytes are packed (APPNOTE 4.4.5). */
export type ZipMethod = 'stored' | 'deflate' | 'deflate64';

/** One file in a zip. Folders are not listed. */
export interface ZipEntry {
  /** Position in the central directory. */
  index: number;
  /** Relative, '/'-separated, safe. */
  path: string;
  /** The name's bytes as they stand in the zip; absent where they are the path in ASCII. */
  rawName?: Uint8Array;
  bytes: number;
  packedBytes: number;
  crc32: number;
  method: ZipMethod;
  /** Offset of the local header in the zip. */
  offset: number;
  /** Date and time in the format of MS-DOS, date in the upper 16 bits. */
  dosTime: number;
}

/** An entry that is not read; `name` as it was decoded, '' where there is none. */
export interface RefusedEntry {
  /** Position in the central directory. */
  index: number;
  name: string;
  reason: ZipRefusal;
}

/** How the names that carry no mark of their code page were read. */
export interface UnmarkedNames {
  /** Raw names, at most a hundred, for a preview. */
  examples: readonly Uint8Array[];
  count: number;
  /** The code page they were read with. */
  codePage: CodePage;
  /** False while cp437 is only a guess that gives odd characters. */
  plausible: boolean;
}

export interface ZipListing {
  entries: ZipEntries;
  refused: RefusedEntry[];
  /** Sentences about the whole: what is odd, and how it was read. */
  notes: string[];
  /** Null when every name is ASCII, UTF-8 or marked. */
  unmarked: UnmarkedNames | null;
}

/** Makes the error for a zip that cannot be read. */
export type Damaged = (what: string, cause?: unknown) => VitrineError;
