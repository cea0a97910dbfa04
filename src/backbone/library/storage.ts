// Backbones in the browser's own storage: one folder each below `models/`, visible only once its card is written, which is last.
import { VitrineError } from '../../shared/errors.ts';
import { parseCard } from '../card/card.ts';
import type { Card } from '../types.ts';

const FOLDER = 'models';
const CARD = 'card.json';

/** A backbone that is kept here, complete. */
export interface Stored {
  card: Card;
  file(path: string): Promise<File>;
}

async function modelsFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/** The folder and name of a path below a backbone's folder. */
async function place(name: string, path: string, create: boolean): Promise<[FileSystemDirectoryHandle, string]> {
  let folder = await (await modelsFolder()).getDirectoryHandle(name, { create });
  const parts = path.split('/');
  const last = parts.pop() ?? path;
  for (const part of parts) folder = await folder.getDirectoryHandle(part, { create });
  return [folder, last];
}

export async function storedFile(name: string, path: string): Promise<File> {
  const [folder, last] = await place(name, path, false);
  return (await folder.getFileHandle(last)).getFile();
}

/** Writes one file of a backbone that is not visible yet. A failed or aborted write leaves nothing. */
export async function writeStored(
  name: string,
  path: string,
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal?: AbortSignal,
): Promise<void> {
  const [folder, last] = await place(name, path, true);
  const writable = await (await folder.getFileHandle(last, { create: true })).createWritable();
  await bytes.pipeTo(writable, signal ? { signal } : {});
}

/** Makes a backbone visible: all of its files are there and checked. */
export async function publishCard(card: Card): Promise<void> {
  const text = new Blob([`${JSON.stringify(card, null, 2)}\n`]);
  await writeStored(card.name, CARD, text.stream());
}

/** Removes a backbone, its card first, so that a removal that is cut off leaves no half backbone. */
export async function removeStored(name: string): Promise<void> {
  const models = await modelsFolder();
  try {
    const folder = await models.getDirectoryHandle(name);
    await folder.removeEntry(CARD).catch(ignoreMissing);
    await models.removeEntry(name, { recursive: true });
  } catch (error) {
    ignoreMissing(error);
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error;
}

/** Holds a backbone's folder while it is filled, over all tabs. */
export function whileWriting<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(`vitrine-model-${name}`, work) as Promise<T>; // the library types it as Promise<Awaited<T>>
}

/** All complete backbones, by name. What a crash left without a card is removed. */
export async function listStored(): Promise<Stored[]> {
  const found: Stored[] = [];
  const broken: string[] = [];
  for await (const entry of (await modelsFolder()).values()) {
    if (entry.kind !== 'directory') continue;
    const card = await readCard(entry.name);
    if (card) found.push({ card, file: (path) => storedFile(entry.name, path) });
    else broken.push(entry.name);
  }
  for (const name of broken)
    await navigator.locks.request(`vitrine-model-${name}`, { ifAvailable: true }, async (lock) => {
      // looked at again under the lock: another tab may have finished writing meanwhile
      if (lock && !(await readCard(name))) await removeStored(name);
    });
  return found.sort((a, b) => (a.card.name < b.card.name ? -1 : 1));
}

async function readCard(name: string): Promise<Card | undefined> {
  try {
    return parseCard(await (await storedFile(name, CARD)).text());
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
    if (error instanceof VitrineError) return undefined; // a card that cannot be read again is no backbone
    throw error;
  }
}

/** A small JSON value kept beside the backbones: pinned hashes, measured devices. Undefined when it is not there or not whole. */
export async function readKept(name: string): Promise<unknown> {
  try {
    const file = await (await modelsFolder()).getFileHandle(`${name}.json`);
    return JSON.parse(await (await file.getFile()).text());
  } catch {
    return undefined; // it is measured or computed again
  }
}

export async function writeKept(name: string, value: unknown): Promise<void> {
  const file = await (await modelsFolder()).getFileHandle(`${name}.json`, { create: true });
  const writable = await file.createWritable();
  await writable.write(JSON.stringify(value));
  await writable.close();
}
