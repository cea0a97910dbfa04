// Which files LightlyTrain lists: by extension only, never by content.
import { extensionOf } from '../../shared/paths.ts';

/** What Pillow 12.3 opens, and .dcm. LightlyTrain's page names ten of them; its code takes all that the installed Pillow opens. */
const LISTED: ReadonlySet<string> = new Set(
  (
    'jpg jpeg png ppm bmp pgm tif tiff webp dcm ' +
    'apng avif avifs blp bufr bw cur dcx dds dib emf eps fit fits flc fli ftc ftu gbr gif grib h5 hdf icb icns ico iim im j2c j2k jfif jp2 jpc jpe jpf jpx ' +
    'mpeg mpg msp pbm pcd pcx pfm pnm ps psd pxr qoi ras rgb rgba sgi tga vda vst wmf xbm xpm'
  ).split(' '),
);

/** True when LightlyTrain lists a file of this name; the case of the extension does not matter. */
export function isListed(path: string): boolean {
  return LISTED.has(extensionOf(path));
}
