// A large folder of real pictures at no cost of space: each of its folders holds one and hard links to it.
import { linkSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplePictures } from '../support/sample.ts';

/** Path of a new folder with `folders` × `filesEach` pictures: `class-000/0000.jpg` and so on. */
export async function makeFolder(folders: number, filesEach: number): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'vitrine-walk-'));
  const pictures = [...(await samplePictures()).values()];
  for (let f = 0; f < folders; f++) {
    const folder = join(root, folderName(f));
    mkdirSync(folder);
    const first = join(folder, '0000.jpg');
    writeFileSync(first, pictures[f % pictures.length] ?? '');
    for (let i = 1; i < filesEach; i++) linkSync(first, join(folder, fileName(i)));
  }
  return root;
}

export const folderName = (f: number): string => `class-${String(f).padStart(3, '0')}`;
export const fileName = (i: number): string => `${String(i).padStart(4, '0')}.jpg`;
