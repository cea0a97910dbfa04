// One picture of the sample as SVG: a random scene, light from somewhere, and the object in front of it.
import { objectColors, sceneColors } from './colors.mjs';
import { objects } from './objects.mjs';
import { createRandom } from './random.mjs';

const f = (n) => n.toFixed(1);
const sizes = [
  [128, 128],
  [128, 128],
  [144, 108],
  [108, 144],
  [160, 120],
  [120, 160],
  [112, 112],
];

/** `{ svg, width, height }` of one picture. `seed` decides everything but the class. */
export function drawPicture(className, seed) {
  const random = createRandom(seed);
  const [width, height] = random.pick(sizes);
  const scene = sceneColors(random);
  const colors = objectColors(random, scene.lightness);
  const size = Math.min(width, height) * random.between(0.0076, 0.0092);
  const x = width / 2 + random.between(-0.06, 0.06) * width;
  const y = height / 2 + random.between(-0.04, 0.07) * height;
  const mirror = random.chance(0.5) ? -1 : 1;
  const tilt = random.between(-11, 11);
  const object = objects[className](random, colors);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs>
<linearGradient id="sky" x1="0" y1="0" x2="${f(random.between(-0.3, 0.3))}" y2="1"><stop offset="0" stop-color="${scene.sky}"/><stop offset="1" stop-color="${scene.skyLow}"/></linearGradient>
<radialGradient id="light" cx="${f(random.next())}" cy="${f(random.between(0, 0.5))}" r="1.1"><stop offset="0" stop-color="#fff" stop-opacity="${f(random.between(0.1, 0.35))}"/><stop offset=".55" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#102" stop-opacity="${f(random.between(0.1, 0.35))}"/></radialGradient>
<filter id="shadow" x="-30%" y="-30%" width="160%" height="160%"><feDropShadow dx="${f(random.between(-2, 2))}" dy="2" stdDeviation="2.2" flood-color="#102" flood-opacity=".35"/></filter>
</defs>
<rect width="${width}" height="${height}" fill="url(#sky)"/>
${drawScene(random, scene, width, height)}
<g filter="url(#shadow)" transform="translate(${f(x)} ${f(y)}) rotate(${f(tilt)}) scale(${(size * mirror).toFixed(3)} ${size.toFixed(3)})">${object}</g>
<rect width="${width}" height="${height}" fill="url(#light)"/>
</svg>`;
  return { svg, width, height };
}

function drawScene(random, scene, width, height) {
  const draw = random.pick([hills, sea, dots, stripes, mountains, rays]);
  return draw(random, scene, width, height) + (random.chance(0.4) ? clouds(random, width, height) : '');
}

function hills(random, scene, width, height) {
  return (
    scene.ground
      .map((color, n) => {
        const y = height * (0.52 + n * 0.15) + random.between(-6, 6);
        const bend = random.between(8, 20) * random.pick([-1, 1]);
        return `<path d="M0 ${f(y)}Q${f(width * 0.25)} ${f(y - bend)} ${f(width * 0.5)} ${f(y)}T${width} ${f(y - 4)}V${height}H0Z" fill="${color}"/>`;
      })
      .join('') + sun(random, scene, width, height)
  );
}

function sea(random, scene, width, height) {
  const horizon = height * random.between(0.5, 0.66);
  let s = `${sun(random, scene, width, height)}<rect y="${f(horizon)}" width="${width}" height="${height}" fill="${scene.ground[1]}"/>`;
  for (let i = 0; i < 12; i++)
    s += `<path d="M${f(random.between(0, width))} ${f(random.between(horizon + 4, height))}q6 -3 12 0t12 0" fill="none" stroke="${scene.skyLow}" stroke-width="1.4" opacity=".6"/>`;
  return s;
}

function dots(random, scene, width, height) {
  let s = '';
  const step = random.between(16, 26);
  for (let y = 0, row = 0; y < height + step; y += step * 0.87, row++)
    for (let x = (row % 2) * step * 0.5; x < width + step; x += step)
      s += `<circle cx="${f(x)}" cy="${f(y)}" r="${f(step * 0.16)}" fill="${scene.ground[0]}" opacity=".8"/>`;
  return s;
}

function stripes(random, scene, width, height) {
  const step = random.between(12, 22);
  const reach = width + height;
  let s = '';
  for (let x = -reach; x < reach; x += step * 2)
    s += `<rect x="${f(x)}" y="${-reach}" width="${f(step)}" height="${reach * 3}" fill="${scene.ground[0]}" opacity=".55"/>`;
  return `<g transform="rotate(${random.pick([0, 30, 45, -45, 90])} ${width / 2} ${height / 2})">${s}</g>`;
}

function mountains(random, scene, width, height) {
  let s = sun(random, scene, width, height);
  for (const [n, color] of scene.ground.entries()) {
    const base = height * (0.62 + n * 0.14);
    let d = `M0 ${height}V${f(base)}`;
    for (let x = 0; x < width; ) {
      const w = random.between(24, 46);
      d += `L${f(x + w / 2)} ${f(base - random.between(10, 34) * (1 - n * 0.3))}L${f(x + w)} ${f(base)}`;
      x += w;
    }
    s += `<path d="${d}V${height}Z" fill="${color}"/>`;
  }
  return s;
}

function rays(random, scene, width, height) {
  const x = width * random.between(0.3, 0.7);
  const y = height * random.between(0.4, 0.75);
  let s = '';
  for (let i = 0; i < 12; i++)
    s += `<path d="M${f(x)} ${f(y)}L${f(x + Math.cos(i * 0.5236) * 260)} ${f(y + Math.sin(i * 0.5236) * 260)}L${f(x + Math.cos(i * 0.5236 + 0.26) * 260)} ${f(y + Math.sin(i * 0.5236 + 0.26) * 260)}Z" fill="${scene.ground[0]}" opacity=".5"/>`;
  return s;
}

function sun(random, scene, width, height) {
  if (random.chance(0.35)) return '';
  return `<circle cx="${f(random.between(0.1, 0.9) * width)}" cy="${f(random.between(0.1, 0.3) * height)}" r="${f(random.between(7, 14))}" fill="${scene.glow}"/>`;
}

function clouds(random, width, height) {
  let s = '';
  for (let i = 0; i < random.integer(1, 3); i++) {
    const x = random.between(0, width);
    const y = random.between(0.06, 0.35) * height;
    s += `<g fill="#fff" opacity=".6"><ellipse cx="${f(x)}" cy="${f(y)}" rx="14" ry="5"/><circle cx="${f(x - 4)}" cy="${f(y - 3)}" r="5.5"/><circle cx="${f(x + 5)}" cy="${f(y - 2)}" r="4.2"/></g>`;
  }
  return s;
}
