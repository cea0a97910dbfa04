// The safety copy's frames: damage costs the frames that it touches, and no others.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeValue, encodeValue } from '../../../src/store/copy/codec.ts';
import { type Frame, makeFrame, type ReadBytes, readFrames, readValue } from '../../../src/store/copy/frames.ts';

const records = fc.array(
  fc.record({ key: fc.array(fc.oneof(fc.string(), fc.integer())), value: fc.uint8Array({ maxLength: 300 }) }),
  { minLength: 1, maxLength: 20 },
);

function fileOf(contents: readonly { key: unknown; value: Uint8Array }[]): { bytes: Uint8Array; frames: Frame[] } {
  const parts: Uint8Array[] = [];
  const frames: Frame[] = [];
  let at = 0;
  for (const { key, value } of contents) {
    const { frame, bytes } = makeFrame('put', key, encodeValue(value), at);
    parts.push(bytes);
    frames.push(frame);
    at += bytes.length;
  }
  return { bytes: Uint8Array.from(parts.flatMap((part) => [...part])), frames };
}

const reader =
  (bytes: Uint8Array): ReadBytes =>
  (at, length) =>
    bytes.subarray(at, at + length);

/** Keys and values of the frames that are whole. */
async function contentsOf(bytes: Uint8Array): Promise<{ found: string[]; holes: boolean; end: number }> {
  const { frames, holes, end } = await readFrames(bytes.length, reader(bytes));
  const found: string[] = [];
  for (const frame of frames) {
    const whole = await readValue(frame, reader(bytes));
    if (whole) found.push(JSON.stringify([frame.key, [...(whole.value as Uint8Array)]]));
  }
  return { found, holes, end };
}

test('frames are found as they were made', async () => {
  await fc.assert(
    fc.asyncProperty(records, async (contents) => {
      const { bytes, frames } = fileOf(contents);
      expect(await readFrames(bytes.length, reader(bytes))).toEqual({ frames, end: bytes.length, holes: false });
    }),
  );
});

test('one changed byte costs at most the frame that it is in, whatever it says then', async () => {
  await fc.assert(
    fc.asyncProperty(records, fc.nat(), fc.integer({ min: 1, max: 255 }), async (contents, place, change) => {
      const { bytes, frames } = fileOf(contents);
      const at = place % bytes.length;
      const hit = frames.findIndex((frame) => at < frame.at + frame.bytes);
      const { found: before } = await contentsOf(bytes);
      bytes[at] = (bytes[at] ?? 0) ^ change;
      const { found } = await contentsOf(bytes);
      // padding is not looked at
      expect([before, before.filter((_, i) => i !== hit)]).toContainEqual(found);
    }),
  );
});

test('a torn end is behind the last frame that is whole', async () => {
  await fc.assert(
    fc.asyncProperty(records, fc.nat(), async (contents, place) => {
      const { bytes, frames } = fileOf(contents);
      const cut = place % bytes.length;
      const whole = frames.filter((frame) => frame.at + frame.bytes <= cut);
      const last = whole.at(-1);
      expect(await readFrames(cut, reader(bytes.slice(0, cut)))).toEqual({
        frames: whole,
        end: last ? last.at + last.bytes : 0,
        holes: false,
      });
    }),
  );
});

test('a frame larger than what is read at once is passed over without being read', async () => {
  const { bytes } = fileOf([
    { key: 'large', value: new Uint8Array(2_000_000).fill(7) },
    { key: 'small', value: Uint8Array.of(1) },
  ]);
  let read = 0;
  const counting: ReadBytes = (at, length) => {
    const part = bytes.subarray(at, at + length);
    read += part.length;
    return part;
  };
  const { frames } = await readFrames(bytes.length, counting);
  expect(frames.map((frame) => frame.key)).toEqual(['large', 'small']);
  expect(read).toBeLessThan(20_000);
  expect(decodeValue(bytes.slice(frames[1]?.valueAt))).toEqual(Uint8Array.of(1));
});
