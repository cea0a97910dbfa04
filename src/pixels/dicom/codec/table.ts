// The one table of codecs for encapsulated frames; each is a chunk of its own, loaded when a file needs it.
import type { ImageDescription } from '../data/image.ts';

/** What a transfer syntax is decoded by. */
export type CodecName = 'uncompressed' | 'deflated' | 'rle' | 'jpeg' | 'jpeg-2000' | 'htj2k';

/** A frame as its codec gives it. */
export interface CodedFrame {
  width: number;
  height: number;
  channels: number;
  /** [height, width, channels] row-major, before masks and signs: as unsigned numbers. */
  samples: Uint8Array | Uint16Array | Uint32Array;
  /** What the codestream itself says of its samples; absent where the format has no such word. */
  precision?: number;
  signed?: boolean;
  /** What three channels mean, where the codestream decides it and not PhotometricInterpretation. */
  colours?: 'rgb' | 'ybr';
  warning?: string;
}

/** Decodes one frame. Errors: VitrineError `unreadable`, `unsupported`, `too-large`. */
export type FrameDecoder = (
  bytes: Uint8Array<ArrayBuffer>,
  image: ImageDescription,
  options: { maxPixels: number; signal?: AbortSignal },
) => Promise<CodedFrame>;

/** Which module reads which coding. */
export const CODECS: Readonly<Record<CodecName, () => Promise<{ decodeFrame: FrameDecoder }>>> = {
  uncompressed: () => import('./uncompressed.ts'),
  deflated: () => import('./deflated.ts'),
  rle: () => import('./rle.ts'),
  jpeg: () => import('./jpeg/decode.ts'),
  'jpeg-2000': () => import('./jpeg-2000.ts'),
  htj2k: () => import('./htj2k.ts'),
};
