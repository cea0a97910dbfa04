// The few wire types of Protocol Buffers that an ONNX file needs, written and never read.

/** Collects the fields of one message; `bytes()` is its encoding. Field numbers are those of onnx.proto. */
export function createMessage() {
  const parts: Uint8Array[] = [];
  const message = {
    /** An int32, int64 or enum field; non-negative values only. */
    int(field: number, value: number) {
      parts.push(varint(field * 8), varint(value));
      return message;
    },
    /** A bytes field, or a nested message. */
    bytes(field: number, value: Uint8Array) {
      parts.push(varint(field * 8 + 2), varint(value.length), value);
      return message;
    },
    /** A string field. */
    text(field: number, value: string) {
      return message.bytes(field, utf8(value));
    },
    encoded: (): Uint8Array<ArrayBuffer> => concatenate(parts),
  };
  return message;
}

/** A non-negative safe integer in groups of seven bits, lowest first. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const encoder = new TextEncoder();
const utf8 = (text: string): Uint8Array => encoder.encode(text);
