// The corpus of zips: real and hostile ones, each held to its index.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runZip } from './deepq.ts';
import type { Outcome } from './types.ts';

/** Every file of the index. */
export async function* runCorpus(folder: string): AsyncGenerator<{ name: string; outcome: Outcome }> {
  for (const line of readFileSync(join(folder, 'index.jsonl'), 'utf8').split('\n')) {
    if (line === '') continue;
    const { file, expect }: { file: string; expect: Record<string, unknown> } = JSON.parse(line);
    yield { name: file, outcome: await runZip(new Uint8Array(readFileSync(join(folder, file))), expect) };
  }
}
