// What is said of equal files.
import { expect, test } from 'vitest';
import { equalFilesText } from '../../../src/client/comparing.ts';

test.each([
  [0, 0, 0, 'No two files are equal.'],
  [1, 0, 0, '1 picture is there twice or more.'],
  [1, 1, 0, '1 picture is there twice or more, in several splits.'],
  [1200, 3, 0, '1,200 pictures are there twice or more, 3 of them in several splits.'],
  [0, 0, 1, 'No two files are equal. 1 file could not be compared.'],
])('%i equal, %i across splits, %i unreadable', (total, acrossSplits, unreadable, text) => {
  expect(equalFilesText({ total, acrossSplits, unreadable })).toBe(text);
});
