// Reads inputs, outputs and the kinds of weights from an ONNX file, without loading the graph: the few protobuf fields of onnx.proto3 it needs.
import { VitrineError } from '../../shared/errors.ts';

/** An input or output: element type as ONNX names it, and its shape; a name is a symbolic dimension, null one without a name. */
export interface OnnxValue {
  name: string;
  type: string;
  shape: (number | string | null)[];
}

export interface OnnxSignature {
  /** Version of the default operator domain. */
  opset: number;
  inputs: OnnxValue[];
  outputs: OnnxValue[];
  /** Files that hold weights outside of the ONNX file, by the names that the graph uses. */
  externalData: string[];
  /** Number of stored weights, and how those of matrices are stored. */
  params: number;
  storage: 'float32' | 'float16' | 'int8' | 'mixed';
  /** True when an operator other than Cast reads float16 weights: the graph computes in half precision. */
  computesInHalf: boolean;
}

/** TensorProto.DataType of onnx.proto3. */
const elementTypes: Record<number, string> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  16: 'bfloat16',
};

/** Inputs (without those that are weights), outputs and weights of a model. Errors: `unreadable` when the bytes are no ONNX model. */
export function readOnnxSignature(bytes: Uint8Array, file: string): OnnxSignature {
  try {
    return readModel(bytes);
  } catch (cause) {
    if (cause instanceof RangeError || cause instanceof TypeError)
      throw new VitrineError(
        'unreadable',
        `${file} is not an ONNX model, or only a part of one. Choose another file.`,
        {
          file,
          cause,
        },
      );
    throw cause;
  }
}

function readModel(bytes: Uint8Array): OnnxSignature {
  let opset = 0;
  let graph: Uint8Array | undefined;
  for (const field of fields(bytes)) {
    if (field.number === 7) graph = message(field);
    if (field.number === 8) {
      let domain = '';
      let version = 0;
      for (const part of fields(message(field))) {
        if (part.number === 1) domain = text(part);
        if (part.number === 2) version = Number(part.value);
      }
      if (domain === '' || domain === 'ai.onnx') opset = version;
    }
  }
  if (!graph || opset === 0) throw new TypeError('no graph');
  return readGraph(graph, opset);
}

interface Weights {
  name: string;
  type: string;
  size: number;
  external: string | undefined;
}

function readGraph(graph: Uint8Array, opset: number): OnnxSignature {
  const weights: Weights[] = [];
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  /** Names that an operator other than Cast reads. */
  const used = new Set<string>();
  for (const field of fields(graph)) {
    if (field.number === 1) {
      const names: string[] = [];
      let operator = '';
      for (const part of fields(message(field))) {
        if (part.number === 1) names.push(text(part));
        if (part.number === 4) operator = text(part);
      }
      if (operator !== 'Cast') for (const name of names) used.add(name);
    }
    if (field.number === 5) weights.push(readWeights(message(field)));
    if (field.number === 11) inputs.push(readValue(message(field)));
    if (field.number === 12) outputs.push(readValue(message(field)));
  }
  const stored = new Set(weights.map((w) => w.name));
  const external = weights.flatMap((w) => (w.external === undefined ? [] : [w.external]));
  return {
    opset,
    inputs: inputs.filter((input) => !stored.has(input.name)), // old exporters list weights as inputs too
    outputs,
    externalData: [...new Set(external)],
    params: weights.reduce((sum, w) => sum + w.size, 0),
    storage: storageOf(weights),
    computesInHalf: weights.some((w) => w.type === 'float16' && used.has(w.name)),
  };
}

/** Of matrices only: shapes, scales and norms are few and often stay in float32. */
function storageOf(weights: readonly Weights[]): OnnxSignature['storage'] {
  const large = weights.filter((w) => w.size > 1024);
  const types = new Set((large.length > 0 ? large : weights).map((w) => (w.type === 'uint8' ? 'int8' : w.type)));
  const [only] = types;
  return types.size === 1 && (only === 'float32' || only === 'float16' || only === 'int8') ? only : 'mixed';
}

/** TensorProto: dims 1, data_type 2, name 8, external_data 13. */
function readWeights(tensor: Uint8Array): Weights {
  const weights: Weights = { name: '', type: '', size: 1, external: undefined };
  for (const field of fields(tensor)) {
    if (field.number === 1) for (const dim of integers(field)) weights.size *= dim;
    if (field.number === 2) weights.type = elementTypes[Number(field.value)] ?? 'other';
    if (field.number === 8) weights.name = text(field);
    if (field.number === 13) {
      let [key, value] = ['', ''];
      for (const part of fields(message(field))) {
        if (part.number === 1) key = text(part);
        if (part.number === 2) value = text(part);
      }
      if (key === 'location') weights.external = value.replace(/^\.\//, '');
    }
  }
  return weights;
}

/** ValueInfoProto: name 1, type 2 → tensor_type 1 → elem_type 1, shape 2 → dim 1 → dim_value 1 or dim_param 2. */
function readValue(info: Uint8Array): OnnxValue {
  const value: OnnxValue = { name: '', type: 'other', shape: [] };
  for (const field of fields(info)) {
    if (field.number === 1) value.name = text(field);
    if (field.number !== 2) continue;
    for (const type of fields(message(field))) {
      if (type.number !== 1) continue; // sequences and maps are not tensors
      for (const part of fields(message(type))) {
        if (part.number === 1) value.type = elementTypes[Number(part.value)] ?? 'other';
        if (part.number === 2) value.shape = readShape(message(part));
      }
    }
  }
  return value;
}

function readShape(shape: Uint8Array): OnnxValue['shape'] {
  const dims: OnnxValue['shape'] = [];
  for (const field of fields(shape)) {
    if (field.number !== 1) continue;
    let dim: number | string | null = null;
    for (const part of fields(message(field))) {
      if (part.number === 1) dim = Number(part.value);
      if (part.number === 2) dim = text(part);
    }
    dims.push(dim);
  }
  return dims;
}

/** One field of a protobuf message: a number for wire type 0, bytes for the others. */
interface Field {
  number: number;
  value: number | Uint8Array;
}

/** The fields of a message in order (protobuf encoding: varint, 64-bit, length-delimited, 32-bit). Throws RangeError on other bytes. */
function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  while (at < bytes.length) {
    const tag = varint(bytes, at);
    at = tag.next;
    const wire = tag.value % 8;
    const number = Math.floor(tag.value / 8);
    if (wire === 0) {
      const { value, next } = varint(bytes, at);
      at = next;
      yield { number, value };
      continue;
    }
    let length = wire === 1 ? 8 : 4;
    if (wire === 2) {
      const size = varint(bytes, at);
      length = size.value;
      at = size.next;
    } else if (wire !== 1 && wire !== 5) throw new RangeError(`wire type ${wire}`);
    if (at + length > bytes.length) throw new RangeError('past the end');
    yield { number, value: bytes.subarray(at, at + length) };
    at += length;
  }
}

/** Above 2^53 the value is not exact; only lengths and sizes below that are used. */
function varint(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) throw new RangeError('past the end');
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  throw new RangeError('varint of more than 10 bytes');
}

function message(field: Field): Uint8Array {
  if (typeof field.value === 'number') throw new TypeError('a number where a message was expected');
  return field.value;
}

const decoder = new TextDecoder();
const text = (field: Field): string => decoder.decode(message(field));

/** A repeated integer: packed into one field, or one field each. */
function integers(field: Field): number[] {
  if (typeof field.value === 'number') return [field.value];
  const out: number[] = [];
  for (let at = 0; at < field.value.length; ) {
    const { value, next } = varint(field.value, at);
    out.push(value);
    at = next;
  }
  return out;
}
