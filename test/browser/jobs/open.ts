// Opens sessions for tests, keeps their events, and ends them in order or as a crash does.

import { sampleOf } from '../../../src/catalog/sample.ts';
import type { Sample } from '../../../src/catalog/types.ts';
import { openDataset } from '../../../src/jobs/session/opening.ts';
import { type Session, startSession } from '../../../src/jobs/session/session.ts';
import type { CatalogEvent } from '../../../src/jobs/session-types.ts';
import type { SourceRef } from '../../../src/source/types.ts';
import { openStore, type Store } from '../../../src/store/schema.ts';

export const TEST_DATABASE = 'vitrine-session-test';

export interface TestSession extends Session {
  events: CatalogEvent[];
  /** Everything a person could see of the rows, by path. */
  rows(): Promise<Map<string, Sample>>;
}

export async function openSession(
  store: Store,
  what: FileSystemDirectoryHandle | { dataset: string } | Extract<SourceRef, { kind: 'files' }>,
  onEvent: (event: CatalogEvent, session: Session) => void = () => {},
): Promise<TestSession> {
  const events: CatalogEvent[] = [];
  const source =
    'dataset' in what ? what : { source: 'files' in what ? what : { kind: 'directory' as const, handle: what } };
  const session: Session = startSession(await openDataset(store, source), (event) => {
    events.push(event);
    onEvent(event, session);
  });
  return Object.assign(session, {
    events,
    async rows() {
      const { view } = await session.views.open({});
      const ids = session.views.ids(view, 0, Number.MAX_SAFE_INTEGER);
      session.views.close(view);
      return new Map(Array.from(ids, (id) => sampleOf(session.core.table, id)).map((sample) => [sample.path, sample]));
    },
  });
}

/** Opens a folder and waits until it is listed and its facts are read. */
export async function openAndWalk(store: Store, folder: FileSystemDirectoryHandle): Promise<TestSession> {
  const session = await openSession(store, folder);
  await session.walking.ended();
  await until(() => session.state().factsKnown === session.state().size);
  return session;
}

/**
 * A connection whose tab dies: after `crash` nothing that this session does reaches the database any more, and its lock is free.
 * Transactions that are on their way are aborted by the browser.
 */
export async function crashable(): Promise<{ store: Store; crash(session: Session): Promise<void> }> {
  const store = await openStore(TEST_DATABASE);
  return {
    store,
    async crash(session) {
      store.close();
      await session.close().catch(() => undefined);
    },
  };
}

/** Resolves when the condition holds; the test's own time limit is the end of patience. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}
