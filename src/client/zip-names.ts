// What a person should know of an opened zip: what is odd about it, and a choice where its names do not say their code page.
import { createSignal } from 'solid-js';
import type { CodePage } from '../shared/code-page.ts';
import type { SourceRef, ZipReport } from '../source/types.ts';
import type { Notices } from './notices.ts';

export interface ZipNames {
  /** Names that may be read otherwise; null when there are none, or the person is content. */
  unmarked(): ZipReport['unmarked'];
  /** Reads the names in another code page: the zip is opened anew. */
  choose(codePage: CodePage): Promise<void>;
  /** Keeps the names as they are read. */
  accept(): void;
  /** True when there are such names; `ask` shows the choice again. */
  canChoose(): boolean;
  ask(): void;
}

export interface ZipNamesNeeds {
  report(): Promise<ZipReport | null>;
  reopen(ref: SourceRef): Promise<void>;
  notices: Notices;
}

/** `look` is called with the source that is shown, or null when it cannot be read. */
export function createZipNames(needs: ZipNamesNeeds): ZipNames & { look(ref: SourceRef | null): Promise<void> } {
  const [found, setFound] = createSignal<ZipReport['unmarked']>(null);
  const [asking, setAsking] = createSignal(false);
  let zip: Extract<SourceRef, { kind: 'zip' }> | null = null;
  return {
    unmarked: () => (asking() ? found() : null),
    accept: () => void setAsking(false),
    canChoose: () => found() !== null,
    ask: () => void setAsking(true),
    async choose(codePage) {
      if (!zip) return;
      try {
        await needs.reopen({ ...zip, codePage });
      } catch (error) {
        needs.notices.fail(error);
      }
    },
    async look(ref) {
      const shown = ref?.kind === 'zip' ? ref : null;
      zip = shown;
      setFound(null);
      const report = shown && (await needs.report());
      if (!report || zip !== shown) return;
      for (const text of report.notes) needs.notices.notify({ tone: 'plain', text });
      setFound(report.unmarked);
      setAsking(shown.codePage === undefined);
    },
  };
}
