// Checks stored blocks against their checksums after a dataset was opened: a few at a time in idle time, and each before it is first rewritten.
import { isWhole } from '../../../store/blocks.ts';
import { storing } from '../../../store/quota.ts';
import { ofDataset, type Store } from '../../../store/schema.ts';
import type { BlockName } from './load.ts';

/** Blocks read at once: about 2 MB. */
const AT_ONCE = 32;

export interface Verifier {
  /** Verifies what is not verified yet and resolves when all is. */
  run(signal: AbortSignal): Promise<void>;
  /** Those of `blocks` that are not verified yet: to be checked before they are overwritten, after which nobody could tell. */
  due(blocks: readonly BlockName[]): BlockName[];
  check(blocks: readonly BlockName[]): Promise<void>;
  written(blocks: readonly BlockName[]): void;
}

const keyOf = ({ column, block }: BlockName): string => `${column} ${block}`;

/** `onDamaged` is told once of each damaged block; it is awaited before the block may be rewritten. */
export function createVerifier(
  store: Store,
  dataset: string,
  onDamaged: (blocks: BlockName[]) => Promise<void>,
): Verifier {
  const verified = new Set<string>();
  let complete = false;

  async function checkRange(range: IDBKeyRange): Promise<BlockName | undefined> {
    const records = await storing(() => store.getAll('blocks', range, AT_ONCE));
    const damaged = records.filter((record) => !verified.has(keyOf(record)) && !isWhole(record));
    for (const record of records) verified.add(keyOf(record));
    if (damaged.length > 0) await onDamaged(damaged.map(({ column, block }) => ({ column, block })));
    return records.length === AT_ONCE ? records.at(-1) : undefined;
  }

  return {
    async run(signal) {
      let range = ofDataset(dataset);
      for (;;) {
        if (signal.aborted) return;
        const last = await checkRange(range);
        if (!last) break;
        range = IDBKeyRange.bound([dataset, last.column, last.block], [dataset, []], true);
        await new Promise((resolve) => setTimeout(resolve, 20)); // idle time: what a person waits for goes first
      }
      complete = true;
    },
    due: (blocks) => (complete ? [] : blocks.filter((block) => !verified.has(keyOf(block)))),
    async check(blocks) {
      for (const block of blocks) {
        await checkRange(IDBKeyRange.only([dataset, block.column, block.block]));
        verified.add(keyOf(block)); // a block that was never stored cannot be damaged
      }
    },
    written(blocks) {
      for (const block of blocks) verified.add(keyOf(block));
    },
  };
}
