// Files of tier B and E that are shown otherwise than their index expects, each with the line of justification that the corpora ask for.

/** By corpus and name. `npm run corpus` lists those that it meets. */
export const justified: Readonly<Record<string, string>> = {
  'tiff/twelve-flower-rgb-contig-08.tif':
    'PhotometricInterpretation is missing: three samples are RGB, as in libtiff; the index shows the first as gray.',
  'tiff/twelve-flower-separated-planar-08.tif':
    'PhotometricInterpretation is missing: four samples are RGB and one more; the index shows the first as gray.',
  'tiff/imagers-ycbcr_lzw_broken.tif':
    'Its YCbCrCoefficients are 1/0, no numbers: those of BT.601 are used; libtiff and Pillow refuse the file.',
  'tiff/pillow-crash-74d2a78403a5a59db1fb0a2b8735ac068a75f6e3.tif':
    'Damaged group 4 data: the picture ends at the damage, libtiff goes on with what follows; Pillow refuses the file.',
  'tiff/pillow-tiff_overflow_rows_per_strip.tif':
    'Strips contradict RowsPerStrip and are shown where they belong; libtiff shows black, tifffile and Pillow refuse the file.',
  'dcm/pydata-HTJ2K_08_RGB.dcm':
    'Lossy HTJ2K: every sample is within 6 levels of its lossless twin HTJ2KLossless_08_RGB; the red of the index is 0.55 below it in the mean.',
};

/** The line for a file; undefined where it has none. */
export const justificationOf = (corpus: string, file: string): string | undefined =>
  justified[`${corpus}/${file.replace(/^files\//, '')}`];
