// The key map: what rests while typing, what belongs to the grid, and numbers typed under Shift.
import { expect, test } from 'vitest';
import { bindings, commandOf, followShift, type KeyPress, type ShiftNumber } from '../../../src/app/keys.ts';

const press = (key: string, change: Partial<KeyPress> = {}) =>
  commandOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, place: 'page', ...change });

test('keys rest while typing, but for saving', () => {
  for (const key of ['l', '1', 'u', '/', 'f', 'ArrowLeft', ' ', 'Enter'])
    expect(press(key, { place: 'text' })).toBeNull();
  expect(press('z', { place: 'text', ctrlKey: true })).toBeNull();
  expect(press('s', { place: 'text', ctrlKey: true })).toBe('save');
});

test('Space, Enter and arrows stay with the button that has the focus', () => {
  for (const key of [' ', 'Enter', 'ArrowLeft']) {
    expect(press(key, { place: 'control' })).toBeNull();
    expect(press(key, { place: 'grid' })).not.toBeNull();
  }
  expect(press('u', { place: 'control' })).toBe('unlabel');
});

test('undo and redo differ by Shift, and the command key of a Mac is as good as Ctrl', () => {
  expect(press('z', { ctrlKey: true })).toBe('undo');
  expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('redo');
  expect(press('z', { metaKey: true })).toBe('undo');
  expect(press('z')).toBeNull();
});

test('letters with Ctrl are the browser’s unless they are bound', () => {
  expect(press('l', { ctrlKey: true })).toBeNull();
  expect(press('a', { ctrlKey: true })).toBe('select-all');
  expect(press(' ', { ctrlKey: true, place: 'grid' })).toBe('toggle');
  expect(press('ArrowRight', { ctrlKey: true, place: 'grid' })).toBe('right');
});

test('every command but those listed with another has an entry in the help', () => {
  const helped = new Set(bindings.filter((b) => b.help).map((b) => b.command));
  const beside = [
    'right',
    'up',
    'down',
    'last',
    'page-down',
    'zoom-out',
    'previous',
    'window-narrower',
    'window-down',
    'frame-next',
  ];
  for (const { command } of bindings) expect(helped.has(command) || beside.includes(command)).toBe(true);
});

test('a number typed under Shift is told when Shift is let go', () => {
  const events = [
    ['down', 'Shift', 'ShiftLeft'],
    ['down', '!', 'Digit1'],
    ['down', '"', 'Digit2'],
    ['up', '"', 'Digit2'],
    ['up', 'Shift', 'ShiftLeft'],
  ] as const;
  let state: ShiftNumber = { held: false, digits: '' };
  const numbers: (number | null)[] = [];
  for (const [type, key, code] of events) {
    const next = followShift(state, { type, key, code });
    state = next.state;
    numbers.push(next.number);
  }
  expect(numbers).toEqual([null, null, null, null, 12]);
  expect(state).toEqual({ held: false, digits: '' });
});

test('Shift without a number labels nothing', () => {
  const down = followShift({ held: false, digits: '' }, { type: 'down', key: 'Shift', code: 'ShiftLeft' });
  expect(followShift(down.state, { type: 'up', key: 'Shift', code: 'ShiftLeft' }).number).toBeNull();
  expect(followShift({ held: false, digits: '' }, { type: 'down', key: '1', code: 'Digit1' }).state.digits).toBe('');
});
