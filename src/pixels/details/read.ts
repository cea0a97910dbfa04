// The one function that tells what a file is from its header alone.
import type { Field } from '../../catalog/types.ts';
import { toVitrineError } from '../../shared/errors.ts';
import { extensionOf } from '../../shared/paths.ts';
import { hasWrongExtension } from '../extensions.ts';
import { entryOf } from '../formats.ts';
import type { Detail, ImageFormat } from '../types.ts';

/** What is known of a file without its pixels. */
export interface FileDetails {
  /** The true format. */
  format: ImageFormat;
  /** Size of the upright picture; absent when the header is damaged or of a format that is not read. */
  width?: number;
  height?: number;
  details: Detail[];
}

/** Tells every format apart, and holds most headers without a large EXIF block. */
const HEAD_BYTES = 4_096;

const whole = (name: string, title: string): Field => ({
  name,
  title,
  type: 'integer',
  origin: 'file',
  facet: 'histogram',
});
const BITS = whole('bits', 'Bits a sample');
const CHANNELS = whole('channels', 'Channels');
const FRAMES = whole('frames', 'Frames');
const WRONG_EXTENSION: Field = {
  name: 'wrong_extension',
  title: 'Wrong extension',
  type: 'boolean',
  origin: 'file',
  facet: 'switch',
};

/**
 * Format, size and fields of a file, with as few bytes as they need. A header that cannot be read gives the format alone: whether the
 * picture can be shown is for decoding to find out. Frames are told where there are several. Errors: those of reading the file
 * (`not-found`, `permission`).
 */
export async function readFileDetails(file: Blob & { readonly name?: string }): Promise<FileDetails> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const { format, details: load } = entryOf(head);
  // only files with a name of another format have the field: a dataset without any does not show it
  const wrong = hasWrongExtension(format, extensionOf(file.name ?? ''))
    ? [{ field: WRONG_EXTENSION, value: true }]
    : [];
  if (load === undefined) return { format, details: wrong };
  const { readDetails } = await load();
  try {
    const { facts, details } = await readDetails(file, head);
    const { width, height, bits, channels, frames = 1 } = facts;
    return {
      format,
      ...(width > 0 && height > 0 ? { width, height } : {}),
      details: [
        ...(bits === undefined ? [] : [{ field: BITS, value: bits }]),
        ...(channels === undefined ? [] : [{ field: CHANNELS, value: channels }]),
        ...(frames > 1 ? [{ field: FRAMES, value: frames }] : []),
        ...wrong,
        ...details,
      ],
    };
  } catch (error) {
    const { code } = toVitrineError(error);
    if (code === 'permission' || code === 'not-found') throw error;
    return { format, details: wrong };
  }
}
