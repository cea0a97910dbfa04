// Zips: what is read is checked, what is hostile or not understood is refused with a sentence.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { deflateRawSync, crc32 as nodeCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from '../../../src/shared/crc32.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import { listZip } from '../../../src/source/zip/list.ts';
import { readZipEntry } from '../../../src/source/zip/read.ts';
import { makeZip } from '../../support/zip.ts';

const corpus = new URL('../../../../shared/corpora/zip/', import.meta.url);

test('CRC-32 equals zlib, in one piece and continued at any place', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      expect(crc32(bytes)).toBe(nodeCrc32(bytes));
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(nodeCrc32(bytes));
    }),
  );
});

const fileName = fc.stringMatching(/^[a-zåé0-9_-]{1,8}(\/[a-z0-9]{1,5})?\.png$/);

test('stored and deflated files come back byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(fileName, fc.uint8Array({ maxLength: 500 }), fc.boolean()), {
        selector: ([path]) => path,
      }),
      fc.stringMatching(/^[A-Za-z ]{0,40}$/),
      async (files, comment) => {
        const zip = makeZip(
          files.map(([path, data, deflate]) => ({ path, data, deflate })),
          comment,
        );
        const entries = [...(await listZip(zip, 'a.zip')).entries];
        expect(entries.map(({ path }) => path)).toEqual(files.map(([path]) => path));
        for (const [i, entry] of entries.entries()) expect(await readZipEntry(zip, entry)).toEqual(files[i]?.[1]);
      },
    ),
    { numRuns: 30 },
  );
});

test.each([
  ['../a.png', 'zip-leaves'],
  ['/a.png', 'zip-absolute-path'],
  ['a/../../b.png', 'zip-leaves'],
  ['C:/a.png', 'zip-absolute-path'],
  ['a//b.png', 'zip-no-name'],
  ['./a.png', 'zip-no-name'],
  ['a\0.png', 'zip-control-character'],
  ['b.png/c.png', 'zip-inside-a-file'],
  ['inner.zip', 'zip-archive'],
  [`${'d/'.repeat(65)}a.png`, 'zip-too-deep'],
  ['b.png', 'zip-duplicate'],
])('the path %j is refused, and the rest is read', async (path, reason) => {
  const data = new Uint8Array(4);
  const { entries, refused } = await listZip(
    makeZip([
      { path: 'b.png', data },
      { path, data },
    ]),
    'a.zip',
  );
  expect(refused).toEqual([{ index: 1, name: path, reason }]);
  expect([...entries].map((entry) => entry.path)).toEqual(['b.png']);
});

test('a backslash separates folders where the zip was not made on Unix', async () => {
  const { entries, notes } = await listZip(makeZip([{ path: 'a\\b.png', data: new Uint8Array(4) }]), 'a.zip');
  expect([...entries].map((entry) => entry.path)).toEqual(['a/b.png']);
  expect(notes.join()).toContain('backslash');
});

test('entries are found by path, in whatever order they come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.stringMatching(/^[a-d]{1,4}(\/[a-d]{1,3}\.png)?$/), { maxLength: 60 }),
      async (paths) => {
        const files = paths.map((path, i) => ({ path: `${path}.png`, data: new Uint8Array([i]) }));
        const { entries } = await listZip(makeZip(files), 'a.zip');
        for (const [i, { path }] of files.entries()) expect(entries.find(path)?.index).toBe(i);
        expect(entries.find('none.png')).toBeNull();
      },
    ),
    { numRuns: 30 },
  );
});

test('a flipped bit anywhere in the data is found', async () => {
  const data = new Uint8Array(200).map((_, i) => i * 7);
  for (const deflate of [false, true]) {
    const bytes = new Uint8Array(await makeZip([{ path: 'a.png', data, deflate }]).arrayBuffer());
    const length = deflate ? deflateRawSync(data).length : data.length;
    for (let i = 0; i < length; i += 17) {
      const broken = bytes.slice();
      broken[35 + i] = (broken[35 + i] ?? 0) ^ 1;
      const zip = new Blob([broken]);
      const [entry] = (await listZip(zip, 'a.zip')).entries;
      if (entry === undefined) throw new Error('no entry');
      await expect(readZipEntry(zip, entry)).rejects.toMatchObject({ code: 'unreadable', file: 'a.png' });
    }
  }
});

test('a size that no deflate stream can have is refused before it is allocated', async () => {
  const zip = makeZip([{ path: 'a.png', data: new Uint8Array(100), deflate: true, claim: 2 ** 31 }]);
  expect((await listZip(zip, 'a.zip')).refused).toMatchObject([{ name: 'a.png', reason: 'zip-too-large' }]);
});

test('a stream that inflates beyond its claimed size is stopped', async () => {
  const zip = makeZip([{ path: 'a.png', data: new Uint8Array(100_000), deflate: true, claim: 10 }]);
  const [entry] = (await listZip(zip, 'a.zip')).entries;
  if (entry === undefined) throw new Error('no entry');
  await expect(readZipEntry(zip, entry)).rejects.toMatchObject({ code: 'unreadable' });
});

test.skipIf(!existsSync(corpus))(
  'every zip of the corpus is read whole or refused with a code',
  async () => {
    let read = 0;
    for (const name of readdirSync(corpus).filter((file) => file.endsWith('.zip'))) {
      const zip = new Blob([readFileSync(new URL(name, corpus))]);
      try {
        for (const entry of (await listZip(zip, name)).entries) await readZipEntry(zip, entry);
        read++;
        expect(name).not.toMatch(/^not_zip/);
      } catch (error) {
        if (!(error instanceof VitrineError)) throw error;
        expect(['unreadable', 'unsupported', 'bad-input'], name).toContain(error.code);
        expect(name).not.toMatch(/^(plain|stored|wrapped|image_only|classes)/);
      }
    }
    expect(read).toBeGreaterThan(50);
  },
  60_000,
); // 109 zips, more than the usual 5 s on a busy machine
