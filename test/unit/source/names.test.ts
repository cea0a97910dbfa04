// Which names become pictures and which reason the others get.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeFile, judgeFolder, pictureExtensions } from '../../../src/source/names.ts';

test('every picture extension counts in any case', () => {
  for (const extension of pictureExtensions) {
    expect(judgeFile(`a.${extension}`)).toBeNull();
    expect(judgeFile(`a.b.${extension.toUpperCase()}`)).toBeNull();
  }
});

test.each([
  ['', 'name-not-utf8'],
  ['.hidden.png', 'hidden'],
  ['._photo.jpg', 'hidden'],
  ['.png', 'hidden'],
  ['metadata.jsonl.crswap', 'swap'],
  ['photo.jpg.crswap', 'swap'],
  ['Thumbs.db', 'system'],
  ['desktop.ini', 'system'],
  ['labels.CSV', 'metadata'],
  ['data.h5', 'metadata'],
  ['train.csv.bak-20261121-093000', 'metadata'],
  ['train.csv.bak-20261121-093000-2', 'metadata'],
  ['photo.jpg.txt', 'metadata'],
  ['photo.heic', 'not-an-image'],
  ['README', 'not-an-image'],
  ['png', 'not-an-image'],
])('%j is left out as %s', (name, reason) => {
  expect(judgeFile(name)).toBe(reason);
});

test.each([
  ['', 'name-not-utf8'],
  ['.git', 'hidden'],
  ['__MACOSX', 'system'],
])('the folder %j is left out as %s', (name, reason) => {
  expect(judgeFolder(name)).toBe(reason);
});

test('a name is a picture only if it ends with a dot and a picture extension', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      const extension = /.\.([^.]*)$/s.exec(name)?.[1]?.toLowerCase() ?? '';
      if (judgeFile(name) === null) expect(pictureExtensions.has(extension)).toBe(true);
    }),
  );
});
