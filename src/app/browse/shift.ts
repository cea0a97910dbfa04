// Shift held with a number being typed: followed once for the page, read by the class list.
import { type Accessor, createContext, createSignal, onCleanup, useContext } from 'solid-js';
import { followShift, type ShiftNumber } from '../keys.ts';

const released: ShiftNumber = { held: false, digits: '' };

/** Follows Shift on the page; `onNumber` gets a number that was typed under it. `rests` says whether a key belongs to a text field. Call under an owner. */
export function createShiftNumber(
  onNumber: (n: number) => void,
  rests: (event: KeyboardEvent) => boolean,
): Accessor<ShiftNumber> {
  const [state, setState] = createSignal<ShiftNumber>(released);
  const follow = (event: KeyboardEvent): void => {
    if (rests(event)) return void setState(released);
    const next = followShift(state(), {
      type: event.type === 'keydown' ? 'down' : 'up',
      key: event.key,
      code: event.code,
    });
    setState(next.state);
    if (next.number !== null) onNumber(next.number);
  };
  // a window that loses the focus never hears of the key's release
  const release = (): void => void setState(released);
  const stop = new AbortController();
  addEventListener('keydown', follow, { signal: stop.signal });
  addEventListener('keyup', follow, { signal: stop.signal });
  addEventListener('blur', release, { signal: stop.signal });
  onCleanup(() => stop.abort());
  return state;
}

export const ShiftContext = createContext<Accessor<ShiftNumber>>(() => released);

/** Whether Shift is held, and the digits typed since. */
export function useShift(): Accessor<ShiftNumber> {
  return useContext(ShiftContext);
}
