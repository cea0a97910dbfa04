// Short messages that go by themselves, and the words a screen reader speaks.
import { createSignal } from 'solid-js';
import { toVitrineError } from '../shared/errors.ts';
import type { Notice } from './types.ts';

/** The list of notices. `fail` shows an error as a sentence; a stop that was asked for is no error. */
export function createNotices() {
  const [notices, setNotices] = createSignal<Notice[]>([]);
  const [announcement, announce] = createSignal('');
  let nextId = 1;

  function notify(notice: Omit<Notice, 'id'>): void {
    const id = nextId++;
    // the newest five: an older message that nobody read is no longer news
    setNotices((all) => [...all.slice(-4), { ...notice, id }]);
    announce(notice.text);
  }

  return {
    notices,
    announcement,
    announce,
    notify,
    dismiss: (id: number) => setNotices((all) => all.filter((notice) => notice.id !== id)),
    fail(thrown: unknown): void {
      const error = toVitrineError(thrown);
      if (error.code !== 'aborted') notify({ tone: 'bad', text: error.message });
    },
  };
}

export type Notices = ReturnType<typeof createNotices>;
