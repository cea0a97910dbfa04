// Loads the full picture that a stage shows: one at a time, so that a window that is being dragged is seen as it moves.
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import type { Session } from '../../client/types.ts';
import type { Thumbnail } from '../../pixels/types.ts';
import { toVitrineError } from '../../shared/errors.ts';
import type { Adjust } from './adjust.ts';

/** A picture; `stamp` differs when its file is another or can be read now. */
interface Wanted {
  id: number;
  path: string;
  stamp: string;
}

/** What is loaded, or why it cannot be. Bitmaps are closed when another comes. */
export interface FullPicture {
  shown: Accessor<{ id: number; thumbnail: Thumbnail } | undefined>;
  problem: Accessor<string>;
}

/**
 * Follows `wanted`. Another picture cancels the one that is being loaded; another look at the same picture waits until that is done, and only
 * the newest look that waits is loaded. While `resting` nothing changes.
 */
export function createFullPicture(
  session: Session,
  adjust: Adjust,
  wanted: Accessor<Wanted | undefined>,
  resting: Accessor<boolean>,
): FullPicture {
  const [shown, setShown] = createSignal<{ id: number; thumbnail: Thumbnail } | undefined>();
  const [problem, setProblem] = createSignal('');
  let loading: { id: number; controller: AbortController } | undefined;
  let next: Wanted | undefined;

  function clear(): void {
    shown()?.thumbnail.bitmap.close();
    setShown(undefined);
  }

  async function load({ id, path }: Wanted): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    loading = { id, controller };
    const { view, measure } = adjust.viewOf(id);
    try {
      const thumbnail = await session.pictures.full({ id, path }, { signal, view, measure });
      if (signal.aborted) return thumbnail.bitmap.close();
      shown()?.thumbnail.bitmap.close();
      setShown({ id, thumbnail });
      setProblem('');
      adjust.loaded(id, view, thumbnail.facts);
    } catch (thrown) {
      if (signal.aborted) return;
      clear();
      setProblem(toVitrineError(thrown).message);
    } finally {
      if (loading?.controller === controller) {
        loading = undefined;
        const following = next;
        next = undefined;
        if (following) void load(following);
      }
    }
  }

  function stop(): void {
    loading?.controller.abort();
    [loading, next] = [undefined, undefined];
  }

  // as text: a row is a new object with every edit, and only another picture or another look at it is loaded again
  const key = createMemo(() => {
    const row = wanted();
    return row && JSON.stringify([row, adjust.viewOf(row.id).view]);
  });
  // the pixels of a picture come from a worker: outside of Solid
  createEffect(
    on([key, resting], () => {
      const row = wanted();
      if (resting()) return;
      if (!row) {
        stop();
        setProblem('');
        clear();
      } else if (loading?.id === row.id) next = row;
      else {
        stop();
        void load(row);
      }
    }),
  );
  onCleanup(() => {
    stop();
    shown()?.thumbnail.bitmap.close();
  });

  return { shown, problem };
}
