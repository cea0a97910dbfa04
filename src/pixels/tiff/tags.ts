// The tags of a directory that say what its picture is (TIFF 6.0, sections 8 to 23; TIFF technical notes; private ones of libtiff and GDAL).

/** Tag numbers by what they tell. */
export const tag = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripLengths: 279,
  planar: 284,
  faxOptions: 292,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileLengths: 325,
  inkSet: 332,
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  jpegAt: 513,
  jpegLength: 514,
  jpegRestart: 515,
  jpegQuantization: 519,
  jpegDc: 520,
  jpegAc: 521,
  coefficients: 529,
  subsampling: 530,
  referenceBlackWhite: 532,
  imageDepth: 32997,
  lercParameters: 50674,
} as const;

/** The tags that are read of a directory; there may be many others. */
export const pageTags: ReadonlySet<number> = new Set(Object.values(tag));
