// The row of a path, whether paths come in the order of the pictures or not.
import { describe, expect, it } from 'vitest';
import { appendRows, completeDirectory, findRow, pathsOf } from '../../../src/catalog/rows.ts';
import { createTable } from '../../../src/catalog/table.ts';
import { createRowFinder } from '../../../src/jobs/import/row-finder.ts';

function tableOf(folders: Record<string, string[]>) {
  const table = createTable();
  for (const [folder, names] of Object.entries(folders)) {
    appendRows(table, folder, names);
    completeDirectory(table, folder);
  }
  return table;
}

describe('the row of a path', () => {
  const table = tableOf({
    '': ['z.png', 'a.png'],
    'train/cat': ['10.png', '2.png', '1.png'],
    'train/ca': ['t10.png', '2.png'],
  });
  const ids = table.order.all();
  const paths = pathsOf(table, ids);

  it.each([
    ['in the order of the pictures', paths],
    ['backwards', paths.toReversed()],
    ['by code point', paths.toSorted()],
    ['each twice', paths.flatMap((path) => [path, path])],
  ])('is found for paths %s', (_, asked) => {
    const find = createRowFinder(table, ids);
    expect(asked.map(find)).toEqual(asked.map((path) => findRow(table, path)));
  });

  it('is -1 for paths that are no picture, also behind one that is', () => {
    const find = createRowFinder(table, ids);
    for (const path of paths) {
      expect(find(path)).toBeGreaterThanOrEqual(0);
      expect(find(`${path}x`)).toBe(-1);
      expect(find(`x${path}`)).toBe(-1);
    }
  });
});
