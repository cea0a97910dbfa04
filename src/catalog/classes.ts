// The classes of a dataset: stable ids, names, order, colours; merged and removed classes without touching a row.
import { VitrineError } from '../shared/errors.ts';
import { compareNatural } from '../shared/natural.ts';
import type { ClassId, ClassInfo } from './types.ts';

/** Colours of the palette. */
const COLORS = 12;

/**
 * One class. Rows keep the id they were given; what it means now is said here, so that merging, removing and undoing either is one
 * change whatever the number of rows. 'merged': `into` is meant. 'removed': no label.
 */
export interface ClassRecord {
  name: string;
  /** Name of the folder that made it, which survives renaming: later files of that folder get this class. */
  folder: string | null;
  /** Asked for by a person, so listed even without rows. */
  kept: boolean;
  state: 'active' | 'removed' | 'merged';
  into?: ClassId;
}

/** All classes ever, by id. */
export class ClassTable {
  readonly records: ClassRecord[] = [];
  /** Grows with every change. */
  version = 0;
  /** Folders of the present layout that give a class. */
  folders = new Set<string>();
  private index: ClassIndex | null = null;

  /** The class that an id means now, or -1 when it was removed. */
  resolve(id: ClassId): ClassId {
    let at = id;
    for (let hops = 0; hops <= this.records.length; hops++) {
      const record = this.records[at];
      if (record === undefined || record.state === 'removed') return -1;
      if (record.state === 'active') return at;
      at = record.into ?? -1;
    }
    return -1;
  }

  /** Adds a class at the end. */
  add(record: ClassRecord): ClassId {
    const id = this.records.push(record) - 1;
    this.version++;
    if (this.index) enter(this.index, record, id);
    return id;
  }

  /** Puts a record in the place of an id; a gap before it is filled with removed classes. */
  put(id: ClassId, record: ClassRecord): void {
    while (this.records.length < id) this.records.push({ name: '', folder: null, kept: false, state: 'removed' });
    this.records[id] = { ...record };
    this.version++;
    this.index = null;
  }

  /** The active class of a name, or -1. */
  named(name: string): ClassId {
    return this.lookup().names.get(name) ?? -1;
  }

  /** The class of a folder, made when it is new: what the folder once made, else the active class of its name. */
  ofFolder(folder: string): ClassId {
    const made = this.lookup().folders.get(folder);
    if (made !== undefined) return made;
    const id = this.named(folder);
    const record = this.records[id];
    if (record === undefined) return this.add({ name: folder, folder, kept: false, state: 'active' });
    // another folder's class was renamed to this folder's name
    if (record.folder !== null) return this.add({ name: folder, folder, kept: false, state: 'merged', into: id });
    this.put(id, { ...record, folder });
    return id;
  }

  /** Merges other active classes of the same name into an active class: folders may have made one while its name was free. */
  unite(id: ClassId): void {
    const record = this.records[id];
    if (record?.state !== 'active') return;
    this.records.forEach((other, otherId) => {
      if (otherId !== id && other.state === 'active' && other.name === record.name)
        this.put(otherId, { ...other, state: 'merged', into: id });
    });
  }

  private lookup(): ClassIndex {
    if (this.index) return this.index;
    const index: ClassIndex = { names: new Map(), folders: new Map() };
    this.records.forEach((record, id) => {
      enter(index, record, id);
    });
    this.index = index;
    return index;
  }

  /**
   * The classes to show, with their numbers: those of folders in natural order of the folder's name, then a person's own in the order
   * in which they were made. A class of folders that the present layout does not read is left out when no row has it.
   * `counts`: positive rows by class id.
   */
  list(counts: ArrayLike<number>): ClassInfo[] {
    const ids = this.records.flatMap(({ state, kept, folder }, id) => {
      const shown = kept || (counts[id] ?? 0) > 0 || (folder !== null && this.folders.has(folder));
      return state === 'active' && shown ? [id] : [];
    });
    const folderOf = (id: ClassId): string | null => this.records[id]?.folder ?? null;
    ids.sort((a, b) => {
      const [x, y] = [folderOf(a), folderOf(b)];
      if (x !== null && y !== null) return compareNatural(x, y);
      return x === null && y === null ? a - b : x === null ? 1 : -1;
    });
    return ids.map((id, position) => ({
      id,
      name: this.records[id]?.name ?? '',
      number: position + 1,
      color: id % COLORS,
      count: counts[id] ?? 0,
    }));
  }
}

interface ClassIndex {
  names: Map<string, ClassId>;
  folders: Map<string, ClassId>;
}

function enter(index: ClassIndex, { name, folder, state }: ClassRecord, id: ClassId): void {
  if (state === 'active' && !index.names.has(name)) index.names.set(name, id);
  if (folder !== null && !index.folders.has(folder)) index.folders.set(folder, id);
}

/** Checks a new class name: not empty, no surrounding space, at most 200 characters. Errors: `bad-input`. */
export function checkClassName(name: string): void {
  if (name.trim() === '') throw new VitrineError('bad-input', 'A class needs a name.');
  if (name !== name.trim())
    throw new VitrineError('bad-input', `The class name “${name}” begins or ends with a space. Remove it.`);
  if (name.length > 200)
    throw new VitrineError('bad-input', `The class name “${name.slice(0, 40)}…” is longer than 200 characters.`);
}
