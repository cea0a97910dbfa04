// Imports of an open dataset: what its files could be, what one of them would change, the edit that does it, and its repetition after a rescan.
import { pathsOf } from '../../catalog/rows.ts';
import { isPresent } from '../../catalog/table.ts';
import type { Edit } from '../../catalog/types.ts';
import { loadSystem, systemIds } from '../../formats/systems.ts';
import type { DatasetFiles, Detection, FormatId, FormatOptions, OptionField } from '../../formats/types.ts';
import { throwIfAborted, toVitrineError, VitrineError } from '../../shared/errors.ts';
import type { JobOptions } from '../../shared/progress.ts';
import { keepImported, readImported } from '../../store/imported.ts';
import { type Collected, collectImport } from '../import/collect.ts';
import { createDatasetFiles, type OpenedFiles } from '../import/files.ts';
import { importEntry, planImport, repeatEntry } from '../import/plan.ts';
import { createRowFinder } from '../import/row-finder.ts';
import type { ImportPlan, ImportPreference, ImportRecipe, ReadFile } from '../import/types.ts';
import type { LeftOutList } from '../left-out.ts';
import { type Core, requireOwner } from './core.ts';
import type { Edits } from './edits.ts';
import type { Checkpoints } from './stored/checkpoints.ts';

/** Files from outside the folder, by the name under which a format meets them. */
export type ExtraFiles = readonly { path: string; file: File }[];

export interface Imports {
  /** Every way in which the folder's other files, or the given ones, can be understood, surest first. Errors: `aborted`. */
  detect(extra: ExtraFiles, signal?: AbortSignal): Promise<Detection[]>;
  /** What can be changed of a detection's options. */
  options(format: FormatId, options: FormatOptions): Promise<OptionField[]>;
  /** Reads everything and tells what would change. Nothing is changed. Errors: of the format, `aborted`. */
  plan(format: FormatId, options: FormatOptions, job?: JobOptions): Promise<ImportPlan>;
  /** Everything that the last plan left out, as CSV. Errors: `not-found`. */
  issues(): Blob;
  /** Does what the last plan told, as one edit. Errors: `not-found` (nothing is planned), `read-only`, `storage-full`. */
  commit(prefer: ImportPreference): Promise<Edit>;
  /** After a rescan: reads again by the stored recipe. Null: there is none, or nothing is new. */
  repeat(job?: JobOptions): Promise<Edit | null>;
}

/** Left-out items that are looked through for files of a system. */
const OTHERS = 200_000;

export function createImports(core: Core, edits: Edits, checkpoints: Checkpoints, leftOut: () => LeftOutList): Imports {
  let extra = new Map<string, File>();
  let files: OpenedFiles | undefined;
  let planned: { format: FormatId; options: FormatOptions; said: Collected; read: ReadFile[] } | undefined;

  async function others(): Promise<string[]> {
    const items = await leftOut().read(core.store, core.record.id, 0, OTHERS);
    return items.flatMap(({ path, reason }) => (reason === 'metadata' || reason === 'not-an-image' ? [path] : []));
  }

  async function look(): Promise<OpenedFiles> {
    const { table, record, source, permission } = core;
    files = createDatasetFiles({
      name: record.name,
      pictures: pathsOf(
        table,
        table.order.all().filter((id) => isPresent(table, id)),
      ),
      others: await others(),
      source: permission === 'granted' ? source : null,
      extra,
    });
    return files;
  }

  async function collect(
    format: FormatId,
    options: FormatOptions,
    from: DatasetFiles,
    job: JobOptions,
  ): Promise<Collected> {
    const present = core.table.order.all().filter((id) => isPresent(core.table, id));
    const rowOf = createRowFinder(core.table, present);
    return collectImport(await loadSystem(format), from, options, { rowCount: core.table.rowCount, rowOf }, job);
  }

  /** None of the files that are read differs from what it was. */
  async function isUnchanged(before: readonly ReadFile[]): Promise<boolean> {
    for (const { path, size, modified } of before) {
      if (extra.has(path)) continue;
      const file = await core.source?.file(path).catch(() => undefined);
      if (file?.size !== size || file.lastModified !== modified) return false;
    }
    return true;
  }

  const words = (format: FormatId, said: Collected): Promise<string> =>
    loadSystem(format).then(
      ({ title }) =>
        `Imported ${said.rows.length.toLocaleString('en')} ${said.rows.length === 1 ? 'picture' : 'pictures'} from ${title}`,
    );

  return {
    async detect(given, signal) {
      extra = new Map(given.map(({ path, file }) => [path, file]));
      const from = await look();
      const found: Detection[] = [];
      for (const id of systemIds()) {
        throwIfAborted(signal);
        const format = await loadSystem(id);
        found.push(...(await format.detect(from, signal ? { signal } : {})));
      }
      return found.sort((a, b) => b.confidence - a.confidence);
    },
    async options(format, options) {
      return (await loadSystem(format)).importOptions(files ?? (await look()), options);
    },
    async plan(format, options, job = {}) {
      planned = undefined;
      const from = await look();
      const said = await collect(format, options, from, job);
      planned = { format, options, said, read: await from.read() };
      return planImport(core.table, said, { format, options });
    },
    issues() {
      return requirePlan(planned).said.issues.csv();
    },
    async commit(prefer) {
      requireOwner(core);
      const { format, options, said, read } = requirePlan(planned);
      const used = new Map(extra);
      await keepImported(core.record.id, used);
      const text = await words(format, said);
      const edit = await edits.change((table) => importEntry(table, said, text, prefer));
      const recipe: ImportRecipe = {
        multiLabel: said.summary.multiLabel,
        format,
        options,
        files: read,
        kept: [...used.keys()],
        at: edit.at,
        edit: edit.id,
        undone: false,
      };
      core.recipe = recipe;
      await checkpoints.write('strict');
      planned = undefined;
      core.stateChanged();
      return edit;
    },
    async repeat(job = {}) {
      const { recipe } = core;
      if (!recipe || recipe.undone || core.access !== 'owner') return null;
      try {
        extra = await readImported(core.record.id, recipe.kept);
        if (core.walk.added === 0 && (await isUnchanged(recipe.files))) return null;
        const said = await collect(recipe.format, recipe.options, await look(), job);
        const text = await words(recipe.format, said);
        const entry = repeatEntry(core.table, said, text);
        return entry ? await edits.change((table) => repeatEntry(table, said, text) ?? entry) : null;
      } catch (error) {
        const known = toVitrineError(error);
        if (known.code === 'aborted') throw known;
        core.damage = `The import of ${recipe.format} could not be repeated: ${known.message}`;
        core.stateChanged();
        return null;
      }
    },
  };
}

function requirePlan<T>(planned: T | undefined): T {
  if (planned) return planned;
  throw new VitrineError('not-found', 'There is no import to commit. Look at its plan first.');
}
