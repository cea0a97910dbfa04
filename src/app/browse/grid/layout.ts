// Where every cell of a view lies: columns, rows and group headings as numbers. Pure; the cost does not depend on the number of pictures.
import type { Group } from '../../../catalog/types.ts';

/** What a layout is made of; lengths in CSS pixels. */
export interface LayoutInput {
  count: number;
  groups: readonly Group[];
  /** Width that cells share, and height of what is seen. */
  width: number;
  viewport: number;
  /** Wanted width of a cell: cells grow from it until the row is full. */
  cellSize: number;
  gap: number;
  /** Height of a group's heading, its gap included. */
  heading: number;
}

/** A run of rows under one heading; an ungrouped view is one section without a heading. */
export interface Section {
  group: Group | null;
  start: number;
  count: number;
  top: number;
  /** Lines before this section; a line is a heading or a row of cells. */
  line: number;
}

export interface Layout {
  columns: number;
  cellWidth: number;
  cellHeight: number;
  gap: number;
  heading: number;
  count: number;
  height: number;
  lines: number;
  sections: readonly Section[];
}

/** One horizontal line of the grid. `top` is from the top of the content. */
export type Line =
  | { kind: 'heading'; line: number; top: number; section: Section }
  | { kind: 'row'; line: number; top: number; first: number; count: number };

/** Lays a view out. One picture per row is as high as the viewport at most, so that it is seen whole. */
export function createLayout(input: LayoutInput): Layout {
  const { count, groups, width, viewport, cellSize, gap, heading } = input;
  const columns = Math.max(1, Math.floor((width + gap) / (Math.max(1, Math.min(cellSize, width)) + gap)));
  const cellWidth = Math.max(1, (width - gap * (columns - 1)) / columns);
  const cellHeight = columns === 1 ? Math.max(1, Math.min(cellWidth, viewport - gap)) : cellWidth;
  const sections: Section[] = [];
  let [top, line] = [0, 0];
  const runs = groups.length > 0 ? groups : [null];
  for (const group of runs) {
    const rows = Math.ceil((group ? group.count : count) / columns);
    sections.push({ group, start: group?.start ?? 0, count: group?.count ?? count, top, line });
    top += (group ? heading : 0) + rows * (cellHeight + gap);
    line += (group ? 1 : 0) + rows;
  }
  return { columns, cellWidth, cellHeight, gap, heading, count, height: top, lines: line, sections };
}

/** The last section for which `before` holds; sections are in order. */
function lastSection(layout: Layout, before: (section: Section) => boolean): Section | undefined {
  let [low, high] = [0, layout.sections.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const section = layout.sections[middle];
    if (section && before(section)) low = middle + 1;
    else high = middle;
  }
  return layout.sections[Math.max(0, low - 1)];
}

const headingOf = (layout: Layout, section: Section): number => (section.group ? layout.heading : 0);
const rowsOf = (layout: Layout, section: Section): number => Math.ceil(section.count / layout.columns);

/** The section that a vertical position falls into. */
export function sectionAt(layout: Layout, y: number): Section | undefined {
  return lastSection(layout, (section) => section.top <= y);
}

/** Place of a cell: left and top in content pixels, its line and column. */
export function placeOf(layout: Layout, position: number): { left: number; top: number; line: number; column: number } {
  const section = lastSection(layout, (s) => s.start <= position);
  const offset = position - (section?.start ?? 0);
  const [row, column] = [Math.floor(offset / layout.columns), offset % layout.columns];
  const above = section ? section.top + headingOf(layout, section) : 0;
  return {
    left: column * (layout.cellWidth + layout.gap),
    top: above + row * (layout.cellHeight + layout.gap),
    line: (section?.line ?? 0) + (section?.group ? 1 : 0) + row,
    column,
  };
}

/** The line with a number; undefined past the end. */
export function lineAt(layout: Layout, line: number): Line | undefined {
  if (line < 0 || line >= layout.lines) return undefined;
  const section = lastSection(layout, (s) => s.line <= line);
  if (!section) return undefined;
  const row = line - section.line - (section.group ? 1 : 0);
  if (row < 0) return { kind: 'heading', line, top: section.top, section };
  const first = section.start + row * layout.columns;
  const top = section.top + headingOf(layout, section) + row * (layout.cellHeight + layout.gap);
  return { kind: 'row', line, top, first, count: Math.min(layout.columns, section.start + section.count - first) };
}

/** Number of the line that a vertical position falls into, within the content. */
export function lineNumberAt(layout: Layout, y: number): number {
  const section = sectionAt(layout, y);
  if (!section) return 0;
  const inside = y - section.top - headingOf(layout, section);
  if (inside < 0) return section.line;
  const row = Math.min(rowsOf(layout, section) - 1, Math.floor(inside / (layout.cellHeight + layout.gap)));
  return section.line + (section.group ? 1 : 0) + Math.max(0, row);
}

/** The cell under a point of the content; null in gaps, headings and past the end. */
export function positionAt(layout: Layout, x: number, y: number): number | null {
  if (x < 0 || y < 0 || y >= layout.height) return null;
  const line = lineAt(layout, lineNumberAt(layout, y));
  if (line?.kind !== 'row') return null;
  const column = Math.floor(x / (layout.cellWidth + layout.gap));
  const inCell = x - column * (layout.cellWidth + layout.gap) < layout.cellWidth && y - line.top < layout.cellHeight;
  return inCell && column < line.count ? line.first + column : null;
}

/** The cell nearest to a height, in the column nearest to `x`: what a zoom holds on to. */
export function nearestTo(layout: Layout, x: number, y: number): number {
  const number = lineNumberAt(layout, Math.min(Math.max(0, y), Math.max(0, layout.height - 1)));
  let line = lineAt(layout, number);
  if (line?.kind === 'heading') line = lineAt(layout, number + 1);
  if (line?.kind !== 'row') return 0;
  const column = Math.floor(x / (layout.cellWidth + layout.gap));
  return line.first + Math.min(line.count - 1, Math.max(0, column));
}

/** Cells that a rectangle of the content touches, as ranges [from, to], one per row, both ends included. */
export function rangesIn(layout: Layout, x0: number, y0: number, x1: number, y1: number): [number, number][] {
  const step = layout.cellWidth + layout.gap;
  const [left, right] = [Math.min(x0, x1), Math.max(x0, x1)];
  const [top, bottom] = [Math.min(y0, y1), Math.max(y0, y1)];
  // a rectangle that lies in a gap touches nothing
  const from = Math.max(
    0,
    left - Math.floor(left / step) * step >= layout.cellWidth ? Math.ceil(left / step) : Math.floor(left / step),
  );
  const to = Math.min(layout.columns - 1, Math.floor(right / step));
  const ranges: [number, number][] = [];
  if (from > to) return ranges;
  for (let n = lineNumberAt(layout, Math.max(0, top)); n < layout.lines; n++) {
    const line = lineAt(layout, n);
    if (!line || line.top > bottom) break;
    if (line.kind === 'heading' || line.top + layout.cellHeight < top || from >= line.count) continue;
    ranges.push([line.first + from, line.first + Math.min(to, line.count - 1)]);
  }
  return ranges;
}

export type Move =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'first'
  | 'last'
  | 'page-up'
  | 'page-down'
  | 'row-start'
  | 'row-end';

/** Where a move of the keyboard leads from a cell. `page` is the height of what is seen. */
export function moved(layout: Layout, position: number, move: Move, page: number): number {
  const last = Math.max(0, layout.count - 1);
  const clamp = (n: number): number => Math.min(last, Math.max(0, n));
  if (move === 'left') return clamp(position - 1);
  if (move === 'right') return clamp(position + 1);
  if (move === 'first') return 0;
  if (move === 'last') return last;
  const place = placeOf(layout, position);
  const line = lineAt(layout, place.line);
  if (line?.kind !== 'row') return clamp(position);
  if (move === 'row-start') return line.first;
  if (move === 'row-end') return line.first + line.count - 1;
  const pages = Math.max(1, Math.floor(page / (layout.cellHeight + layout.gap)));
  const lines = move === 'up' ? -1 : move === 'down' ? 1 : move === 'page-up' ? -pages : pages;
  return (
    inColumn(layout, place.line + lines, place.column, Math.sign(lines)) ??
    (lines < 0 ? (pages > 1 && lines < -1 ? place.column : position) : last)
  );
}

/** The cell in a column of a line, going on past headings in `direction`; undefined outside of the grid. */
function inColumn(layout: Layout, number: number, column: number, direction: number): number | undefined {
  let line = lineAt(layout, number);
  if (line?.kind === 'heading') line = lineAt(layout, number + direction);
  return line?.kind === 'row' ? line.first + Math.min(column, line.count - 1) : undefined;
}
