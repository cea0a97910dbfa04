// Judges which files are pictures, by what LightlyStudio lists of a folder; hidden files are told instead of shown.
import { readFileDetails } from '../../../src/pixels/details/read.ts';
import { nameOf } from '../../../src/shared/paths.ts';
import { judgeFile, judgeFolder } from '../../../src/source/names.ts';
import { type ConformanceCase, failed, notApplicable, type Outcome, passed } from '../types.ts';

interface Listed {
  file_name: string;
  path: string;
  width: number;
  height: number;
  tags?: string[];
}

/** Listed by Vitrine and not by LightlyStudio 1.0. */
const MORE = /\.(ppm|pgm|pbm|pnm|pam|dcm|dicom|jfif|jpe|dib|apng|avif)$/i;

export async function judgeListing(
  c: ConformanceCase,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<Outcome> {
  const steps = c.input.options.steps as [kind: string, path: string, options?: { tag_depth?: number }][];
  const plain = steps.every(
    ([, path, options = {}]) => path === '' && Object.keys(options).every((key) => key === 'tag_depth'),
  );
  if (!plain) return notApplicable('an argument of their loader: a person opens a folder in the browser’s own dialog');
  const wanted = new Map((c.expect.samples as Listed[]).map((sample) => [sample.path, sample]));
  const depth = Math.max(0, ...steps.map(([, , options]) => options?.tag_depth ?? 0));
  for (const [path, bytes] of files) {
    const folders = path.split('/').slice(0, -1);
    const reason = folders.map(judgeFolder).find((one) => one !== null) ?? judgeFile(nameOf(path));
    const sample = wanted.get(path);
    if (reason !== null) {
      // What is not shown has a reason that is counted; only what systems hide may differ.
      if (sample && reason !== 'hidden' && reason !== 'system') return failed(`${path} is left out as ${reason}`);
      continue;
    }
    const size = await sizeOf(bytes);
    if (!sample) {
      if (size === null || MORE.test(path)) continue; // shown as unreadable with its reason; they pass over it
      return failed(`${path} is shown, and LightlyStudio does not list it`);
    }
    if (size === null) return failed(`the header of ${path} cannot be read`);
    if (size.width !== sample.width || size.height !== sample.height)
      return failed(`${path} is ${size.width} × ${size.height}`);
    if (sample.file_name !== nameOf(path)) return failed(`${path} is named ${nameOf(path)}`);
    const tags = JSON.stringify(folders.slice(0, depth).toSorted());
    if (depth > 0 && tags !== JSON.stringify((sample.tags ?? []).toSorted())) return failed(`${path} lies in ${tags}`);
  }
  const unknown = [...wanted.keys()].find((path) => !files.has(path));
  return unknown === undefined ? passed : failed(`${unknown} is not among the files`);
}

async function sizeOf(bytes: Uint8Array<ArrayBuffer>): Promise<{ width: number; height: number } | null> {
  const { width, height } = await readFileDetails(new Blob([bytes]));
  return width === undefined || height === undefined ? null : { width, height };
}
