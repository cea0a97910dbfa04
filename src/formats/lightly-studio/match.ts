// Finds the picture that a file name of LightlyStudio means: a path first, a bare name only where it is unique.
import { directoryOf } from '../../shared/paths.ts';
import { joinRelative } from '../lightly-train/resolve.ts';
import type { DatasetFiles, ImportIssue } from '../types.ts';

/** The picture, and whether the name was a path; or why there is none. */
export type Match = { path: string; byPath: boolean } | Pick<ImportIssue, 'reason' | 'text'>;

/** A matcher for the names of one file. */
export function createMatcher({ pictures }: DatasetFiles, file: string): (name: string) => Match {
  const base = directoryOf(file);
  return (name) => {
    const slashed = name.replaceAll('\\', '/');
    for (const folder of base === '' ? [''] : ['', base]) {
      const path = joinRelative(folder, slashed);
      if (path !== null && pictures.has(path)) return { path, byPath: slashed.includes('/') };
    }
    const fits = /^(\/|[A-Za-z]:\/)/.test(slashed) ? pictures.longestSuffix(slashed) : pictures.endingWith(slashed);
    const [only] = fits;
    if (only === undefined) return { reason: 'missing-file', text: `There is no picture ${name} here.` };
    if (fits.length === 1) return { path: only, byPath: slashed.includes('/') };
    const shown = fits.slice(0, 5).join(', ');
    return {
      reason: 'ambiguous-name',
      text: `${fits.length} pictures are named ${name} (${shown}${fits.length > 5 ? ', …' : ''}). Write the path in the file instead.`,
    };
  };
}
