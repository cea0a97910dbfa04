// Compares what a directory lists now with the rows it had: which names are new, which came back, which are gone. Pure.
import type { SampleId } from '../catalog/types.ts';

/** What one batch of names means for the rows of its directory. */
export interface DirectoryChange {
  added: string[];
  /** Rows that were removed by an earlier walk and are there again. */
  revived: SampleId[];
}

/** The comparison of one directory, batch by batch. */
export interface Comparison {
  take(names: readonly string[]): DirectoryChange;
  /** Present rows whose name was in no batch; to be called when the listing is complete. */
  gone(): SampleId[];
}

/**
 * Starts comparing a directory. `known` are its rows by name, removed ones included; undefined when it has none, which
 * makes every name new. A name that is listed twice (an interrupted listing that starts again) counts once.
 */
export function compareDirectory(
  known: ReadonlyMap<string, SampleId> | undefined,
  isPresent: (id: SampleId) => boolean,
): Comparison {
  const seen = new Set<SampleId>();
  return {
    take(names) {
      if (!known) return { added: [...names], revived: [] };
      const added: string[] = [];
      const revived: SampleId[] = [];
      for (const name of names) {
        const id = known.get(name);
        if (id === undefined) added.push(name);
        else {
          seen.add(id);
          if (!isPresent(id)) revived.push(id);
        }
      }
      return { added, revived };
    },
    gone() {
      if (!known) return [];
      return [...known.values()].filter((id) => !seen.has(id) && isPresent(id));
    },
  };
}
