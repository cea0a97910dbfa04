// Metadata as typed and shown: values by type, boxes of a file, class maps as lines.
import { expect, test } from 'vitest';
import { pairsOf, textOfPairs } from '../../../src/app/exchange/pairs.ts';
import { boxesOf } from '../../../src/app/inspect/boxes.ts';
import { textOfValue, valueOfText } from '../../../src/app/inspect/values.ts';

test.each([
  ['integer', '12', 12],
  ['integer', ' -3 ', -3],
  ['number', '2.50', 2.5],
  ['number', '1e-3', 0.001],
  ['boolean', 'Yes', true],
  ['boolean', '0', false],
  ['text', ' kept as typed ', ' kept as typed '],
  ['category', '007', '007'],
  ['json', '{"lat": 1}', { lat: 1 }],
  ['date', '2024-05-31', Date.UTC(2024, 4, 31)],
  [undefined, '28', 28],
  [undefined, '007', '007'],
  [undefined, 'no', false],
  [undefined, 'sunny', 'sunny'],
] as const)('a %s of “%s” is %j', (type, text, value) => {
  expect(valueOfText(type, text)).toEqual({ value });
});

test.each([
  ['integer', '2.5'],
  ['number', '2,5'],
  ['boolean', 'perhaps'],
  ['json', '{lat: 1}'],
  ['date', 'some day'],
] as const)('a %s of “%s” is refused with a sentence', (type, text) => {
  expect(valueOfText(type, text)).toEqual({ problem: expect.stringMatching(/\.$/) });
});

test('an empty text takes the value away', () => {
  for (const type of ['integer', 'text', 'json', undefined] as const)
    expect(valueOfText(type, '')).toEqual({ value: null });
});

test('what is shown of a value can be typed back', () => {
  for (const [type, value] of [
    ['integer', 7],
    ['number', 2.5],
    ['boolean', true],
    ['text', 'a, "b"'],
    ['json', [1, { a: null }]],
  ] as const)
    expect(valueOfText(type, textOfValue(value))).toEqual({ value });
});

test('boxes come with their category, and what is no box is passed over', () => {
  const objects = {
    bbox: [
      [302, 109, 73, 52],
      [1, 2, 3],
      ['a', 1, 2, 3],
      [0, 0, -1, 4],
      [5, 6, 7, 8],
    ],
    categories: [0, 1, 2, 3, 'cat'],
  };
  expect(boxesOf(objects)).toEqual([
    { x: 302, y: 109, width: 73, height: 52, name: '0' },
    { x: 5, y: 6, width: 7, height: 8, name: 'cat' },
  ]);
  for (const none of [null, undefined, 'text', [], { bbox: 'x' }]) expect(boxesOf(none)).toEqual([]);
});

test('a class map keeps its order and its gaps as lines', () => {
  const pairs = [
    [100, 'cat'],
    [-5, 'dog: large'],
    [7, '0'],
  ];
  expect(pairsOf(textOfPairs(pairs))).toEqual(pairs);
  expect(pairsOf('cat\n3:\n 4 : hen \n')).toEqual([[4, 'hen']]);
});
