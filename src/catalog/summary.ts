// The numbers of a dataset's state: counted again only where their columns changed.
import { compareNatural } from '../shared/natural.ts';
import { BLOCK_WORDS, type Words } from './columns/block.ts';
import { fieldNamed, listFields } from './query/access.ts';
import { memberCounts } from './query/facets.ts';
import { presentRows } from './query/filter.ts';
import { andWords, countRows, notWords } from './query/words.ts';
import { blockCount, memoized, type Table } from './table.ts';
import type { ClassInfo, DatasetState } from './types.ts';

/** The part of a dataset's state that its rows tell. */
export type Summary = Pick<
  DatasetState,
  | 'size'
  | 'excluded'
  | 'labelled'
  | 'unreadable'
  | 'disagreeing'
  | 'toReview'
  | 'classes'
  | 'multiLabel'
  | 'splits'
  | 'fields'
  | 'factsKnown'
>;

/** Counts what the interface shows of a dataset as a whole; only present rows. */
export function summarize(table: Table): Summary {
  const { builtIn } = table;
  const { split, state, size, reviewed } = builtIn;
  const count = (name: string): number =>
    memoized(table, `count/${name}`, columnsFor(table, name), () => countRows(yesRows(table, name)));
  return {
    size: memoized(table, 'count/', [], () => countRows(presentRows(table))),
    excluded: count('excluded'),
    labelled: count('labelled'),
    unreadable: memoized(table, 'count/unreadable', [state], () => {
      const { counts } = memberCounts(state, presentRows(table));
      return counts.reduce((sum, n, code) => sum + (state.label(code) === 'readable' ? 0 : n), 0);
    }),
    disagreeing: count('disagrees'),
    toReview: memoized(table, 'count/toReview', [builtIn.label, builtIn.predicted, reviewed], () => {
      const rows = yesRows(table, 'reviewed');
      notWords(rows);
      andWords(rows, yesRows(table, 'disagrees'));
      return countRows(rows);
    }),
    classes: listClasses(table),
    multiLabel: hasSeveralLabels(table),
    splits: memoized(table, 'splits', [split], () => {
      const { counts } = memberCounts(split, presentRows(table));
      const used = [...counts.keys()].filter((code) => (counts[code] ?? 0) > 0).map((code) => split.label(code));
      return used.sort(compareNatural);
    }),
    fields: listFields(table),
    factsKnown: memoized(table, 'count/facts', [size], () => {
      const rows = presentRows(table);
      for (let b = 0; b < blockCount(table); b++) andWords(blockWords(rows, b), size.presence(b));
      return countRows(rows);
    }),
  };
}

/** True when one row has several labels. */
export function hasSeveralLabels(table: Table): boolean {
  const { label } = table.builtIn;
  return memoized(table, 'several-labels', [label], () => {
    const several = label.members().map((members) => members.length > 1);
    if (!several.includes(true)) return false;
    for (let row = 0; row < table.rowCount; row++) if (several[label.at(row, -1)] === true) return true;
    return false;
  });
}

/** The classes in their order, with their positive rows. */
export function listClasses(table: Table): ClassInfo[] {
  const { label } = table.builtIn;
  return memoized(table, 'classes', [label], () => {
    const { counts } = memberCounts(label, presentRows(table));
    return table.classes.list(counts);
  });
}

const blockWords = (rows: Words, b: number): Words => rows.subarray(b * BLOCK_WORDS, (b + 1) * BLOCK_WORDS);

function columnsFor(table: Table, name: string) {
  const { access } = fieldNamed(table, name);
  return access.kind === 'bits' ? access.columns : [];
}

/** Present rows for which a yes/no field is yes. */
function yesRows(table: Table, name: string): Words {
  const { access } = fieldNamed(table, name);
  const rows = presentRows(table);
  if (access.kind !== 'bits') return rows;
  const fill = access.prepare();
  const known = new Uint32Array(BLOCK_WORDS);
  const yes = new Uint32Array(BLOCK_WORDS);
  for (let b = 0; b < blockCount(table); b++) {
    fill(b, yes, known);
    andWords(blockWords(rows, b), yes);
  }
  return rows;
}
