// Makes the browser begin a new log file for its databases: what a crash left torn at the end of the old one would cost everything at a later start.
import { openDB } from 'idb';

/** LevelDB begins a new log once one holds 4 MiB (`leveldb_env::WriteBufferSize`, its upper bound). */
const LOG_BYTES = 4 * 1024 * 1024;
/** Values from 64 KiB on become files beside the log (`IDBValueWrapper`), which would not fill it. */
const VALUE_BYTES = 32 * 1024;

/**
 * Writes and deletes more than one log file's worth, which ends the log that the browser found at its start and, with its content
 * safe elsewhere, deletes it.
 *
 * Why: a browser that is killed while it writes leaves half a record at the end of the log. Chromium reads over it at the next
 * start, but goes on writing behind it (`reuse_logs`); the start after that takes the half record for corruption and deletes all
 * databases of the origin. Must end before anything else is written. What it costs is in docs/durability.md.
 *
 * Never fails: a browser without space or without this log keeps what it has.
 */
export async function beginFreshLog(): Promise<void> {
  try {
    // a database of its own: the stores of the real one are not locked, and its version stays as it is
    const database = await openDB('vitrine-log', 1, {
      upgrade(fresh) {
        fresh.createObjectStore('padding');
      },
    });
    const tx = database.transaction('padding', 'readwrite', { durability: 'relaxed' });
    const value = new Uint8Array(VALUE_BYTES);
    for (let written = 0; written <= LOG_BYTES; written += VALUE_BYTES)
      void tx.store.put(value, 0).catch(() => undefined);
    void tx.store.clear().catch(() => undefined);
    await tx.done;
    database.close();
  } catch {
    // the databases are as they were
  }
}
