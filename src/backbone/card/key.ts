// The key of stored embeddings: two vectors may be compared only when everything that made them is the same.

import type { PixelView } from '../../pixels/types.ts';
import { VitrineError } from '../../shared/errors.ts';
import type { Card } from '../types.ts';
import { sha256Hex } from './hash.ts';

/**
 * SHA-256 (hex) over, as UTF-8: the `sha256` of the model file and of all data files in order of their paths; the canonical JSON of
 * `input`, of `outputs.embedding` and of the dataset's view rule; the storage type. Canonical: keys sorted at every level, no spaces.
 * Errors: `bad-input` while a hash is unknown (before the first download).
 */
export async function embeddingKey(card: Card, view: PixelView = {}, storage: 'float16' = 'float16'): Promise<string> {
  const parts = card.files
    .filter((file) => file.role === 'model' || file.role === 'data')
    .sort((a, b) => (a.role === b.role ? (a.path < b.path ? -1 : 1) : a.role === 'model' ? -1 : 1))
    .map((file) => {
      if (file.sha256 === undefined)
        throw new VitrineError(
          'bad-input',
          `The hash of ${file.path} of ${card.name} is not known. Download it first.`,
        );
      return file.sha256;
    });
  const text = [...parts, canonical(card.input), canonical(card.outputs.embedding), canonical(view), storage].join('');
  return sha256Hex(new TextEncoder().encode(text));
}

/** JSON with the keys of every object sorted and no spaces. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
