// Which extensions belong to which format: a file may bear any name, but one of another format's is worth telling.
import type { ImageFormat } from './types.ts';

const EXTENSIONS: Readonly<Partial<Record<ImageFormat, readonly string[]>>> = {
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'],
  png: ['png', 'apng'],
  webp: ['webp'],
  bmp: ['bmp', 'dib'],
  gif: ['gif'],
  avif: ['avif', 'avifs'],
  pnm: ['pbm', 'pgm', 'ppm', 'pnm', 'pam'],
  tiff: ['tif', 'tiff'],
  dicom: ['dcm', 'dicom'],
  'jpeg-xl': ['jxl'],
  'jpeg-2000': ['jp2', 'j2k', 'jpx', 'jpf'],
  heic: ['heic', 'heif', 'hif'],
  svg: ['svg'],
  ico: ['ico', 'cur'],
};
const ALL = new Set(Object.values(EXTENSIONS).flat());

/** True when a file of this format bears an extension of another one, in any case. No extension, or one of no picture, is not wrong: DICOM files often have such. */
export function hasWrongExtension(format: ImageFormat, extension: string): boolean {
  const name = extension.toLowerCase();
  const own = EXTENSIONS[format];
  return own !== undefined && ALL.has(name) && !own.includes(name);
}
