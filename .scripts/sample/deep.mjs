// Writes the sample's DICOM files and its 16-bit TIFF from RGB samples of 16 bits.

/** TIFF for `.tif`; for `.dcm` colours in a validation folder and 12-bit gray with a window elsewhere, as scanners write it. */
export function writeDeep(path, picture) {
  if (path.endsWith('.tif')) return tiff(picture);
  return path.startsWith('validation/') ? dicom(picture, colours(picture)) : dicom(picture, gray(picture));
}

/** One strip, uncompressed, little endian (TIFF 6.0, sections 2 and 6). */
function tiff({ width, height, samples }) {
  const entries = [
    [256, 3, [width]],
    [257, 3, [height]],
    [258, 3, [16, 16, 16]],
    [259, 3, [1]],
    [262, 3, [2]],
    [273, 4, [0]],
    [277, 3, [3]],
    [278, 3, [height]],
    [279, 4, [samples.byteLength]],
  ];
  const directory = 8;
  const bitsAt = directory + 2 + entries.length * 12 + 4;
  const pixelsAt = bitsAt + 6;
  const head = Buffer.alloc(pixelsAt);
  head.write('II*\0', 0, 'latin1');
  head.writeUInt32LE(directory, 4);
  head.writeUInt16LE(entries.length, directory);
  for (const [i, [tag, type, values]] of entries.entries()) {
    const at = directory + 2 + 12 * i;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(values.length, at + 4);
    const value = tag === 258 ? bitsAt : tag === 273 ? pixelsAt : values[0];
    if (type === 3 && values.length === 1) head.writeUInt16LE(value, at + 8);
    else head.writeUInt32LE(value, at + 8);
  }
  for (let i = 0; i < 3; i++) head.writeUInt16LE(16, bitsAt + 2 * i);
  return Buffer.concat([head, bytesOf(samples)]);
}

/** Brightness (BT.601) in 12 of 16 bits, with a window over all of them. */
function gray({ samples }) {
  const values = new Uint16Array(samples.length / 3);
  for (let i = 0; i < values.length; i++)
    values[i] = (0.299 * samples[3 * i] + 0.587 * samples[3 * i + 1] + 0.114 * samples[3 * i + 2]) / 16;
  return {
    description: [
      [0x0028, 0x0002, 'US', 1],
      [0x0028, 0x0004, 'CS', 'MONOCHROME2'],
    ],
    bits: [16, 12],
    window: [
      [0x0028, 0x1050, 'DS', '2048'],
      [0x0028, 0x1051, 'DS', '4096'],
    ],
    pixels: bytesOf(values),
  };
}

/** The high bytes of the colours. */
function colours({ samples }) {
  return {
    description: [
      [0x0028, 0x0002, 'US', 3],
      [0x0028, 0x0004, 'CS', 'RGB'],
      [0x0028, 0x0006, 'US', 0],
    ],
    bits: [8, 8],
    window: [],
    pixels: Buffer.from(Uint8Array.from(samples, (value) => Math.round(value / 257))),
  };
}

const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';
const explicitLittleEndian = '1.2.840.10008.1.2.1';

/** Secondary capture, explicit little endian (PS3.10; PS3.3, A.8.1). It names nobody. */
function dicom({ width, height, seed }, { description, bits: [allocated, stored], window, pixels }) {
  const uid = (last) => `2.25.20261121${seed}${last}`;
  const meta = elements([
    [0x0002, 0x0001, 'OB', Buffer.from([0, 1])],
    [0x0002, 0x0002, 'UI', secondaryCapture],
    [0x0002, 0x0003, 'UI', uid(3)],
    [0x0002, 0x0010, 'UI', explicitLittleEndian],
    [0x0002, 0x0012, 'UI', uid(4)],
  ]);
  const dataSet = elements([
    [0x0008, 0x0005, 'CS', 'ISO_IR 192'],
    [0x0008, 0x0016, 'UI', secondaryCapture],
    [0x0008, 0x0018, 'UI', uid(3)],
    [0x0008, 0x0020, 'DA', ''],
    [0x0008, 0x0030, 'TM', ''],
    [0x0008, 0x0050, 'SH', ''],
    [0x0008, 0x0060, 'CS', 'OT'],
    [0x0008, 0x0064, 'CS', 'SYN'],
    [0x0008, 0x0070, 'LO', 'Vitrine'],
    [0x0008, 0x0090, 'PN', ''],
    [0x0010, 0x0010, 'PN', ''],
    [0x0010, 0x0020, 'LO', ''],
    [0x0010, 0x0030, 'DA', ''],
    [0x0010, 0x0040, 'CS', ''],
    [0x0020, 0x000d, 'UI', uid(1)],
    [0x0020, 0x000e, 'UI', uid(2)],
    [0x0020, 0x0010, 'SH', ''],
    [0x0020, 0x0011, 'IS', '1'],
    [0x0020, 0x0013, 'IS', '1'],
    ...description,
    [0x0028, 0x0010, 'US', height],
    [0x0028, 0x0011, 'US', width],
    [0x0028, 0x0100, 'US', allocated],
    [0x0028, 0x0101, 'US', stored],
    [0x0028, 0x0102, 'US', stored - 1],
    [0x0028, 0x0103, 'US', 0],
    ...window,
    [0x7fe0, 0x0010, allocated === 8 ? 'OB' : 'OW', pixels],
  ]);
  const length = elements([[0x0002, 0x0000, 'UL', meta.length]]);
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), length, meta, dataSet]);
}

/** Explicit little endian elements (PS3.5, 7.1.2); values have an even length. */
function elements(list) {
  return Buffer.concat(
    list.flatMap(([group, element, vr, value]) => {
      const bytes = valueBytes(vr, value);
      const long = vr === 'OB' || vr === 'OW';
      const head = Buffer.alloc(long ? 12 : 8);
      head.writeUInt16LE(group, 0);
      head.writeUInt16LE(element, 2);
      head.write(vr, 4, 'latin1');
      if (long) head.writeUInt32LE(bytes.length, 8);
      else head.writeUInt16LE(bytes.length, 6);
      return [head, bytes];
    }),
  );
}

function valueBytes(vr, value) {
  if (typeof value === 'string')
    return Buffer.from(value.length % 2 === 0 ? value : value + (vr === 'UI' ? '\0' : ' '));
  if (typeof value !== 'number') return value.length % 2 === 0 ? value : Buffer.concat([value, Buffer.alloc(1)]);
  const bytes = Buffer.alloc(vr === 'UL' ? 4 : 2);
  if (vr === 'UL') bytes.writeUInt32LE(value);
  else bytes.writeUInt16LE(value);
  return bytes;
}

/** Little endian, as every machine that runs this. */
const bytesOf = (samples) => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
