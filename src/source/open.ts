// Turns what the page handed over into a source that can be walked and read.
import { VitrineError } from '../shared/errors.ts';
import { openDirectory } from './directory.ts';
import { openFiles } from './files.ts';
import type { LeftOutReason, Source, SourceRef } from './types.ts';
import { openZip } from './zip/source.ts';

/** Opens a source; nothing is read before `walk` or `file` is called. Works in pages and workers. */
export function openSource(ref: SourceRef): Source {
  switch (ref.kind) {
    case 'directory':
      return openDirectory(ref.handle);
    case 'files':
      return openFiles(ref.name, ref.files);
    case 'zip':
      return openZip(ref);
  }
}

/**
 * True for a folder in the browser's own storage (the sample): it can be written, but nobody would find the file there.
 */
export async function isInBrowser(ref: SourceRef): Promise<boolean> {
  if (ref.kind !== 'directory') return false;
  return (await (await navigator.storage.getDirectory()).resolve(ref.handle)) !== null;
}

/**
 * The error for a walk that found no picture, with what was found instead. Symbolic links are never listed by the browser,
 * so a folder made of links looks empty: the sentence says so.
 */
export function noPictures(name: string, leftOut: Partial<Record<LeftOutReason, number>>): VitrineError {
  if (leftOut['zip-encrypted'])
    return new VitrineError(
      'no-data',
      `The pictures in “${name}” are encrypted. Unpack it with its password and open the folder.`,
      { file: name },
    );
  if (leftOut['zip-method'])
    return new VitrineError(
      'no-data',
      `The pictures in “${name}” are packed by a method that is not read. Unpack it and open the folder.`,
      { file: name },
    );
  const others = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  const found =
    others === 0
      ? 'it is empty, or holds only links, which browsers do not follow'
      : others === 1
        ? 'the one other item in it is none'
        : `the ${others.toLocaleString('en')} other items in it are none`;
  return new VitrineError('no-data', `There is no picture in “${name}”: ${found}. Open another folder.`, {
    file: name,
  });
}
