// Colours of the sample: every class draws from the same palettes, so that no class has a colour of its own.

/** Hues that go together with any background, in oklch degrees. */
const hues = [20, 45, 75, 110, 150, 185, 220, 255, 290, 330, 355];

const oklch = (l, c, h) => `oklch(${l.toFixed(3)} ${c.toFixed(3)} ${(((h % 360) + 360) % 360).toFixed(1)})`;

/** Colours of one object: `main`, `accent` (another hue), `light`, `dark`, `line`, and `pale` for windows and eyes. */
export function objectColors(random, background) {
  // Far from the background's lightness, so that the object stands out whatever the hue.
  const onDark = background < 0.8;
  const h = random.pick(hues) + random.between(-10, 10);
  // Yellow and green turn to mud when they are dark.
  const lift = h > 60 && h < 125 && !onDark ? 0.1 : 0;
  const l = (onDark ? random.between(0.78, 0.9) : random.between(0.48, 0.64)) + lift;
  const h2 = h + random.pick([120, 150, 180, 210, 240]) + random.between(-15, 15);
  const c = random.between(0.13, 0.2);
  return {
    main: oklch(l, c, h),
    light: oklch(Math.min(0.95, l + 0.13), c * 0.75, h + 6),
    dark: oklch(l - 0.17, c * 0.9, h - 8),
    accent: oklch(random.between(0.6, 0.86), random.between(0.1, 0.17), h2),
    accentDark: oklch(0.45, 0.1, h2),
    pale: oklch(0.965, 0.025, h2),
    line: oklch(0.28, 0.05, h - 20),
  };
}

/** A background's colours: two for the sky, three for what lies below it; `lightness` of the sky decides the object's. */
export function sceneColors(random) {
  const lightness = random.between(0.74, 0.93);
  const sky = random.pick(hues) + random.between(-12, 12);
  const ground = sky + random.pick([60, 100, 140, 180, 220]) + random.between(-15, 15);
  return {
    lightness,
    sky: oklch(lightness, 0.075, sky),
    skyLow: oklch(Math.min(0.97, lightness + 0.06), 0.06, sky + random.between(20, 60)),
    ground: [1, 2, 3].map((n) => oklch(lightness - 0.1 * n, 0.09, ground + n * 9)),
    glow: oklch(0.95, 0.07, sky + 60),
  };
}
