// Header details of a TIFF file: size and depth of its first page, how many pages there are, and EXIF data.
import { windowsOf } from '../details/bytes.ts';
import { readExif } from '../details/exif.ts';
import { swapsSides } from '../header/exif.ts';
import type { DetailsReader } from '../types.ts';
import { readDirectories, readTags } from './directory.ts';

/** TIFF 6.0, section 8. */
const TAG = { width: 256, height: 257, bits: 258, orientation: 274, samples: 277 } as const;

/** Only directories are read, each where it lies. Errors: `unreadable`. */
export const readDetails: DetailsReader = async (file, head) => {
  const read = windowsOf(file, head);
  const source = { size: file.size, signal: undefined, read };
  const directories = await readDirectories(source);
  const { offsets } = directories;
  const tags = await readTags(source, directories, offsets[0] ?? 0, new Set(Object.values(TAG)));
  const [width, height] = [tags.first(TAG.width) ?? 0, tags.first(TAG.height) ?? 0];
  const swapped = swapsSides(tags.first(TAG.orientation));
  const facts = {
    width: swapped ? height : width,
    height: swapped ? width : height,
    bits: tags.first(TAG.bits) ?? 1,
    channels: tags.first(TAG.samples) ?? 1,
    frames: offsets.length,
  };
  return { facts, details: await readExif(read) };
};
