// Cards derived from preprocessor_config.json, config.json and the ONNX file, row by row of the table in the model-card page.
import { describe, expect, it } from 'vitest';
import { cardFromHuggingFace } from '../../../src/backbone/card/from-huggingface.ts';
import { type OnnxSignature, type OnnxValue, readOnnxSignature } from '../../../src/backbone/card/onnx-signature.ts';
import { createGraph } from '../../../src/onnx/model.ts';

const value = (name: string, shape: OnnxValue['shape'], type = 'float32'): OnnxValue => ({ name, type, shape });
const signature = (outputs: OnnxValue[], inputs = [value('pixel_values', ['batch', 3, 224, 224])]): OnnxSignature => ({
  opset: 17,
  inputs,
  outputs,
  externalData: [],
  params: 100,
  storage: 'float32',
  computesInHalf: false,
});
const tokens = signature([value('last_hidden_state', ['batch', 'tokens', 384])]);
const files = [{ role: 'model', path: 'model.onnx', bytes: 10, sha256: 'a'.repeat(64) } as const];
const imagenet = { image_mean: [0.485, 0.456, 0.406], image_std: [0.229, 0.224, 0.225] };

const derive = (preprocessor: object, config?: object, onnx: OnnxSignature = tokens) =>
  cardFromHuggingFace({
    name: 'x',
    preprocessor: JSON.stringify(preprocessor),
    ...(config ? { config: JSON.stringify(config) } : {}),
    signature: onnx,
    files: [...files],
  });

/** Settings as the hub has them, and the geometry that the table gives. */
const cases: [what: string, preprocessor: object, expected: object][] = [
  [
    'DINOv2: shorter side, then crop',
    {
      image_processor_type: 'BitImageProcessor',
      do_center_crop: true,
      crop_size: { height: 224, width: 224 },
      size: { shortest_edge: 256 },
      resample: 3,
      rescale_factor: 1 / 255,
      ...imagenet,
    },
    {
      size: [224, 224],
      crop: 'center',
      scale: 1 / 255,
      resize: { mode: 'shorter-side', size: 256, interpolation: 'bicubic', antialias: true },
    },
  ],
  [
    'ViT: squashed, bilinear by default',
    {
      image_processor_type: 'ViTImageProcessor',
      size: { height: 224, width: 224 },
      image_mean: [0.5, 0.5, 0.5],
      image_std: [0.5, 0.5, 0.5],
    },
    {
      size: [224, 224],
      crop: 'none',
      mean: [0.5, 0.5, 0.5],
      resize: { mode: 'squash', size: [224, 224], interpolation: 'bilinear', antialias: true },
    },
  ],
  [
    'an old ViT: one number squashes',
    { feature_extractor_type: 'ViTFeatureExtractor', size: 224, resample: 2, ...imagenet },
    {
      size: [224, 224],
      crop: 'none',
      resize: { mode: 'squash', size: [224, 224], interpolation: 'bilinear', antialias: true },
    },
  ],
  [
    'an old DeiT: one number squashes, then crop',
    { feature_extractor_type: 'DeiTFeatureExtractor', size: 256, crop_size: 224, do_center_crop: true, ...imagenet },
    {
      size: [224, 224],
      crop: 'center',
      resize: { mode: 'squash', size: [256, 256], interpolation: 'bicubic', antialias: true },
    },
  ],
  [
    'an old CLIP: one number is the shorter side, crop by default',
    { feature_extractor_type: 'CLIPFeatureExtractor', size: 224, crop_size: 224, ...imagenet },
    {
      size: [224, 224],
      crop: 'center',
      resize: { mode: 'shorter-side', size: 224, interpolation: 'bicubic', antialias: true },
    },
  ],
  [
    'ConvNext below 384: divided by crop_pct',
    { image_processor_type: 'ConvNextImageProcessor', size: { shortest_edge: 224 }, crop_pct: 0.875, ...imagenet },
    {
      size: [224, 224],
      crop: 'center',
      resize: { mode: 'shorter-side', size: 256, interpolation: 'bicubic', antialias: true },
    },
  ],
  [
    'ConvNext from 384: squashed',
    {
      image_processor_type: 'ConvNextImageProcessor',
      size: { shortest_edge: 384 },
      crop_pct: 0.875,
      resample: 3,
      ...imagenet,
    },
    {
      size: [384, 384],
      crop: 'none',
      resize: { mode: 'squash', size: [384, 384], interpolation: 'bicubic', antialias: true },
    },
  ],
  [
    'no rescaling and no normalising',
    {
      image_processor_type: 'ViTImageProcessor',
      size: { height: 32, width: 48 },
      resample: 0,
      do_rescale: false,
      do_normalize: false,
    },
    {
      size: [32, 48],
      scale: 1,
      mean: [0, 0, 0],
      std: [1, 1, 1],
      resize: { mode: 'squash', size: [32, 48], interpolation: 'nearest', antialias: true },
    },
  ],
];

describe('a card from a Hugging Face export', () => {
  it.each(cases)('of %s', (_what, preprocessor, expected) => {
    expect(derive(preprocessor).card.input).toMatchObject(expected);
  });

  const vit = cases[1]?.[1] ?? {};
  it.each([
    ['pictures of any size', { ...vit, do_resize: false }, /do_resize/],
    ['a Lanczos filter', { ...vit, resample: 1 }, /filter 1/],
    ['a box filter', { ...vit, resample: 4 }, /filter 4/],
    [
      'a shorter side without a crop',
      { image_processor_type: 'BitImageProcessor', size: { shortest_edge: 256 }, resample: 3, do_center_crop: false },
      /does not crop/,
    ],
  ])('is refused for %s', (_what, preprocessor, sentence) => {
    expect(() => derive(preprocessor)).toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringMatching(sentence) }),
    );
  });

  it('names what is missing where a default is not known', () => {
    expect(() =>
      derive({ image_processor_type: 'NewImageProcessor', size: { height: 8, width: 8 }, ...imagenet }),
    ).toThrow(/“resample” must be/);
    expect(() => derive({ image_processor_type: 'NewImageProcessor', size: 8, resample: 3, ...imagenet })).toThrow(
      /“size” must be/,
    );
  });

  it('takes the class token of ViT, DINO and DINOv2, and pooled outputs of others', () => {
    expect(derive(vit, { model_type: 'dinov2' }).card.outputs.embedding).toEqual({
      name: 'last_hidden_state',
      dim: 384,
      normalize: false,
      pool: 'first',
    });
    const siglip = signature([value('last_hidden_state', ['b', 't', 768]), value('pooler_output', ['b', 768])]);
    expect(derive(vit, { model_type: 'siglip_vision_model' }, siglip).card.outputs.embedding).toEqual({
      name: 'pooler_output',
      dim: 768,
      normalize: false,
    });
    const clip = signature([value('image_embeds', ['b', null])]);
    expect(derive(vit, { model_type: 'clip', projection_dim: 512 }, clip).card.outputs.embedding).toMatchObject({
      name: 'image_embeds',
      dim: 512,
    });
    expect(() => derive(vit, undefined, clip)).toThrow(/projection_dim/);
    const scores = signature([value('logits', ['b', 10])]);
    expect(derive(vit, undefined, scores).card.outputs.embedding).toMatchObject({ name: 'logits', dim: 10 });
  });

  it('writes a class file from id2label in the order of the outputs', () => {
    const onnx = signature([value('last_hidden_state', ['b', 't', 384]), value('logits', ['b', 11])]);
    const id2label = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`${i}`, `kind ${i}`]).reverse());
    const { card, classes } = derive(vit, { model_type: 'vit', id2label }, onnx);
    expect(card.outputs.logits).toEqual({ name: 'logits', dim: 11, classes: 'classes.txt' });
    expect(classes?.split('\n').slice(0, 11)).toEqual(Array.from({ length: 11 }, (_, i) => `kind ${i}`));
    expect(derive(vit, { id2label: { 0: 'LABEL_0', 1: 'LABEL_1' } }).classes).toBeUndefined();
  });

  it('knows a fixed batch and a model that takes more than a picture', () => {
    const fixed = signature(tokens.outputs, [value('pixel_values', [16, 3, 224, 224])]);
    expect(derive(vit, undefined, fixed).card.batch).toBe(16);
    const text = signature(tokens.outputs, [...tokens.inputs, value('input_ids', ['b', 't'], 'int64')]);
    expect(() => derive(vit, undefined, text)).toThrow(/input_ids/);
  });
});

describe('the signature of an ONNX file', () => {
  it('gives inputs, outputs, free dimensions and weights of a written graph', () => {
    const g = createGraph();
    const x = g.input('pixels', 'float32', ['N', 3]);
    const w = g.constant(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
    g.node('MatMul', [x, w], {}, 'embedding');
    g.output('embedding', 'float32', ['N', 2]);
    expect(readOnnxSignature(g.model('test'), 'test.onnx')).toEqual({
      opset: 17,
      inputs: [{ name: 'pixels', type: 'float32', shape: ['N', 3] }],
      outputs: [{ name: 'embedding', type: 'float32', shape: ['N', 2] }],
      externalData: [],
      params: 6,
      storage: 'float32',
      computesInHalf: false,
    });
  });

  it('refuses other bytes, and a file that was cut, with a sentence', () => {
    const g = createGraph();
    g.output(g.input('a', 'float32', ['N', 3]), 'float32', ['N', 3]);
    const bytes = g.model('test');
    for (const wrong of [
      new Uint8Array(),
      new TextEncoder().encode('<html>not found</html>'),
      bytes.subarray(0, bytes.length - 8),
    ])
      expect(() => readOnnxSignature(wrong, 'x.onnx')).toThrow(
        expect.objectContaining({ code: 'unreadable', file: 'x.onnx' }),
      );
  });
});
