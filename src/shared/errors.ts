// The one error class that crosses every boundary: a stable code, one sentence for people, and where it happened.

/** What went wrong, as a stable word that code may test and documentation may name. */
export type ErrorCode =
  | 'aborted' // the caller asked to stop; never shown
  | 'not-found' // a file, folder, dataset, class or backbone that is not (or no longer) there
  | 'permission' // the browser does not let us read or write
  | 'unreadable' // a file whose bytes cannot be decoded
  | 'unsupported' // a format or feature that is not read (yet)
  | 'too-large' // over a stated limit, refused before allocation
  | 'bad-input' // arguments, files or settings that do not make sense
  | 'no-data' // nothing to work on: no image, no label, too few classes
  | 'read-only' // this tab, source or session cannot change the dataset
  | 'busy' // another tab or job holds what is needed
  | 'storage-full' // the browser's quota is used up
  | 'storage-damaged' // a stored block fails its checksum
  | 'newer-version' // written by a newer Vitrine
  | 'device-lost' // the GPU went away
  | 'worker-failed' // a worker died or stopped answering
  | 'network' // a download that was asked for failed
  | 'hash-mismatch' // bytes are not what their card says
  | 'platform' // the browser lacks something that is required
  | 'internal'; // our own mistake

/** Where an error happened, as far as it is known. */
export interface ErrorPlace {
  file?: string;
  line?: number;
  column?: number;
  cause?: unknown;
}

/** An error with a code, a sentence for people and, where they exist, file, line and column. */
export class VitrineError extends Error {
  readonly code: ErrorCode;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;

  constructor(code: ErrorCode, message: string, place: ErrorPlace = {}) {
    super(message, place.cause === undefined ? undefined : { cause: place.cause });
    this.name = 'VitrineError';
    this.code = code;
    if (place.file !== undefined) this.file = place.file;
    if (place.line !== undefined) this.line = place.line;
    if (place.column !== undefined) this.column = place.column;
  }
}

/** The plain form of an error that structured clone can carry between workers. */
export interface ErrorRecord {
  code: ErrorCode;
  message: string;
  file?: string;
  line?: number;
  column?: number;
}

/** Turns anything thrown into a `VitrineError`; DOM exceptions get the code that says the same. */
export function toVitrineError(error: unknown, file?: string): VitrineError {
  if (error instanceof VitrineError) return error;
  const name = error instanceof Error ? error.name : '';
  const message = error instanceof Error ? error.message : String(error);
  const place: ErrorPlace = { cause: error, ...(file === undefined ? {} : { file }) };
  if (name === 'AbortError') return new VitrineError('aborted', 'Stopped.', place);
  if (name === 'NotFoundError')
    return new VitrineError('not-found', `${file ?? 'A file'} is no longer there. Rescan the folder.`, place);
  if (name === 'NotAllowedError' || name === 'SecurityError')
    return new VitrineError(
      'permission',
      `The browser does not allow access to ${file ?? 'the folder'}. Open the folder again to allow it.`,
      place,
    );
  if (name === 'NotReadableError')
    return new VitrineError(
      'unreadable',
      `${file ?? 'A file'} changed or became unreadable while it was read. Rescan the folder.`,
      place,
    );
  if (name === 'QuotaExceededError')
    return new VitrineError(
      'storage-full',
      'The browser has no space left for Vitrine. Free disk space or remove a recent dataset, then try again.',
      place,
    );
  return new VitrineError('internal', message, place);
}

/** The cloneable record of an error. */
export function toRecord(error: unknown): ErrorRecord {
  const e = toVitrineError(error);
  return {
    code: e.code,
    message: e.message,
    ...(e.file === undefined ? {} : { file: e.file }),
    ...(e.line === undefined ? {} : { line: e.line }),
    ...(e.column === undefined ? {} : { column: e.column }),
  };
}

/** Rebuilds the error that `toRecord` took apart. */
export function fromRecord(r: ErrorRecord): VitrineError {
  return new VitrineError(r.code, r.message, r);
}

/** Throws `aborted` when the signal has fired; for loops between blocks of work. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new VitrineError('aborted', 'Stopped.');
}

/** Closes a switch over a union: a new member becomes a type error here. */
export function assertNever(value: never): never {
  throw new VitrineError('internal', `Unexpected value ${JSON.stringify(value)}.`);
}
