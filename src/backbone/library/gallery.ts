// The short list of public backbones that a person may download: models/gallery.json, one card with an origin each.
import galleryFile from '../../../models/gallery.json';
import { checkCard } from '../card/card.ts';
import { fail, list, member, optionalInteger } from '../card/checks.ts';
import type { Card } from '../types.ts';

/** A card of the gallery: its `origin` is always there, and `aboutBytes` says the size where the exact one is not known. */
export interface GalleryEntry {
  card: Card & { origin: NonNullable<Card['origin']> };
  aboutBytes: number;
}

/** Reads a gallery. Errors: `bad-input` naming the entry and field. */
export function readGallery(value: unknown = galleryFile): GalleryEntry[] {
  const at = { file: 'gallery.json', path: '', value };
  return list(member(at, 'backbones')).map((item) => {
    const card = checkCard(item);
    const { origin } = card;
    if (!origin) fail(member(item, 'origin'), 'given');
    for (const file of card.files)
      if (!origin.files[file.path]) fail(member(item, 'origin'), `given for ${file.path} too`);
    const known = card.files.reduce((sum, file) => sum + (file.bytes ?? 0), 0);
    return { card: { ...card, origin }, aboutBytes: optionalInteger(member(item, 'about_bytes'), 1) ?? known };
  });
}
