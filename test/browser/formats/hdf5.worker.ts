// Reads a dbcollection file where Vitrine does: in a worker, which seeks in the file instead of holding it.
import { openHdf5 } from '../../../src/formats/dbcollection/hdf5.ts';
import { openSets } from '../../../src/formats/dbcollection/set.ts';

addEventListener('message', ({ data }: MessageEvent<Blob>) => void answer(data));

async function answer(file: Blob): Promise<void> {
  // What is sliced off the file tells whether it is read bit by bit.
  let sliced = 0;
  const { readAsArrayBuffer } = FileReaderSync.prototype;
  FileReaderSync.prototype.readAsArrayBuffer = function read(blob) {
    sliced += blob.size;
    return readAsArrayBuffer.call(this, blob);
  };
  try {
    const hdf5 = await openHdf5(file, 'classification.h5');
    const { sets } = openSets(hdf5, 'classification.h5', 'auto');
    const atOpen = sliced;
    const samples = sets.flatMap((set) =>
      [...set.names()].flatMap(({ from, names }) =>
        names.map((path, i) => [set.name, path, ...set.labelsOf(from + i)]),
      ),
    );
    hdf5.close();
    postMessage({ samples, atOpen });
  } catch (error) {
    postMessage({ error: error instanceof Error ? error.message : String(error) });
  } finally {
    FileReaderSync.prototype.readAsArrayBuffer = readAsArrayBuffer;
  }
}
