// Reads a keyboard event for the key map: what was pressed, and where the keyboard is.
import type { KeyPress } from '../keys.ts';

const textual =
  'input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=menu], [role=listbox]';
const controlling = 'button, a[href], input, summary, [role=slider], [role=tab]';

/** Where a key press goes. Menus and lists count as text: letters are their type-ahead. */
export function pressOf(event: KeyboardEvent): KeyPress {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  return { key, ctrlKey, metaKey, shiftKey, altKey, place: placeOf(event.target) };
}

function placeOf(target: EventTarget | null): KeyPress['place'] {
  if (!(target instanceof Element)) return 'page';
  if (target.closest(textual)) return 'text';
  if (target.closest('[role=grid]')) return 'grid';
  return target.closest(controlling) ? 'control' : 'page';
}
