// A DeepQ zip that is read and written without an edit: every row, image and other file is still there.
import type { WriteContext } from '../../../src/formats/types.ts';
import { writeZip } from '../../../src/formats/zip/write.ts';
import { listZip } from '../../../src/source/zip/list.ts';
import { readZipEntry } from '../../../src/source/zip/read.ts';
import { asDataset, rowsOfZip, textOf, zipOf } from './exporting.ts';
import { same } from './judge.ts';
import type { Bytes } from './reading.ts';

/** Reads, writes, and compares entry by entry; null when nothing was lost. */
export async function roundTrip(zip: Bytes): Promise<string | null> {
  const { rows, classes, label } = await rowsOfZip(zip);
  const before = await entriesOf(zip);
  const pictures = new Set(rows.map(({ path }) => path));
  const context: WriteContext = {
    original: async (path) => {
      const bytes = before.get(path);
      return bytes ? once(bytes) : null;
    },
    picture: async (path) => new Blob([before.get(path) ?? new Uint8Array()]),
  };
  const keep = [...before.keys()].filter((path) => !pictures.has(path) && path !== label);
  const fields = rows.some(({ fields: own }) => own?.boxes !== undefined);
  const options = { rows: fields ? 'boxes' : 'one-hot', original: label ?? '', keep };
  const written = await zipOf(asDataset(rows, classes), options, context);
  const after = await entriesOf(written);
  for (const [path, bytes] of before) {
    if (path === label) continue;
    const verdict = same(Array.from(after.get(path) ?? []), Array.from(bytes));
    if (verdict) return `${path} differs`;
  }
  return same(linesOf(await textOf(written, 'label.csv')), linesOf(label && (await textOf(zip, label))));
}

const linesOf = (text: string | null): string[] =>
  (text ?? '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .sort();

async function entriesOf(zip: Bytes): Promise<Map<string, Bytes>> {
  const blob = new Blob([zip]);
  const entries = new Map<string, Bytes>();
  for (const entry of (await listZip(blob, 'a.zip')).entries) entries.set(entry.path, await readZipEntry(blob, entry));
  return entries;
}

async function* once(bytes: Bytes): AsyncGenerator<Bytes> {
  yield bytes;
}

const IMAGES = ['a.png', 'b.png', 'c.png', 'd.png'];

/** Label files of each form: values of 0, a pair without a row, boxes as they are spelled, masks, rows of pictures that are not there. */
const LABELS = [
  'a.png,cat,1\na.png,dog,0\nb.png,cat,0\nb.png,dog,0\nc.png,cat,1\nabsent.png,cat,1\n',
  'a.png,cat\nb.png,"001"\nc.png,"a, ""b"""\n',
  'a.png,lesion,1,2,3.50,4\na.png,lesion,1e1,2,3,4\nb.png,nothing to label,,,,\nabsent.png,x,1,2,3,4\n',
  'a.png,left lung,1024,1024,eNrs3c2RozgcQHFRHDgSAqE=\na.png,right lung,1024,1024,eNrs3cGRoz4aQHGpdNBRIS==\n',
];

/** Round trips of small zips of our own. */
export async function roundTripOfOwn(): Promise<string | null> {
  for (const text of LABELS) {
    const files = [
      ...IMAGES.map((name, i) => ({ path: `image/${name}`, content: new Blob([new Uint8Array([i, 1, 2])]) })),
      { path: 'label.csv', content: once(new TextEncoder().encode(text)) },
      { path: 'notes.txt', content: once(new TextEncoder().encode('kept')) },
    ];
    const chunks: Bytes[] = [];
    for await (const chunk of writeZip(files)) chunks.push(chunk);
    const verdict = await roundTrip(new Uint8Array(await new Blob(chunks).arrayBuffer()));
    if (verdict) return verdict;
  }
  return null;
}
