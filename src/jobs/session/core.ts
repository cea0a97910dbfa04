// What the parts of a session share: the open dataset's table, its place in the journal, who may change it, and how to tell of changes.
import type { History } from '../../catalog/edit/history.ts';
import type { Table } from '../../catalog/table.ts';
import type { DatasetState, DeepView, LayoutProposal } from '../../catalog/types.ts';
import { VitrineError } from '../../shared/errors.ts';
import type { Source, SourceRef } from '../../source/types.ts';
import type { Presence } from '../../store/presence.ts';
import type { DatasetRecord, Store } from '../../store/schema.ts';
import type { ImportRecipe } from '../import/types.ts';
import type { CatalogEvent } from '../session-types.ts';
import type { WalkMeta } from './folder/walk-meta.ts';
import type { StoredEvaluation } from './model/learning.ts';

/** What was recognised in the folders, and whether the person has agreed to what `table.layout` makes of it. */
export interface LayoutState {
  proposal: LayoutProposal | null;
  accepted: boolean;
}

/** Everything of the open dataset that is read from the store; replaced as a whole when a reader follows the owner. */
export interface Loaded {
  table: Table;
  history: History;
  /** Latest journal entry that `table` contains. */
  position: number;
  /** Latest journal entry that the stored blocks contain. */
  contained: number;
  layout: LayoutState;
  walk: WalkMeta;
  presence: Map<string, Presence>;
  /** Latest first. */
  evaluations: StoredEvaluation[];
  place: unknown;
  /** How deep pictures are looked at. */
  view: DeepView;
  /** How files were imported the last time. */
  recipe: ImportRecipe | null;
  /** Journal position of the last export. */
  exported: number;
}

export interface Core extends Loaded {
  readonly store: Store;
  readonly record: DatasetRecord;
  access: 'owner' | 'reader';
  permission: DatasetState['permission'];
  source: Source | null;
  ref: SourceRef | null;
  persisted: boolean;
  /** A sentence about storage: damaged blocks and what was done, or why nothing can be written. */
  damage: string | undefined;
  /** A sentence why the safety copy is behind. */
  copyTrouble: string | undefined;
  emit(event: CatalogEvent): void;
  /** Values of these fields changed, or rows came or went (no fields): live views and the state follow. */
  changed(fields?: readonly string[]): void;
  /** Something that only the state shows changed. */
  stateChanged(): void;
  /** Something that is kept in blocks changed: a checkpoint follows. */
  unsaved(): void;
}

/** Refuses what only the owner may do. Errors: `read-only`. */
export function requireOwner(core: Core): void {
  if (core.access !== 'owner')
    throw new VitrineError(
      'read-only',
      `“${core.record.name}” is open in another tab, which can edit it. Close it there, then take over here.`,
    );
}

/** The source, when files can be read now. Errors: `permission`, `not-found`. */
export function requireSource(core: Core): Source {
  if (core.source && core.permission === 'granted') return core.source;
  if (core.permission === 'lost')
    throw new VitrineError(
      'not-found',
      `The ${core.record.kind === 'zip' ? 'zip' : 'folder'} “${core.record.name}” was moved, renamed or deleted. Open it again from where it is now.`,
    );
  throw new VitrineError(
    'permission',
    core.ref === null && !core.record.handle
      ? `The files of “${core.record.name}” have to be chosen again: the browser keeps no way back to them.`
      : `The browser asks again before Vitrine may read “${core.record.name}”. Allow it to go on.`,
  );
}

/** The import that counts: the last one, unless it was taken back. */
export const activeRecipe = ({ recipe }: Core): ImportRecipe | null => (recipe && !recipe.undone ? recipe : null);
