// Draws the sample dataset and packs it: `node .scripts/sample/make.mjs` writes public/sample.zip.
import { writeFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { writeDeep } from './deep.mjs';
import { drawPicture } from './picture.mjs';
import { planSample } from './plan.mjs';
import { writeZip } from './zip.mjs';

const out = process.argv[2] ?? new URL('../../public/sample.zip', import.meta.url);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  await page.addScriptTag({ content: `window.encode = ${encode}; window.drawDeep = ${drawDeep}` });
  const files = [];
  for (const picture of planSample()) {
    const drawn = drawPicture(picture.truth, picture.seed);
    const extension = picture.path.split('.').at(-1);
    if (extension === 'dcm' || extension === 'tif') {
      const deep = await page.evaluate((options) => window.drawDeep(options), drawn);
      const samples = new Uint16Array(Uint8Array.from(Buffer.from(deep, 'base64')).buffer);
      files.push({ path: picture.path, data: writeDeep(picture.path, { ...drawn, samples, seed: picture.seed }) });
      continue;
    }
    const base64 = await page.evaluate((options) => window.encode(options), {
      ...drawn,
      extension,
      seed: picture.seed,
      copy: picture.copyOf !== undefined,
    });
    files.push({ path: picture.path, data: Buffer.from(base64, 'base64') });
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const zip = writeZip(files);
  writeFileSync(out, zip);
  console.log(`${files.length} pictures, ${zip.length.toLocaleString('en')} bytes`);
} finally {
  await browser.close();
}

/** Runs in the page: rasterises the SVG, adds a little grain, encodes. PNG is drawn smaller, because grain does not compress there. */
async function encode({ svg, width, height, extension, seed, copy }) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const inset = copy ? 4 : 0; // a near duplicate is cropped by 4 px and brighter
  const scale = extension === 'png' ? 120 / Math.max(width, height) : 1;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round((width - 2 * inset) * scale);
  canvas.height = Math.round((height - 2 * inset) * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.imageSmoothingQuality = 'high';
  if (copy) context.filter = 'brightness(1.06)';
  context.drawImage(image, inset, inset, width - 2 * inset, height - 2 * inset, 0, 0, canvas.width, canvas.height);
  if (extension !== 'png') {
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    let state = seed >>> 0;
    for (let i = 0; i < pixels.data.length; i += 4) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const grain = ((state >>> 24) - 127.5) / 64; // ±2 of 255
      for (let k = 0; k < 3; k++) pixels.data[i + k] += grain;
    }
    context.putImageData(pixels, 0, 0);
  }
  const type = { jpg: 'image/jpeg', webp: 'image/webp', png: 'image/png' }[extension];
  const quality = copy ? 0.6 : 0.75;
  return canvas.toDataURL(type, quality).split(',')[1];
}

/** Runs in the page: 16-bit RGB samples, little endian, each the mean of the 16 pixels of a drawing four times as large. */
async function drawDeep({ svg, width, height }) {
  const image = new Image();
  const scale = 4;
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const sums = new Float64Array(width * height * 3);
  for (let i = 0; i < data.length; i += 4) {
    const x = Math.floor(((i / 4) % canvas.width) / scale);
    const y = Math.floor(i / 4 / canvas.width / scale);
    for (let c = 0; c < 3; c++) sums[(y * width + x) * 3 + c] += data[i + c];
  }
  const samples = Uint16Array.from(sums, (sum) => Math.round((sum * 65_535) / (255 * scale * scale)));
  let text = '';
  for (const byte of new Uint8Array(samples.buffer)) text += String.fromCharCode(byte);
  return btoa(text);
}
