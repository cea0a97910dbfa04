// Derives a card from what Hugging Face's exporters write: model.onnx, preprocessor_config.json and config.json.

import type { Interpolation, ResizeRule } from '../../pixels/types.ts';
import { VitrineError } from '../../shared/errors.ts';
import type { Card, CardFile } from '../types.ts';
import {
  type At,
  fail,
  integer,
  isPresent,
  member,
  number,
  object,
  optionalBoolean,
  optionalInteger,
  optionalString,
  pair,
  parseObject,
  triple,
} from './checks.ts';
import type { OnnxSignature, OnnxValue } from './onnx-signature.ts';

/** What was dropped, all but the weights as text. */
export interface HuggingFaceExport {
  /** Name of the card, made from the dropped folder or file. */
  name: string;
  preprocessor: string;
  config?: string;
  signature: OnnxSignature;
  /** Model and data files with their sizes and hashes. */
  files: CardFile[];
}

/** The card and, where `config.json` names classes for `logits`, the text of the class file it refers to. */
export interface Derived {
  card: Card;
  classes?: string;
}

type Family = 'vit' | 'deit' | 'clip' | 'bit' | 'convnext' | 'other';

const preprocessorFile = 'preprocessor_config.json';
const classFile = 'classes.txt';

/**
 * The rules of docs/model-card (`preprocessor_config.json` table), checked there against transformers 5.18.
 * Errors: `bad-input` (a field that is wrong), `unsupported` (a step that cards cannot say).
 */
export function cardFromHuggingFace(source: HuggingFaceExport): Derived {
  const preprocessor = parseObject(source.preprocessor, preprocessorFile);
  const config = source.config === undefined ? undefined : parseObject(source.config, 'config.json');
  const { signature } = source;
  const image = imageInput(signature);
  const geometry = readGeometry(preprocessor);
  const embedding = readEmbedding(signature, config);
  const classes = config && readClasses(config);
  const logits = signature.outputs.find((output) => output.name === 'logits');
  const classCount = logits?.shape.at(-1);
  const named = classes !== undefined && classes.length === classCount && classes.length > 1;
  const title = (config && optionalString(member(config, '_name_or_path'))) || source.name;
  const card: Card = {
    card: 1,
    name: source.name,
    title,
    license: 'unknown',
    source: 'added from an ONNX export with its preprocessor_config.json',
    provenance: 'Derived from the files of the export; what the model was trained on is not known here.',
    files: named ? [...source.files, { role: 'classes', path: classFile }] : source.files,
    input: {
      name: image.name,
      layout: 'NCHW',
      dtype: image.type === 'float16' ? 'float16' : 'float32',
      color: 'RGB',
      ...geometry,
      ...readScale(preprocessor),
    },
    outputs: {
      embedding,
      ...(named ? { logits: { name: 'logits', dim: classes.length, classes: classFile } } : {}),
    },
    batch: typeof image.shape[0] === 'number' ? image.shape[0] : 'free',
    opset: signature.opset,
    storage: signature.storage,
    params: signature.params,
  };
  return named ? { card, classes: `${classes.join('\n')}\n` } : { card };
}

function imageInput(signature: OnnxSignature): OnnxValue {
  const images = signature.inputs.filter((input) => input.shape.length === 4);
  const image = images.find((input) => input.name === 'pixel_values') ?? images[0];
  const others = signature.inputs.filter((input) => input !== image);
  if (!image || others.length > 0)
    throw new VitrineError(
      'unsupported',
      `The model takes ${signature.inputs.map((input) => input.name).join(', ') || 'nothing'}; Vitrine can feed one picture only. Export the picture encoder alone.`,
    );
  if (image.type !== 'float32' && image.type !== 'float16')
    throw new VitrineError('unsupported', `The model takes ${image.type} pictures; only float32 and float16 are read.`);
  return image;
}

/** Processors whose `size` as one number, and whose default filter, mean different things. */
function familyOf(preprocessor: At): Family {
  const type = `${optionalString(member(preprocessor, 'image_processor_type')) ?? optionalString(member(preprocessor, 'feature_extractor_type')) ?? ''}`;
  if (/^DeiT/i.test(type)) return 'deit';
  if (/^ViT/i.test(type)) return 'vit';
  if (/^CLIP/i.test(type)) return 'clip';
  if (/^Bit/i.test(type)) return 'bit';
  if (/^ConvNext/i.test(type)) return 'convnext';
  return 'other';
}

/** Processors that crop unless they are told not to. */
const cropsByDefault: readonly Family[] = ['clip', 'bit', 'deit'];

function readGeometry(preprocessor: At): Pick<Card['input'], 'size' | 'resize' | 'crop'> {
  if (optionalBoolean(member(preprocessor, 'do_resize')) === false)
    throw new VitrineError(
      'unsupported',
      `${preprocessorFile} says “do_resize”: false: the model takes pictures of any size, which a card cannot say. Write a card.json beside it.`,
    );
  const family = familyOf(preprocessor);
  const filter = { interpolation: readFilter(preprocessor, family), antialias: true };
  const crops = optionalBoolean(member(preprocessor, 'do_center_crop')) ?? cropsByDefault.includes(family);
  const crop = crops ? sizeOf(member(preprocessor, 'crop_size')) : undefined;
  const resize = readResize(preprocessor, family, filter);
  if (family === 'convnext' && resize.mode === 'shorter-side' && !crop) {
    const edge = integer(member(member(preprocessor, 'size'), 'shortest_edge'), 1);
    return { size: [edge, edge], resize, crop: 'center' };
  }
  if (crop) return { size: crop, resize, crop: 'center' };
  if (resize.mode === 'squash') return { size: resize.size, resize, crop: 'none' };
  // a shorter side without a crop gives pictures of many shapes; its square is what such models were exported for
  throw new VitrineError(
    'unsupported',
    `${preprocessorFile} resizes the shorter side and does not crop, so pictures keep their shape, which a card cannot say. Write a card.json beside it.`,
  );
}

function readResize(
  preprocessor: At,
  family: Family,
  filter: { interpolation: Interpolation; antialias: boolean },
): ResizeRule {
  const size = member(preprocessor, 'size');
  if (typeof size.value === 'number') {
    const edge = integer(size, 1);
    if (family === 'vit' || family === 'deit') return { mode: 'squash', size: [edge, edge], ...filter };
    if (family === 'clip' || family === 'bit') return { mode: 'shorter-side', size: edge, ...filter };
    if (family === 'convnext') return convnext(preprocessor, edge, filter);
    fail(
      size,
      'an object with “shortest_edge”, or “height” and “width” (one number means different things for different processors)',
    );
  }
  const shortest = member(size, 'shortest_edge');
  if (isPresent(shortest)) {
    const edge = integer(shortest, 1);
    if (family === 'convnext') return convnext(preprocessor, edge, filter);
    return { mode: 'shorter-side', size: edge, ...filter };
  }
  return { mode: 'squash', size: sizeOf(size), ...filter };
}

/** ConvNextImageProcessor: below 384 the shorter side is edge / crop_pct, then cropped; from 384 on the picture is squashed. */
function convnext(
  preprocessor: At,
  edge: number,
  filter: { interpolation: Interpolation; antialias: boolean },
): ResizeRule {
  if (edge >= 384) return { mode: 'squash', size: [edge, edge], ...filter };
  const cropPct = member(preprocessor, 'crop_pct');
  const part = isPresent(cropPct) ? number(cropPct, (n) => n > 0, 'a number above 0') : 224 / 256;
  return { mode: 'shorter-side', size: Math.trunc(edge / part), ...filter };
}

/** {height, width} or one number, as [height, width]. */
function sizeOf(at: At): [number, number] {
  if (typeof at.value === 'number') return [integer(at, 1), integer(at, 1)];
  if (Array.isArray(at.value)) return pair(at);
  return [integer(member(at, 'height'), 1), integer(member(at, 'width'), 1)];
}

/** PIL's filter numbers; where none is given, the processor's default. */
function readFilter(preprocessor: At, family: Family): Interpolation {
  const resample = optionalInteger(member(preprocessor, 'resample'), 0);
  if (resample === 0) return 'nearest';
  if (resample === 2) return 'bilinear';
  if (resample === 3) return 'bicubic';
  if (resample !== undefined)
    throw new VitrineError(
      'unsupported',
      `${preprocessorFile} asks for resampling filter ${resample}; nearest (0), bilinear (2) and bicubic (3) are known.`,
    );
  if (family === 'vit') return 'bilinear';
  if (family !== 'other') return 'bicubic';
  fail(member(preprocessor, 'resample'), '0, 2 or 3 (the default of this processor is not known)');
}

function readScale(preprocessor: At): Pick<Card['input'], 'scale' | 'mean' | 'std'> {
  const rescales = optionalBoolean(member(preprocessor, 'do_rescale')) ?? true;
  const factor = member(preprocessor, 'rescale_factor');
  const scale = !rescales ? 1 : isPresent(factor) ? number(factor, (n) => n > 0, 'a number above 0') : 1 / 255;
  if (optionalBoolean(member(preprocessor, 'do_normalize')) === false)
    return { scale, mean: [0, 0, 0], std: [1, 1, 1] };
  return {
    scale,
    mean: triple(member(preprocessor, 'image_mean')),
    std: triple(member(preprocessor, 'image_std'), (n) => n > 0, 'a number above 0'),
  };
}

/** Token outputs of these families carry the picture in their class token; others have a pooled output of their own. */
const classTokenModels = /^(vit|deit|dino|dinov2|dinov2_with_registers|beit)$/;

function readEmbedding(signature: OnnxSignature, config: At | undefined): Card['outputs']['embedding'] {
  const output = (name: string): OnnxValue | undefined => signature.outputs.find((o) => o.name === name);
  const hidden = output('last_hidden_state');
  const model = config && optionalString(member(config, 'model_type'));
  if (hidden?.shape.length === 3 && (model === undefined ? !output('pooler_output') : classTokenModels.test(model)))
    return { name: hidden.name, dim: widthOf(hidden, config), normalize: false, pool: 'first' };
  const flat = output('image_embeds') ?? output('pooler_output') ?? output('embedding');
  if (flat?.shape.length === 2) return { name: flat.name, dim: widthOf(flat, config), normalize: false };
  if (hidden?.shape.length === 3)
    return { name: hidden.name, dim: widthOf(hidden, config), normalize: false, pool: 'mean' };
  const scores = output('logits'); // nothing but class scores: they are features too, and the page says so
  if (scores?.shape.length === 2) return { name: scores.name, dim: widthOf(scores, config), normalize: false };
  throw new VitrineError(
    'unsupported',
    `The model gives ${signature.outputs.map((o) => o.name).join(', ')}; none of them is known as an embedding. Write a card.json beside it.`,
  );
}

function widthOf(output: OnnxValue, config: At | undefined): number {
  const last = output.shape.at(-1);
  if (typeof last === 'number' && last > 0) return last;
  const key = output.name === 'image_embeds' ? 'projection_dim' : 'hidden_size';
  if (config) return integer(member(config, key), 1);
  throw new VitrineError(
    'bad-input',
    `The ONNX file does not say how long “${output.name}” is. Add the model's config.json, which has “${key}”.`,
  );
}

/** Names of `id2label` in the order of their numbers; undefined where there are none or only LABEL_0, LABEL_1, … */
function readClasses(config: At): string[] | undefined {
  const labels = member(config, 'id2label');
  if (!isPresent(labels)) return undefined;
  const value = object(labels);
  const names = Object.keys(value)
    .sort((a, b) => Number(a) - Number(b))
    .map((key) => `${value[key]}`.replaceAll(/[\t\n]/g, ' '));
  return names.every((name, i) => name === `LABEL_${i}`) ? undefined : names;
}
