// The sample's pictures as files: what tests and benchmarks take when they need real ones.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../.scripts/install.mjs';
import { listZip } from '../../src/source/zip/list.ts';
import { readZipEntry } from '../../src/source/zip/read.ts';

/** Bytes of the JPEGs of the sample by path. */
export async function samplePictures(): Promise<Map<string, Uint8Array>> {
  const zip = new Blob([readFileSync(join(root, 'public', 'sample.zip'))]);
  const files = new Map<string, Uint8Array>();
  for (const entry of (await listZip(zip, 'sample.zip')).entries)
    if (entry.path.endsWith('.jpg')) files.set(entry.path, await readZipEntry(zip, entry));
  return files;
}
