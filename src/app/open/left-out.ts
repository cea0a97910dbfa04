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
  'zip-absolute-path': 'In the zip under an absolute path, which would lead out of the dataset.',
  'zip-leaves': 'In the zip under a path with “..”, which could lead out of the dataset.',
  'zip-control-character': 'In the zip under a name with control characters.',
  'zip-no-name': 'In the zip without a name, or with an empty folder in its path.',
  'zip-too-deep': 'In the zip more than 64 folders deep.',
  'zip-inside-a-file': 'In the zip inside of something that is a file there.',
  'zip-duplicate': 'A second file of the same name in the zip. The first one is shown.',
  'zip-link': 'A symbolic link in the zip.',
  'zip-no-file': 'A device or the like in the zip, no file.',
  'zip-encrypted': 'Encrypted in the zip. Unpack it with its password and open the folder.',
  'zip-method': 'Packed by a method that is not read. Unpack the zip and open the folder.',
  'zip-outside': 'Its place in the zip is outside of the file: the zip is damaged.',
  'zip-no-local-header': 'Nothing is at its place in the zip: the zip is damaged.',
  'zip-other-local-header': 'Another file is at its place in the zip.',
  'zip-too-large': 'Claims more than 2 GiB, or more than its packed bytes can hold.',
  'zip-archive': 'An archive inside of the zip, which is not opened.',
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
