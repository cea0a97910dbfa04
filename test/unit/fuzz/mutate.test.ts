// Mutations are the same for a seed, stay off what is kept, and do change the file.
import { expect, test } from 'vitest';
import { mutated } from '../../fuzz/mutate.ts';

const bytes = Uint8Array.from({ length: 600 }, (_, i) => i % 251);

test('a seed and a number give one file', () => {
  const originals = [{ bytes, from: 0 }];
  expect(mutated(originals, 1, 5)).toEqual(mutated(originals, 1, 5));
  const all = new Set(Array.from({ length: 200 }, (_, i) => String(mutated(originals, 1, i))));
  expect(all.size).toBeGreaterThan(190);
  expect(mutated(originals, 2, 5)).not.toEqual(mutated(originals, 1, 5));
});

test('most files differ from the original, and the original itself never changes', () => {
  const before = bytes.slice();
  const same = Array.from({ length: 200 }, (_, i) => mutated([{ bytes, from: 0 }], 3, i)).filter(
    (one) => String(one) === String(bytes),
  );
  expect(same.length).toBeLessThan(10);
  expect(bytes).toEqual(before);
});

test('bytes in front of what is mutated are kept', () => {
  for (let i = 0; i < 300; i++) {
    const one = mutated([{ bytes, from: 400 }], 4, i);
    expect(one.subarray(0, 400)).toEqual(bytes.subarray(0, 400));
  }
});

test('an empty file is no problem', () => {
  for (let i = 0; i < 50; i++) expect(() => mutated([{ bytes: new Uint8Array(), from: 0 }], 5, i)).not.toThrow();
});
