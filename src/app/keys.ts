// The map of keys, in one table: what a key does, where, and the words that the help shows. Pure.

export type Command =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'first'
  | 'last'
  | 'page-up'
  | 'page-down'
  | 'quick-look'
  | 'inspect'
  | 'toggle'
  | 'back'
  | 'search'
  | 'filters'
  | 'palette'
  | 'class'
  | 'unlabel'
  | 'exclude'
  | 'accept'
  | 'keep'
  | 'next'
  | 'previous'
  | 'undo'
  | 'redo'
  | 'select-all'
  | 'save'
  | 'group'
  | 'zoom-in'
  | 'zoom-out'
  | 'window-wider'
  | 'window-narrower'
  | 'window-up'
  | 'window-down'
  | 'frame-next'
  | 'frame-previous'
  | 'notices'
  | 'keys';

export type KeyGroup = 'Looking' | 'Labelling' | 'Selecting' | 'Everything';

interface Binding {
  command: Command;
  /** `KeyboardEvent.key`, one-letter keys in lower case. */
  keys: readonly string[];
  ctrl?: boolean;
  alt?: boolean;
  /** Absent: with or without Shift. */
  shift?: boolean;
  /** 'grid': only where the keyboard is in the grid or nowhere, so that buttons keep Space and Enter. 'page': anywhere but in text. 'always': in text too. */
  where: 'grid' | 'page' | 'always';
  /** As the help shows it; absent: listed with another entry. */
  help?: { group: KeyGroup; keys: string; title: string };
}

export const bindings: readonly Binding[] = [
  {
    command: 'left',
    keys: ['ArrowLeft'],
    where: 'grid',
    help: { group: 'Looking', keys: '← → ↑ ↓', title: 'Move in the grid' },
  },
  { command: 'right', keys: ['ArrowRight'], where: 'grid' },
  { command: 'up', keys: ['ArrowUp'], where: 'grid' },
  { command: 'down', keys: ['ArrowDown'], where: 'grid' },
  {
    command: 'first',
    keys: ['Home'],
    where: 'grid',
    help: { group: 'Looking', keys: 'Home End', title: 'First, last picture' },
  },
  { command: 'last', keys: ['End'], where: 'grid' },
  {
    command: 'page-up',
    keys: ['PageUp'],
    where: 'grid',
    help: { group: 'Looking', keys: 'PgUp PgDn', title: 'One screen up, down' },
  },
  { command: 'page-down', keys: ['PageDown'], where: 'grid' },
  {
    command: 'quick-look',
    keys: [' '],
    ctrl: false,
    where: 'grid',
    help: { group: 'Looking', keys: 'Space', title: 'Quick look' },
  },
  {
    command: 'inspect',
    keys: ['Enter'],
    where: 'grid',
    help: { group: 'Looking', keys: 'Enter', title: 'Inspect large' },
  },
  {
    command: 'back',
    keys: ['Escape'],
    where: 'page',
    help: { group: 'Looking', keys: 'Esc', title: 'Back; clear the selection' },
  },
  {
    command: 'zoom-in',
    keys: ['+', '='],
    where: 'page',
    help: { group: 'Looking', keys: '+ −', title: 'Larger, smaller pictures' },
  },
  { command: 'zoom-out', keys: ['-', '_'], where: 'page' },
  // no letters: those that no command has begin the name of a class
  {
    command: 'window-up',
    keys: ['ArrowUp'],
    alt: true,
    where: 'page',
    help: { group: 'Looking', keys: 'Alt+↑ ↓', title: 'Deep pictures: centre of the window higher, lower' },
  },
  { command: 'window-down', keys: ['ArrowDown'], alt: true, where: 'page' },
  {
    command: 'window-wider',
    keys: ['PageUp'],
    alt: true,
    where: 'page',
    help: { group: 'Looking', keys: 'Alt+PgUp PgDn', title: 'Deep pictures: window wider, narrower' },
  },
  { command: 'window-narrower', keys: ['PageDown'], alt: true, where: 'page' },
  {
    command: 'frame-previous',
    keys: [','],
    where: 'page',
    help: { group: 'Looking', keys: ', .', title: 'Previous, next frame' },
  },
  { command: 'frame-next', keys: ['.'], where: 'page' },
  { command: 'search', keys: ['/'], where: 'page', help: { group: 'Looking', keys: '/', title: 'Search' } },
  {
    command: 'filters',
    keys: ['f'],
    shift: false,
    where: 'page',
    help: { group: 'Looking', keys: 'F', title: 'Filters' },
  },
  {
    command: 'group',
    keys: ['g'],
    shift: false,
    where: 'page',
    help: { group: 'Looking', keys: 'G', title: 'Group by class, and back' },
  },
  {
    command: 'palette',
    keys: ['l'],
    shift: false,
    where: 'page',
    help: { group: 'Labelling', keys: 'L', title: 'Choose or create a class' },
  },
  {
    command: 'class',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shift: false,
    where: 'page',
    help: { group: 'Labelling', keys: '1–9', title: 'Label as class 1–9' },
  },
  {
    command: 'unlabel',
    keys: ['u'],
    shift: false,
    where: 'page',
    help: { group: 'Labelling', keys: 'U', title: 'Remove the label' },
  },
  {
    command: 'exclude',
    keys: ['x'],
    shift: false,
    where: 'page',
    help: { group: 'Labelling', keys: 'X', title: 'Exclude, and back' },
  },
  {
    command: 'accept',
    keys: ['a'],
    shift: false,
    where: 'page',
    help: { group: 'Labelling', keys: 'A', title: 'Accept the prediction as label' },
  },
  {
    command: 'keep',
    keys: ['k'],
    shift: false,
    where: 'page',
    help: { group: 'Labelling', keys: 'K', title: 'Keep the label: it is reviewed' },
  },
  {
    command: 'next',
    keys: ['n'],
    shift: false,
    where: 'page',
    help: { group: 'Labelling', keys: 'N P', title: 'Next, previous in review' },
  },
  { command: 'previous', keys: ['p'], shift: false, where: 'page' },
  {
    command: 'toggle',
    keys: [' '],
    ctrl: true,
    where: 'grid',
    help: { group: 'Selecting', keys: 'Ctrl+Space', title: 'Select or not' },
  },
  {
    command: 'select-all',
    keys: ['a'],
    ctrl: true,
    where: 'page',
    help: { group: 'Selecting', keys: 'Ctrl+A', title: 'Select everything in view' },
  },
  {
    command: 'undo',
    keys: ['z'],
    ctrl: true,
    shift: false,
    where: 'page',
    help: { group: 'Everything', keys: 'Ctrl+Z', title: 'Undo' },
  },
  {
    command: 'redo',
    keys: ['z'],
    ctrl: true,
    shift: true,
    where: 'page',
    help: { group: 'Everything', keys: 'Ctrl+Shift+Z', title: 'Redo' },
  },
  { command: 'redo', keys: ['y'], ctrl: true, where: 'page' },
  {
    command: 'save',
    keys: ['s'],
    ctrl: true,
    where: 'always',
    help: { group: 'Everything', keys: 'Ctrl+S', title: 'Save' },
  },
  {
    command: 'notices',
    keys: ['t'],
    alt: true,
    where: 'always',
    help: { group: 'Everything', keys: 'Alt+T', title: 'Go to the messages' },
  },
  { command: 'keys', keys: ['?'], where: 'page', help: { group: 'Everything', keys: '?', title: 'This map' } },
];

/** Keys that no single binding stands for, as the help shows them. */
export const moreHelp: readonly { group: KeyGroup; keys: string; title: string }[] = [
  { group: 'Labelling', keys: 'Shift + number', title: 'Label as any class: hold Shift, type its number, let go' },
  { group: 'Labelling', keys: 'Other letters', title: 'With a selection: start typing a class name' },
  { group: 'Selecting', keys: 'Shift + arrows', title: 'Extend the selection' },
  { group: 'Looking', keys: 'Ctrl + wheel', title: 'Zoom about the pointer' },
];

/** What of a keyboard event decides; `place` is where the keyboard is. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
  place: 'text' | 'control' | 'grid' | 'page';
}

/** The command of a key press, or null. In text fields and menus keys rest; on other controls only commands that no control uses are taken. */
export function commandOf(press: KeyPress): Command | null {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const ctrl = press.ctrlKey || press.metaKey;
  for (const binding of bindings) {
    if (!binding.keys.includes(key)) continue;
    // Ctrl with an arrow moves without changing the selection: moves take either
    if ((binding.ctrl ?? false) !== ctrl && !(binding.where === 'grid' && binding.ctrl === undefined)) continue;
    if ((binding.alt ?? false) !== press.altKey) continue;
    if (binding.shift !== undefined && binding.shift !== press.shiftKey) continue;
    if (binding.where === 'page' && press.place === 'text') continue;
    if (binding.where === 'grid' && (press.place === 'text' || press.place === 'control')) continue;
    return binding.command;
  }
  return null;
}

/** The class number that is being typed while Shift is held. */
export interface ShiftNumber {
  held: boolean;
  digits: string;
}

/**
 * Follows Shift and digits; `number` is set when Shift was let go after digits. Digits come by `code`, because Shift changes `key`.
 */
export function followShift(
  state: ShiftNumber,
  event: { type: 'down' | 'up'; key: string; code: string },
): { state: ShiftNumber; number: number | null } {
  if (event.key === 'Shift') {
    if (event.type === 'down') return { state: { held: true, digits: state.held ? state.digits : '' }, number: null };
    return { state: { held: false, digits: '' }, number: state.digits === '' ? null : Number(state.digits) };
  }
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (state.held && event.type === 'down' && digit !== undefined)
    return { state: { held: true, digits: state.digits + digit }, number: null };
  return { state, number: null };
}
