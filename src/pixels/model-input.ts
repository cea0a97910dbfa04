// A model's input straight from a file.
import { type DecodeOptions, decode } from './decode.ts';
import { createModelInput, inputWindow, type ModelInputArray, writeModelInput } from './tensor.ts';
import type { ModelInputSpec, PixelFacts, PixelView, WindowOf } from './types.ts';

/**
 * Input of one file: `data` holds [3, H, W] or [H, W, 3] numbers in the type of `createModelInput`. What the model gets is what
 * `decode` shows under the same view. Errors: as `decode`, and `bad-input` for a card that cannot be met.
 */
export async function modelInput(
  file: Blob,
  view: PixelView,
  spec: ModelInputSpec,
  options: DecodeOptions = {},
): Promise<{ data: ModelInputArray; facts: PixelFacts }> {
  const data = createModelInput(spec);
  const facts = await modelInputInto(file, view, spec, { target: data, offset: 0 }, options);
  return { data, facts };
}

/** The same, written into a batch at element `offset`. */
export async function modelInputInto(
  file: Blob,
  view: PixelView,
  spec: ModelInputSpec,
  into: { target: ModelInputArray; offset: number },
  options: DecodeOptions = {},
): Promise<PixelFacts> {
  const windowOf: WindowOf = (width, height) => inputWindow(width, height, spec);
  const pixels = await decode(file, view, { ...options, windowOf });
  writeModelInput(pixels, spec, into.target, into.offset);
  return pixels.facts;
}
