// Choices in the rail and conditions of the query are the same thing seen from two sides.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { negated, searchText, describe as words } from '../../../src/app/browse/chips.ts';
import {
  choiceOf,
  conditionOf,
  not,
  nothing,
  only,
  passes,
  tailCondition,
  toggled,
} from '../../../src/app/browse/rail/conditions.ts';
import { fieldOf } from '../../../src/client/query.ts';

const choice = fc.record({
  values: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 4 }).map((v) => new Set(v)),
  missing: fc.boolean(),
  negated: fc.boolean(),
});

test('a choice survives the way into a condition and back', () => {
  fc.assert(
    fc.property(choice, (c) => {
      const condition = conditionOf('split', c);
      if (c.values.size === 0 && !c.missing) expect(condition).toBeNull();
      else {
        expect(choiceOf(condition ?? undefined)).toEqual(c);
        expect(condition && fieldOf(condition)).toBe('split');
      }
    }),
  );
});

test('a click on a value twice changes nothing', () => {
  fc.assert(
    fc.property(choice, fc.option(fc.string({ maxLength: 3 })), (c, value) => {
      expect(toggled(toggled(c, value), value)).toEqual(c);
    }),
  );
});

test('only and not are opposites for every value', () => {
  fc.assert(
    fc.property(fc.option(fc.string({ maxLength: 2 })), fc.option(fc.string({ maxLength: 2 })), (chosen, value) => {
      expect(passes(only(chosen), value)).toBe(value === chosen);
      expect(passes(not(chosen), value)).toBe(value !== chosen);
      expect(passes(nothing, value)).toBe(true);
    }),
  );
});

test('a condition of another kind reads as nothing chosen', () => {
  expect(choiceOf({ field: 'split', contains: 'a' })).toBe(nothing);
  expect(choiceOf(tailCondition('split', ['a']))).toBe(nothing);
});

const fields = [
  { name: 'split', title: 'Split', type: 'category' as const },
  { name: 'confidence', title: 'Confidence', type: 'number' as const },
  { name: 'size', title: 'Size', type: 'integer' as const, unit: 'bytes' },
  { name: 'backbone_class', title: 'Backbone class', type: 'category' as const },
];

test('chips read like sentences', () => {
  const say = (f: Parameters<typeof words>[0]) => words(f, fields);
  expect(say({ field: 'split', in: ['train'] })).toBe('split is train');
  expect(say({ field: 'split', in: ['a', 'b', 'c', 'd', 'e'] })).toBe('split is a, b, c or 2 more');
  expect(say({ not: { field: 'split', in: ['train', 'test'] } })).toBe('split is not train or test');
  expect(
    say({
      or: [
        { field: 'split', in: ['train'] },
        { field: 'split', missing: true },
      ],
    }),
  ).toBe('split is train or missing');
  expect(say({ field: 'confidence', between: [0.22, 1] })).toBe('confidence 0.22 – 1.00');
  expect(say({ field: 'size', between: [null, 38_200] })).toBe('size up to 38.2 kB');
  expect(say({ not: { field: 'confidence', between: [0.5, null] } })).toBe('not: confidence from 0.50');
  expect(say({ field: 'backbone_class', is: 'pug' })).toBe('backbone class is pug');
  expect(say({ field: 'disagrees', is: true })).toBe('label ≠ prediction');
  expect(say({ not: { field: 'disagrees', is: true } })).toBe('label = prediction');
  expect(say({ field: 'weather', is: 'sunny' })).toBe('weather is sunny');
});

test('a search over several fields is one chip', () => {
  const search = {
    or: [
      { field: 'path', contains: 'red' },
      { field: 'label', contains: 'red' },
    ],
  };
  expect(words(search, fields)).toBe('“red” anywhere');
  expect(searchText(search)).toBe('red');
  expect(
    searchText({
      or: [
        { field: 'a', contains: 'x' },
        { field: 'b', contains: 'y' },
      ],
    }),
  ).toBeUndefined();
});

test('negating twice gives back what was there', () => {
  for (const f of [
    { field: 'split', in: ['a'] },
    { field: 'excluded', is: true },
    { field: 'a', missing: true as const },
  ])
    expect(negated(negated(f))).toEqual(f);
});
