// Five living things of the sample, each drawn into a box of ±50 with random shapes, so that no two are alike.
import { circle, ellipse, f, line, path, rect } from './svg.mjs';

export function cactus(r, c) {
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

export function fish(r, c) {
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

export function flower(r, c) {
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

export function mushroom(r, c) {
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

export function snail(r, c) {
  const radius = r.between(22, 27);
  const x = r.between(-10, -4);
  const y = 26 - radius;
  let s = path(`M-44 36Q-30 26 -16 27H14Q24 26 27 10Q28 -2 36 -3Q46 -2 43 12Q40 36 18 38H-40Q-45 38 -44 36Z`, c.accent);
  s += path('M-40 38H18Q34 37 40 22Q34 33 16 33H-30Z', c.accentDark, 'opacity=".4"');
  for (const [foot, lean] of [
    [33, -3],
    [39, 4],
  ]) {
    const x = foot + lean * r.between(1, 1.6);
    const y = -r.between(14, 20);
    s += line(`M${foot} 0Q${foot + lean} -8 ${f(x)} ${f(y)}`, c.accent, 2.8);
    s += circle(x, y, 3, c.line) + circle(x + 0.8, y - 0.8, 0.9, c.pale);
  }
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
