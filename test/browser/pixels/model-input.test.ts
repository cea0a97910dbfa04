// The reference pictures become the tensors that Pillow makes of them, bit for bit.

import { describe, expect, test } from 'vitest';
import { server } from 'vitest/browser';
import { decode } from '../../../src/pixels/decode.ts';
import { modelInput } from '../../../src/pixels/model-input.ts';
import { modelPicture } from '../../../src/pixels/tensor.ts';
import type { ModelInputSpec } from '../../../src/pixels/types.ts';
import { fetchShared, rgbOf, sha256 } from './corpus.ts';

interface Reference {
  images: {
    file: string;
    width: number;
    height: number;
    rgb_sha256: string;
    tensor: { sha256: string; first16: number[]; mean: number; std: number };
  }[];
}

async function fetchOwn(path: string): Promise<Blob | undefined> {
  const response = await fetch(`/@fs${server.config.root}/models/${path}`, {
    headers: { accept: 'application/octet-stream' },
  });
  return response.ok ? response.blob() : undefined;
}

/** A model's card and reference, from the repository or from the shared material. */
async function load(model: string): Promise<{ input: ModelInputSpec; images: Reference['images'] } | undefined> {
  const read = async (file: string) =>
    (await fetchOwn(`${model}/${file}`)) ?? (await fetchShared(`models/${model}/${file}`));
  const [card, reference] = [await read('card.json'), await read('reference.json')];
  if (card === undefined || reference === undefined) return undefined;
  const { input }: { input: ModelInputSpec } = JSON.parse(await card.text());
  const { images }: Reference = JSON.parse(await reference.text());
  return { input, images };
}

async function picture(file: string): Promise<Blob> {
  const name = file.replace('../reference-images/', 'reference-images/');
  const blob = (await fetchOwn(name)) ?? (await fetchShared(`models/${name}`));
  if (blob === undefined) throw new Error(`${name} is missing`);
  return blob;
}

for (const model of ['vitrine-mini', 'deit-tiny']) {
  const loaded = await load(model);
  describe.skipIf(loaded === undefined)(`inputs of ${model}`, () => {
    test.each(loaded?.images ?? [])('$file becomes the reference tensor', async (image) => {
      const spec = loaded?.input;
      if (spec === undefined) throw new Error('no card');
      const file = await picture(image.file);
      const pixels = await decode(file, {});
      expect([pixels.width, pixels.height]).toEqual([image.width, image.height]);
      expect(await sha256(rgbOf({ data: modelPicture(pixels, spec) }))).toBe(image.rgb_sha256);

      const { data, facts } = await modelInput(file, {}, spec);
      expect(facts).toMatchObject({ format: 'png', width: image.width, height: image.height });
      image.tensor.first16.forEach((value, i) => {
        expect(data[i]).toBeCloseTo(value, 4);
      });
      const values = Array.from<number>(data);
      const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
      expect(mean).toBeCloseTo(image.tensor.mean, 4);
      expect(Math.sqrt(variance)).toBeCloseTo(image.tensor.std, 4);
      expect(await sha256(data)).toBe(image.tensor.sha256);
    });
  });
}
