// The backbones that are built into the application: every folder of models/ that has a card, its files as assets beside the code.
import { VitrineError } from '../../shared/errors.ts';
import { checkCard } from '../card/card.ts';
import type { Card } from '../types.ts';

/** A backbone of the build: its card and where its files are. */
export interface Shipped {
  card: Card;
  /** Address of each file by its path in the card. */
  urls: ReadonlyMap<string, string>;
  /** The page that tells how it was trained, where the folder has a TRAINING.md. */
  training?: string;
}

const cards: Record<string, unknown> = import.meta.glob('/models/*/card.json', { eager: true, import: 'default' });

// the reference values are for tests; everything else a card may name is emitted as an asset
const assets: Record<string, string> = import.meta.glob(
  ['/models/*/**', '!**/card.json', '!**/reference.json', '!/models/reference-images/**'],
  { eager: true, import: 'default', query: '?url' },
);

/** The shipped backbones, the default first. Errors: `bad-input` for a card that is wrong, `not-found` for a file that is missing. */
export function shippedBackbones(): Shipped[] {
  return Object.entries(cards)
    .map(([path, value]): Shipped => {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      const card = checkCard({ file: path, path: '', value });
      const urls = new Map<string, string>();
      for (const file of card.files) {
        const url = assets[folder + file.path];
        if (!url)
          throw new VitrineError('not-found', `${path} names ${file.path}, which is not in its folder.`, {
            file: path,
          });
        urls.set(file.path, url);
      }
      const training = assets[`${folder}TRAINING.md`];
      return training === undefined ? { card, urls } : { card, urls, training };
    })
    .sort((a, b) => Number(b.card.name === defaultBackbone) - Number(a.card.name === defaultBackbone));
}

/** Ours, small, and always there: used until a person chooses another. */
export const defaultBackbone = 'vitrine-mini';
