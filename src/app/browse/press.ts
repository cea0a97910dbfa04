// Reads a keyboard event for the key map: what was pressed, and where the keyboard is.
import type { KeyPress } from '../keys.ts';

const textual =
  'input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=menu], [role=listbox]';
const controlling = 'button, a[href], input, summary, [role=slider], [role=tab]';

/**
 * Where a key press goes. Menus and lists count as text: letters are their type-ahead. Keys rest in dialogs, but for the large
 * picture (`picture`), which is a way of looking.
 */
export function pressOf(event: KeyboardEvent, picture: boolean): KeyPress {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  return { key, ctrlKey, metaKey, shiftKey, altKey, place: placeOf(event.target, picture) };
}

function placeOf(target: EventTarget | null, picture: boolean): KeyPress['place'] {
  if (!(target instanceof Element)) return 'page';
  if (target.closest(textual)) return 'text';
  if (!picture && target.closest('[role=dialog], [role=alertdialog]')) return 'text';
  if (target.closest('[role=grid]')) return 'grid';
  return target.closest(controlling) ? 'control' : 'page';
}
