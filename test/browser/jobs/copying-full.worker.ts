// The copier worker on a disk that is full while the test says so.
import '../../../src/workers/copier.ts';

/** Of the class that only workers have, and the library of pages does not know. */
interface SyncAccess {
  write(bytes: ArrayBufferView, options: { at: number }): number;
}
declare const FileSystemSyncAccessHandle: { prototype: SyncAccess };

const { write } = FileSystemSyncAccessHandle.prototype;
let full = false;
FileSystemSyncAccessHandle.prototype.write = function (this: SyncAccess, bytes, options) {
  // a full disk takes a part of what it is given
  const taken = full ? new Uint8Array(bytes.buffer, bytes.byteOffset, 4) : bytes;
  return write.call(this, taken, options);
};
new BroadcastChannel('copying-full').onmessage = ({ data }) => {
  full = data === true;
};
