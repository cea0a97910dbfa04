// Values as bytes and back: plain data and typed arrays, exactly (NaN, -0 and undefined too), because only IndexedDB gets structured clones.
import { VitrineError } from '../../shared/errors.ts';

const ARRAYS = [
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigUint64Array,
  BigInt64Array,
] as const;

/** First byte of a value; typed arrays follow from `array` on, in the order above. */
const TAG = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  integer: 4,
  number: 5,
  text: 6,
  utf16: 7,
  list: 8,
  object: 9,
  buffer: 10,
  array: 16,
} as const;

const utf8 = { encoder: new TextEncoder(), decoder: new TextDecoder() };

/** The bytes of a value. Errors: `internal` for what is neither plain data nor a typed array. */
export function encodeValue(value: unknown): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(1024);
  let view = new DataView(bytes.buffer);
  let at = 0;

  function room(count: number): void {
    if (at + count <= bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, at + count));
    larger.set(bytes.subarray(0, at));
    bytes = larger;
    view = new DataView(bytes.buffer);
  }
  function tag(value: number): void {
    room(1);
    bytes[at++] = value;
  }
  /** A count: seven bits a byte, the lowest first. */
  function count(n: number): void {
    room(5);
    for (; n > 127; n = Math.floor(n / 128)) bytes[at++] = (n % 128) + 128;
    bytes[at++] = n;
  }
  function raw(part: Uint8Array): void {
    count(part.length);
    room(part.length);
    bytes.set(part, at);
    at += part.length;
  }
  function text(value: string): void {
    if (value.isWellFormed()) {
      tag(TAG.text);
      raw(utf8.encoder.encode(value));
    } else {
      tag(TAG.utf16);
      const units = Uint16Array.from(value, (_, i) => value.charCodeAt(i));
      raw(new Uint8Array(units.buffer));
    }
  }
  function number(value: number): void {
    const isInteger = (value | 0) === value && !Object.is(value, -0);
    tag(isInteger ? TAG.integer : TAG.number);
    room(8);
    if (isInteger) view.setInt32(at, value, true);
    else view.setFloat64(at, value, true);
    at += isInteger ? 4 : 8;
  }
  function object(value: object): void {
    if (Array.isArray(value)) {
      tag(TAG.list);
      count(value.length);
      for (const item of value) any(item);
    } else if (value instanceof ArrayBuffer) {
      tag(TAG.buffer);
      raw(new Uint8Array(value));
    } else if (ArrayBuffer.isView(value)) {
      const kind = ARRAYS.findIndex((type) => value instanceof type);
      if (kind < 0) throw foreign(value);
      tag(TAG.array + kind);
      raw(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    } else {
      const prototype = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== null) throw foreign(value);
      const entries = Object.entries(value);
      tag(TAG.object);
      count(entries.length);
      for (const [key, part] of entries) {
        text(key);
        any(part);
      }
    }
  }
  function any(value: unknown): void {
    if (typeof value === 'number') number(value);
    else if (typeof value === 'string') text(value);
    else if (typeof value === 'boolean') tag(value ? TAG.true : TAG.false);
    else if (value === undefined) tag(TAG.undefined);
    else if (value === null) tag(TAG.null);
    else if (typeof value === 'object') object(value);
    else throw foreign(value);
  }

  any(value);
  return bytes.subarray(0, at);
}

/** The value of bytes that `encodeValue` made; arrays get memory of their own. Errors: `storage-damaged` for other bytes. */
export function decodeValue(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  function count(): number {
    let n = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = view.getUint8(at++);
      n += (byte % 128) * scale;
      if (byte < 128) return n;
    }
  }
  function raw(): Uint8Array<ArrayBuffer> {
    const length = count();
    if (at + length > bytes.length) throw damaged();
    at += length;
    return bytes.slice(at - length, at);
  }
  function text(): string {
    const tag = view.getUint8(at++);
    if (tag === TAG.text) return utf8.decoder.decode(raw());
    if (tag !== TAG.utf16) throw damaged();
    return Array.from(new Uint16Array(raw().buffer), (unit) => String.fromCharCode(unit)).join('');
  }
  function any(): unknown {
    const tag = view.getUint8(at);
    if (tag === TAG.text || tag === TAG.utf16) return text();
    at++;
    switch (tag) {
      case TAG.undefined:
        return undefined;
      case TAG.null:
        return null;
      case TAG.false:
        return false;
      case TAG.true:
        return true;
      case TAG.integer:
        at += 4;
        return view.getInt32(at - 4, true);
      case TAG.number:
        at += 8;
        return view.getFloat64(at - 8, true);
      case TAG.list:
        return Array.from({ length: count() }, any);
      case TAG.object:
        // fromEntries makes own properties of any name, __proto__ among them
        return Object.fromEntries(Array.from({ length: count() }, () => [text(), any()]));
      case TAG.buffer:
        return raw().buffer;
      default: {
        const type = ARRAYS[tag - TAG.array];
        if (!type) throw damaged();
        return new type(raw().buffer);
      }
    }
  }

  try {
    return any();
  } catch (cause) {
    throw cause instanceof VitrineError ? cause : damaged(cause); // a RangeError where the bytes end too early
  }
}

const foreign = (value: unknown): VitrineError =>
  new VitrineError('internal', `${Object.prototype.toString.call(value)} is nothing that a safety copy can hold.`);

const damaged = (cause?: unknown): VitrineError =>
  new VitrineError('storage-damaged', 'A record of the safety copy is damaged; the others are still used.', { cause });
