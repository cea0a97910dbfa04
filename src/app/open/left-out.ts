// Why files are not shown: one sentence a reason. Pure.
import type { Session } from '../../client/types.ts';

export type Reason = keyof Awaited<ReturnType<Session['leftOut']>>['byReason'];

/** What each reason means and what can be done. */
export const sentences: Record<Reason, string> = {
  hidden: 'Hidden: the name starts with a dot.',
  system: 'Made by the system, such as Thumbs.db or __MACOSX.',
  swap: 'Left behind by a browser that stopped while saving. The file beside it is whole; this one can be deleted.',
  'not-an-image': 'No picture by its name.',
  metadata: 'Labels or metadata that belong to the pictures.',
  'refused-name': 'The browser lists the name but does not open it. Rename the file.',
  'name-not-utf8': 'The name is not valid UTF-8, so the browser cannot open it. Rename the file.',
  'unreadable-folder': 'The folder could not be listed. Check its permissions.',
};

/** What no count can hold. */
export const uncountable =
  'Symbolic links, and names that the browser refuses (ending in a dot, a space or ~, or with a colon), are never shown to a page, so they cannot be counted here.';

/** Reasons with their counts, the largest first. */
export function reasonsOf(byReason: Partial<Record<Reason, number>>): { reason: Reason; count: number }[] {
  const reasons = Object.keys(sentences) as Reason[]; // the record's keys are exactly the reasons
  return reasons
    .map((reason) => ({ reason, count: byReason[reason] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}
