// Review: the questions that bring likely errors up, and the step to the next picture after one was dealt with.
import { type Accessor, createContext, createSignal, useContext } from 'solid-js';
import type { Session } from '../../client/types.ts';
import { VitrineError } from '../../shared/errors.ts';

/** Fields whose conditions mean that a person is reviewing. */
const reviewFields = ['disagrees', 'doubt', 'reviewed'] as const;

export interface Review {
  /** True when labelling goes on to the next picture in every view, not only in those of likely errors. */
  always: Accessor<boolean>;
  setAlways(value: boolean): void;
  /** True while labelling one picture goes on to the next. */
  on(): boolean;
  /** Shows labels that the prediction contradicts and nobody has looked at, the most doubtful first. */
  start(): void;
  /** Runs an edit of the picture under the cursor and moves on; with several selected, or outside of review, it only runs. */
  editAndGoOn(edit: () => Promise<void>): Promise<void>;
  /** The prediction becomes the label of the picture under the cursor. */
  accept(): Promise<void>;
  /** The label is right: it is not brought up again. */
  keep(): Promise<void>;
}

export function createReview(session: Session): Review {
  const [always, setAlways] = createSignal(false);
  const reviewing = (): boolean => always() || reviewFields.some((field) => session.condition(field) !== undefined);
  async function editAndGoOn(edit: () => Promise<void>): Promise<void> {
    // a picture with several labels is not done with the first
    if (session.selection.count() > 1 || !reviewing() || session.dataset()?.multiLabel) return edit();
    // the row itself may leave the view by the edit: the next one is remembered by its id, not by position
    const next = session.window.row(session.cursor() + 1);
    await edit();
    session.selection.clear();
    if (!next) return;
    const position = await session.positionOf(next.id);
    if (position >= 0) session.setCursor(position);
  }

  return {
    always,
    setAlways,
    on: reviewing,
    editAndGoOn,
    accept() {
      const row = session.window.row(session.cursor());
      const info = session.dataset()?.classes.find((c) => c.id === row?.predicted);
      if (!row || !info) return Promise.resolve();
      return editAndGoOn(
        async () => void (await session.edit({ kind: 'label', rows: Uint32Array.of(row.id), set: [info.name] })),
      );
    },
    keep: () =>
      editAndGoOn(async () => void (await session.edit({ kind: 'review', rows: session.targets(), value: true }))),
    start() {
      session.goTo('browse');
      session.setQuery({
        filter: {
          and: [
            { field: 'disagrees', is: true },
            { field: 'reviewed', is: false },
          ],
        },
        sort: [{ field: 'doubt', descending: true }],
      });
    },
  };
}

export const ReviewContext = createContext<Review>();

/** The page's review. Errors: `internal` outside of the application's root. */
export function useReview(): Review {
  const review = useContext(ReviewContext);
  if (!review) throw new VitrineError('internal', 'A component was used outside of the application.');
  return review;
}
