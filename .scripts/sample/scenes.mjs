// Where each thing of the sample is found: scenes differ by class in structure, never in colour or lightness.

const f = (n) => n.toFixed(1);
const times = (n, draw) => Array.from({ length: n }, (_, i) => draw(i)).join('');
const dot = (x, y, r, fill, more = '') => `<circle cx="${f(x)}" cy="${f(y)}" r="${f(r)}" fill="${fill}" ${more}/>`;
const stroke = (d, color, width, more = '') =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${f(width)}" stroke-linecap="round" ${more}/>`;

/** Open water: a horizon, rows of waves, sometimes gulls. */
function sea(r, c, w, h) {
  const horizon = h * r.between(0.48, 0.6);
  const rows = 9;
  const waves = times(rows, (n) => {
    const y = horizon + 5 + ((h - horizon) * n) / rows;
    const length = 9 + n * 1.4;
    const start = -r.between(0, length);
    return stroke(
      `M${f(start)} ${f(y)}${`q${f(length / 2)} ${f(-length / 2.6)} ${f(length)} 0`.repeat(Math.ceil(w / length) + 2)}`,
      n % 2 ? c.skyLow : c.ground[0],
      1.8,
    );
  });
  const gulls = times(r.integer(0, 3), () => {
    const x = r.between(10, w - 20);
    return stroke(`M${f(x)} ${f(r.between(0.1, 0.3) * h)}q4 -5 7 0q3 -5 7 0`, c.ground[2], 1.4);
  });
  return `${sun(r, c, w, h)}${clouds(r, c, w, h)}<rect y="${f(horizon)}" width="${w}" height="${h}" fill="${c.ground[1]}"/>${waves}${gulls}`;
}

/** Dunes: long smooth curves under a large sun. */
function desert(r, c, w, h) {
  const dunes = c.ground.map((color, n) => {
    const y = h * (0.5 + n * 0.16) + r.between(-5, 5);
    const bend = r.between(10, 22) * r.pick([-1, 1]);
    return `<path d="M0 ${f(y)}Q${f(w * 0.3)} ${f(y - bend)} ${f(w * 0.6)} ${f(y)}T${w} ${f(y - bend * 0.5)}V${h}H0Z" fill="${color}"/>`;
  });
  return dot(r.pick([0.2, 0.8]) * w, h * r.between(0.18, 0.3), r.between(15, 22), c.glow) + dunes.join('');
}

/** Under water: shafts of light, weeds from below, bubbles everywhere. */
function reef(r, c, w, h) {
  const shafts = times(5, (n) => {
    const x = (n - 0.5) * (w / 4) + r.between(-8, 8);
    return `<path d="M${f(x)} 0h${f(r.between(8, 14))}l${f(-w * 0.35)} ${h}h${f(-r.between(16, 26))}Z" fill="${c.glow}" opacity=".3"/>`;
  });
  const weeds = times(r.integer(7, 10), (n) => {
    const x = (n * w) / 8 + r.between(-5, 5);
    const top = h - r.between(24, 60);
    const sway = r.between(5, 9);
    return stroke(
      `M${f(x)} ${h}C${f(x - sway)} ${f(h - 12)} ${f(x + sway)} ${f(top + 14)} ${f(x)} ${f(top)}`,
      c.ground[1 + (n % 2)],
      4.5,
    );
  });
  const bubbles = times(r.integer(26, 34), () =>
    dot(
      r.between(0, w),
      r.between(0, h),
      r.between(2, 5),
      'none',
      `stroke="${c.glow}" stroke-width="1.4" opacity=".8"`,
    ),
  );
  return shafts + weeds + bubbles;
}

/** A meadow: blades of grass to above the middle, and small blossoms between them. */
function meadow(r, c, w, h) {
  const blades = times(Math.round(w / 2.4), (n) => {
    const x = n * 2.5 + r.between(-2, 2);
    const top = h * r.between(0.42, 0.78);
    return stroke(
      `M${f(x)} ${h}Q${f(x)} ${f((h + top) / 2)} ${f(x + r.between(-8, 8))} ${f(top)}`,
      r.pick(c.ground),
      1.8,
    );
  });
  const blossoms = times(r.integer(9, 14), () => {
    const [x, y, size] = [r.between(0, w), h * r.between(0.5, 0.98), r.between(2, 3.4)];
    return (
      times(5, (i) => dot(x + Math.cos(i * 1.257) * size, y + Math.sin(i * 1.257) * size, size * 0.7, c.glow)) +
      dot(x, y, size * 0.6, c.ground[2])
    );
  });
  return `<rect y="${f(h * 0.72)}" width="${w}" height="${h}" fill="${c.ground[1]}"/>${blades}${blossoms}`;
}

/** A street: roofs behind, a picket fence before them. */
function village(r, c, w, h) {
  let roofs = '';
  for (let x = -r.between(0, 14); x < w; ) {
    const width = r.between(16, 26);
    const y = h * r.between(0.5, 0.62);
    roofs += `<path d="M${f(x)} ${h}V${f(y)}l${f(width / 2)} ${f(-r.between(8, 13))}l${f(width / 2)} ${f(r.between(8, 13))}V${h}Z" fill="${r.pick([c.ground[0], c.ground[1]])}"/>`;
    x += width;
  }
  const top = h * r.between(0.66, 0.72);
  const step = r.between(7, 8.4);
  const rail = `<path d="M0 ${f(top + 7)}H${w}M0 ${f(h - 6)}H${w}" stroke="${c.glow}" stroke-width="2.4"/>`;
  const pickets = times(
    Math.ceil(w / step) + 1,
    (n) => `<path d="M${f(n * step)} ${h}V${f(top + 2)}l2.4 -3.4l2.4 3.4V${h}Z" fill="${c.glow}"/>`,
  );
  return clouds(r, c, w, h) + roofs + rail + pickets;
}

/** A wood: upright trunks, leaves on the ground. */
function forest(r, c, w, h) {
  let trunks = '';
  for (let x = -r.between(0, 8); x < w; x += r.between(11, 19)) {
    const width = r.between(5, 9);
    trunks += `<path d="M${f(x)} 0h${f(width)}l2 ${h}h${f(-width - 4)}Z" fill="${r.pick([c.ground[0], c.ground[1]])}"/>`;
    trunks += times(3, () => stroke(`M${f(x + 1.5)} ${f(r.between(0, h * 0.7))}h${f(width * 0.45)}`, c.ground[2], 1.3));
  }
  const floor = `<rect y="${f(h * 0.78)}" width="${w}" height="${h}" fill="${c.ground[2]}"/>`;
  const leaves = times(16, () => {
    const [x, y] = [r.between(0, w), r.between(h * 0.8, h)];
    return `<ellipse cx="${f(x)}" cy="${f(y)}" rx="4.4" ry="1.9" fill="${r.pick([c.skyLow, c.ground[0]])}" transform="rotate(${f(r.between(-60, 60))} ${f(x)} ${f(y)})"/>`;
  });
  return trunks + floor + leaves;
}

/** Space: stars, a ringed planet, a cratered one. */
function space(r, c, w, h) {
  const stars = times(70, () =>
    dot(r.between(0, w), r.between(0, h), r.between(0.7, 1.7), r.pick([c.glow, c.ground[2]])),
  );
  const [x, y, size] = [r.pick([0.14, 0.86]) * w, h * r.between(0.14, 0.3), r.between(9, 14)];
  const ringed = `${dot(x, y, size, c.ground[1])}<ellipse cx="${f(x)}" cy="${f(y)}" rx="${f(size * 1.7)}" ry="${f(size * 0.42)}" fill="none" stroke="${c.glow}" stroke-width="2.2" transform="rotate(${f(r.between(-30, 30))} ${f(x)} ${f(y)})"/>`;
  const [mx, my, m] = [w - x, h * r.between(0.76, 0.92), r.between(10, 17)];
  const moon =
    dot(mx, my, m, c.ground[0]) +
    times(4, () => dot(mx + r.between(-0.6, 0.6) * m, my + r.between(-0.6, 0.6) * m, r.between(1.4, 3), c.ground[2]));
  return stars + ringed + moon;
}

/** A large leaf with veins and drops of dew. */
function leaf(r, c, w, h) {
  const middle = h * r.between(0.62, 0.72);
  const step = r.between(11, 15);
  const lean = r.pick([-1, 1]) * r.between(14, 22);
  const blade = `<rect y="${f(h * 0.2)}" width="${w}" height="${h}" fill="${c.ground[0]}"/><path d="M0 ${f(h * 0.2)}${'q5 -6 10 0'.repeat(Math.ceil(w / 10))}V${f(h * 0.24)}H0Z" fill="${c.ground[0]}"/>`;
  const veins = times(Math.ceil((w + 60) / step), (n) => {
    const x = n * step - 30;
    return stroke(
      `M${f(x)} ${f(middle)}Q${f(x + lean * 0.6)} ${f(middle - h * 0.2)} ${f(x + lean * 2)} ${f(h * 0.2)}M${f(x)} ${f(middle)}Q${f(x + lean * 0.6)} ${f(middle + h * 0.2)} ${f(x + lean * 2)} ${f(h * 1.1)}`,
      c.ground[1],
      2,
    );
  });
  const rib = stroke(`M0 ${f(middle)}H${w}`, c.ground[2], 4);
  const dew = times(r.integer(5, 8), () => {
    const [x, y, size] = [r.between(0, w), r.between(h * 0.25, h), r.between(2.4, 4.4)];
    return dot(x, y, size, c.glow, 'opacity=".75"') + dot(x - size * 0.3, y - size * 0.3, size * 0.3, '#fff');
  });
  return blade + veins + rib + dew;
}

function sun(r, c, w, h) {
  if (r.chance(0.3)) return '';
  return dot(r.between(0.1, 0.9) * w, r.between(0.1, 0.3) * h, r.between(7, 13), c.glow);
}

function clouds(r, c, w, h) {
  return times(r.integer(0, 3), () => {
    const [x, y] = [r.between(0, w), r.between(0.06, 0.32) * h];
    return `<g fill="${c.glow}" opacity=".8"><ellipse cx="${f(x)}" cy="${f(y)}" rx="14" ry="5"/><circle cx="${f(x - 4)}" cy="${f(y - 3)}" r="5.5"/><circle cx="${f(x + 5)}" cy="${f(y - 2)}" r="4.2"/></g>`;
  });
}

/** Class name → scene. */
export const scenes = {
  boat: sea,
  cactus: desert,
  fish: reef,
  flower: meadow,
  house: village,
  mushroom: forest,
  rocket: space,
  snail: leaf,
};
