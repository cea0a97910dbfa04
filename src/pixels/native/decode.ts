// Decodes the formats that the browser reads, to upright pixels over white.
import { throwIfAborted } from '../../shared/errors.ts';
import { readHeader } from '../header/read.ts';
import type { NativeFormat } from '../header/types.ts';
import { checkPixels } from '../limits.ts';
import { turnUpright } from '../orient.ts';
import { hasRange, isMeasurable } from '../png/deep.ts';
import type { Decoder } from '../types.ts';
import { pixelsOverWhite } from './canvas.ts';
import { factsOf, openPicture } from './open.ts';
import { decodePlanar } from './planar.ts';

/** The decoder of one native format. Of animations it gives the first frame; `view.range` applies to PNG of 16 bits. */
export function nativeDecoder(format: NativeFormat): Decoder {
  const decode = browserDecoder(format);
  return async (file, view, options) => {
    if (hasRange(format, options.head, view)) return (await import('../png/decode.ts')).decodeDeep(file, view, options);
    const pixels = await decode(file, view, options);
    if (options.measure !== true || !isMeasurable(format, options.head)) return pixels;
    const values = await (await import('../png/decode.ts')).measureDeep(file, options);
    return values === undefined ? pixels : { ...pixels, facts: { ...pixels.facts, values } };
  };
}

function browserDecoder(format: NativeFormat): Decoder {
  return async (file, _view, options) => {
    if (format === 'jpeg') {
      const header = await readHeader(file, format, options.head);
      const { width, height } = header;
      checkPixels(width, height, options.maxPixels);
      const planar = await decodePlanar(file, header, options);
      throwIfAborted(options.signal);
      if (planar) return { width, height, ...planar, facts: factsOf(format, header) };
    }
    const { bitmap, turn, facts } = await openPicture(file, format, options);
    try {
      throwIfAborted(options.signal);
      const { width, height } = bitmap; // the browser's own size counts where it differs from the header's
      if (turn === 1) {
        const window = options.windowOf?.(width, height);
        const data = pixelsOverWhite(bitmap, window);
        return { width, height, data, ...(window === undefined ? {} : { window }), facts: { ...facts, width, height } };
      }
      const upright = turnUpright(pixelsOverWhite(bitmap), width, height, turn);
      return { ...upright, facts: { ...facts, width: upright.width, height: upright.height } };
    } finally {
      bitmap.close();
    }
  };
}
