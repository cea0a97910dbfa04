// Scrolls an element like a wheel that is turned steadily, and notes how long every frame took.

/** Frame times in ms over `seconds`, 24 px a frame, up again at the end. Used in the application's page too, so it names nothing outside of itself. */
export function scrollFrames(scroller: Element, seconds: number): Promise<number[]> {
  return new Promise((resolve) => {
    const frames: number[] = [];
    const started = performance.now();
    let before = started;
    let step = 24;
    requestAnimationFrame(function next() {
      const now = performance.now();
      frames.push(now - before);
      before = now;
      if (scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1) step = -24;
      if (scroller.scrollTop <= 0) step = 24;
      scroller.scrollTop += step;
      if (now - started < seconds * 1000) requestAnimationFrame(next);
      else resolve(frames.slice(1));
    });
  });
}
