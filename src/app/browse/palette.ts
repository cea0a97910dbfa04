// Type-ahead over class names: what a person typed, as classes in the order of likelihood. Pure.
import type { ClassInfo } from '../../catalog/types.ts';

export type PaletteEntry = { kind: 'class'; info: ClassInfo } | { kind: 'create'; name: string };

const mostEntries = 50; // more than fit on the screen; typing narrows

/** Rank of a match, lower is better; null: no match. The number counts as a name. */
function rank(info: ClassInfo, text: string): number | null {
  const name = info.name.toLowerCase();
  if (name === text || String(info.number) === text) return 0;
  if (name.startsWith(text)) return 1;
  if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(text))) return 2;
  return name.includes(text) ? 3 : null;
}

/** Entries for a text: matching classes, best first and otherwise by number, and 'create' last where no class has exactly this name. */
export function paletteEntries(classes: readonly ClassInfo[], typed: string): PaletteEntry[] {
  const name = typed.trim();
  const text = name.toLowerCase();
  const ranked = classes
    .map((info) => ({ info, rank: text === '' ? 1 : rank(info, text) }))
    .filter((entry): entry is { info: ClassInfo; rank: number } => entry.rank !== null)
    .sort((a, b) => a.rank - b.rank || a.info.number - b.info.number)
    .slice(0, mostEntries);
  const entries: PaletteEntry[] = ranked.map(({ info }) => ({ kind: 'class', info }));
  if (name !== '' && !classes.some((info) => info.name === name)) entries.push({ kind: 'create', name });
  return entries;
}
