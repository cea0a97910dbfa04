// Scrolling past the tallest element a browser can make: the bar is mapped, small moves are not. Pure.

/**
 * Height of the element that makes the scroll bar, in CSS pixels. Chromium stops at 33.5 million at device pixel ratio 1, 16.8 million at 2 and so on
 * (measured), Firefox at 17.9 million; below 8 million every browser is exact at ratio 4.
 */
export const maxSpacer = 8_000_000;

/** Where the grid is. All in CSS pixels. */
export interface ScrollState {
  /** Distance from the top of the whole content to the top of what is seen. */
  position: number;
  /** The scroll position of the element that belongs to it. */
  top: number;
  content: number;
  viewport: number;
}

export type ScrollAction =
  /** The element was scrolled, by wheel, touch or bar. */
  | { type: 'scrolled'; top: number }
  /** Scrolling came to rest. */
  | { type: 'settled' }
  /** Shows this position. */
  | { type: 'to'; position: number }
  /** Content or viewport changed; shows `position` afterwards. */
  | { type: 'sized'; content: number; viewport: number; position: number };

export const emptyScroll: ScrollState = { position: 0, top: 0, content: 0, viewport: 0 };

/** Height of the element inside the scroller. */
export function spacerHeight(content: number): number {
  return Math.min(content, maxSpacer);
}

/** The next state. The caller writes `top` to the element wherever the two differ. */
export function reduceScroll(state: ScrollState, action: ScrollAction): ScrollState {
  switch (action.type) {
    case 'scrolled':
      return scrolled(state, action.top);
    case 'settled':
      return at(state, state.position);
    case 'to':
      return at(state, action.position);
    case 'sized':
      return at({ ...state, content: action.content, viewport: action.viewport }, action.position);
  }
}

const maxPosition = (state: ScrollState): number => Math.max(0, state.content - state.viewport);
const maxTop = (state: ScrollState): number => Math.max(0, spacerHeight(state.content) - state.viewport);

/** State at a position, the bar where it belongs. */
function at(state: ScrollState, wanted: number): ScrollState {
  const position = Math.min(Math.max(0, wanted), maxPosition(state));
  return { ...state, position, top: topOf(state, position) };
}

/**
 * Near both ends the bar is not mapped but exact: a wheel that is cut off by the end of the bar is then cut off by the end of the content too.
 * In between it runs faster than its own pixels.
 */
const exactEnds = 100_000;

function topOf(state: ScrollState, position: number): number {
  const [endTop, end] = [maxTop(state), maxPosition(state)];
  if (endTop === end || position <= exactEnds) return position;
  if (position >= end - exactEnds) return endTop - (end - position);
  return exactEnds + ((position - exactEnds) / (end - 2 * exactEnds)) * (endTop - 2 * exactEnds);
}

function positionOf(state: ScrollState, top: number): number {
  const [endTop, end] = [maxTop(state), maxPosition(state)];
  const inside = Math.min(Math.max(0, top), endTop);
  if (endTop === end || inside <= exactEnds) return inside;
  if (inside >= endTop - exactEnds) return end - (endTop - inside);
  return exactEnds + ((inside - exactEnds) / (endTop - 2 * exactEnds)) * (end - 2 * exactEnds);
}

function scrolled(state: ScrollState, top: number): ScrollState {
  if (maxTop(state) === maxPosition(state)) return { ...state, top, position: positionOf(state, top) };
  const delta = top - state.top;
  // The bar cannot move by less than one device pixel, which is at least a quarter of a CSS pixel of its track: what moves less is a wheel or a finger,
  // and means exactly what it says.
  const barStep = spacerHeight(state.content) / state.viewport / 4;
  if (Math.abs(delta) >= barStep) return { ...state, top, position: positionOf(state, top) };
  // many small moves take the bar away from where the content is; at either end it is put back at once, else at rest
  const moved = { ...state, top, position: state.position + delta };
  const atEnd = top <= 1 || top >= maxTop(state) - 1 || moved.position <= 0 || moved.position >= maxPosition(state);
  return atEnd ? at(state, moved.position) : moved;
}
