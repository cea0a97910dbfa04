// All backbones a person has or can get: shipped, added, downloaded, downloadable; and the bytes of each.
import { VitrineError } from '../../shared/errors.ts';
import { createMeter, type JobOptions } from '../../shared/progress.ts';
import { sha256Hex } from '../card/hash.ts';
import { embeddingKey } from '../card/key.ts';
import type { BackboneInfo, Card } from '../types.ts';
import { prepareBackbone } from './add.ts';
import { downloadFile } from './download.ts';
import { type GalleryEntry, readGallery } from './gallery.ts';
import { defaultBackbone, type Shipped, shippedBackbones } from './shipped.ts';
import { listStored, publishCard, readKept, removeStored, whileWriting, writeKept, writeStored } from './storage.ts';

/** The files that a session needs, checked. */
export interface ModelFiles {
  model: Blob;
  /** External data, by the path that the ONNX file uses. */
  data: { path: string; blob: Blob }[];
}

export interface Library {
  /** What can be used now, the default first. */
  list(): Promise<BackboneInfo[]>;
  /** What can be downloaded, also where it was. */
  gallery(): Promise<BackboneInfo[]>;
  /** The card of a backbone that can be used now; absent name: the default. Errors: `not-found`. */
  card(name?: string): Promise<Card>;
  /** Errors: `not-found`, `network` (a shipped one that is neither cached nor reachable), `hash-mismatch`. */
  files(card: Card): Promise<ModelFiles>;
  /** Class names of its logits in the order of the outputs, or null. */
  classes(card: Card): Promise<string[] | null>;
  /** Keeps dropped files. Errors: those of `prepareBackbone`, `bad-input` for a name that is taken, `storage-full`. */
  add(files: readonly File[]): Promise<BackboneInfo>;
  /** Errors: those of `downloadFile`, `not-found`. */
  download(name: string, options?: JobOptions): Promise<BackboneInfo>;
  /** Errors: `not-found`, `bad-input` for a shipped one. */
  remove(name: string): Promise<void>;
}

const pinsFile = 'pins';

type Place = { card: Card; state: BackboneInfo['state']; training?: string; file(path: string): Promise<Blob> };

/** The library of this browser. `shipped` and `gallery` are those of the build. */
export function createLibrary(
  shipped: readonly Shipped[] = shippedBackbones(),
  gallery: readonly GalleryEntry[] = readGallery(),
): Library {
  async function places(): Promise<Place[]> {
    const own = shipped.map(
      (s): Place => ({ card: s.card, state: 'shipped', training: s.training, file: (path) => fetchShipped(s, path) }),
    );
    const stored = (await listStored()).map(
      (s): Place => ({ card: s.card, state: s.card.origin ? 'downloaded' : 'added', file: s.file }),
    );
    return [...own, ...stored.filter((s) => !shipped.some((o) => o.card.name === s.card.name))];
  }

  async function find(name: string): Promise<Place> {
    const place = (await places()).find((p) => p.card.name === name);
    if (!place)
      throw new VitrineError('not-found', `There is no backbone named “${name}” here. Add or download it first.`);
    return place;
  }

  return {
    list: async () => Promise.all((await places()).map((place) => describe(place.card, place.state, place.training))),
    async gallery() {
      const stored = await listStored();
      return Promise.all(
        gallery.map(async ({ card, aboutBytes }) => {
          const here = stored.find((s) => s.card.name === card.name);
          return here
            ? describe(here.card, 'downloaded')
            : { ...(await describe(card, 'downloadable')), bytes: aboutBytes };
        }),
      );
    },
    card: async (name = defaultBackbone) => (await find(name)).card,
    async files(card) {
      const { file } = await find(card.name);
      const model = card.files.find((f) => f.role === 'model');
      if (!model) throw new VitrineError('internal', 'A checked card has a model file.');
      const data = card.files.filter((f) => f.role === 'data');
      return {
        model: await file(model.path),
        data: await Promise.all(data.map(async ({ path }) => ({ path, blob: await file(path) }))),
      };
    },
    async classes(card) {
      const { logits } = card.outputs;
      if (!logits) return null;
      const { file } = await find(card.name);
      return readClassNames(await (await file(logits.classes)).text(), logits.dim, logits.classes);
    },
    async add(files) {
      const { card, files: blobs } = await prepareBackbone(files);
      if (shipped.some((s) => s.card.name === card.name))
        throw new VitrineError(
          'bad-input',
          `“${card.name}” is the name of a backbone that comes with Vitrine. Give the new one another name in its card.`,
        );
      await keep(card, async () => {
        for (const [path, blob] of blobs) await writeStored(card.name, path, blob.stream());
        return card;
      });
      return describe(card, card.origin ? 'downloaded' : 'added');
    },
    async download(name, { signal, onProgress } = {}) {
      const entry = gallery.find((g) => g.card.name === name);
      if (!entry) throw new VitrineError('not-found', `There is no backbone named “${name}” in the gallery.`);
      const { card, aboutBytes } = entry;
      const meter = createMeter('bytes', aboutBytes);
      const pins = await readPins();
      const kept = await keep(card, async () => {
        let before = 0;
        const files: Card['files'] = [];
        for (const file of card.files) {
          const url = card.origin.files[file.path];
          if (!url) throw new VitrineError('internal', 'A checked gallery has an address for each file.');
          const expected = { ...pins[url], ...file };
          const found = await downloadFile(name, expected, url, {
            hosts: card.origin.hosts,
            ...(signal ? { signal } : {}),
            onBytes: (done) => onProgress?.(meter(before + done, { step: new URL(url).host })),
          });
          before += found.bytes;
          pins[url] = found;
          files.push({ ...file, ...found });
        }
        await writeKept(pinsFile, pins);
        return { ...card, files };
      });
      return describe(kept, 'downloaded');
    },
    async remove(name) {
      const { state } = await find(name);
      if (state === 'shipped')
        throw new VitrineError('bad-input', `“${name}” comes with Vitrine and cannot be removed.`);
      await whileWriting(name, () => removeStored(name));
    },
  };
}

/** Fills a backbone's folder and makes it visible; whatever fails leaves nothing behind. */
function keep<T extends Card>(card: T, fill: () => Promise<T>): Promise<T> {
  return whileWriting(card.name, async () => {
    await removeStored(card.name);
    try {
      const filled = await fill();
      await publishCard(filled);
      return filled;
    } catch (error) {
      await removeStored(card.name);
      throw error;
    }
  });
}

/** Sizes and hashes that were computed at a first download, by address: the next download must give the same. */
async function readPins(): Promise<Record<string, { bytes: number; sha256: string }>> {
  const pins = await readKept(pinsFile);
  return pins !== null && typeof pins === 'object' ? { ...pins } : {}; // written only by `download` above
}

async function fetchShipped(shipped: Shipped, path: string): Promise<Blob> {
  const url = shipped.urls.get(path);
  const file = shipped.card.files.find((f) => f.path === path);
  if (url === undefined || !file)
    throw new VitrineError('not-found', `${shipped.card.title} has no file ${path}.`, { file: path });
  const answer = await fetch(url).catch(() => undefined);
  if (!answer?.ok)
    throw new VitrineError(
      'network',
      `${path} of ${shipped.card.title} could not be loaded: it is not cached yet and the server does not answer. Connect once, then it works offline.`,
      { file: path },
    );
  const bytes = await answer.arrayBuffer();
  if (file.bytes !== undefined && bytes.byteLength !== file.bytes) throw damaged(shipped.card, path);
  if (file.sha256 !== undefined && (await sha256Hex(bytes)) !== file.sha256) throw damaged(shipped.card, path);
  return new Blob([bytes]);
}

function damaged(card: Card, path: string): VitrineError {
  return new VitrineError(
    'hash-mismatch',
    `${path} of ${card.title} is not the file that its card describes. Reload the page without its cache (Shift and Reload).`,
    { file: path },
  );
}

/** One class a line, `name` or `id<TAB>name`. Errors: `bad-input` when their number is not that of the outputs. */
export function readClassNames(text: string, dim: number, file: string): string[] {
  const names = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line, i, all) => line !== '' || i < all.length - 1)
    .map((line) => line.slice(line.indexOf('\t') + 1));
  if (names.length !== dim)
    throw new VitrineError('bad-input', `${file} names ${names.length} classes, but the model has ${dim} outputs.`, {
      file,
    });
  return names;
}

async function describe(card: Card, state: BackboneInfo['state'], training?: string): Promise<BackboneInfo> {
  const known = card.files.every((file) => file.bytes !== undefined && file.sha256 !== undefined);
  const info: BackboneInfo = {
    name: card.name,
    title: card.title,
    license: card.license,
    dim: card.outputs.embedding.dim,
    inputSize: card.input.size,
    bytes: card.files.reduce((sum, file) => sum + (file.bytes ?? 0), 0),
    state,
    hosts: card.origin?.hosts ?? [],
    pinned: known,
    hasLogits: card.outputs.logits !== undefined,
  };
  if (card.source !== undefined) info.source = card.source;
  if (card.provenance !== undefined) info.provenance = card.provenance;
  if (training !== undefined) info.training = training;
  const hash = card.files.find((file) => file.role === 'model')?.sha256;
  if (hash !== undefined) info.sha256 = hash;
  if (known) info.key = await embeddingKey(card);
  return info;
}
