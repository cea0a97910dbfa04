// Finds the picture that a metadata record names, and says why where there is none.
import { joinPath } from '../../shared/paths.ts';
import type { PictureIndex } from '../types.ts';

/** A picture of the index, perhaps with what is to be said of the match; or why there is none. */
export type Resolved =
  | { path: string; note?: { reason: string; text: string } }
  | { path: null; reason: string; text: string };

/**
 * Resolves `name` against the folder of the metadata file ('' is the opened folder). `alias`: the path is opsml 2's, relative to a
 * working directory that nobody knows, so the end of the path decides.
 */
export function resolvePicture(pictures: PictureIndex, folder: string, name: string, alias: boolean): Resolved {
  const direct = folder === '' ? name : `${folder}/${name}`;
  if (name !== '' && pictures.has(direct)) return { path: direct };
  if (name === '') return nowhere('no-file-name', 'The path of the picture is empty.');
  const slashed = name.replaceAll('\\', '/');
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(slashed))
    return nowhere('url', 'The picture is named by an address; write a path relative to the metadata file.');
  if (alias) return bySuffix(pictures, folder, slashed);
  if (slashed.startsWith('/') || /^[A-Za-z]:\//.test(slashed))
    return nowhere('absolute-path', 'The path is absolute; write it relative to the metadata file.');
  const path = normalize(joinPath(folder, slashed));
  if (path === null)
    return nowhere(
      'outside-folder',
      'The path leaves the opened folder; open a folder that holds metadata and pictures.',
    );
  if (pictures.has(path)) return { path };
  return byComposedName(pictures, path);
}

/** Without '.' and '..' parts; null where they lead out of the opened folder. */
export function normalize(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

function bySuffix(pictures: PictureIndex, folder: string, name: string): Resolved {
  const plain = normalize(name.replace(/^([A-Za-z]:)?\/+/, '')) ?? name.split('../').at(-1) ?? name;
  if (pictures.has(plain)) return { path: plain };
  const inFolder = joinPath(folder, plain);
  if (pictures.has(inFolder)) return { path: inFolder };
  const found = pictures.longestSuffix(joinPath(folder, plain.split('/').at(-1) ?? plain));
  const byEnd = pictures.longestSuffix(plain);
  const [only, ...more] = byEnd;
  if (only === undefined) return missing(name);
  if (more.length === 0) return { path: only };
  const [near] = found;
  if (near !== undefined && found.length === 1 && byEnd.includes(near)) return { path: near };
  return nowhere('ambiguous-path', `${byEnd.length} pictures end like ${name}; write more of the path.`);
}

/** macOS writes accents as separate characters: the same name in the other form counts when it is the only one. */
function byComposedName(pictures: PictureIndex, path: string): Resolved {
  const composed = path.normalize('NFC');
  const same = pictures
    .longestSuffix(path, { folded: true })
    .filter((candidate) => candidate.normalize('NFC') === composed);
  const [only] = same;
  if (only === undefined || same.length > 1) return missing(path);
  return {
    path: only,
    note: {
      reason: 'other-unicode-form',
      text: 'The name is spelled in another Unicode form than the file; Hugging Face will not find the file on Linux.',
    },
  };
}

const missing = (path: string): Resolved =>
  nowhere('missing-file', `There is no picture ${path} in the opened folder; correct the path or add the file.`);

const nowhere = (reason: string, text: string): Resolved => ({ path: null, reason, text });
