// One open dataset: puts the parts together, from the stored rows to the walk that goes on, and takes them apart again.

import { setDecoded } from '../../catalog/rows.ts';
import { summarize } from '../../catalog/summary.ts';
import type { DatasetState } from '../../catalog/types.ts';
import { toVitrineError } from '../../shared/errors.ts';
import type { Copy, HoldCopy } from '../../store/copy/held.ts';
import { isPersisted } from '../../store/quota.ts';
import { forgetDataset, writeDataset } from '../../store/registry.ts';
import { openChannel, waitToOwn } from '../ownership.ts';
import type { CatalogEvent, DecodedFacts } from '../session-types.ts';
import type { Core } from './core.ts';
import { createEdits, type Edits } from './edits.ts';
import { createFileDetails, type FileDetailsJob } from './folder/file-details.ts';
import { createFileFacts } from './folder/file-facts.ts';
import { createFolderLayout, type FolderLayout } from './folder/layout.ts';
import { createWalking, type Walking } from './folder/walking.ts';
import { followOwner, replaceTable } from './follow.ts';
import { createImports, type Imports } from './imports.ts';
import { createDuplicates, type Duplicates } from './leakage.ts';
import { createEmbeddings, type Embeddings } from './model/embeddings.ts';
import { createLearning, type Learning } from './model/learning.ts';
import { type Opened, readPermission } from './opening.ts';
import { datasetState } from './state.ts';
import { type Checkpoints, createCheckpoints } from './stored/checkpoints.ts';
import { damageSentence, recover, recoverVectors } from './stored/recovery.ts';
import { createVerifier } from './stored/verify.ts';
import { createThrottle } from './throttle.ts';
import { createViews, type Views } from './views.ts';

/** Known datasets up to this size are listed again when they open: about five seconds of walking, unseen. */
const QUIET_RESCAN_ROWS = 50_000;
/** The state is sent at most so often. */
const STATE_MS = 100;

export interface Session {
  readonly core: Core;
  readonly views: Views;
  readonly edits: Edits;
  readonly imports: Imports;
  readonly duplicates: Duplicates;
  readonly walking: Walking;
  readonly layout: FolderLayout;
  readonly details: FileDetailsJob;
  readonly embeddings: Embeddings;
  readonly learning: Learning;
  readonly checkpoints: Checkpoints;
  state(): DatasetState;
  /** What decoding told of rows. */
  report(facts: readonly DecodedFacts[]): void;
  /** Permission for the folder was asked again: walk and facts go on when it was given. */
  permitted(): Promise<void>;
  /** Waits for the lock, reads what the other tab left, and owns. Errors: `aborted`. */
  takeOver(signal: AbortSignal): Promise<void>;
  /** Stored blocks are checked and old journal entries are gone; for tests and for closing in order. */
  housekept(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the parts of an opened dataset. `emit` gets every event until `close`; with `holdCopy` the owner keeps a safety copy. */
export function startSession(opened: Opened, emit: (event: CatalogEvent) => void, holdCopy?: HoldCopy): Session {
  let { release } = opened;
  let closed = false;
  let housekeeping: Promise<void> = Promise.resolve();
  let copy: Copy | undefined;
  const closing = new AbortController();
  const failed = (error: unknown): void => {
    core.damage = toVitrineError(error).message;
    core.stateChanged();
  };

  const core: Core = {
    ...opened.loaded,
    ...opened.place,
    persisted: false,
    damage:
      opened.loaded.lost.length > 0 ? damageSentence(opened.loaded.lost, opened.loaded.table.rowCount) : undefined,
    copyTrouble: undefined,
    emit: (event) => {
      if (!closed) emit(event);
    },
    changed(fields) {
      views.refresh(fields);
      stating.ask();
    },
    stateChanged: () => stating.ask(),
    unsaved: () => checkpoints.soon(),
  };
  const stating = createThrottle(STATE_MS, () => core.emit({ type: 'dataset', state: state() }), failed);
  const views = createViews(core);
  const report = (facts: readonly DecodedFacts[]): void => {
    if (core.access !== 'owner' || facts.length === 0) return;
    const fields = setDecoded(core.table, facts);
    if (fields.length === 0) return;
    core.unsaved();
    core.changed(fields);
  };
  const embeddings = createEmbeddings(core, report);
  const layout = createFolderLayout(core, () => checkpoints, failed);
  const details = createFileDetails(core, () => walking.idle());
  const facts = createFileFacts(core, embeddings, {
    visible: views.visible,
    walkIdle: () => walking.idle(),
    onDone: details.start,
  });
  const walking = createWalking(core, {
    checkpoints: () => checkpoints,
    onFolders: layout.refresh,
    settleFolders: layout.settle,
    findChanged: facts.findChanged,
    onDone() {
      facts.start();
      void imports.repeat().catch(() => undefined); // cut off by closing; other trouble is told by the state
    },
  });
  const channel = openChannel(core.record.id, (announcement) => follower.hear(announcement));
  const follower = followOwner(core, views, failed);
  const verifier = createVerifier(core.store, core.record.id, async (blocks) => {
    const stopped = walking.stop(); // not awaited here: the walk may wait for the checkpoint that waits for this
    await recover(core, views, blocks);
    void stopped.then(work);
  });
  const checkpoints = createCheckpoints(core, walking, verifier, () => {
    channel.tell({ type: 'checkpoint' });
    void register();
  });
  const edits = createEdits(core, checkpoints, (seq) => channel.tell({ type: 'journal', seq }));
  const imports = createImports(core, edits, checkpoints, walking.leftOut);
  const learning = createLearning(core, embeddings, checkpoints);
  const duplicates = createDuplicates(core, closing.signal);
  const state = (): DatasetState => datasetState(core, walking, embeddings, learning);

  /** Keeps the registry's line of this dataset true. */
  async function register(): Promise<void> {
    const { size, classes } = summarize(core.table);
    if (core.record.size === size && core.record.classes === classes.length) return;
    Object.assign(core.record, { size, classes: classes.length });
    await writeDataset(core.store, core.record).catch(failed);
  }

  /** The safety copy is behind, or is so no more. */
  function copied(trouble: string | undefined): void {
    if (core.copyTrouble === trouble) return;
    core.copyTrouble = trouble;
    core.stateChanged();
  }

  /** What an owner with a readable folder does by itself. */
  function work(): void {
    if (closed || core.access !== 'owner' || core.permission !== 'granted' || core.walk.state === 'paused') return;
    const interrupted = !core.walk.complete || core.walk.state !== 'done';
    if (interrupted)
      void walking.run('resume').catch(() => undefined); // told by the state
    else if (summarize(core.table).size <= QUIET_RESCAN_ROWS) void walking.run('rescan').catch(() => undefined);
    else facts.start();
  }

  async function own(): Promise<void> {
    core.persisted = await isPersisted();
    await writeDataset(core.store, core.record);
    if (closed) return;
    copy = holdCopy?.(core.store, core.record.id, copied);
    await recoverVectors(core);
    await verifier.run(closing.signal);
    if (closed) return;
    if (core.position > core.contained) await checkpoints.write('relaxed');
    await checkpoints.trim();
    core.stateChanged();
  }

  function begin(): void {
    if (core.access !== 'owner') return;
    housekeeping = own().catch(failed);
    work();
  }
  begin();

  return {
    core,
    views,
    edits,
    imports,
    duplicates,
    walking,
    layout,
    details,
    embeddings,
    learning,
    checkpoints,
    state,
    report,
    async permitted() {
      core.permission = await readPermission(core.ref);
      core.stateChanged();
      work();
    },
    async takeOver(signal) {
      if (core.access === 'owner') return;
      release = await waitToOwn(core.record.id, AbortSignal.any([signal, closing.signal]));
      await replaceTable(core, views);
      core.access = 'owner';
      begin();
      core.stateChanged();
    },
    housekept: () => housekeeping,
    async close() {
      if (closed) return;
      closed = true;
      closing.abort();
      follower.stop();
      layout.stop();
      facts.stop();
      details.stop();
      await Promise.all([walking.stop(), edits.settled(), housekeeping]);
      checkpoints.stop();
      stating.stop();
      views.stop();
      try {
        if (core.access === 'owner') await leave();
      } finally {
        channel.close();
        await copy?.close();
        release?.();
      }
    },
  };

  /** The owner's last words. */
  async function leave(): Promise<void> {
    // a folder without pictures that nobody edited is no dataset to come back to
    if (core.table.rowCount === 0 && core.position === 0) {
      await copy?.close(); // what is held cannot be removed
      return forgetDataset(core.store, core.record.id);
    }
    await checkpoints.write('relaxed');
    await register();
  }
}
