// Lets other messages be answered in the middle of long work: a macrotask without the 4 ms that timers wait.

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Resolves in a later task; calls and cancellations that arrived meanwhile run before. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
