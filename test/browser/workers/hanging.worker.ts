// A pixels worker that never comes back from paths that hold 'hang', dies of those that hold 'die', and answers the others.
import type { PixelsCalls } from '../../../src/workers/calls.ts';
import { type Port, serve } from '../../../src/workers/rpc.ts';

const answer = async ({ path }: { path: string }): Promise<Blob> => {
  if (path.includes('hang')) for (;;);
  if (path.includes('die'))
    setTimeout(() => {
      throw new Error('out of memory');
    }, 0);
  if (path.includes('die')) await new Promise(() => undefined);
  return new Blob([path]);
};
const unused = async (): Promise<never> => {
  throw new Error('not used');
};
const calls: PixelsCalls = {
  open: async () => undefined,
  picture: answer,
  thumbnail: unused,
  decode: unused,
  bitmap: unused,
  modelInput: unused,
  connect: async ({ port }) => void serve<PixelsCalls>(port, calls),
  alive: async () => ({ allowedMs: 0, overdue: null }),
};
serve<PixelsCalls>(self as unknown as Port, calls);
