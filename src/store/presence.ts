// Which rows have a vector under which key: one bit a row in blocks, committed after the vectors themselves are on disk.
import { Bitset } from '../shared/bitset.ts';
import { checksum } from './checksum.ts';
import type { Change } from './copy/change.ts';
import { storing } from './quota.ts';
import type { EmbeddingRecord, Store } from './schema.ts';
import { writeChanges } from './write.ts';

/** Words of 32 rows in a block of 16,384. */
const BLOCK_WORDS = 512;

/** What is known of one key, with its bits. */
export interface Presence {
  record: EmbeddingRecord;
  rows: Bitset;
}

const bytesOf = (bits: Uint32Array): Uint8Array => new Uint8Array(bits.buffer, bits.byteOffset, bits.byteLength);

/** All keys of a dataset. A damaged block counts as absent: its rows are embedded again. */
export async function readPresence(store: Store, dataset: string): Promise<Map<string, Presence>> {
  return storing(async () => {
    const tx = store.transaction(['embeddings', 'presence']);
    const range = IDBKeyRange.bound([dataset], [dataset, []]);
    const [records, blocks] = await Promise.all([
      tx.objectStore('embeddings').getAll(range),
      tx.objectStore('presence').getAll(range),
    ]);
    const keys = new Map<string, Presence>();
    for (const record of records) keys.set(record.key, { record, rows: new Bitset() });
    for (const { key, block, bits, checksum: sum } of blocks) {
      const rows = keys.get(key)?.rows;
      if (!rows || checksum(bytesOf(bits)) !== sum) continue;
      const start = block * BLOCK_WORDS;
      if (rows.words.length < start + BLOCK_WORDS) {
        const words = new Uint32Array(start + BLOCK_WORDS);
        words.set(rows.words);
        rows.words = words;
      }
      rows.words.set(bits, start);
    }
    return keys;
  });
}

/**
 * Writes the record of a key and the blocks of its bits that hold any of `ids`. Strict: the vectors were flushed before, and a bit
 * that is lost costs a decode and a forward pass.
 */
export async function writePresence(
  store: Store,
  dataset: string,
  presence: Presence,
  ids: Iterable<number> = [],
): Promise<void> {
  const blocks = new Set<number>();
  for (const id of ids) blocks.add(Math.floor(id / (BLOCK_WORDS * 32)));
  // what is written must not change with the record in memory
  const changes: Change[] = [{ put: 'embeddings', record: { ...presence.record } }];
  for (const block of blocks) {
    const bits = new Uint32Array(BLOCK_WORDS);
    bits.set(presence.rows.words.subarray(block * BLOCK_WORDS, (block + 1) * BLOCK_WORDS));
    const record = { dataset, key: presence.record.key, block, bits, checksum: checksum(bytesOf(bits)) };
    changes.push({ put: 'presence', record });
  }
  await writeChanges(store, dataset, changes, 'strict');
}
