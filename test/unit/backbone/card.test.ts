// Model cards: what is read, what is refused and with which sentence.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCard } from '../../../src/backbone/card/card.ts';
import { canonical, embeddingKey } from '../../../src/backbone/card/key.ts';
import { readGallery } from '../../../src/backbone/library/gallery.ts';

const mini = readFileSync('models/vitrine-mini/card.json', 'utf8');
/** The shipped card with one value replaced, by path. */
function changed(path: string, value: unknown): string {
  const card = JSON.parse(mini);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at = card;
  for (const key of keys) at = at[key];
  if (value === undefined) delete at[last];
  else at[last] = value;
  return JSON.stringify(card);
}

describe('a model card', () => {
  it('is read with all of its fields, and unknown ones are kept', () => {
    const card = parseCard(changed('colour_of_the_box', 'blue'));
    expect(card).toMatchObject({ name: 'vitrine-mini', batch: 'free', outputs: { embedding: { dim: 192 } } });
    expect(card).toHaveProperty('colour_of_the_box', 'blue');
    expect(card.input.resize).toEqual({ mode: 'shorter-side', size: 96, interpolation: 'bicubic', antialias: true });
  });

  it.skipIf(!existsSync('../shared/models/deit-tiny/card.json'))(
    'of another model is read, with its class file',
    () => {
      const card = parseCard(readFileSync('../shared/models/deit-tiny/card.json', 'utf8'));
      expect(card.outputs.logits).toEqual({ name: 'logits', dim: 1000, classes: 'labels.txt' });
    },
  );

  it('of a higher version is refused by name', () => {
    expect(() => parseCard(changed('card', 2))).toThrow(
      expect.objectContaining({ code: 'newer-version', message: expect.stringContaining('version 2') }),
    );
  });

  const wrong: [what: string, path: string, value: unknown, sentence: RegExp][] = [
    ['a missing title', 'title', undefined, /“title” must be .*missing/],
    ['a name that is no folder name', 'name', '../up', /“name” must be small letters/],
    ['a path out of the folder', 'files.0.path', '../../secret', /“files\[0\]\.path” .*below the folder/],
    ['a URL as a path', 'files.0.path', 'https://x.example/m.onnx', /below the folder/],
    ['an absolute path', 'files.0.path', '/etc/passwd', /below the folder/],
    ['a backslash path', 'files.0.path', '..\\secret', /below the folder/],
    ['the card itself as a file', 'files.0.path', 'card.json', /another file than the card/],
    ['a short hash', 'files.0.sha256', 'abc', /64 small hexadecimal/],
    ['a missing hash without an origin', 'files.0.sha256', undefined, /“files\[0\]\.sha256” must be given/],
    ['no model file', 'files.0.role', 'data', /exactly one file of role “model”/],
    ['an unknown layout', 'input.layout', 'CHW', /“input\.layout” must be “NCHW” or “NHWC”/],
    ['a zero deviation', 'input.std', [1, 0, 1], /“input\.std\[1\]” must be a number above 0/],
    ['a side of zero', 'input.size', [96, 0], /“input\.size\[1\]” must be a whole number from 1/],
    ['one number to squash to', 'input.resize.mode', 'squash', /“input\.resize\.size” must be a list/],
    ['no crop although sizes differ', 'input.crop', 'none', /“input\.crop” must be “center”/],
    ['an unknown pool', 'outputs.embedding.pool', 'max', /“outputs\.embedding\.pool” must be “none” or/],
    ['classes that are no file', 'outputs.logits', { name: 'l', dim: 3, classes: 'c.txt' }, /path of one of the files/],
    ['a batch of none', 'batch', 0, /“batch” must be a whole number from 1/],
    [
      'an origin over plain http',
      'origin',
      { hosts: ['x.example'], files: { 'model.onnx': 'http://x.example/m' } },
      /a https address/,
    ],
    [
      'an origin on another host',
      'origin',
      { hosts: ['x.example'], files: { 'model.onnx': 'https://y.example/m' } },
      /on one of the hosts/,
    ],
  ];
  it.each(wrong)('with %s is refused, naming the field', (_what, path, value, sentence) => {
    expect(() => parseCard(changed(path, value))).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringMatching(sentence) }),
    );
  });

  it('that is no JSON says so', () => {
    expect(() => parseCard('{')).toThrow(/is not JSON/);
    expect(() => parseCard('[]')).toThrow(/not a JSON object/);
  });

  it('may leave sizes and hashes to the first download where it has an origin', () => {
    const card = JSON.parse(mini);
    card.files = [{ role: 'model', path: 'model.onnx' }];
    card.origin = { hosts: ['x.example'], files: { 'model.onnx': 'https://x.example/m.onnx' } };
    expect(parseCard(JSON.stringify(card)).files).toEqual([{ role: 'model', path: 'model.onnx' }]);
  });
});

describe('the key of embeddings', () => {
  it('does not depend on the order of keys or on what is for people', async () => {
    const key = await embeddingKey(parseCard(mini));
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    const reversed = JSON.parse(mini, (_k, v) =>
      v && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).reverse()) : v,
    );
    expect(await embeddingKey(parseCard(JSON.stringify({ ...reversed, title: 'Another title' })))).toBe(key);
  });

  it('changes with the weights, the preprocessing, the pool and the view', async () => {
    const card = parseCard(mini);
    const keys = await Promise.all([
      embeddingKey(card),
      embeddingKey(parseCard(changed('files.0.sha256', '0'.repeat(64)))),
      embeddingKey(parseCard(changed('input.mean', [0, 0, 0]))),
      embeddingKey(parseCard(changed('outputs.embedding.pool', 'first'))),
      embeddingKey(card, { range: 'file' }),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is not known before the hash is', async () => {
    const [entry] = readGallery().filter(({ card }) => card.files[0]?.sha256 === undefined);
    if (entry) await expect(embeddingKey(entry.card)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('is made of canonical JSON: sorted keys at every level, no spaces', () => {
    expect(canonical({ b: [1, { z: 1, a: 2 }], a: null })).toBe('{"a":null,"b":[1,{"a":2,"z":1}]}');
  });
});

describe('the gallery', () => {
  it('holds cards whose files all have an address on a named host over https', () => {
    const entries = readGallery();
    expect(entries.length).toBeGreaterThanOrEqual(5);
    for (const { card, aboutBytes } of entries) {
      expect(aboutBytes).toBeGreaterThan(1e6);
      expect(card.license).not.toBe('');
      for (const file of card.files)
        expect(card.origin.files[file.path]).toMatch(/^https:\/\/huggingface\.co\/.+\/resolve\//);
      for (const host of card.origin.hosts) expect(host).toMatch(/(^|\.)(huggingface\.co|hf\.co)$/);
    }
    expect(new Set(entries.map(({ card }) => card.name)).size).toBe(entries.length);
  });
});
