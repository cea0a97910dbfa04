// How folders are read as splits and classes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FolderCount, proposeLayout } from '../../../src/formats/folders.ts';
import { huggingFaceSplit, splitOfWord } from '../../../src/formats/split-words.ts';

/** 'a/b' holds ten pictures, 'a/b=3' three. */
const folders = (...list: string[]): FolderCount[] =>
  list.map((item) => {
    const [path = '', pictures = '10'] = item.split('=');
    return { path, pictures: Number(pictures) };
  });

/** [kind, splitLevel, classLevel, classes, unlabelled] */
const read = (...list: string[]): unknown[] => {
  const { kind, layout, classes, unlabelled } = proposeLayout(folders(...list));
  return [kind, layout.splitLevel, layout.classLevel, classes, unlabelled];
};

test.each<[string, string[], unknown[]]>([
  ['pictures in one folder', [''], ['flat', null, null, 0, 10]],
  ['nothing', [], ['flat', null, null, 0, 0]],
  ['class folders', ['cat', 'dog'], ['class-folders', null, 0, 2, 0]],
  ['class folders beside loose pictures', ['cat', 'dog', '=4'], ['class-folders', null, 0, 2, 4]],
  ['one picture a class', ['cat=1', 'dog=1'], ['class-folders', null, 0, 2, 0]],
  ['splits above classes', ['train/cat', 'train/dog', 'test/cat', 'test/dog'], ['split-folders', 0, 1, 2, 0]],
  ['splits below classes', ['cat/train', 'cat/val', 'dog/train', 'dog/val'], ['split-folders', 1, 0, 2, 0]],
  ['splits in any case', ['Training/cat', 'Training/dog', 'VALID/cat', 'VALID/dog'], ['split-folders', 0, 1, 2, 0]],
  ['a single wrapping folder', ['set/train/cat', 'set/train/dog', 'set/val/cat'], ['split-folders', 1, 2, 2, 0]],
  ['a wrapping folder without splits', ['set/cat', 'set/dog'], ['class-folders', null, 1, 2, 0]],
  ['splits without classes', ['train', 'val'], ['split-folders', 0, null, 0, 20]],
  ['a split that holds one class', ['train/cat', 'test/cat'], ['split-folders', 0, null, 0, 20]],
  ['only the test folder', ['test/cat', 'test/dog'], ['split-folders', 0, 1, 2, 0]],
  ['an unlabelled test split', ['train/cat', 'train/dog', 'test'], ['split-folders', 0, 1, 2, 10]],
  [
    'a folder beside the splits',
    ['train/cat', 'train/dog', 'val/cat', 'val/dog', 'extra=5'],
    ['split-folders', 0, 1, 2, 5],
  ],
  ['a class called test', ['cat', 'dog', 'test', 'bird'], ['class-folders', null, 0, 4, 0]],
  [
    'classes called train and test among others',
    ['car', 'bus', 'train', 'test', 'tram'],
    ['class-folders', null, 0, 5, 0],
  ],
  ['nested classes of equal depth', ['pet/cat', 'pet/dog', 'wild/fox'], ['class-folders', null, 1, 3, 0]],
  ['nested classes of different depth', ['cat', 'dog', 'dog/puppies=3'], ['class-folders', null, 0, 2, 0]],
  [
    'folders per video below the class',
    ['train/run/v1', 'train/walk/v2', 'val/run/v3', 'val/walk/v4'],
    ['split-folders', 0, 1, 2, 0],
  ],
  [
    'classes that differ between splits',
    ['train/cat', 'train/dog', 'val/fox', 'val/owl'],
    ['split-folders', 0, 1, 4, 0],
  ],
  ['one stray folder named test below a class', ['cat=500', 'dog=500', 'cat/test=3'], ['class-folders', null, 0, 2, 0]],
  ['names with years', ['train2017/cat', 'train2017/dog', 'val2017/cat', 'val2017/dog'], ['split-folders', 0, 1, 2, 0]],
])('%s', (_, list, expected) => {
  expect(read(...list)).toEqual(expected);
});

test('splits are told in the order train, validation, test, with folder and count', () => {
  const { splits, layout } = proposeLayout(folders('test/a=3', 'dev/a=4', 'train/a=5', 'train/b=6'));
  expect(splits).toEqual([
    { split: 'train', folder: 'train', count: 11 },
    { split: 'validation', folder: 'dev', count: 4 },
    { split: 'test', folder: 'test', count: 3 },
  ]);
  expect(layout.splits).toEqual([
    ['train', 'train'],
    ['dev', 'validation'],
    ['test', 'test'],
  ]);
});

const name = fc.constantFrom('cat', 'dog', 'train', 'test', 'val', 'set', 'a b', 'x1', '日本');
const tree = fc.uniqueArray(
  fc.record({ path: fc.array(name, { maxLength: 4 }).map((p) => p.join('/')), pictures: fc.nat(40) }),
  { selector: ({ path }) => path, maxLength: 12 },
);

test('the order of the folders does not matter, and empty ones do not count', () => {
  fc.assert(
    fc.property(tree, (list) => {
      const proposal = proposeLayout(list);
      expect(proposeLayout([...list].reverse())).toEqual(proposal);
      expect(proposeLayout([...list, { path: 'train/empty', pictures: 0 }])).toEqual(proposal);
    }),
  );
});

test('the counts add up for every tree', () => {
  fc.assert(
    fc.property(tree, (list) => {
      const { layout, depth, splits, classes, unlabelled, kind } = proposeLayout(list);
      const total = list.reduce((sum, { pictures }) => sum + pictures, 0);
      expect(unlabelled).toBeGreaterThanOrEqual(0);
      expect(unlabelled).toBeLessThanOrEqual(total);
      expect(splits.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(total);
      for (const level of [layout.splitLevel, layout.classLevel]) if (level !== null) expect(level).toBeLessThan(depth);
      if (layout.splitLevel !== null) expect(layout.splitLevel).not.toBe(layout.classLevel);
      expect(classes === 0).toBe(layout.classLevel === null);
      expect(kind === 'flat').toBe(layout.classLevel === null && layout.splitLevel === null);
    }),
  );
});

test('every class folder of plain class folders becomes a class, wrapped or not', () => {
  const classes = fc.uniqueArray(fc.stringMatching(/^[c-l]{3,8}$/), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(classes, fc.array(fc.constantFrom('data', 'photos'), { maxLength: 2 }), (names, wrap) => {
      const list = names.map((n) => ({ path: [...wrap, n].join('/'), pictures: 10 }));
      expect(proposeLayout(list)).toMatchObject({ kind: 'class-folders', classes: names.length, unlabelled: 0 });
    }),
  );
});

test.each([
  ['train', 'train'],
  ['TRAIN', 'train'],
  ['dev', 'validation'],
  ['val2017', 'validation'],
  ['images_test', 'test'],
  ['test set', 'test'],
  ['trains', null],
  ['pretrain', null],
  ['test tube', null],
  ['train_test', null],
])('%s is the split %s', (folder, split) => {
  expect(splitOfWord(folder)).toBe(split);
});

test.each([
  ['train', 'train'],
  ['Train', null],
  ['train_1', 'train'],
  ['test set', 'test'],
  ['my-val', 'validation'],
  ['eval photos', 'test'],
  ['pretrain', null],
  ['testing.2', 'test'],
])('Hugging Face reads %s as %s', (folder, split) => {
  expect(huggingFaceSplit(folder)).toBe(split);
});
