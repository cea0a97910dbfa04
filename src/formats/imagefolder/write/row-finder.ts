// Finds the row of a path while rows stream by; near orders of file and rows keep few of them waiting.
import type { ExportRow } from '../../types.ts';

/** Rows that were passed over on the way wait until they are asked for, or are the rest. */
export function createRowFinder(batches: AsyncIterable<readonly ExportRow[]>, belongs: (path: string) => boolean) {
  const waiting = new Map<string, ExportRow>();
  const found = new Map<string, ExportRow>(); // rows that are asked for again
  const iterator = batches[Symbol.asyncIterator]();
  let ended = false;
  const pull = async (): Promise<boolean> => {
    const step = ended ? undefined : await iterator.next();
    if (!step || step.done) {
      ended = true;
      return false;
    }
    for (const row of step.value) if (belongs(row.path)) waiting.set(row.path, row);
    return true;
  };
  return {
    /** `again`: the path will be asked for another time. */
    async find(path: string, again: boolean): Promise<ExportRow | null> {
      for (;;) {
        const row = waiting.get(path) ?? found.get(path);
        if (row) {
          waiting.delete(path);
          if (again) found.set(path, row);
          return row;
        }
        if (!(await pull())) return null;
      }
    },
    /** All rows that were never found, in their order. */
    async *rest(): AsyncGenerator<ExportRow, void, undefined> {
      do {
        const rows = [...waiting.values()];
        waiting.clear();
        yield* rows;
      } while (await pull());
    },
  };
}
