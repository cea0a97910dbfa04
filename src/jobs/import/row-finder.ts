// Finds the row of a path for files of a million lines: most name the pictures in an order in which one follows the other.
import { findRow, folderPaths } from '../../catalog/rows.ts';
import { isPresent, type Table } from '../../catalog/table.ts';

/**
 * A function from a path to its present row, -1 for none. The picture that follows the one before, in the order of `ids`, is tried first: comparing
 * is much cheaper than a search among the names of a folder by natural order.
 */
export function createRowFinder(table: Table, ids: Uint32Array): (path: string) => number {
  const { directory, name } = table.builtIn;
  const folders = folderPaths(table);
  const places = new Uint32Array(table.rowCount);
  for (let i = 0; i < ids.length; i++) places[ids[i] as number] = i; // i < ids.length
  let next = 0;
  const isAt = (row: number, path: string): boolean => {
    const folder = folders[directory.at(row, -1)] ?? '';
    const file = name.at(row) ?? '';
    if (folder === '') return file === path;
    return (
      path.length === folder.length + 1 + file.length &&
      path.endsWith(file) &&
      path.startsWith(folder) &&
      path[folder.length] === '/'
    );
  };
  return (path) => {
    const expected = ids[next];
    if (expected !== undefined && isAt(expected, path)) {
      next++;
      return expected;
    }
    const row = findRow(table, path);
    if (row < 0 || !isPresent(table, row)) return -1;
    next = (places[row] ?? 0) + 1;
    return row;
  };
}
