// Adds a backbone from files that a person dropped: a card with its files, or an export as Hugging Face makes it.
import { VitrineError } from '../../shared/errors.ts';
import { parseCard } from '../card/card.ts';
import { cardFromHuggingFace } from '../card/from-huggingface.ts';
import { sha256Hex } from '../card/hash.ts';
import { type OnnxSignature, readOnnxSignature } from '../card/onnx-signature.ts';
import type { Card, CardFile } from '../types.ts';

/** A card and the bytes of all its files, checked against each other, ready to be kept. */
export interface Prepared {
  card: Card;
  files: ReadonlyMap<string, Blob>;
}

/**
 * Reads what was dropped. Errors: `bad-input` (no card and nothing to derive one from, a field that is wrong), `not-found` (a file the card
 * names is missing), `hash-mismatch`, `unsupported`, `newer-version`, `unreadable` (no ONNX).
 */
export async function prepareBackbone(dropped: readonly File[]): Promise<Prepared> {
  const cardFile = dropped.find((file) => file.name === 'card.json');
  return cardFile ? withCard(cardFile, dropped) : withoutCard(dropped);
}

/** The path a browser gives to files of a dropped or chosen folder; else the name. */
const pathOf = (file: File): string => file.webkitRelativePath || file.name;

async function withCard(cardFile: File, dropped: readonly File[]): Promise<Prepared> {
  const card = parseCard(await cardFile.text());
  const root = pathOf(cardFile).slice(0, -'card.json'.length);
  const files = new Map<string, Blob>();
  for (const wanted of card.files) {
    // files that were picked one by one have no folder: their name must do
    const file =
      dropped.find((f) => pathOf(f) === root + wanted.path) ??
      dropped.find((f) => f.name === wanted.path.split('/').pop());
    if (!file) {
      if (wanted.role === 'license' || wanted.role === 'other') continue; // good to have, not needed to run
      throw new VitrineError(
        'not-found',
        `${card.title} needs ${wanted.path}, which was not among the files. Drop the card together with all of its files.`,
        { file: wanted.path },
      );
    }
    const bytes = await file.arrayBuffer();
    if (wanted.bytes !== undefined && file.size !== wanted.bytes)
      throw new VitrineError(
        'hash-mismatch',
        `${wanted.path} has ${file.size.toLocaleString('en')} bytes; its card says ${wanted.bytes.toLocaleString('en')}. Use the file that belongs to the card.`,
        { file: wanted.path },
      );
    const sha256 = await sha256Hex(bytes);
    if (wanted.sha256 !== undefined && sha256 !== wanted.sha256)
      throw new VitrineError(
        'hash-mismatch',
        `${wanted.path} is not the file that its card describes: its SHA-256 is another. Use the file that belongs to the card.`,
        { file: wanted.path },
      );
    if (wanted.role === 'model')
      checkAgainstGraph(card, readOnnxSignature(new Uint8Array(bytes), wanted.path), card.files);
    wanted.bytes = file.size;
    wanted.sha256 = sha256;
    files.set(wanted.path, file);
  }
  return { card: { ...card, files: card.files.filter((file) => files.has(file.path)) }, files };
}

async function withoutCard(dropped: readonly File[]): Promise<Prepared> {
  const models = dropped.filter((file) => file.name.endsWith('.onnx'));
  const preprocessor = dropped.find((file) => file.name === 'preprocessor_config.json');
  const model = models.length === 1 ? models[0] : models.find((file) => file.name === 'model.onnx');
  if (models.length === 0)
    throw new VitrineError(
      'bad-input',
      'There is no ONNX file among the files. Drop an ONNX file together with its card.json.',
    );
  if (!preprocessor)
    throw new VitrineError(
      'bad-input',
      `${models[0]?.name} alone does not say how pictures become its input. Drop its card.json, or the preprocessor_config.json of its export, together with it.`,
    );
  if (!model)
    throw new VitrineError(
      'bad-input',
      `There are ${models.length} ONNX files and no card. Drop only the one that is wanted.`,
    );
  const bytes = await model.arrayBuffer();
  const signature = readOnnxSignature(new Uint8Array(bytes), model.name);
  const config = dropped.find((file) => file.name === 'config.json');
  const files = new Map<string, Blob>([[model.name, model]]);
  const listed: CardFile[] = [{ role: 'model', path: model.name, bytes: model.size, sha256: await sha256Hex(bytes) }];
  for (const path of signature.externalData) {
    const data = dropped.find((file) => file.name === path);
    if (!data) throw missingData(model.name, path);
    files.set(path, data);
    listed.push({ role: 'data', path, bytes: data.size, sha256: await sha256Hex(await data.arrayBuffer()) });
  }
  const configText = await config?.text();
  const derived = cardFromHuggingFace({
    name: nameFor(model, configText),
    preprocessor: await preprocessor.text(),
    ...(configText === undefined ? {} : { config: configText }),
    signature,
    files: listed,
  });
  if (derived.classes !== undefined) {
    const blob = new Blob([derived.classes]);
    const entry = derived.card.files.find((file) => file.role === 'classes');
    if (entry) {
      entry.bytes = blob.size;
      entry.sha256 = await sha256Hex(await blob.arrayBuffer());
      files.set(entry.path, blob);
    }
  }
  return { card: derived.card, files };
}

/** What the card calls inputs, outputs and data files must be in the graph under that name. */
function checkAgainstGraph(card: Card, signature: OnnxSignature, files: readonly CardFile[]): void {
  const { embedding, logits } = card.outputs;
  const missing = (what: string, name: string, there: readonly { name: string }[]): VitrineError =>
    new VitrineError(
      'bad-input',
      `The card of ${card.title} names the ${what} “${name}”, but its ONNX file has ${there.map((v) => `“${v.name}”`).join(', ')}. Correct the card.`,
      { file: 'card.json' },
    );
  if (!signature.inputs.some((input) => input.name === card.input.name))
    throw missing('input', card.input.name, signature.inputs);
  for (const output of logits ? [embedding, logits] : [embedding])
    if (!signature.outputs.some((o) => o.name === output.name)) throw missing('output', output.name, signature.outputs);
  for (const path of signature.externalData)
    if (!files.some((file) => file.role === 'data' && file.path === path)) throw missingData(card.title, path);
}

function missingData(model: string, path: string): VitrineError {
  return new VitrineError(
    'not-found',
    `${model} keeps its weights in ${path}, which was not among the files. Drop both together.`,
    { file: path },
  );
}

/** A card name from the model's own name, the dropped folder or the file. */
function nameFor(model: File, config: string | undefined): string {
  const own = /"_name_or_path"\s*:\s*"([^"]+)"/
    .exec(config ?? '')?.[1]
    ?.split('/')
    .pop();
  const folder = model.webkitRelativePath.split('/')[0];
  const file = model.name.replace(/\.onnx$/, '');
  const name = (own || folder || file).toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-');
  return name.replace(/^[^a-z0-9]+/, '') || 'backbone';
}
