// What the commands of the key map do while pictures are shown.
import type { Session } from '../../client/types.ts';
import type { Command } from '../keys.ts';
import type { Panels } from '../ui/panels.ts';
import type { Move } from './grid/layout.ts';
import type { Selecting } from './grid/select.ts';
import type { GridView } from './grid/view.ts';
import type { Review } from './review.ts';

export interface Parts {
  session: Session;
  panels: Panels;
  view: GridView;
  review: Review;
  selecting(): Selecting | undefined;
  /** Opens or focuses the filters. */
  showFilters(): void;
}

const moves: Partial<Record<Command, Move>> = {
  left: 'left',
  right: 'right',
  up: 'up',
  down: 'down',
  first: 'first',
  last: 'last',
  'page-up': 'page-up',
  'page-down': 'page-down',
};

/** Runs a command; false when it is not one of the grid's. */
export function runCommand(
  parts: Parts,
  command: Command,
  press: { shiftKey: boolean; ctrlKey: boolean; key: string },
): boolean {
  const { session, panels, view, review } = parts;
  const move = moves[command];
  if (move) {
    moveCursor(parts, view.move(move), press);
    return true;
  }
  switch (command) {
    case 'next':
    case 'previous':
      session.selection.clear();
      session.setCursor(session.cursor() + (command === 'next' ? 1 : -1));
      return true;
    case 'quick-look':
      panels.isOpen('quick-look') ? panels.close() : panels.show({ kind: 'quick-look' });
      return true;
    case 'inspect':
      panels.show({ kind: 'inspect' });
      return true;
    case 'toggle': {
      const row = session.window.row(session.cursor());
      if (row) session.selection.toggle(row.id);
      return true;
    }
    case 'select-all':
      void session.selection.all();
      return true;
    case 'class':
      labelByNumber(parts, Number(press.key));
      return true;
    case 'unlabel':
      void review.editAndGoOn(() => session.label(null));
      return true;
    case 'exclude':
      exclude(parts);
      return true;
    case 'accept':
      void review.accept();
      return true;
    case 'keep':
      void review.keep();
      return true;
    case 'palette':
      panels.show({ kind: 'palette', text: '' });
      return true;
    case 'group':
      session.setGroup(session.query().group ? undefined : 'label');
      return true;
    case 'zoom-in':
    case 'zoom-out':
      view.zoomStep(command === 'zoom-in' ? 1 : -1);
      return true;
    case 'filters':
      parts.showFilters();
      return true;
    default:
      return false;
  }
}

function moveCursor({ session, selecting }: Parts, to: number, press: { shiftKey: boolean; ctrlKey: boolean }): void {
  const from = session.cursor();
  session.setCursor(to);
  const pointer = selecting();
  if (press.shiftKey) {
    // the first extending move starts where the cursor was
    if (pointer && session.selection.count() === 0) pointer.setAnchor(from);
    void session.selection.range(pointer?.anchor() ?? from, to);
  } else if (!press.ctrlKey) {
    session.selection.clear();
    pointer?.setAnchor(to);
  }
}

/** Labels with the class that has this number in the list; an unknown number is said, not ignored. */
export function labelByNumber({ session, review }: Pick<Parts, 'session' | 'review'>, number: number): void {
  const info = session.dataset()?.classes.find((c) => c.number === number);
  if (info) void review.editAndGoOn(() => session.label(info.name));
  else session.notify({ tone: 'plain', text: `There is no class ${number}. Press L to create one.` });
}

/** Excludes the targets, or takes them back when the picture under the cursor is excluded already. */
function exclude({ session, review }: Parts): void {
  const row = session.window.row(session.cursor());
  void review.editAndGoOn(() => session.exclude(!row?.excluded));
}
