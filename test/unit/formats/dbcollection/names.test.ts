// Names of other computers are matched by their end, the same way for one and for many.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNameFinder, findPicture, partsOf } from '../../../../src/formats/dbcollection/names.ts';
import { createPictureIndex } from '../../../../src/formats/pictures.ts';

const pictures = createPictureIndex(['train/a/1.png', 'train/b/1.png', 'val/2.png', 'deep/train/a/1.png', 'val/É.png']);

describe('names of a dbcollection file', () => {
  it('are split where their computer splits them', () => {
    expect(partsOf('D:\\data\\train/a\\1.png')).toBe('D:/data/train/a/1.png');
    expect(partsOf('\\\\server\\share\\1.png')).toBe('server/share/1.png');
    expect(partsOf('/data/a\\b/1.png')).toBe('data/a\\b/1.png');
    expect(partsOf('./x/../train//a/./1.png')).toBe('train/a/1.png');
  });

  it('mean the picture with the longest end of whole parts', () => {
    expect(findPicture('/data/train/b/1.png', pictures)).toEqual({ path: 'train/b/1.png' });
    expect(findPicture('/deep/train/a/1.png', pictures)).toEqual({ path: 'deep/train/a/1.png' });
    expect(findPicture('/data/2.png', pictures)).toEqual({ path: 'val/2.png' });
    expect(findPicture('/data/12.png', pictures)).toBeNull();
  });

  it('are not decided between when several fit, and are equal without case or composed otherwise', () => {
    expect(findPicture('/data/train/a/1.png', pictures)).toEqual({ several: ['deep/train/a/1.png', 'train/a/1.png'] });
    expect(findPicture('/data/VAL/2.PNG', pictures)).toEqual({ path: 'val/2.png' });
    expect(findPicture('/data/val/E\u0301.png', pictures)).toEqual({ path: 'val/É.png' });
  });

  it('are found the same way one by one and in any order at once', () => {
    const part = fc.constantFrom('a', 'b', 'train', 'A', '1.png', '..', '');
    const path = fc
      .array(
        part.filter((text) => text !== '..' && text !== ''),
        { minLength: 1, maxLength: 4 },
      )
      .map((parts) => parts.join('/'));
    const stored = fc
      .array(part, { minLength: 1, maxLength: 5 })
      .chain((parts) => fc.constantFrom(parts.join('/'), parts.join('\\'), `/${parts.join('/')}`));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 12 }), fc.array(stored, { maxLength: 25 }), (paths, names) => {
        const index = createPictureIndex(paths);
        const find = createNameFinder(index);
        // The pictures' own order first, which has a short cut.
        for (const name of [...index.paths().map((one) => `/data/${one}`), ...names]) {
          const [many, one] = [find(name), findPicture(name, index)];
          const sorted = (match: typeof one) =>
            match !== null && 'several' in match ? [...match.several].sort() : match;
          expect(sorted(many)).toEqual(sorted(one));
        }
      }),
    );
  });
});
