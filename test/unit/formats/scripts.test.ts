// The scripts that go with written files are Python, and do what they say where the packages are there.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { huggingFaceScript } from '../../../src/formats/scripts/hugging-face.ts';
import { rayDataScript } from '../../../src/formats/scripts/ray-data.ts';
import { probeGraph } from '../../../src/onnx/probe-graph.ts';
import { exportOf, filesOf, readAll, writeAll } from './imagefolder/dataset.ts';
import { compilePython, packagesOf, peerScript, runPython } from './peers.ts';

const repository = join(import.meta.dirname, '../../..');
const backbone = join(repository, 'models/vitrine-mini');
const pictures = join(repository, 'models/reference-images');
const found = packagesOf('datasets', 'PIL', 'onnxruntime', 'numpy', 'ray', 'pyarrow');
const has = (...names: string[]): boolean => found !== null && names.every((name) => found.includes(name));
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-scripts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Texts that would break out of a literal, if any could. */
const odd = ['cat', 'it\'s "a" \\ dog', 'двух', 'a\nb', '"""', '😀', '{x}', '#'];

describe.skipIf(found === null)('every script', () => {
  const dataset = exportOf(
    odd.map((label, n) => ({ path: `${n}.png`, labels: [label], file: '' })),
    { name: 'pho"tos\\' },
  );
  it.each([
    huggingFaceScript(dataset, { kind: 'jsonl', place: 'root', labelKey: 'label' }),
    huggingFaceScript(
      { ...dataset, multiLabel: true },
      { kind: 'csv', place: 'split-folders', labelKey: 'categories' },
    ),
    rayDataScript({ backbone: 'it\'s "a" \\ backbone', probe: 'é.onnx' }),
  ])('is Python that compiles: $title', ({ text }) => {
    const file = join(folder, 'script.py');
    writeFileSync(file, text);
    expect(() => compilePython(file)).not.toThrow();
  });
});

describe.skipIf(!has('datasets', 'PIL'))('Hugging Face datasets', () => {
  it.each(['jsonl', 'csv', 'parquet'])(
    'reads a written metadata.%s, and the script makes the names classes',
    async (kind) => {
      const place = join(folder, `hf-${kind}`);
      mkdirSync(join(place, 'x'), { recursive: true });
      const names = readdirSync(pictures)
        .filter((name) => name.endsWith('.png'))
        .slice(0, 3);
      const paths = names.map((name, n) => (n === 0 ? `x/${name}` : name));
      for (const [n, path] of paths.entries()) copyFileSync(join(pictures, names[n] ?? ''), join(place, path));
      const dataset = exportOf(
        paths.map((path, n) => ({
          path,
          labels: [n === 1 ? 'dog' : 'cat'],
          fields: { caption: `a "${n}", é`, n },
          file: '',
        })),
      );
      const written = await writeAll(dataset, { kind, place: 'root' });
      for (const [path, bytes] of written) writeFileSync(join(place, path), bytes);
      const { train } = JSON.parse(runPython(peerScript('read_imagefolder.py'), place));
      expect(train.opened).toBe(3);
      expect(train.rows).toEqual(
        dataset.all.map(({ path, labels, fields }) => ({ image: path, label: labels[0], ...fields })),
      );
      const script = join(folder, 'load.py');
      writeFileSync(
        script,
        huggingFaceScript(dataset, { kind: kind === 'csv' ? 'csv' : 'jsonl', place: 'root', labelKey: 'label' }).text,
      );
      expect(runPython(script, place)).toContain("'label': 0");
    },
    120_000,
  );
});

describe.skipIf(!has('onnxruntime', 'PIL', 'numpy') || !existsSync(join(backbone, 'reference.json')))(
  'the Ray Data script',
  () => {
    const dim = 192;
    const classes = ['cat', 'dog', 'é "x"'];
    const W = Float64Array.from({ length: 3 * dim }, (_, n) => Math.sin(n * 12.9898) * 0.3);
    const b = Float64Array.from([0.1, -0.2, 0.05]);
    const prepare = (): { script: string; probe: string; input: string } => {
      const input = join(folder, 'in');
      mkdirSync(input, { recursive: true });
      for (const name of readdirSync(pictures))
        if (name.endsWith('.png')) copyFileSync(join(pictures, name), join(input, name));
      writeFileSync(join(input, 'broken.bad'), 'no picture');
      const [script, probe] = [join(folder, 'classify.py'), join(folder, 'probe.onnx')];
      writeFileSync(script, rayDataScript({ backbone, probe }).text);
      writeFileSync(probe, probeGraph({ classes, dim, W, b }));
      return { script, probe, input };
    };
    const cosine = (a: readonly number[], b: readonly number[]): number => {
      const dot = (x: readonly number[], y: readonly number[]): number =>
        x.reduce((sum, one, i) => sum + one * (y[i] ?? 0), 0);
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    };
    /** Softmax of the probe on an embedding. */
    const probabilitiesOf = (embedding: readonly number[]): number[] => {
      const logits = classes.map((_, k) => embedding.reduce((sum, x, i) => sum + x * (W[k * dim + i] ?? 0), b[k] ?? 0));
      const largest = Math.max(...logits);
      const powers = logits.map((logit) => Math.exp(logit - largest));
      const sum = powers.reduce((total, power) => total + power, 0);
      return powers.map((power) => power / sum);
    };
    const reference: { images: { file: string; embedding: number[] }[] } = JSON.parse(
      readFileSync(join(backbone, 'reference.json'), 'utf8'),
    );

    it('embeds the reference pictures as the reference does, classifies by the probe and tells what it cannot read', () => {
      const { script, probe, input } = prepare();
      const { embeddings, rows } = JSON.parse(
        runPython(peerScript('classify_folder.py'), script, backbone, probe, input),
      );
      for (const { file, embedding } of reference.images) {
        const name = basename(file);
        const got: number[] = embeddings[name];
        expect(cosine(got, embedding)).toBeGreaterThan(0.9999);
        const at = rows.file_name.indexOf(name);
        const expected = probabilitiesOf(embedding);
        for (const [k, label] of classes.entries())
          expect(rows[`probability_${label}`][at]).toBeCloseTo(expected[k] ?? 0, 3);
        expect(rows.predicted[at]).toBe(classes[expected.indexOf(Math.max(...expected))]);
      }
      const broken = rows.file_name.indexOf('broken.bad');
      expect(rows).toMatchObject({ predicted: expect.anything(), error: expect.anything() });
      expect([rows.predicted[broken], rows.confidence[broken]]).toEqual(['', null]);
      expect(rows.error[broken]).not.toBe('');
    }, 120_000);

    it.skipIf(!has('ray', 'pyarrow'))(
      'runs on Ray and writes files that are read as metadata',
      async () => {
        const { script, probe, input } = prepare();
        const out = join(folder, 'out');
        runPython(
          script,
          input,
          '--backbone',
          backbone,
          '--probe',
          probe,
          '--out',
          out,
          '--format',
          'parquet',
          '--workers',
          '1',
        );
        const files = filesOf(Object.fromEntries(readdirSync(input).map((name) => [name, null])));
        const parts = readdirSync(out).filter((name) => name.endsWith('.parquet'));
        for (const part of parts) files.set(part, new Uint8Array(readFileSync(join(out, part))));
        const { rows, summary } = await readAll(files, {
          files: parts,
          labelKey: '',
          pathKey: '',
          splits: false,
          shape: 'lines',
        });
        expect(summary).toMatchObject({
          found: reference.images.length,
          imported: reference.images.length,
          leftOut: 0,
        });
        for (const { fields } of rows) expect(classes).toContain(fields?.predicted);
      },
      300_000,
    );
  },
);
