// Getting backbones: downloads that succeed and fail in every way, dropped files, and what stays in the browser's storage.
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createLibrary } from '../../../src/backbone/library/library.ts';
import { shippedBackbones } from '../../../src/backbone/library/shipped.ts';
import type { Card } from '../../../src/backbone/types.ts';
import type { Progress } from '../../../src/shared/progress.ts';

const server = inject('modelServer');
const { host } = new URL(server);

async function clear(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry('models', { recursive: true }).catch(() => undefined);
}
beforeEach(clear);
afterEach(clear);

/** The names of everything in the folder of backbones, files included. */
async function left(): Promise<string[]> {
  const models = await (await navigator.storage.getDirectory()).getDirectoryHandle('models', { create: true });
  const names: string[] = [];
  for await (const name of models.keys()) names.push(name);
  return names.sort();
}

const [mini] = shippedBackbones();
if (!mini) throw new Error('the shipped backbone');

/** A library whose gallery has one entry, at a path of the test server. */
function libraryFor(what: string, files: Card['files'] = mini?.card.files ?? [], origin = server) {
  const url = `${origin}/${what}/resolve/main/onnx/model.onnx`;
  const card = {
    ...(mini?.card as Card),
    name: 'from-afar',
    files,
    origin: { hosts: [new URL(origin).host], files: { 'model.onnx': url } },
  };
  return createLibrary(shippedBackbones(), [{ card, aboutBytes: 6e6 }]);
}
const unknown: Card['files'] = [{ role: 'model', path: 'model.onnx' }];

describe('downloading a backbone', () => {
  it('follows the redirect, tells of its progress and host, checks the bytes and keeps them for a start without network', async () => {
    const library = libraryFor('good');
    expect(await library.gallery()).toMatchObject([
      { name: 'from-afar', state: 'downloadable', hosts: [host], pinned: true },
    ]);
    const progress: Progress[] = [];
    const info = await library.download('from-afar', { onProgress: (p) => progress.push(p) });
    expect(info).toMatchObject({
      state: 'downloaded',
      bytes: mini.card.files[0]?.bytes,
      sha256: mini.card.files[0]?.sha256,
    });
    expect(progress.at(-1)).toMatchObject({ done: info.bytes, unit: 'bytes', step: host });
    expect(progress.every((p, i) => i === 0 || p.done >= (progress[i - 1]?.done ?? 0))).toBe(true);

    const offline = libraryFor('missing'); // nothing answers any more
    expect((await offline.list()).map((b) => b.name)).toEqual(['vitrine-mini', 'from-afar']);
    expect(await offline.gallery()).toMatchObject([{ state: 'downloaded' }]);
    const { model } = await offline.files(await offline.card('from-afar'));
    expect(model.size).toBe(info.bytes);
    await offline.remove('from-afar');
    expect((await offline.list()).map((b) => b.name)).toEqual(['vitrine-mini']);
  });

  it('computes and pins size and hash where the card has none, and holds a later download to them', async () => {
    const first = libraryFor('good', unknown);
    expect(await first.gallery()).toMatchObject([{ pinned: false, bytes: 6e6 }]);
    expect(await first.download('from-afar')).toMatchObject({
      pinned: true,
      sha256: mini.card.files[0]?.sha256,
      key: expect.any(String),
    });
    await first.remove('from-afar');
    // the same address gives other bytes now
    const pins = await (await navigator.storage.getDirectory()).getDirectoryHandle('models');
    const file = await pins.getFileHandle('pins.json');
    const text = (await (await file.getFile()).text()).replaceAll('/good/', '/changed/');
    const writable = await file.createWritable();
    await writable.write(text);
    await writable.close();
    await expect(libraryFor('changed', unknown).download('from-afar')).rejects.toMatchObject({ code: 'hash-mismatch' });
  });

  it.each([
    ['a file that is gone', 'missing', 'network', /404.*choose another/],
    ['a server in trouble', 'busy', 'network', /503.*Try again later/],
    ['a wrong hash', 'changed', 'hash-mismatch', /not the file that its card describes.*Nothing was kept/],
    ['a longer file', 'longer', 'hash-mismatch', /its card says 5,920,092/],
    ['a connection that breaks', 'cut', 'network', /cut off after .* of 5\.9 MB/],
    ['an answer that ends early', 'short', 'network', /cut off after 3\.0 MB of 5\.9 MB/],
    ['a redirect to another host', 'elsewhere', 'network', /sent the download on to localhost/],
  ])('says what happened for %s, and leaves nothing', async (_what, path, code, sentence) => {
    const library = libraryFor(path);
    await expect(library.download('from-afar')).rejects.toMatchObject({
      code,
      message: expect.stringMatching(sentence),
    });
    expect(await left()).toEqual([]);
    expect((await library.list()).map((b) => b.name)).toEqual(['vitrine-mini']);
  });

  it('says that the host cannot be reached', async () => {
    const library = libraryFor('good', unknown, 'http://127.0.0.1:9'); // the discard port: browsers refuse it
    await expect(library.download('from-afar')).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(/could not be reached/),
    });
  });

  it('can be stopped, and leaves nothing', async () => {
    const stop = new AbortController();
    const download = libraryFor('slow').download('from-afar', { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(download).rejects.toMatchObject({ code: 'aborted' });
    expect(await left()).toEqual([]);
  });
});

describe('adding a backbone from dropped files', () => {
  const library = createLibrary();
  async function modelFile(): Promise<File> {
    const { model } = await library.files(await library.card());
    return new File([model], 'model.onnx');
  }
  const cardFile = (change: Partial<Card>): File =>
    new File([JSON.stringify({ ...mini.card, ...change })], 'card.json');

  it('keeps card and files under the name of the card', async () => {
    const info = await library.add([await modelFile(), cardFile({ name: 'mine' })]);
    expect(info).toMatchObject({ name: 'mine', state: 'added', dim: 192, hosts: [] });
    expect(info.key).toBe((await library.list())[0]?.key); // the same weights and preprocessing give the same embeddings
    expect((await library.files(await library.card('mine'))).model.size).toBe(5_920_092);
  });

  it('derives the card of an export that comes with its preprocessor_config.json', async () => {
    const preprocessor = {
      image_processor_type: 'ViTImageProcessor',
      size: { height: 96, width: 96 },
      resample: 3,
      image_mean: [0.5, 0.5, 0.5],
      image_std: [0.5, 0.5, 0.5],
    };
    const files = [
      await modelFile(),
      new File([JSON.stringify(preprocessor)], 'preprocessor_config.json'),
      new File(['{"_name_or_path": "org/My ViT"}'], 'config.json'),
    ];
    const info = await library.add(files);
    expect(info).toMatchObject({ name: 'my-vit', inputSize: [96, 96], dim: 192, pinned: true });
    expect(await library.card('my-vit')).toMatchObject({
      input: { name: 'pixels' },
      outputs: { embedding: { name: 'embedding' } },
      batch: 'free',
      storage: 'float16',
    });
  });

  it('refuses what does not fit together, each with its sentence', async () => {
    const refusals: [files: File[], code: string, sentence: RegExp][] = [
      [[cardFile({ name: 'mine' })], 'not-found', /needs model\.onnx, which was not among the files/],
      [[await modelFile()], 'bad-input', /does not say how pictures become its input/],
      [[new File(['x'], 'notes.txt')], 'bad-input', /no ONNX file/],
      [[new File(['cut'], 'model.onnx'), cardFile({ name: 'mine' })], 'hash-mismatch', /has 3 bytes; its card says/],
      [[await modelFile(), cardFile({})], 'bad-input', /comes with Vitrine/],
      [
        [await modelFile(), cardFile({ name: 'mine', outputs: { embedding: { name: 'features', dim: 192 } } })],
        'bad-input',
        /names the output “features”, but its ONNX file has “embedding”/,
      ],
    ];
    for (const [files, code, sentence] of refusals)
      await expect(library.add(files)).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) });
    expect(await left()).toEqual([]);
  });

  it('forgets what a crash left without a card, and never removes what is shipped', async () => {
    const models = await (await navigator.storage.getDirectory()).getDirectoryHandle('models', { create: true });
    await models.getDirectoryHandle('half', { create: true });
    expect((await library.list()).map((b) => b.name)).toEqual(['vitrine-mini']);
    expect(await left()).toEqual([]);
    await expect(library.remove('vitrine-mini')).rejects.toMatchObject({ code: 'bad-input' });
    await expect(library.card('nobody')).rejects.toMatchObject({ code: 'not-found' });
  });
});
