// The eight things of the sample, each drawn into a box of ±50 with random shapes, so that no two are alike.

const f = (n) => n.toFixed(1);
const path = (d, fill, more = '') => `<path d="${d}" fill="${fill}" ${more}/>`;
const circle = (x, y, r, fill, more = '') => `<circle cx="${f(x)}" cy="${f(y)}" r="${f(r)}" fill="${fill}" ${more}/>`;
const ellipse = (x, y, rx, ry, fill, more = '') =>
  `<ellipse cx="${f(x)}" cy="${f(y)}" rx="${f(rx)}" ry="${f(ry)}" fill="${fill}" ${more}/>`;
const rect = (x, y, w, h, fill, r = 0, more = '') =>
  `<rect x="${f(x)}" y="${f(y)}" width="${f(w)}" height="${f(h)}" rx="${f(r)}" fill="${fill}" ${more}/>`;
const line = (d, stroke, width, more = '') =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${f(width)}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;

function boat(r, c) {
  const mast = r.between(-8, 4);
  const top = r.between(-46, -38);
  const deck = r.between(12, 18);
  const belly = r.between(26, 36);
  let s = line(`M${f(mast)} ${f(deck)}V${f(top)}`, c.line, 2.6);
  const bulge = r.between(4, 12);
  s += path(
    `M${f(mast + 3)} ${f(top + 3)}Q${f(mast + 26 + bulge)} ${f(deck - 22)} ${f(mast + r.between(26, 36))} ${f(deck - 5)}L${f(mast + 3)} ${f(deck - 5)}Z`,
    c.light,
  );
  if (r.chance(0.6))
    s += path(
      `M${f(mast + 3)} ${f(-10)}Q${f(mast + 20)} ${f(-12)} ${f(mast + 25 + bulge * 0.3)} ${f(-10)}L${f(mast + 31)} ${f(2)}L${f(mast + 3)} ${f(2)}Z`,
      c.accent,
      'opacity=".85"',
    );
  if (r.chance(0.8))
    s += path(
      `M${f(mast - 3)} ${f(top + r.between(6, 12))}Q${f(mast - 18)} ${f(-10)} ${f(mast - r.between(22, 30))} ${f(deck - 5)}L${f(mast - 3)} ${f(deck - 5)}Z`,
      c.pale,
    );
  s += path(`M${f(mast)} ${f(top - 5)}l${f(r.pick([-11, 11]))} 3.5l${f(0)} 0L${f(mast)} ${f(top + 2)}Z`, c.accent);
  s += path(
    `M-41 ${f(deck)}H${f(r.between(38, 44))}Q34 ${f(belly + 2)} 18 ${f(belly + 3)}H-20Q-35 ${f(belly)} -41 ${f(deck)}Z`,
    c.main,
  );
  s += path(`M-38.5 ${f(deck + 5)}H38.5L36.5 ${f(deck + 9)}H-37Z`, c.pale, 'opacity=".9"');
  const waves = belly - 1;
  s += path(
    `M-50 ${f(waves)}q6.25 -7 12.5 0t12.5 0t12.5 0t12.5 0t12.5 0t12.5 0t12.5 0t12.5 0V${f(waves + 9)}q-25 6 -50 2t-50 0Z`,
    c.accent,
    'opacity=".55"',
  );
  return s;
}

function cactus(r, c) {
  const w = r.between(10, 14);
  const top = r.between(-44, -34);
  const pot = r.chance(0.5);
  const bottom = pot ? 20 : 42;
  let s = '';
  const arm = (side, y, reach, height) =>
    line(
      `M0 ${f(y)}H${f(side * (reach - 5))}Q${f(side * reach)} ${f(y)} ${f(side * reach)} ${f(y - 6)}V${f(y - height)}`,
      c.main,
      w * 1.15,
    );
  const left = r.between(2, 10);
  const right = r.between(-8, 4);
  s += arm(-1, left, r.between(24, 29), r.between(14, 26));
  if (r.chance(0.85)) s += arm(1, right, r.between(24, 30), r.between(12, 24));
  s += rect(-w, top, 2 * w, bottom - top + 4, c.main, w);
  for (const x of [-w * 0.45, 0, w * 0.45])
    s += line(`M${f(x)} ${f(top + 9)}V${f(bottom - 3)}`, c.dark, 1.5, 'opacity=".7"');
  for (let i = 0; i < 9; i++) {
    const x = r.pick([-w * 0.72, -w * 0.2, w * 0.22, w * 0.72]);
    const y = r.between(top + 8, bottom - 6);
    s += line(`M${f(x - 1.6)} ${f(y - 1.4)}l3.2 2.8M${f(x + 1.6)} ${f(y - 1.4)}l-3.2 2.8`, c.pale, 0.9);
  }
  const blossoms = r.integer(1, 3);
  for (let i = 0; i < blossoms; i++)
    s +=
      circle((i - (blossoms - 1) / 2) * 8, top + Math.abs(i - (blossoms - 1) / 2) * 3, 4.4, c.accent) +
      circle((i - (blossoms - 1) / 2) * 8, top + Math.abs(i - (blossoms - 1) / 2) * 3, 1.6, c.pale);
  if (pot) s += path('M-21 20H21L16 45H-16Z', c.accent) + rect(-24, 17, 48, 8, c.accentDark, 2);
  return s;
}

function fish(r, c) {
  const h = r.between(18, 27);
  const nose = r.between(36, 42);
  let s = path(`M-22 0L-46 ${f(-r.between(15, 24))}Q-38 0 -46 ${f(r.between(15, 24))}Z`, c.accent);
  s += path(
    `M${f(-8)} ${f(-h * 0.7)}Q${f(r.between(0, 6))} ${f(-h - r.between(10, 18))} ${f(18)} ${f(-h * 0.75)}Z`,
    c.dark,
  );
  s += path(`M-4 ${f(h * 0.7)}Q0 ${f(h + r.between(6, 12))} 12 ${f(h * 0.7)}Z`, c.dark);
  s += path(
    `M${f(nose)} 0Q22 ${f(-h * 1.35)} -8 ${f(-h * 0.85)}Q-24 ${f(-h * 0.4)} -30 0Q-24 ${f(h * 0.4)} -8 ${f(h * 0.85)}Q22 ${f(h * 1.35)} ${f(nose)} 0Z`,
    c.main,
  );
  s += path(
    `M${f(nose - 2)} 3Q18 ${f(h * 1.2)} -8 ${f(h * 0.72)}Q14 ${f(h * 0.5)} ${f(nose - 2)} 3Z`,
    c.light,
    'opacity=".8"',
  );
  const pattern = r.integer(0, 2);
  if (pattern === 0)
    for (const x of [-16, -5, 6])
      s += path(
        `M${f(x)} ${f(-h * 0.72)}q7 ${f(h * 0.72)} 0 ${f(h * 1.44)}q4.5 ${f(-h * 0.72)} 0 ${f(-h * 1.44)}Z`,
        c.pale,
        `opacity=".85" stroke="${c.pale}" stroke-width="2"`,
      );
  if (pattern === 1)
    for (let i = 0; i < 10; i++)
      s += line(`M${f(-18 + (i % 5) * 7)} ${f(-5 + Math.floor(i / 5) * 9)}q4 4 0 7`, c.dark, 1.4);
  if (pattern === 2)
    for (let i = 0; i < 7; i++)
      s += circle(r.between(-18, 14), r.between(-h * 0.5, h * 0.5), r.between(1.6, 3.6), c.accent);
  s += circle(24, -4, 5.4, c.pale) + circle(25.4, -4, 2.8, c.line) + circle(26.2, -5, 0.9, c.pale);
  s += line(`M${f(nose - 3)} 5q-4 3 -8 2`, c.line, 1.6);
  s += path(`M2 3q9 -2 12 6q-8 5 -14 2Z`, c.accent);
  for (let i = 0; i < r.integer(2, 4); i++)
    s += circle(
      r.between(38, 48),
      -14 - i * r.between(7, 10),
      r.between(1.6, 3.6),
      'none',
      `stroke="${c.pale}" stroke-width="1.3" opacity=".8"`,
    );
  return s;
}

function flower(r, c) {
  const x = r.between(-5, 5);
  const y = r.between(-20, -12);
  const petals = r.integer(5, 9);
  const long = r.between(17, 22);
  const wide = Math.min(long * 0.62, (2.5 * long) / petals + 2);
  let s = line(`M${f(x)} ${f(y)}Q${f(r.between(-10, 10))} 18 ${f(r.between(-3, 3))} 46`, c.accentDark, 4);
  s += path(`M0 32Q-8 12 -30 ${f(r.between(8, 18))}Q-24 34 0 34Z`, c.accentDark);
  if (r.chance(0.8)) s += path(`M1 38Q10 20 30 ${f(r.between(18, 26))}Q24 42 1 40Z`, c.accentDark, 'opacity=".85"');
  const turn = r.between(0, 72);
  const rounds = r.chance(0.4) ? [1, 0.68] : [1];
  for (const [n, size] of rounds.entries())
    for (let i = 0; i < petals; i++)
      s += `<g transform="translate(${f(x)} ${f(y)}) rotate(${f(turn + n * (180 / petals) + (i * 360) / petals)})">${ellipse(0, -long * 0.82 * size, wide * size, long * 0.62 * size, n ? c.light : c.main, `stroke="${c.dark}" stroke-width=".8"`)}</g>`;
  s += circle(x, y, long * 0.44, c.accent);
  for (let i = 0; i < 9; i++) {
    const a = i * 2.4;
    s += circle(
      x + Math.cos(a) * long * 0.1 * Math.sqrt(i),
      y + Math.sin(a) * long * 0.1 * Math.sqrt(i),
      1,
      c.accentDark,
    );
  }
  return s;
}

function house(r, c) {
  const w = r.between(27, 34);
  const eaves = r.between(-10, -2);
  const ridge = eaves - r.between(20, 28);
  const over = r.between(4, 9);
  const flat = r.chance(0.35) ? r.between(8, 16) : 0;
  let s = '';
  const chimney = r.pick([-1, 1]) * r.between(12, 17);
  s += rect(chimney - 4, ridge + 1, 8, 22, c.dark);
  for (let i = 0; i < 3; i++)
    s += circle(chimney + 3 * i + r.between(-1, 2), ridge - 5 - i * 6, 3 + i * 1.2, c.pale, 'opacity=".65"');
  s += rect(-w, eaves, 2 * w, 42 - eaves, c.light);
  s += path(
    `M${f(-w - over)} ${f(eaves + 1)}L${f(-flat)} ${f(ridge)}H${f(flat)}L${f(w + over)} ${f(eaves + 1)}Z`,
    c.main,
  );
  s += path(`M${f(-w - over)} ${f(eaves + 1)}H${f(w + over)}v3.5H${f(-w - over)}Z`, c.dark);
  const door = r.pick([-14, 0, 13]);
  s += rect(door - 6, 20, 12, 22, c.accentDark, r.pick([0, 6])) + circle(door + 3.4, 32, 1.2, c.pale);
  for (const x of [-19, 0, 19].filter((v) => Math.abs(v - door) > 10)) {
    const y = r.between(8, 13);
    s +=
      rect(x - 6, y, 12, 12, c.pale, 1, `stroke="${c.dark}" stroke-width="1.6"`) +
      line(`M${f(x)} ${f(y)}v12M${f(x - 6)} ${f(y + 6)}h12`, c.dark, 1.3);
  }
  if (r.chance(0.6)) s += circle(0, (eaves + ridge) / 2 + 3, 4.6, c.pale, `stroke="${c.dark}" stroke-width="1.6"`);
  if (r.chance(0.5)) s += ellipse(-w - 3, 39, 9, 7, c.accent) + ellipse(w + 4, 40, 7, 5, c.accent);
  return s;
}

function mushroom(r, c) {
  const w = r.between(32, 42);
  const top = r.between(-42, -34);
  const rim = r.between(0, 7);
  const foot = r.between(11, 16);
  let s = path(
    `M-9 ${f(rim - 2)}Q${f(-foot + 4)} 24 ${f(-foot)} 42Q0 48 ${f(foot)} 42Q${f(foot - 4)} 24 9 ${f(rim - 2)}Z`,
    c.pale,
  );
  s += path(`M3 ${f(rim)}Q6 26 5 44Q11 44 ${f(foot)} 42Q${f(foot - 4)} 24 9 ${f(rim - 2)}Z`, c.accent, 'opacity=".35"');
  if (r.chance(0.6))
    s += path(
      `M-12 ${f(rim + 10)}Q0 ${f(rim + 18)} 12 ${f(rim + 10)}L14 ${f(rim + 16)}Q0 ${f(rim + 23)} -14 ${f(rim + 16)}Z`,
      c.light,
    );
  s += ellipse(0, rim, w * 0.93, 6.4, c.dark);
  s += path(
    `M${f(-w)} ${f(rim)}Q${f(-w * 0.95)} ${f(top)} 0 ${f(top)}Q${f(w * 0.95)} ${f(top)} ${f(w)} ${f(rim)}Q0 ${f(rim - 9)} ${f(-w)} ${f(rim)}Z`,
    c.main,
  );
  s += path(
    `M${f(-w * 0.8)} ${f(rim - 12)}Q${f(-w * 0.6)} ${f(top + 6)} ${f(-w * 0.1)} ${f(top + 5)}Q${f(-w * 0.55)} ${f(top + 12)} ${f(-w * 0.8)} ${f(rim - 12)}Z`,
    c.light,
    'opacity=".7"',
  );
  const spots = r.integer(4, 8);
  for (let i = 0; i < spots; i++) {
    const a = Math.PI * (0.12 + (0.76 * (i + 0.5)) / spots);
    const d = i % 2 ? r.between(0.35, 0.5) : r.between(0.68, 0.8);
    s += ellipse(
      -Math.cos(a) * w * d,
      rim - 5 - Math.sin(a) * (rim - top) * d * 0.95,
      r.between(2.6, 5.4),
      r.between(2.4, 4.2),
      c.pale,
    );
  }
  for (let i = 0; i < 5; i++)
    s += line(
      `M${f(-20 + i * 10)} 46q${f(r.between(-4, 4))} -6 ${f(r.between(-4, 4))} ${f(-r.between(7, 12))}`,
      c.accentDark,
      2,
    );
  return s;
}

function rocket(r, c) {
  const w = r.between(12, 16);
  const top = -46;
  const bottom = 18;
  const fin = r.between(10, 15);
  let s = path(
    `M-6 ${bottom + 2}Q${f(r.between(-14, -9))} 34 0 ${f(r.between(40, 50))}Q${f(r.between(9, 14))} 34 6 ${bottom + 2}Z`,
    c.accent,
  );
  s += path(`M-3 ${bottom + 2}Q-6 30 0 37Q6 30 3 ${bottom + 2}Z`, c.pale);
  for (const side of [-1, 1])
    s += path(
      `M${f(side * w * 0.85)} -4Q${f(side * (w + fin))} 6 ${f(side * (w + fin))} ${f(r.between(24, 32))}L${f(side * w * 0.7)} ${bottom - 1}Z`,
      c.dark,
    );
  s += path(
    `M0 ${top}Q${f(w * 1.25)} -22 ${f(w)} ${bottom - 3}Q0 ${bottom + 4} ${f(-w)} ${bottom - 3}Q${f(-w * 1.25)} -22 0 ${top}Z`,
    c.light,
  );
  s += path(
    `M0 ${top}Q${f(w * 0.75)} -35 ${f(w * 0.93)} -22Q0 -16 ${f(-w * 0.93)} -22Q${f(-w * 0.75)} -35 0 ${top}Z`,
    c.main,
  );
  s += path(
    `M${f(w * 0.4)} -17Q${f(w * 0.6)} 0 ${f(w * 0.35)} ${bottom - 1}L${f(w)} ${bottom - 3}Q${f(w * 1.1)} -6 ${f(w * 0.97)} -20Z`,
    c.main,
    'opacity=".35"',
  );
  const windows = r.integer(1, 2);
  for (let i = 0; i < windows; i++)
    s += circle(0, -8 + i * 13, 5.2 - i * 1.4, c.accentDark) + circle(0, -8 + i * 13, 3.4 - i, c.pale);
  if (r.chance(0.6))
    s += path(
      `M${f(-w)} ${bottom - 7}Q0 ${bottom} ${f(w)} ${bottom - 7}V${bottom - 3}Q0 ${bottom + 4} ${f(-w)} ${bottom - 3}Z`,
      c.main,
    );
  for (let i = 0; i < 3; i++)
    s += circle(r.between(-24, 24), r.between(40, 49), r.between(3, 6), c.pale, 'opacity=".4"');
  return s;
}

function snail(r, c) {
  const radius = r.between(22, 27);
  const x = r.between(-10, -4);
  const y = 26 - radius;
  let s = path(`M-44 36Q-30 26 -16 27H14Q24 26 27 10Q28 -2 36 -3Q46 -2 43 12Q40 36 18 38H-40Q-45 38 -44 36Z`, c.accent);
  s += path('M-40 38H18Q34 37 40 22Q34 33 16 33H-30Z', c.accentDark, 'opacity=".4"');
  for (const [dx, lean] of [
    [33, -3],
    [39, 4],
  ])
    s +=
      line(`M${dx} 0Q${dx + lean} -8 ${f(dx + lean * r.between(1, 1.6))} ${f(-r.between(14, 20))}`, c.accent, 2.8) + '';
  const eyes = [...s.matchAll(/Q\S+ -8 (\S+) (\S+)"/g)];
  for (const [, ex, ey] of eyes)
    s += circle(Number(ex), Number(ey), 3, c.line) + circle(Number(ex) + 0.8, Number(ey) - 0.8, 0.9, c.pale);
  s += line('M38 13q3 2 5 0', c.line, 1.5);
  s += circle(x, y, radius, c.main);
  s += circle(x - radius * 0.05, y - radius * 0.05, radius * 0.95, c.light, 'opacity=".25"');
  let spiral = '';
  const turns = r.between(2.1, 2.9);
  for (let i = 0; i <= 60; i++) {
    const a = (i / 60) * turns * 2 * Math.PI;
    const d = radius * (0.93 - (0.86 * i) / 60);
    spiral += `${i ? 'L' : 'M'}${f(x + Math.cos(a + 0.9) * d)} ${f(y + Math.sin(a + 0.9) * d)}`;
  }
  s += line(spiral, c.dark, r.between(2.6, 4));
  if (r.chance(0.5))
    for (let i = 0; i < 8; i++)
      s += circle(x + Math.cos(i * 0.8) * radius * 0.8, y + Math.sin(i * 0.8) * radius * 0.8, 1.7, c.pale);
  return s;
}

/** Class name → drawing, in the order of the class list. */
export const objects = { boat, cactus, fish, flower, house, mushroom, rocket, snail };
