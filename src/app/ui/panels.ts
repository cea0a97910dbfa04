// What lies over the page at the moment: one dialog at most, opened from anywhere by name.
import { type Accessor, createContext, createSignal, useContext } from 'solid-js';
import { VitrineError } from '../../shared/errors.ts';

/** The dialogs and overlays. `palette` may start with what was typed; `inspect` is the inspector over the whole page. */
export type Panel =
  | { kind: 'keys' }
  | { kind: 'left-out' }
  | { kind: 'layout' }
  | { kind: 'save' }
  /** `files` from elsewhere are read together with the folder's own. */
  | { kind: 'import'; files: File[] }
  | { kind: 'settings' }
  | { kind: 'palette'; text: string }
  | { kind: 'quick-look' }
  | { kind: 'inspect' };

export interface Panels {
  current: Accessor<Panel | null>;
  /** True while the panel of this kind is open. */
  isOpen(kind: Panel['kind']): boolean;
  show(panel: Panel): void;
  close(): void;
}

/** A new set of panels, all closed. */
export function createPanels(): Panels {
  const [current, setCurrent] = createSignal<Panel | null>(null);
  return {
    current,
    isOpen: (kind) => current()?.kind === kind,
    show: (panel) => setCurrent(panel),
    close: () => setCurrent(null),
  };
}

export const PanelsContext = createContext<Panels>();

/** The page's panels. Errors: `internal` outside of the application's root. */
export function usePanels(): Panels {
  const panels = useContext(PanelsContext);
  if (!panels) throw new VitrineError('internal', 'A component was used outside of the application.');
  return panels;
}
