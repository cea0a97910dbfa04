// Which decoder reads the pixels of which format. Apart from the table of formats: who reads headers only must not bundle decoders.
import type { NativeFormat } from './header/types.ts';
import { nativeDecoder } from './native/decode.ts';
import type { Decoder, ImageFormat } from './types.ts';

/** Loads a decoder; each that is not the browser's is a chunk of its own. */
export type DecoderLoader = () => Promise<{ decode: Decoder }>;

/** Formats that the browser decodes share one decoder, which is small and always needed. */
const native = (format: NativeFormat): DecoderLoader => {
  const decoder = { decode: nativeDecoder(format) };
  return () => Promise.resolve(decoder);
};

/** By format; those that are recognised but not read are absent. */
export const DECODERS: { readonly [format in ImageFormat]?: DecoderLoader } = {
  jpeg: native('jpeg'),
  png: native('png'),
  webp: native('webp'),
  bmp: native('bmp'),
  gif: native('gif'),
  avif: native('avif'),
  'jpeg-xl': native('jpeg-xl'),
  dicom: () => import('./dicom/decode.ts'),
  pnm: () => import('./pnm/decode.ts'),
  tiff: () => import('./tiff/decode.ts'),
};

/** JPEG that browsers do not decode. */
export const deepJpeg: DecoderLoader = () => import('./jpeg/decode.ts');
