// Cuts bytes into lines whatever the size of the chunks, and loses no more than the line that is bad.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readLineBlocks } from '../../../../src/formats/text/json-lines.ts';

async function* inChunks(bytes: Uint8Array<ArrayBuffer>, size: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function read(bytes: Uint8Array<ArrayBuffer>, size: number, maxLine?: number) {
  const problems = [];
  const lines = new Map<number, string>();
  let end = 0;
  for await (const block of readLineBlocks(inChunks(bytes, size), maxLine === undefined ? {} : { maxLine })) {
    problems.push(...block.problems);
    block.text.split('\n').forEach((text, n) => {
      if (text !== '') lines.set(block.firstLine + n, text);
    });
    end = block.bytes;
  }
  return { problems, lines, end };
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

it('gives the same lines and numbers for every size of chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' })),
      fc.integer({ min: 1, max: 40 }),
      async (parts, size) => {
        const text = parts.join('\n').replaceAll('\uFEFF', '');
        const expected = new Map(text.split('\n').flatMap((one, n) => (one === '' ? [] : [[n + 1, one] as const])));
        const { lines, problems, end } = await read(utf8(text), size);
        expect(lines).toEqual(expected);
        expect(problems).toEqual([]);
        if (text !== '') expect(end).toBe(utf8(text).length);
      },
    ),
  );
});

it('loses only the line whose bytes are no UTF-8, and says which byte', async () => {
  const bytes = new Uint8Array([...utf8('{"a": 1}\n{"b": "é'), 0xff, ...utf8('"}\n{"c": 3}\n')]);
  for (const size of [1, 3, 1000]) {
    const { lines, problems } = await read(bytes, size);
    expect([...lines]).toEqual([
      [1, '{"a": 1}'],
      [3, '{"c": 3}'],
    ]);
    expect(problems).toMatchObject([{ line: 2, column: 9, reason: 'invalid-utf-8', lost: true }]);
    expect(problems[0]?.text).toContain('0xFF');
  }
});

it('takes a byte order mark off the first line only, and reports it', async () => {
  const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...utf8('a\n\uFEFFb')]);
  for (const size of [1, 2, 100]) {
    const { lines, problems } = await read(bytes, size);
    expect([...lines.values()]).toEqual(['a', '\uFEFFb']);
    expect(problems).toMatchObject([{ reason: 'byte-order-mark', lost: false }]);
  }
  expect((await read(new Uint8Array([0xef, 0xbb, 0xbf]), 1)).problems).toHaveLength(1);
});

it.each([true, false])('reads UTF-16 with its mark (little endian: %s)', async (little) => {
  const units = [
    0xfeff,
    ...[...'{"ä": "😀"}\n{}'].flatMap((one) => Array.from({ length: one.length }, (_, i) => one.charCodeAt(i))),
  ];
  const bytes = new Uint8Array(units.length * 2);
  for (const [i, unit] of units.entries()) new DataView(bytes.buffer).setUint16(2 * i, unit, little);
  for (const size of [1, 5, 100]) {
    const { lines, problems } = await read(bytes, size);
    expect([...lines.values()]).toEqual(['{"ä": "😀"}', '{}']);
    expect(problems).toMatchObject([{ reason: 'utf-16', lost: false }]);
  }
});

it('refuses a line over the limit with its number and goes on behind it', async () => {
  const { lines, problems } = await read(utf8(`a\nb\n${'x'.repeat(5000)}\nc`), 100, 1000);
  expect([...lines]).toEqual([
    [1, 'a'],
    [2, 'b'],
    [4, 'c'],
  ]);
  expect(problems).toMatchObject([{ line: 3, reason: 'line-too-long', lost: true }]);
});
