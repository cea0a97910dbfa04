// The model worker's ports to pixels workers, over real message channels: who is asked, and what a replaced worker means for its files.
import { afterEach, describe, expect, it } from 'vitest';
import type { ModelInputSpec } from '../../../src/pixels/types.ts';
import type { PixelsCalls } from '../../../src/workers/calls.ts';
import { createPixelPorts } from '../../../src/workers/pixel-ports.ts';
import { serve } from '../../../src/workers/rpc.ts';

const input = { size: [1, 1] } as ModelInputSpec; // the doubles do not look at it
const never = new AbortController().signal;
const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** A pixels worker that answers with the length of the path, but never for paths with 'hang'; notes what it was asked. */
function worker(asked: string[]): MessagePort {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const modelInput: PixelsCalls['modelInput'] = async ({ path }) => {
    asked.push(path);
    if (path.includes('hang')) await new Promise(() => undefined);
    if (path.includes('gone')) throw new DOMException('gone', 'NotFoundError');
    return { data: Float32Array.of(path.length), facts: { format: 'png', width: 1, height: 1 } };
  };
  serve(port1, { modelInput } as Partial<PixelsCalls> as PixelsCalls); // nothing else is asked of it
  return port2;
}

const turns = async (n: number): Promise<void> => {
  for (let i = 0; i < n; i++) await new Promise((resolve) => setTimeout(resolve, 1));
};

describe('ports to pixels workers', () => {
  it('share the work evenly and hand errors of files through', async () => {
    const [a, b]: string[][] = [[], []];
    const ports = createPixelPorts();
    ports.replace([worker(a ?? []), worker(b ?? [])]);
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => ports.modelInput(`${i}`, input, never)));
    expect(all.every(({ data }) => data[0] === 1)).toBe(true);
    expect([a?.length, b?.length]).toEqual([5, 5]);
    expect(ports.slots).toBeGreaterThanOrEqual(4);
    await expect(ports.modelInput('gone', input, never)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('try each file of a replaced worker again, alone, and give up only the one that stops a decoder', async () => {
    const ports = createPixelPorts();
    ports.replace([worker([])]);
    const culprit = ports.modelInput('hang', input, never);
    const innocent = Promise.all(['one', 'four'].map((path) => ports.modelInput(path, input, never)));
    const stuck = ports.modelInput('hang too', input, never);
    const [outcome, second] = [culprit, stuck].map((p) => p.catch((error: unknown) => error));
    await innocent;
    const asked: string[] = [];
    ports.replace([worker(asked)]);
    await turns(1);
    const late = ports.modelInput('late', input, never); // waits until it is known who did it
    await turns(5);
    expect(asked).toEqual(['hang']);
    ports.replace([worker(asked)]);
    await turns(5);
    expect(asked).toEqual(['hang', 'hang too']);
    ports.replace([worker(asked)]);
    expect((await late).data[0]).toBe(4);
    expect(asked).toEqual(['hang', 'hang too', 'late']);
    expect(await outcome).toMatchObject({ code: 'unreadable', file: 'hang' });
    expect(await second).toMatchObject({ code: 'unreadable', file: 'hang too' });
  });

  it('say that nothing is connected', async () => {
    await expect(createPixelPorts().modelInput('x', input, never)).rejects.toMatchObject({ code: 'internal' });
  });
});
