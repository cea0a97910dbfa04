// Three made things of the sample, each drawn into a box of ±50 with random shapes, so that no two are alike.
import { circle, ellipse, f, line, path, rect } from './svg.mjs';

export function boat(r, c) {
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

export function house(r, c) {
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

export function rocket(r, c) {
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
