// Entry of the lister worker: lists the names of one folder tree. The catalog worker starts it for a walk and ends it afterwards.
import { openDirectory } from '../source/directory.ts';
import type { WalkBatch } from '../source/types.ts';
import { type Port, serve } from './rpc.ts';

export interface ListerCalls {
  /** Begins a walk below `handle`; `from` as in `Source.walk`. */
  begin(args: { handle: FileSystemDirectoryHandle; from: readonly string[] | undefined }): Promise<void>;
  /** The next batch, or null at the end; several may be asked for ahead. Errors: those of `Source.walk`. */
  next(args: null): Promise<WalkBatch | null>;
}

let walk: AsyncGenerator<WalkBatch> | undefined;

serve<ListerCalls>(self as unknown as Port, {
  async begin({ handle, from }) {
    walk = openDirectory(handle).walk(from ? { from } : {});
  },
  async next() {
    const step = await walk?.next();
    return step === undefined || step.done ? null : step.value;
  },
}); // a dedicated worker's scope; TypeScript's page library types `self` as a window
