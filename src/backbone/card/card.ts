// Reads and checks card.json, version 1: all that is needed to feed a model and to read its outputs.
import { VitrineError } from '../../shared/errors.ts';
import type { Card, CardFile, Pool } from '../types.ts';
import {
  type At,
  fail,
  integer,
  isPresent,
  list,
  member,
  number,
  object,
  oneOf,
  optionalBoolean,
  optionalInteger,
  optionalString,
  pair,
  parseObject,
  string,
  triple,
} from './checks.ts';

const roles = ['model', 'data', 'classes', 'license', 'other'] as const;
const pools: readonly Pool[] = ['none', 'first', 'mean', 'mean-rest', 'first+mean-rest'];

/** Names are folder names in the browser's storage, so they are plain. */
const namePattern = /^[a-z0-9][a-z0-9._-]*$/;
const hostPattern = /^[a-z0-9.-]+(:\d+)?$/;

/**
 * Reads the text of a card. Unknown fields are kept and ignored.
 * Errors: `newer-version` (a higher card version), `bad-input` naming the field that is wrong.
 */
export function parseCard(text: string, file = 'card.json'): Card {
  return checkCard(parseObject(text, file));
}

/** The same for a value that was parsed already, such as an entry of the gallery. */
export function checkCard(at: At): Card {
  const version = integer(member(at, 'card'), 1);
  if (version > 1)
    throw new VitrineError(
      'newer-version',
      `${at.file} is a model card of version ${version}; this Vitrine reads version 1. Reload the page to get a newer Vitrine.`,
      { file: at.file },
    );
  const origin = isPresent(member(at, 'origin')) ? readOrigin(member(at, 'origin')) : undefined;
  const files = readFiles(member(at, 'files'), origin);
  const card: Card = {
    ...object(at), // unknown fields are kept
    card: 1,
    name: string(
      member(at, 'name'),
      namePattern,
      'small letters, digits, dots, dashes and underscores, beginning with a letter or digit',
    ),
    title: string(member(at, 'title')),
    license: string(member(at, 'license')),
    files,
    input: readInput(member(at, 'input')),
    outputs: readOutputs(member(at, 'outputs'), files),
    batch: member(at, 'batch').value === 'free' ? 'free' : integer(member(at, 'batch'), 1),
  };
  const source = optionalString(member(at, 'source'));
  if (source !== undefined) card.source = source;
  const provenance = optionalString(member(at, 'provenance'));
  if (provenance !== undefined) card.provenance = provenance;
  if (origin) card.origin = origin;
  if (isPresent(member(at, 'storage')))
    card.storage = oneOf(member(at, 'storage'), ['float32', 'float16', 'int8', 'mixed']);
  return card;
}

/** A path below the card's folder: no URL, no drive, no way out. */
function safePath(at: At): string {
  const path = string(at, undefined, 'a relative path');
  const bad =
    path.startsWith('/') ||
    /[:\\\0]/.test(path) ||
    path.split('/').some((part) => part === '..' || part === '' || part === '.');
  if (bad) fail(at, 'a path below the folder of the card, without “..”');
  if (path === 'card.json') fail(at, 'another file than the card itself');
  return path;
}

function readFiles(at: At, origin: Card['origin']): CardFile[] {
  const files = list(at).map((item): CardFile => {
    const path = safePath(member(item, 'path'));
    const bytes = optionalInteger(member(item, 'bytes'), 1);
    const sha256 = isPresent(member(item, 'sha256'))
      ? string(member(item, 'sha256'), /^[0-9a-f]{64}$/, '64 small hexadecimal digits')
      : undefined;
    if ((bytes === undefined || sha256 === undefined) && !origin?.files[path])
      fail(
        member(item, bytes === undefined ? 'bytes' : 'sha256'),
        'given (it may be missing only for files that are downloaded from “origin”)',
      );
    return {
      role: oneOf(member(item, 'role'), roles),
      path,
      ...(bytes === undefined ? {} : { bytes }),
      ...(sha256 === undefined ? {} : { sha256 }),
    };
  });
  if (files.filter((file) => file.role === 'model').length !== 1)
    fail(at, 'a list with exactly one file of role “model”');
  if (new Set(files.map((file) => file.path)).size !== files.length) fail(at, 'a list of different paths');
  return files;
}

function readOrigin(at: At): NonNullable<Card['origin']> {
  const hosts = list(member(at, 'hosts')).map((item) => string(item, hostPattern, 'a host name'));
  if (hosts.length === 0) fail(member(at, 'hosts'), 'a list of at least one host');
  const files: Record<string, string> = {};
  for (const [path, value] of Object.entries(object(member(at, 'files')))) {
    const item: At = { file: at.file, path: `${at.path}.files.${path}`, value };
    const url = string(item, /^https?:\/\//, 'a https address');
    const { protocol, host, hostname } = new URL(url);
    // a server on this machine is a secure context too, as for browsers; there is nothing to encrypt
    if (protocol !== 'https:' && !['127.0.0.1', 'localhost'].includes(hostname)) fail(item, 'a https address');
    if (!hosts.includes(host)) fail(item, `on one of the hosts of the card (${hosts.join(', ')})`);
    files[path] = url;
  }
  return { hosts, files };
}

function readInput(at: At): Card['input'] {
  const resize = member(at, 'resize');
  const mode = oneOf(member(resize, 'mode'), ['shorter-side', 'squash']);
  const rule = {
    interpolation: oneOf(member(resize, 'interpolation'), ['bicubic', 'bilinear', 'nearest']),
    antialias: optionalBoolean(member(resize, 'antialias')) ?? fail(member(resize, 'antialias'), 'true or false'),
  };
  const input: Card['input'] = {
    name: string(member(at, 'name')),
    layout: oneOf(member(at, 'layout'), ['NCHW', 'NHWC']),
    dtype: oneOf(member(at, 'dtype'), ['float32', 'float16', 'uint8']),
    size: pair(member(at, 'size')),
    color: oneOf(member(at, 'color'), ['RGB', 'BGR']),
    resize:
      mode === 'shorter-side'
        ? { mode, size: integer(member(resize, 'size'), 1), ...rule }
        : { mode, size: pair(member(resize, 'size')), ...rule },
    crop: oneOf(member(at, 'crop'), ['center', 'none']),
    scale: number(member(at, 'scale'), (n) => n > 0, 'a number above 0'),
    mean: triple(member(at, 'mean')),
    std: triple(member(at, 'std'), (n) => n > 0, 'a number above 0'),
  };
  const { size } = input.resize;
  if (input.crop === 'none' && (typeof size === 'number' || size[0] !== input.size[0] || size[1] !== input.size[1]))
    fail(member(at, 'crop'), '“center”, because the resize does not give “input.size”');
  return input;
}

function readOutputs(at: At, files: readonly CardFile[]): Card['outputs'] {
  const embedding = member(at, 'embedding');
  const outputs: Card['outputs'] = {
    embedding: { name: string(member(embedding, 'name')), dim: integer(member(embedding, 'dim'), 1) },
  };
  const normalize = optionalBoolean(member(embedding, 'normalize'));
  if (normalize !== undefined) outputs.embedding.normalize = normalize;
  if (isPresent(member(embedding, 'pool'))) outputs.embedding.pool = oneOf(member(embedding, 'pool'), pools);
  const prefix = optionalInteger(member(embedding, 'prefix'), 0);
  if (prefix !== undefined) outputs.embedding.prefix = prefix;
  const logits = member(at, 'logits');
  if (isPresent(logits)) {
    const classes = string(member(logits, 'classes'));
    if (!files.some((file) => file.path === classes))
      fail(member(logits, 'classes'), 'the path of one of the files of the card');
    outputs.logits = { name: string(member(logits, 'name')), dim: integer(member(logits, 'dim'), 2), classes };
  }
  return outputs;
}
