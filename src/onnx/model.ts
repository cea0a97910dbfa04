// Builds ONNX models node by node: names and numbers in, the bytes of a ModelProto out.
import { createMessage } from './protobuf.ts';

/** Operators are those of this version of the default ONNX domain; ReduceMax still takes its axes as an attribute there, ReduceSum as an input. */
export const opset = 17;
/** IR version 8 came with ONNX 1.10 and is read by every runtime that knows opset 17. */
const irVersion = 8;

/** Element types of TensorProto.DataType that occur here. */
const elementTypes = { float32: 1, int32: 6, int64: 7 } as const;
type ElementType = keyof typeof elementTypes;

/** An input or output of the graph; a string is a free dimension by that name. */
interface ValueShape {
  name: string;
  type: ElementType;
  dims: (number | string)[];
}

/** An attribute's value. */
type Attribute = { int: number } | { ints: number[] };

/** A graph under construction. Every method returns the name of the value it adds, so that nodes read like an expression. */
export interface GraphBuilder {
  input(name: string, type: ElementType, dims: (number | string)[]): string;
  output(name: string, type: ElementType, dims: (number | string)[]): void;
  /** A tensor that is part of the file. */
  constant(data: Float32Array | Int32Array | BigInt64Array, dims: number[]): string;
  /** A node with one output; `name` fixes the output's name. */
  node(op: string, inputs: string[], attributes?: { [name: string]: Attribute }, name?: string): string;
  /** The finished file. `metadata` is stored as the model's properties. */
  model(name: string, metadata?: { [key: string]: string }): Uint8Array<ArrayBuffer>;
}

/** Starts an empty graph (opset 17). Value names are made up in order, so equal graphs have equal bytes. */
export function createGraph(): GraphBuilder {
  const nodes: Uint8Array[] = [];
  const constants: Uint8Array[] = [];
  const inputs: Uint8Array[] = [];
  const outputs: Uint8Array[] = [];
  let values = 0;
  const fresh = (): string => `v${values++}`;
  return {
    input(name, type, dims) {
      inputs.push(encodeValue({ name, type, dims }));
      return name;
    },
    output(name, type, dims) {
      outputs.push(encodeValue({ name, type, dims }));
    },
    constant(data, dims) {
      const name = fresh();
      constants.push(encodeTensor(name, data, dims));
      return name;
    },
    node(op, from, attributes = {}, name = fresh()) {
      nodes.push(encodeNode(op, from, name, attributes));
      return name;
    },
    model(name, metadata = {}) {
      const graph = createMessage();
      for (const node of nodes) graph.bytes(1, node);
      graph.text(2, name);
      for (const constant of constants) graph.bytes(5, constant);
      for (const input of inputs) graph.bytes(11, input);
      for (const output of outputs) graph.bytes(12, output);
      const model = createMessage().int(1, irVersion).text(2, 'Vitrine').bytes(7, graph.encoded());
      model.bytes(8, createMessage().text(1, '').int(2, opset).encoded());
      for (const [key, value] of Object.entries(metadata))
        model.bytes(14, createMessage().text(1, key).text(2, value).encoded());
      return model.encoded();
    },
  };
}

/** NodeProto */
function encodeNode(
  op: string,
  inputs: string[],
  output: string,
  attributes: { [name: string]: Attribute },
): Uint8Array {
  const node = createMessage();
  for (const input of inputs) node.text(1, input);
  node.text(2, output).text(4, op);
  for (const [name, value] of Object.entries(attributes)) node.bytes(5, encodeAttribute(name, value));
  return node.encoded();
}

/** AttributeProto; `type` (field 20) names which field is filled: INT 2, INTS 7. */
function encodeAttribute(name: string, value: Attribute): Uint8Array {
  const attribute = createMessage().text(1, name);
  if ('int' in value) return attribute.int(3, value.int).int(20, 2).encoded();
  for (const item of value.ints) attribute.int(8, item);
  return attribute.int(20, 7).encoded();
}

/** TensorProto with raw_data, which is little-endian like every platform that a browser runs on. */
function encodeTensor(name: string, data: Float32Array | Int32Array | BigInt64Array, dims: number[]): Uint8Array {
  const tensor = createMessage();
  for (const dim of dims) tensor.int(1, dim);
  const type = data instanceof Float32Array ? 'float32' : data instanceof Int32Array ? 'int32' : 'int64';
  tensor.int(2, elementTypes[type]).text(8, name);
  return tensor.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)).encoded();
}

/** ValueInfoProto */
function encodeValue({ name, type, dims }: ValueShape): Uint8Array {
  const shape = createMessage();
  for (const dim of dims) {
    const d = createMessage();
    shape.bytes(1, (typeof dim === 'number' ? d.int(1, dim) : d.text(2, dim)).encoded());
  }
  const tensor = createMessage().int(1, elementTypes[type]).bytes(2, shape.encoded());
  return createMessage().text(1, name).bytes(2, createMessage().bytes(1, tensor.encoded()).encoded()).encoded();
}
