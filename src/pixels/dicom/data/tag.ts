// Names of the DICOM attributes that are read, in dicom-parser's spelling of a tag (PS3.6).

/** Tags that are read by name, as dicom-parser writes them (PS3.6). */
export const TAG = {
  TransferSyntaxUID: 'x00020010',
  SpecificCharacterSet: 'x00080005',
  DirectoryRecordSequence: 'x00041220',
  Modality: 'x00080060',
  NumberOfFrames: 'x00280008',
  SamplesPerPixel: 'x00280002',
  PhotometricInterpretation: 'x00280004',
  PlanarConfiguration: 'x00280006',
  Rows: 'x00280010',
  Columns: 'x00280011',
  BitsAllocated: 'x00280100',
  BitsStored: 'x00280101',
  HighBit: 'x00280102',
  PixelRepresentation: 'x00280103',
  WindowCenter: 'x00281050',
  WindowWidth: 'x00281051',
  RescaleIntercept: 'x00281052',
  RescaleSlope: 'x00281053',
  VOILUTFunction: 'x00281056',
  ModalityLUTSequence: 'x00283000',
  LUTDescriptor: 'x00283002',
  LUTData: 'x00283006',
  VOILUTSequence: 'x00283010',
  PixelValueTransformationSequence: 'x00289145',
  FrameVOILUTSequence: 'x00289132',
  SharedFunctionalGroupsSequence: 'x52009229',
  PerFrameFunctionalGroupsSequence: 'x52009230',
  ExtendedOffsetTable: 'x7fe00001',
  ExtendedOffsetTableLengths: 'x7fe00002',
  FloatPixelData: 'x7fe00008',
  DoubleFloatPixelData: 'x7fe00009',
  PixelData: 'x7fe00010',
} as const;

/** Descriptor, entries and segmented entries of the three palettes: red, green, blue. */
export const PALETTES = [
  { descriptor: 'x00281101', entries: 'x00281201', segments: 'x00281221' },
  { descriptor: 'x00281102', entries: 'x00281202', segments: 'x00281222' },
  { descriptor: 'x00281103', entries: 'x00281203', segments: 'x00281223' },
] as const;
