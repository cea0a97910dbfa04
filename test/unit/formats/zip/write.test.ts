// Zips that are written: read back by our own reader, by zip.js and by Python, byte for byte.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centralHeader, endRecords, localHeader, type Packed } from '../../../../src/formats/zip/records.ts';
import { writeZip, type ZipInput } from '../../../../src/formats/zip/write.ts';
import { listZip } from '../../../../src/source/zip/list.ts';
import { readZipEntry } from '../../../../src/source/zip/read.ts';

interface Given {
  path: string;
  bytes: Uint8Array<ArrayBuffer>;
  deflate: boolean;
}

async function* pieces(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.slice(at, at + 100);
}

async function zipOf(files: readonly Given[], unicodeExtra = false): Promise<Blob> {
  const inputs = files.map(
    ({ path, bytes, deflate }): ZipInput => ({ path, content: deflate ? pieces(bytes) : new Blob([bytes]) }),
  );
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of writeZip(inputs, { unicodeExtra })) chunks.push(chunk);
  return new Blob(chunks);
}

const path = fc.stringMatching(/^[a-zé胸_ -]{1,8}(\/[a-z0-9表]{1,5})?\.png$/);
const given = fc.uniqueArray(
  fc.record({
    path,
    bytes: fc.uint8Array({ maxLength: 700 }).map((bytes) => new Uint8Array(bytes)),
    deflate: fc.boolean(),
  }),
  { selector: (file) => file.path, maxLength: 8 },
);

test('what is written is read back, stored pictures as stored, with and without 0x7075', async () => {
  await fc.assert(
    fc.asyncProperty(given, fc.boolean(), async (files, unicodeExtra) => {
      const zip = await zipOf(files, unicodeExtra);
      const { entries, refused, notes, unmarked } = await listZip(zip, 'a.zip');
      const safe = files.filter((file) => !refused.some(({ name }) => name === file.path)); // 'a.png/b.png' below a file
      expect([notes, unmarked]).toEqual([[], null]);
      expect([...entries].map((entry) => entry.path)).toEqual(safe.map((file) => file.path));
      for (const file of safe) {
        const entry = entries.find(file.path);
        expect(entry?.method).toBe(file.deflate ? 'deflate' : 'stored');
        expect(entry && (await readZipEntry(zip, entry))).toEqual(file.bytes);
      }
    }),
    { numRuns: 40 },
  );
});

test('zip.js reads what is written', async () => {
  await fc.assert(
    fc.asyncProperty(given, async (files) => {
      const reader = new ZipReader(new BlobReader(await zipOf(files, true)), { useWebWorkers: false });
      const entries = await reader.getEntries();
      expect(entries.map(({ filename }) => filename)).toEqual(files.map((file) => file.path));
      for (const [i, entry] of entries.entries())
        if (!entry.directory)
          expect(new Uint8Array(await entry.getData(new Uint8ArrayWriter(), { checkSignature: true }))).toEqual(
            files[i]?.bytes,
          );
    }),
    { numRuns: 10 },
  );
});

const python = spawnSync('python3', ['--version']).status === 0;

test.skipIf(!python)('Python’s zipfile reads what is written', async () => {
  const files = [
    { path: 'image/胸腔.png', bytes: new Uint8Array([1, 2, 3]), deflate: false },
    { path: 'label.csv', bytes: new TextEncoder().encode('胸腔.png,"001",1\n'.repeat(5000)), deflate: true },
  ];
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-zip-'));
  try {
    const file = join(folder, 'a.zip');
    writeFileSync(file, new Uint8Array(await (await zipOf(files, true)).arrayBuffer()));
    const script = `import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, i.compress_type, i.file_size] for i in z.infolist()]))`;
    const run = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toEqual([
      ['image/胸腔.png', 0, 3],
      ['label.csv', 8, files[1]?.bytes.length],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the same files give the same zip', async () => {
  const files = [{ path: 'a.png', bytes: new Uint8Array([1]), deflate: false }];
  expect(await (await zipOf(files)).arrayBuffer()).toEqual(await (await zipOf(files)).arrayBuffer());
});

const entry: Packed = {
  name: new TextEncoder().encode('a.png'),
  unicodeExtra: false,
  deflated: false,
  streamed: false,
  dosTime: 0,
  crc32: 1,
  bytes: 5,
  packedBytes: 5,
  offset: 0,
};

test('zip64 records stand only where a number does not fit', () => {
  const plain = 46 + entry.name.length;
  expect(centralHeader(entry)).toHaveLength(plain);
  expect(centralHeader({ ...entry, bytes: 2 ** 32, packedBytes: 2 ** 32 })).toHaveLength(plain + 4 + 16);
  expect(centralHeader({ ...entry, offset: 2 ** 32 })).toHaveLength(plain + 4 + 8);
  expect(localHeader(entry)).toHaveLength(30 + entry.name.length);
  expect(endRecords(65_534, 0, 1000)).toHaveLength(22);
  expect(endRecords(65_535, 0, 1000)).toHaveLength(98);
  expect(endRecords(2, 2 ** 32, 1000)).toHaveLength(98);
});

test('more than 65,535 entries are listed, each once', async () => {
  const files = Array.from({ length: 66_000 }, (_, i) => ({
    path: `image/${i}.png`,
    content: new Blob([]),
  }));
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of writeZip(files)) chunks.push(chunk);
  const { entries, refused } = await listZip(new Blob(chunks), 'a.zip');
  expect([entries.length, refused.length]).toEqual([66_000, 0]);
}, 60_000);
