// Random datasets, queries, commands and sequences of them.
import fc from 'fast-check';
import type { Filter, Layout, Query } from '../../../src/catalog/types.ts';

export const DIRECTORIES = ['', 'train/cat', 'train/dog', 'val/cat', 'val/dog10', 'val/dog9', 'val/Été'];
export const NAMES = [
  'img1.jpg',
  'img02.jpg',
  'img2.jpg',
  'IMG10.JPG',
  'Kelvin \u212A.png',
  'été.png',
  'ÉTÉ 2.png',
  '雪.png',
  '🦊9.png',
];
const CLASSES = ['cat', 'dog', 'dog9', 'fox', 'Été'];
const LAYOUTS: (Layout | null)[] = [
  null,
  {
    splitLevel: 0,
    classLevel: 1,
    splits: [
      ['train', 'train'],
      ['val', 'validation'],
    ],
  },
  { splitLevel: null, classLevel: 0, splits: [] },
];
export const FIELDS = [
  'path',
  'name',
  'directory',
  'split',
  'label',
  'predicted',
  'confidence',
  'disagrees',
  'labelled',
  'readable',
  'excluded',
  'reviewed',
  'format',
  'width',
  'size',
  'modified',
  'doubt',
];

const textFields = ['path', 'name', 'directory', 'split', 'label', 'predicted', 'format'];
const needles = ['img', 'K', 'é', 'ÉT', '雪', '🦊', 'n/c', '/', 'l/été', 'dog', '2.', '', 'val/dog9/img1.jpg'];
const condition: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    field: fc.constantFrom('label', 'predicted', 'split', 'directory'),
    is: fc.constantFrom(...CLASSES, 'train', 'val/cat'),
  }),
  fc.record({
    field: fc.constantFrom('label', 'directory', 'name'),
    in: fc.subarray([...CLASSES, ...DIRECTORIES, ...NAMES], { maxLength: 4 }),
  }),
  fc.record({ field: fc.constant('path'), is: fc.constantFrom('img1.jpg', 'val/cat/img02.jpg', 'val/Été/ÉTÉ 2.png') }),
  fc.record({ field: fc.constantFrom(...textFields), contains: fc.constantFrom(...needles) }),
  fc.record({ field: fc.constantFrom(...textFields), matches: fc.constantFrom('^img\\d+', '[é雪]', 'l$', '^val/.*g') }),
  fc.record({
    field: fc.constantFrom('confidence', 'size', 'width', 'modified', 'doubt'),
    between: fc.tuple(fc.constantFrom(null, 0, 0.25, 300, 1e12), fc.constantFrom(null, 0.75, 301, 70_000, 2e12)),
  }),
  fc.record({ field: fc.constantFrom('size', 'width'), in: fc.subarray([0, 300, 70_000]) }),
  fc.record({ field: fc.constantFrom('excluded', 'reviewed', 'disagrees', 'labelled', 'readable'), is: fc.boolean() }),
  fc.record({ field: fc.constantFrom(...FIELDS), missing: fc.constant(true as const) }),
);
const filter = fc.letrec<{ tree: Filter }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2 },
    condition,
    fc.record({ and: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
})).tree;
const query: fc.Arbitrary<Query> = fc.record(
  {
    filter,
    sort: fc.array(fc.record({ field: fc.constantFrom(...FIELDS), descending: fc.boolean() }), { maxLength: 2 }),
    group: fc.constantFrom('label', 'split', 'directory', 'predicted', 'disagrees', 'excluded'),
  },
  { requiredKeys: [] },
);

const picks = fc.array(fc.nat(60), { minLength: 1, maxLength: 12 });
const someClasses = fc.subarray(CLASSES, { maxLength: 2 });
export const command = fc.oneof(
  fc.record({ kind: fc.constant('label' as const), picks, set: fc.option(someClasses) }),
  fc.record({
    kind: fc.constant('label-change' as const),
    picks,
    add: someClasses,
    remove: someClasses,
    negative: someClasses,
  }),
  fc.record({ kind: fc.constantFrom('exclude' as const, 'review' as const), picks, value: fc.boolean() }),
  fc.record({ kind: fc.constant('split' as const), picks, value: fc.constantFrom('train', 'test', null) }),
  fc.record({ kind: fc.constant('add-class' as const), name: fc.constantFrom(...CLASSES) }),
  fc.record({
    kind: fc.constant('rename-class' as const),
    from: fc.constantFrom(...CLASSES),
    to: fc.constantFrom(...CLASSES, 'wolf'),
  }),
  fc.record({ kind: fc.constant('remove-class' as const), name: fc.constantFrom(...CLASSES) }),
  fc.record({ kind: fc.constant('merge-classes' as const), from: someClasses, into: fc.constantFrom(...CLASSES) }),
);

export const action = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('walk' as const),
      files: fc.array(fc.tuple(fc.constantFrom(...DIRECTORIES), fc.subarray(NAMES)), { maxLength: 6 }),
      batch: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('layout' as const), layout: fc.constantFrom(...LAYOUTS) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('facts' as const),
      picks,
      size: fc.constantFrom(0, 300, 301, 70_000, 5e9),
      modified: fc.constantFrom(0, 1e12, 1.6e12),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('decoded' as const),
      picks,
      state: fc.constantFrom('readable' as const, 'unreadable' as const),
      format: fc.constantFrom('png', 'jpeg'),
      width: fc.constantFrom(1, 300, 100_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('predictions' as const),
      picks,
      confidence: fc.constantFrom(0, 0.25, 0.5, 1),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('edit' as const), command }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('reopen' as const, 'crash' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('query' as const), query }) },
);

export type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;
export type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;
