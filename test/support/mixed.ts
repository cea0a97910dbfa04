// A folder with a picture of every format that Vitrine promises, deep ones among them, and a study of slices with everything that tells who it is of.
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bits, dicomFile, type Elements, image } from './dicom.ts';
import { basicTags, packBits, tiffFile } from './tiff.ts';

const [width, height] = [96, 64];
/** A ramp from left to right with a lighter disc in the middle, 0 to 1. */
function scene(x: number, y: number): number {
  const disc = Math.hypot(x - width / 2, y - height / 2) < height / 4;
  return 0.8 * (x / (width - 1)) * (disc ? 0.4 : 1) + (disc ? 0.4 : 0);
}
const samples = (map: (value: number) => number): number[] =>
  Array.from({ length: width * height }, (_, i) => map(scene(i % width, Math.floor(i / width))));

/** 24-bit BMP, rows from the bottom. */
function bmp(): Uint8Array {
  const head = new DataView(new ArrayBuffer(54));
  head.setUint16(0, 0x424d);
  head.setUint32(2, 54 + width * height * 3, true);
  head.setUint32(10, 54, true);
  head.setUint32(14, 40, true);
  head.setInt32(18, width, true);
  head.setInt32(22, height, true);
  head.setUint16(26, 1, true);
  head.setUint16(28, 24, true);
  return Buffer.concat([
    new Uint8Array(head.buffer),
    Uint8Array.from(samples((v) => Math.round(255 * v)).flatMap((v) => [v, 255 - v, 90])),
  ]);
}

const pnm = (kind: 'P5' | 'P6', maxval: number, bytes: number[]): Uint8Array =>
  Buffer.concat([Buffer.from(`${kind} ${width} ${height} ${maxval}\n`), Uint8Array.from(bytes)]);
/** The more significant byte first. */
const pairs = (values: number[]): number[] => values.flatMap((v) => [v >> 8, v & 255]);

/** 12 bits in 16, as microscopes and detectors write them: nearly black in the declared range. */
const tiff = (): Uint8Array =>
  tiffFile(
    [
      {
        tags: basicTags(width, height, { 258: [16] }),
        segments: [
          packBits(
            samples((v) => Math.round(4095 * v)),
            16,
            width,
          ),
        ],
      },
    ],
    {
      bigEndian: true,
    },
  );

/** A CT slice from -1000 to 1000 HU of one patient, with `frames` frames that grow brighter. */
async function slice(series: string, instance: number, frames = 1): Promise<Uint8Array> {
  const frame = (k: number) => samples((v) => Math.round((2000 * v * (k + 1)) / frames));
  const values = Array.from({ length: frames }, (_, k) => frame(k)).flat();
  const elements: Elements = {
    ...image(height, width, bits(16)),
    '00080020': ['DA', '20240229'],
    '00080050': ['SH', 'ACC-77'],
    '00080060': ['CS', 'CT'],
    '00080090': ['PN', 'Refer^Rita'],
    '00081030': ['LO', 'Chest'],
    '00100010': ['PN', 'Doe^Jane'],
    '00100020': ['LO', '4711'],
    '00100030': ['DA', '19700101'],
    '00180015': ['CS', 'CHEST'],
    '0020000d': ['UI', '1.2.840.99.100001'],
    '0020000e': ['UI', `1.2.840.99.100001.${series}`],
    '00200011': ['IS', series],
    '00200013': ['IS', String(instance)],
    '00280008': ['IS', String(frames)],
    '00281050': ['DS', '40'],
    '00281051': ['DS', '400'],
    '00281052': ['DS', '-1000'],
    '00281053': ['DS', '1'],
    '7fe00010': ['OW', values],
  };
  return new Uint8Array(await dicomFile('1.2.840.10008.1.2.1', elements).arrayBuffer());
}

/**
 * Writes the files into `root/pictures`: all ten formats by extension, a PNG that is called .jpg, two deep TIFF and one deep PGM, and five
 * CT slices in two series, the last with seven frames. `browser` is a folder that has a jpg, a png and a webp. Returns how many files there are.
 */
export async function writeMixed(root: string, browser: string): Promise<number> {
  const folder = join(root, 'pictures');
  mkdirSync(folder, { recursive: true });
  const write = (name: string, bytes: Uint8Array): void => writeFileSync(join(folder, name), bytes);
  const found = readdirSync(browser, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const copy = (extension: string, name: string): void => {
    const entry = found.find((one) => one.name.endsWith(`.${extension}`));
    if (!entry) throw new Error(`there is no ${extension} to copy`);
    copyFileSync(join(entry.parentPath, entry.name), join(folder, name));
  };
  copy('jpg', 'a.jpg');
  copy('jpg', 'b.JPEG');
  copy('png', 'c.png');
  copy('png', 'really-a-png.jpg');
  copy('webp', 'd.webp');
  write('e.bmp', bmp());
  write(
    'f.ppm',
    pnm(
      'P6',
      255,
      samples((v) => Math.round(255 * v)).flatMap((v) => [v, 128, 255 - v]),
    ),
  );
  write('g.pgm', pnm('P5', 65_535, pairs(samples((v) => Math.round(3000 * v)))));
  write('h.tif', tiff());
  write('i.tiff', tiff());
  for (const instance of [1, 2]) write(`s1-${instance}.dcm`, await slice('1', instance));
  for (const instance of [1, 2]) write(`s2-${instance}.dcm`, await slice('2', instance));
  write('s2-frames.dcm', await slice('2', 3, 7));
  return 15;
}
