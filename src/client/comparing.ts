// Equal files as the interface asks for them: a job that can be paused, what it found as a notice, and the way to the pictures.
import type { Accessor } from 'solid-js';
import type { DatasetState, Query } from '../catalog/types.ts';
import type { CatalogCalls, DuplicateReport } from '../workers/calls.ts';
import type { Client } from '../workers/rpc.ts';
import type { Jobs } from './jobs.ts';
import type { Notices } from './notices.ts';
import type { Place } from './types.ts';

interface Parts {
  catalog: Client<CatalogCalls>;
  jobs: Jobs;
  notices: Notices;
  dataset: Accessor<DatasetState | null>;
  setPlace(place: Place): void;
  setQuery(query: Query): void;
}

/** Each path of a filter is looked for by itself: more would be slow, and nobody looks through them. */
const PATHS_SHOWN = 500;

/** The command of the session that compares the files of the open dataset; asked again it goes on with a search that is paused. */
export function createComparing({ catalog, jobs, notices, dataset, setPlace, setQuery }: Parts): () => Promise<void> {
  return async () => {
    const before = jobs.jobs().find(({ kind, state }) => kind === 'leakage' && state !== 'done' && state !== 'failed');
    if (before?.state === 'paused') jobs.pause(before.id, false);
    if (before) return;
    const of = dataset()?.id;
    const report = await jobs.run({
      kind: 'leakage',
      title: 'Comparing files',
      resumable: true,
      work: (options) => catalog.duplicates({}, options),
    });
    if (!report) return;
    const query = queryOf(report);
    const show = (): void => {
      if (!query || dataset()?.id !== of) return; // another dataset was opened while the notice stood
      setPlace('browse');
      setQuery(query);
    };
    notices.notify({
      tone: report.total > 0 ? 'plain' : 'good',
      text: equalFilesText(report),
      ...(query ? { action: { title: 'Show', run: show } } : {}),
    });
  };
}

/** What a search found: '12 pictures are there twice or more, 3 of them in several splits.' */
export function equalFilesText({
  total,
  acrossSplits,
  unreadable,
}: Pick<DuplicateReport, 'total' | 'acrossSplits' | 'unreadable'>): string {
  const number = (n: number): string => n.toLocaleString('en');
  const splits = acrossSplits > 0 ? `, ${total === 1 ? '' : `${number(acrossSplits)} of them `}in several splits` : '';
  const found =
    total === 0
      ? 'No two files are equal.'
      : `${total === 1 ? '1 picture is' : `${number(total)} pictures are`} there twice or more${splits}.`;
  const left =
    unreadable === 0 ? '' : ` ${unreadable === 1 ? '1 file' : `${number(unreadable)} files`} could not be compared.`;
  return found + left;
}

/** All equal pictures with the equal ones side by side; else those in several splits; null when even these are too many. */
function queryOf({ groups, total, acrossSplits }: DuplicateReport): Query | null {
  for (const shown of [total, acrossSplits]) {
    const paths = groups.slice(0, shown).flatMap((group) => group.paths);
    if (shown > 0 && shown <= groups.length && paths.length <= PATHS_SHOWN)
      return { filter: { and: [{ field: 'path', in: paths }] }, sort: [{ field: 'size' }] };
  }
  return null;
}
