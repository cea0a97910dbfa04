// Recognises DeepQ datasets by where their pictures and label files lie.
import { nameOf } from '../../shared/paths.ts';
import { readCsvHead } from '../text/csv-head.ts';
import type { DatasetFiles, Detection } from '../types.ts';
import { count } from '../words.ts';
import { type Understood, understandLayout } from './layout.ts';

const TITLES: Record<Understood['layout'], string> = {
  image: 'DeepQ: image folder and label.csv',
  structured: 'DeepQ: studies and series',
  classes: 'DeepQ: Classes folders',
  anywhere: 'DeepQ: label.csv beside pictures',
  empty: 'DeepQ: label.csv',
};

/** Every DeepQ dataset among the files. One that has neither label.csv nor the guide's folders is none. */
export async function detectDeepq(files: DatasetFiles): Promise<Detection[]> {
  const first = understandLayout(files.pictures.paths(), files.others);
  const found =
    'roots' in first
      ? first.roots.map((root) => understandLayout(files.pictures.paths(), files.others, root))
      : [first];
  const detections: Detection[] = [];
  for (const dataset of found) {
    if ('roots' in dataset || !isDeepq(dataset)) continue;
    detections.push(await describe(files, dataset));
  }
  return detections.sort((a, b) => b.confidence - a.confidence);
}

const isDeepq = ({ layout, labels }: Understood): boolean =>
  layout === 'empty' || layout === 'anywhere' ? labels.length > 0 : layout !== 'image' || labels.length > 0;

async function describe(files: DatasetFiles, dataset: Understood): Promise<Detection> {
  const { layout, labels, pictures, root } = dataset;
  const where = labels.length > 0 ? ` and ${labels.map(nameOf).slice(0, 2).join(', ')}` : '';
  return {
    format: 'deepq',
    title: TITLES[layout],
    text: `${count(pictures.length, 'picture')}${where}${root === '' ? '' : ` in ${root}`}. ${dataset.notes.join(' ')}`.trim(),
    confidence: await sureness(files, dataset),
    options: { root, codePage: '', prefer: 'folders' },
  };
}

/** A header in label.csv speaks for another system; the guide's folders speak for this one. */
async function sureness(files: DatasetFiles, { layout, labels }: Understood): Promise<number> {
  const [file] = labels;
  if (file === undefined) return layout === 'structured' ? 0.7 : 0.55;
  const { header } = await readCsvHead(files, file);
  const isGuides =
    header !== null && [2, 3, 5, 6].includes(header.length) && /\.\w{2,5}$|^[^\s]+$/.test(header[0] ?? '');
  const base = layout === 'anywhere' ? 0.6 : 0.9;
  return isGuides ? base : base / 2;
}
