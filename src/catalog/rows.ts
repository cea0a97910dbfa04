// Rows come into being, are found by path, and learn what their files and decoding tell.
import { directoryOf, joinPath, nameOf } from '../shared/paths.ts';
import { forgetDetails } from './details.ts';
import { labelNewRows } from './layout.ts';
import { blockCount, isPresent, presentWords, type Table } from './table.ts';
import type { RowState, SampleId } from './types.ts';

/** The code of a folder, or -1. */
export function folderCode(table: Table, directory: string): number {
  const { domain } = table.builtIn.directory;
  return domain.kind === 'strings' ? domain.strings.codeOf(directory) : -1;
}

/** Paths of all folders by code. */
export function folderPaths(table: Table): readonly string[] {
  const { domain } = table.builtIn.directory;
  return domain.kind === 'strings' ? domain.strings.values : [];
}

/** Adds files of one folder; they get ids [from, to) and the label and split that the layout reads from the folder. */
export function appendRows(table: Table, directory: string, names: readonly string[]): { from: number; to: number } {
  const { directory: directories, name } = table.builtIn;
  const from = table.rowCount;
  if (names.length === 0) return { from, to: from };
  for (let i = 0; i < names.length; i++) name.write(from + i, names[i] ?? '');
  directories.writeText(from, directory);
  const code = directories.at(from, -1);
  const to = from + names.length;
  for (let row = from + 1; row < to; row++) directories.write(row, code);
  table.rowCount = to;
  table.order.append(code, from, to);
  labelNewRows(table, code, from, to);
  return { from, to };
}

/** Says that the listing of a folder is complete: its rows are put in natural order. */
export function completeDirectory(table: Table, directory: string): void {
  const code = folderCode(table, directory);
  if (code >= 0) table.order.complete(code);
}

/** The row of a path, a tombstone too, or -1. */
export function findRow(table: Table, path: string): SampleId {
  const code = folderCode(table, directoryOf(path));
  return code < 0 ? -1 : table.order.find(code, nameOf(path), true);
}

/** The path of a row. */
export function pathOf(table: Table, id: SampleId): string {
  const { directory, name } = table.builtIn;
  return joinPath(folderPaths(table)[directory.at(id, -1)] ?? '', name.at(id) ?? '');
}

/** Paths of rows, in their order. */
export function pathsOf(table: Table, ids: Uint32Array): string[] {
  return Array.from(ids, (id) => pathOf(table, id));
}

/** Folders that directly hold present rows, with their number. */
export function directoryCounts(table: Table): { path: string; pictures: number }[] {
  const counts = new Uint32Array(folderPaths(table).length);
  for (let row = 0; row < table.rowCount; row++) {
    const code = table.builtIn.directory.at(row, -1);
    if (code >= 0 && isPresent(table, row)) counts[code] = (counts[code] ?? 0) + 1;
  }
  return folderPaths(table).flatMap((path, code) => {
    const pictures = counts[code] ?? 0;
    return pictures > 0 ? [{ path, pictures }] : [];
  });
}

/** Those of `ids` whose known size (bytes) or date (ms since 1970) differs from what the file has now. Arrays have the length of `ids`. */
export function rowsChanged(table: Table, ids: Uint32Array, sizes: Float64Array, modified: Float64Array): Uint32Array {
  const { size, modified: date } = table.builtIn;
  return ids.filter(
    (id, i) => size.has(id) && (size.at(id, -1) !== sizes[i] || date.at(id, -1) !== Math.round(modified[i] ?? 0)),
  );
}

/**
 * Stores size (bytes) and date (ms since 1970) of files. A row whose known size or date differs has another picture now: what decoding
 * told of the old one is forgotten. Returns those rows, so that thumbnails and embeddings of them can go too.
 */
export function setFileFacts(table: Table, ids: Uint32Array, sizes: Float64Array, modified: Float64Array): Uint32Array {
  const { size, modified: date, state, reason, format, width, height } = table.builtIn;
  const changed: number[] = [];
  ids.forEach((id, i) => {
    const [bytes, ms] = [sizes[i] ?? 0, Math.round(modified[i] ?? 0)];
    if (size.has(id) && size.at(id, -1) === bytes && date.at(id, -1) === ms) return;
    if (size.has(id)) {
      changed.push(id);
      for (const column of [state, reason, format, width, height]) column.clear(id);
      forgetDetails(table, id);
    }
    size.write(id, bytes);
    date.write(id, ms);
  });
  return Uint32Array.from(changed);
}

/** Present rows above `after` whose size is not known yet, ascending, `limit` at most. */
export function rowsWithoutFacts(table: Table, after: number, limit: number): Uint32Array {
  const ids: number[] = [];
  const first = after + 1;
  for (let b = Math.max(0, first >>> 14); b < blockCount(table); b++) {
    const present = presentWords(table, b);
    const known = table.builtIn.size.presence(b);
    for (let w = 0; w < present.length; w++) {
      let missing = (present[w] ?? 0) & ~(known[w] ?? 0);
      while (missing !== 0) {
        const low = missing & -missing;
        const id = (b << 14) + (w << 5) + (31 - Math.clz32(low));
        if (id >= first) ids.push(id);
        if (ids.length === limit) return Uint32Array.from(ids);
        missing ^= low;
      }
    }
  }
  return Uint32Array.from(ids);
}

/** What decoding told of one row. */
export interface DecodedRow {
  id: SampleId;
  state: Exclude<RowState, 'untried'>;
  /** The true format, 'unknown' where the bytes do not tell. */
  format: string;
  width?: number;
  height?: number;
  reason?: string;
}

/** Stores what decoding told; rows that are gone are passed over. Returns the fields that changed. */
export function setDecoded(table: Table, facts: readonly DecodedRow[]): string[] {
  const { state, format, reason, width, height } = table.builtIn;
  const changed = new Set<string>();
  for (const fact of facts) {
    const { id } = fact;
    if (!isPresent(table, id)) continue;
    if (state.textAt(id) !== fact.state) {
      state.writeText(id, fact.state);
      changed.add('readable');
    }
    if (format.textAt(id) !== fact.format) {
      format.writeText(id, fact.format);
      changed.add('format');
    }
    if (reason.textAt(id) !== (fact.reason ?? null)) reason.writeText(id, fact.reason ?? null);
    for (const [name, column, value] of [
      ['width', width, fact.width],
      ['height', height, fact.height],
    ] as const) {
      if (value === undefined || column.at(id, -1) === value) continue;
      column.write(id, value);
      changed.add(name);
    }
  }
  return [...changed];
}
