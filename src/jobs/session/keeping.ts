// What is kept for the next time a dataset opens: pictures of the last screen, where the person was; and the list of what is not shown, as a file.

import type { DeepView } from '../../catalog/types.ts';
import { VitrineError } from '../../shared/errors.ts';
import { writeCheckpoint } from '../../store/blocks.ts';
import { type KeptPicture, keepPictures, readPictures } from '../../store/pictures.ts';
import type { LeftOutList } from '../left-out.ts';
import { type Core, requireOwner } from './core.ts';

/** Keeps pictures of the first rows (`cover`) or of the last screen. A reader's screen is not kept: the owner's is. */
export async function keep(core: Core, pictures: KeptPicture[], cover: boolean): Promise<void> {
  if (core.access === 'owner') await keepPictures(core.store, core.record.id, cover ? 'cover' : 'screen', pictures);
}

/** Those of `ids` that are kept. */
export async function kept(core: Core, ids: Uint32Array): Promise<KeptPicture[]> {
  const wanted = new Set(ids);
  const shelves = await Promise.all([
    readPictures(core.store, core.record.id, 'cover'),
    readPictures(core.store, core.record.id, 'screen'),
  ]);
  const found = new Map(shelves.flat().map((picture) => [picture.id, picture]));
  return [...found.values()].filter((picture) => wanted.has(picture.id));
}

/** Keeps where the person was. */
export async function savePlace(core: Core, place: unknown): Promise<void> {
  core.place = place;
  if (core.access === 'owner')
    await writeCheckpoint(core.store, core.record.id, { blocks: [], meta: { place } }, 'relaxed');
}

/** Looks at deep pictures in another way from now on; durable when it resolves. Errors: `read-only`, `bad-input`. */
export async function setView(core: Core, view: DeepView): Promise<void> {
  requireOwner(core);
  checkView(view);
  await writeCheckpoint(core.store, core.record.id, { blocks: [], meta: { view } }, 'strict');
  core.view = view;
  core.stateChanged();
}

function checkView({ range, window }: DeepView): void {
  const wrong =
    (window !== undefined && !(Number.isFinite(window.center) && window.width > 0 && Number.isFinite(window.width))) ||
    (typeof range === 'object' &&
      ('percentiles' in range
        ? !(range.percentiles[0] >= 0 && range.percentiles[1] <= 100 && range.percentiles[0] < range.percentiles[1])
        : !(Number.isFinite(range.low) && Number.isFinite(range.high) && range.low < range.high)));
  if (wrong)
    throw new VitrineError(
      'bad-input',
      'A range needs two numbers with the smaller one first, and a window a width above zero.',
    );
}

/** Says that what is in the journal up to here has been exported. */
export async function markExported(core: Core, position: number): Promise<void> {
  core.exported = position;
  if (core.access === 'owner')
    await writeCheckpoint(core.store, core.record.id, { blocks: [], meta: { exported: position } }, 'relaxed');
  core.stateChanged();
}

/** Entries of the left-out list that one part of the file holds. */
const CSV_ROWS = 8192;

/** The whole left-out list as CSV: path and reason. */
export async function leftOutCsv(core: Core, list: LeftOutList): Promise<Blob> {
  const parts = ['path,reason\n'];
  const { total } = list.summary();
  for (let from = 0; from < total; from += CSV_ROWS) {
    const items = await list.read(core.store, core.record.id, from, from + CSV_ROWS);
    parts.push(items.map(({ path, reason }) => `${quoted(path)},${reason}\n`).join(''));
  }
  return new Blob(parts, { type: 'text/csv' });
}

/** RFC 4180: quotes where the text needs them. */
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
