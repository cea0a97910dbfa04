// How the picture under the cursor is looked at before it is decided for all: window, frame, and what is known of its values. One for the inspector and the large view.
import { type Accessor, createContext, createMemo, createSignal, useContext } from 'solid-js';
import type { Session } from '../../client/types.ts';
import type { PictureValues, PixelFacts, PixelView } from '../../pixels/types.ts';
import { VitrineError } from '../../shared/errors.ts';
import type { Command } from '../keys.ts';
import {
  dragged,
  type Kind,
  type Look,
  lookAt,
  lookOf,
  pixelView,
  stepOf,
  storedLook,
  type Window,
  windowOf,
} from './window.ts';

/** A picture that was loaded, as the stages tell it. */
interface Loaded {
  id: number;
  frame: PixelView['frame'];
  facts: PixelFacts;
  /** What is known of its values from an earlier look at the same frame, too. */
  values: PictureValues | undefined;
}

export interface Adjust {
  /** The rule by which the picture of a row is loaded; `measure` when its values are not known yet. */
  viewOf(id: number): { view: PixelView; measure: boolean };
  /** A stage shows this picture now. */
  loaded(id: number, view: PixelView, facts: PixelFacts): void;
  /** Set where the picture under the cursor has a window. */
  deep: Accessor<{ kind: Kind; values: PictureValues; window: Window | undefined; whole: boolean } | undefined>;
  /** The look that is tried, or the dataset's. */
  look: Accessor<Look>;
  /** True while what is seen is not what the dataset's pictures have. */
  trying: Accessor<boolean>;
  tryLook(look: Look): void;
  tryWindow(window: Window): void;
  /** A drag on the picture, in CSS pixels. */
  drag(dx: number, dy: number): void;
  /** Back to what the dataset's pictures have. */
  reset(): void;
  useForAll(): Promise<void>;
  /** Set where the file has several: the frame that is shown, from 0, and how many there are. */
  frames: Accessor<{ at: number; count: number } | undefined>;
  setFrame(at: number): void;
  /** Runs a command of the key map; false when it is not one of these or has nothing to act on. */
  run(command: Command): boolean;
}

/** One press of a key, in pixels of a drag. */
const keyPixels = 10;
/** Integers of fewer values are taken for fractions that happen to be whole, as in uptake of PET. */
const fewValues = 20;
const kindOf = (format: unknown): Kind => (format === 'dicom' ? 'dicom' : 'other');

/** The state of the open dataset's inspector. */
export function createAdjust(session: Session): Adjust {
  const [tried, setTried] = createSignal<Partial<Record<Kind, Look>>>({});
  const [frame, setFrameSignal] = createSignal<{ id: number; at: number } | undefined>();
  const [loaded, setLoaded] = createSignal<Loaded | undefined>();

  const id = (): number | undefined => session.sample()?.id;
  const shown = createMemo(() => (loaded()?.id === id() ? loaded() : undefined));
  const kind = (): Kind => kindOf(shown()?.facts.format ?? session.sample()?.fields.format);
  const datasetView = () => session.dataset()?.view ?? {};
  const look = createMemo(() => tried()[kind()] ?? lookOf(datasetView(), kind()));
  const chosenFrame = (of: number): number | undefined => (frame()?.id === of ? frame()?.at : undefined);

  const deep = createMemo(() => {
    const now = shown();
    if (!now?.values) return undefined;
    const { found } = now.values;
    const whole = Number.isInteger(found.low) && Number.isInteger(found.high) && found.high - found.low > fewValues;
    const window = windowOf(look(), kind()) ?? now.facts.values?.shown;
    return { kind: kind(), values: now.values, window, whole };
  });

  const frames = createMemo(() => {
    const now = shown();
    const { format, frames: count = 1 } = now?.facts ?? {};
    // of animations the first frame is shown
    if (!now || count < 2 || (format !== 'dicom' && format !== 'tiff')) return undefined;
    const first = datasetView().frame === 'middle' ? Math.floor((count - 1) / 2) : 0;
    return { at: Math.min(count - 1, chosenFrame(now.id) ?? first), count };
  });

  function tryLook(next: Look): void {
    setTried((now) => ({ ...now, [kind()]: next }));
  }
  function drag(dx: number, dy: number): void {
    const now = deep();
    if (!now) return;
    const { low, high } = now.values.bulk;
    const from = now.window ?? { center: (low + high) / 2, width: high - low };
    tryLook(lookAt(dragged(from, dx, dy, stepOf(now.values), now.whole), now.kind));
  }
  function setFrame(at: number): void {
    const now = frames();
    const of = id();
    if (now && of !== undefined) setFrameSignal({ id: of, at: Math.min(now.count - 1, Math.max(0, at)) });
  }

  const trying = (): boolean => JSON.stringify(look()) !== JSON.stringify(lookOf(datasetView(), kind()));

  return {
    viewOf(of) {
      const last = loaded()?.id === of ? loaded() : undefined;
      const known = kindOf(last?.facts.format ?? session.sample()?.fields.format);
      const trial = tried()[known];
      const view = pixelView(datasetView(), trial, chosenFrame(of));
      // a window that is named needs no second look at the values of a frame that was measured
      const named = windowOf(trial ?? lookOf(datasetView(), known), known) !== undefined;
      return { view, measure: !(named && last?.values && last.frame === view.frame) };
    },
    loaded(of, { frame: at }, facts) {
      setLoaded((before) => {
        const same = before?.id === of && before.frame === at;
        return { id: of, frame: at, facts, values: facts.values ?? (same ? before.values : undefined) };
      });
    },
    deep,
    look,
    trying,
    tryLook,
    tryWindow: (window) => tryLook(lookAt(window, kind())),
    drag,
    reset: () => setTried((now) => ({ ...now, [kind()]: undefined })),
    async useForAll() {
      const next = storedLook(datasetView(), look(), kind());
      await session.setDeepView(next);
      setTried((now) => ({ ...now, [kind()]: undefined }));
    },
    frames,
    setFrame,
    run(command) {
      const at = frames()?.at;
      switch (command) {
        case 'window-wider':
        case 'window-narrower':
          drag(command === 'window-wider' ? keyPixels : -keyPixels, 0);
          return deep() !== undefined;
        case 'window-up':
        case 'window-down':
          drag(0, command === 'window-up' ? keyPixels : -keyPixels);
          return deep() !== undefined;
        case 'frame-next':
        case 'frame-previous':
          if (at === undefined) return false;
          setFrame(at + (command === 'frame-next' ? 1 : -1));
          return true;
        default:
          return false;
      }
    },
  };
}

export const AdjustContext = createContext<Adjust>();

/** The inspector's state. Errors: `internal` outside of an open dataset. */
export function useAdjust(): Adjust {
  const adjust = useContext(AdjustContext);
  if (!adjust) throw new VitrineError('internal', 'A picture was shown outside of a dataset.');
  return adjust;
}
