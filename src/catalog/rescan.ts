// Compares a walk with the rows: new files are added, files that are gone become tombstones, files that came back get their rows back.
import { Bitset } from '../shared/bitset.ts';
import { appendRows, completeDirectory, folderCode, folderPaths } from './rows.ts';
import type { Table } from './table.ts';

/** One walk over a dataset, the first one or a later one. Folders come in any order, each in one or several batches. */
export interface Rescan {
  /** Names found in a folder. */
  see(directory: string, names: readonly string[]): { added: number; revived: number };
  /** The listing of a folder is complete: its rows that were not seen are gone. */
  complete(directory: string): { removed: number };
  /** The walk is complete: rows of folders that it did not complete are gone. */
  finish(): { removed: number };
}

/**
 * Starts a comparison. `completed` names folders that an earlier part of the same walk has already completed. Nothing is removed before
 * a listing is complete, so that an interrupted walk loses no row.
 */
export function createRescan(table: Table, completed: Iterable<string> = []): Rescan {
  const done = new Set(completed);
  const begun = new Set<string>();
  /** Rows that were there before this walk are below it; those above were added by it. */
  const first = table.rowCount;
  const seen = new Bitset(first);
  const { removed } = table.builtIn;

  const removeUnseen = (code: number): number => {
    let gone = 0;
    for (const row of table.order.rowsOf(code)) {
      if (row >= first || seen.has(row) || removed.at(row)) continue;
      removed.write(row, true);
      gone++;
    }
    return gone;
  };

  return {
    see(directory, names) {
      const code = folderCode(table, directory);
      if (code < 0) {
        begun.add(directory);
        appendRows(table, directory, names);
        return { added: names.length, revived: 0 };
      }
      if (!begun.has(directory)) table.order.complete(code); // what was there before is looked up in order
      begun.add(directory);
      let revived = 0;
      const fresh: string[] = [];
      for (const name of names) {
        const row = table.order.find(code, name, false);
        if (row < 0) {
          fresh.push(name);
          continue;
        }
        seen.add(row);
        if (!removed.at(row)) continue;
        removed.write(row, false);
        revived++;
      }
      appendRows(table, directory, fresh);
      return { added: fresh.length, revived };
    },
    complete(directory) {
      done.add(directory);
      completeDirectory(table, directory);
      const code = folderCode(table, directory);
      return { removed: code < 0 ? 0 : removeUnseen(code) };
    },
    finish() {
      let gone = 0;
      folderPaths(table).forEach((directory, code) => {
        if (!done.has(directory)) gone += removeUnseen(code);
      });
      return { removed: gone };
    },
  };
}
