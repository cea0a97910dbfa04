// One picture of the sample as SVG: the scene a thing belongs to, light from somewhere, and the thing in front of it.
import { objectColors, sceneColors } from './colors.mjs';
import { objects } from './objects.mjs';
import { createRandom } from './random.mjs';
import { scenes } from './scenes.mjs';

const f = (n) => n.toFixed(1);
const sizes = [
  [128, 128],
  [128, 128],
  [112, 112],
  [136, 112],
  [112, 136],
  [152, 120],
  [120, 152],
];

/** `{ svg, width, height }` of one picture. `seed` decides everything but the class. */
export function drawPicture(className, seed) {
  const random = createRandom(seed);
  const [width, height] = random.pick(sizes);
  const colors = sceneColors(random);
  const scene = scenes[className](random, colors, width, height);
  const object = objects[className](random, objectColors(random, colors.lightness));
  const scale = (Math.min(width, height) / 100) * random.between(0.84, 0.98);
  const x = width / 2 + random.between(-0.04, 0.04) * width;
  const y = height / 2 + random.between(-0.02, 0.05) * height;
  const mirror = random.chance(0.25) ? -1 : 1;
  const tilt = random.between(-5, 5);
  const shine = random.between(0.1, 0.3);
  const shade = random.between(0.1, 0.3);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs>
<linearGradient id="sky" x1="0" y1="0" x2="${f(random.between(-0.3, 0.3))}" y2="1"><stop offset="0" stop-color="${colors.sky}"/><stop offset="1" stop-color="${colors.skyLow}"/></linearGradient>
<radialGradient id="light" cx="${f(random.next())}" cy="${f(random.between(0, 0.5))}" r="1.1"><stop offset="0" stop-color="#fff" stop-opacity="${f(shine)}"/><stop offset=".55" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#102" stop-opacity="${f(shade)}"/></radialGradient>
<filter id="shadow" x="-30%" y="-30%" width="160%" height="160%"><feDropShadow dx="${f(random.between(-2, 2))}" dy="2" stdDeviation="2.2" flood-color="#102" flood-opacity=".35"/></filter>
</defs>
<rect width="${width}" height="${height}" fill="url(#sky)"/>
${scene}
<g filter="url(#shadow)" transform="translate(${f(x)} ${f(y)}) rotate(${f(tilt)}) scale(${(scale * mirror).toFixed(3)} ${scale.toFixed(3)})">${object}</g>
<rect width="${width}" height="${height}" fill="url(#light)"/>
</svg>`;
  return { svg, width, height };
}
