// Embeddings from picture files against reference.json, which was made with Pillow and ONNX Runtime's CPU provider.

import { afterAll, describe, expect, it } from 'vitest';
import { parseCard } from '../../../src/backbone/card/card.ts';
import { readClassNames } from '../../../src/backbone/library/library.ts';
import { cosine, softmax } from '../../../src/backbone/run/pool.ts';
import type { Card } from '../../../src/backbone/types.ts';
import { modelInput } from '../../../src/pixels/model-input.ts';
import { fetchShared } from '../pixels/corpus.ts';
import { shipped, spawnEngine } from './support.ts';

interface Reference {
  images: { file: string; embedding: number[]; top5?: [number, number][] }[];
}

async function picture(file: string): Promise<Blob> {
  const name = file.split('/').pop();
  return (await fetch(new URL(`../../../models/reference-images/${name}`, import.meta.url))).blob();
}

const deit = await fetchShared('models/deit-tiny/model.onnx');
const engine = spawnEngine();
afterAll(() => engine.close());

async function cosines(
  card: Card,
  reference: Reference,
  count = 8,
): Promise<{ cosines: number[]; scores: Float32Array[] }> {
  const result: { cosines: number[]; scores: Float32Array[] } = { cosines: [], scores: [] };
  for (const { file, embedding } of reference.images.slice(0, count)) {
    const { data } = await modelInput(await picture(file), {}, card.input);
    const run = await engine.calls.run({ pictures: data, count: 1 });
    result.cosines.push(cosine(run.embeddings, Float32Array.from(embedding)));
    if (run.scores) result.scores.push(run.scores);
  }
  return result;
}

describe('embeddings of the reference pictures', () => {
  it('are those of Pillow and ONNX Runtime for the shipped backbone', async () => {
    const { card, files } = await shipped();
    await engine.calls.open({ card, files, config: { provider: 'wasm', threads: 1, batch: 1 } });
    const answer = await fetch(new URL('../../../models/vitrine-mini/reference.json', import.meta.url));
    const { cosines: all } = await cosines(card, await answer.json());
    expect(all.length).toBe(8);
    for (const value of all) expect(value).toBeGreaterThan(0.999);
  });

  it.skipIf(!deit)('are those of another backbone by its card alone, with its own classes', async () => {
    const [cardText, labels, referenceText] = await Promise.all(
      ['card.json', 'labels.txt', 'reference.json'].map(
        async (name) => (await fetchShared(`models/deit-tiny/${name}`))?.text() ?? '',
      ),
    );
    const card = parseCard(cardText ?? '');
    const classes = readClassNames(labels ?? '', 1000, 'labels.txt');
    expect(classes[0]).toMatch(/tench/);
    await engine.calls.open({
      card,
      files: { model: deit ?? new Blob(), data: [] },
      config: { provider: 'wasm', threads: 1, batch: 1 },
    });
    const reference: Reference = JSON.parse(referenceText ?? '{}');
    const { cosines: all, scores } = await cosines(card, reference, 3);
    for (const value of all) expect(value).toBeGreaterThan(0.999);
    scores.forEach((row, i) => {
      expect(row.length).toBe(1000);
      expect(softmax(row).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      for (const [index, logit] of reference.images[i]?.top5 ?? [])
        expect(Math.abs((row[index] ?? 0) - logit)).toBeLessThan(0.05);
    });
  });
});
