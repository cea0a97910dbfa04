// What a dataset's files come from: an opened directory handle, a list of files or a zip, behind one small interface.
import type { CodePage } from '../shared/code-page.ts';
import type { ZipRefusal } from './zip/types.ts';

/** What the page hands to the workers. Handles and Files are cloned, never stored except the root handle. */
export type SourceRef =
  | { kind: 'directory'; handle: FileSystemDirectoryHandle }
  /** From `<input webkitdirectory>` or dropped files: no handles, so read-only. Paths are relative to the chosen folder. */
  | { kind: 'files'; name: string; files: { path: string; file: File }[] }
  /** A zip, read-only; with a handle it can be opened again. `codePage`: what a person chose for names that do not say theirs. */
  | { kind: 'zip'; name: string; zip: Blob | FileSystemFileHandle; codePage?: CodePage };

/** Why a file or folder that was found is not a row of the dataset. */
export type LeftOutReason =
  | 'hidden' // the name starts with '.'
  | 'system' // Thumbs.db, desktop.ini, __MACOSX and the like
  | 'swap' // *.crswap: what a browser that died while saving left behind
  | 'not-an-image' // no extension of a picture
  | 'metadata' // a file Vitrine or another tool keeps beside the pictures (csv, jsonl, yaml, parquet)
  | 'refused-name' // a name the browser enumerates but does not let us open
  | 'name-not-utf8' // enumerated with an empty name
  | 'unreadable-folder' // a folder that could not be listed
  | ZipRefusal; // an entry of a zip that is hostile, or packed in a way that is not read

/** One file or folder that is not shown, with its reason. */
export interface LeftOut {
  path: string;
  reason: LeftOutReason;
}

/** One step of a walk: names found in one directory. Names, no files: nothing is opened. */
export interface WalkBatch {
  /** Directory relative to the root; '' is the root itself. */
  directory: string;
  /** Names of pictures, in the disk's order. */
  names: string[];
  /** Subfolders found in this batch (full paths); the walk will list each of them later. */
  folders: string[];
  leftOut: LeftOut[];
  /** True with the last batch of this directory: its listing is complete. */
  complete: boolean;
}

/** An opened source. Everything here works in a worker. */
export interface Source {
  readonly kind: SourceRef['kind'];
  readonly name: string;
  readonly writable: boolean;
  /** The file at a path. Errors: `not-found`, `permission`, `unreadable`. */
  file(path: string): Promise<File>;
  /** Size and time of a file where they are known without opening it; absent where `file` costs as little. Errors as those of `file`. */
  facts?(path: string): Promise<{ size: number; lastModified: number }>;
  /** What is odd about a zip, and how its names were read; absent for other kinds. Errors: those of opening the zip. */
  zip?(): Promise<ZipReport>;
  /**
   * Lists all names, one directory at a time, parents before children; a batch at the latest every 8,192 names or second.
   * `from` are the directories that an interrupted walk had still to list: keep the set {''}, add each batch's `folders`,
   * and remove its `directory` when it is `complete`; what is left is `from`. Absent: the whole source.
   * Errors: `not-found` (the folder was moved), `permission`, `aborted`.
   */
  walk(options?: { from?: readonly string[]; signal?: AbortSignal }): AsyncGenerator<WalkBatch>;
}

/** What a person should know of an opened zip. */
export interface ZipReport {
  /** Sentences about the whole. */
  notes: readonly string[];
  /** Names that do not say their code page, as each would read them; the fitting ones first. Null when there are none. */
  unmarked: {
    count: number;
    codePage: CodePage;
    /** False while the code page is a guess that gives odd characters: then a person should choose. */
    plausible: boolean;
    previews: readonly { codePage: CodePage; title: string; names: readonly string[] }[];
  } | null;
}
