// A large table without a walk: the rows of the dataset generator with facts, predictions and ten columns of metadata of all types. Seeded.
import { planDataset } from '../../.scripts/dataset/plan.mjs';
import { createRandom } from '../../.scripts/sample/random.mjs';
import { BitsColumn } from '../../src/catalog/columns/bits.ts';
import { CodedColumn } from '../../src/catalog/columns/coded.ts';
import { TextColumn } from '../../src/catalog/columns/text.ts';
import { applyLayout } from '../../src/catalog/layout.ts';
import { setPredictions } from '../../src/catalog/predictions.ts';
import { appendRows, completeDirectory, setDecoded, setFileFacts } from '../../src/catalog/rows.ts';
import { addColumn, createTable, type Table } from '../../src/catalog/table.ts';
import type { Field, FieldType } from '../../src/catalog/types.ts';

const FACETS: Record<FieldType, Field['facet']> = {
  integer: 'histogram',
  number: 'histogram',
  date: 'histogram',
  boolean: 'switch',
  category: 'values',
  classes: 'values',
  text: 'none',
  json: 'none',
};

/** Metadata as a survey of pictures might have it: every type at least once. */
const METADATA: [name: string, type: FieldType][] = [
  ['camera', 'category'],
  ['weather', 'category'],
  ['iso', 'integer'],
  ['exposure', 'number'],
  ['latitude', 'number'],
  ['taken', 'date'],
  ['night', 'boolean'],
  ['tags', 'classes'],
  ['note', 'text'],
  ['exif', 'json'],
];

/** The dataset that `make-dataset` writes for the same rows and seed. `metadata`: with the ten columns. */
export function fillTable(rows: number, seed: number, { metadata }: { metadata: boolean }): Table {
  const table = createTable();
  applyLayout(table, {
    splitLevel: 0,
    classLevel: 1,
    splits: [
      ['train', 'train'],
      ['val', 'validation'],
    ],
  });
  const labels = new Int32Array(rows);
  for (const { directory, label, names } of planDataset({ rows, seed })) {
    const { from, to } = appendRows(table, directory, names);
    completeDirectory(table, directory);
    labels.fill(label, from, to);
  }
  const random = createRandom(seed);
  const ids = Uint32Array.from({ length: rows }, (_, i) => i);
  const floats = (): Float32Array => Float32Array.from(ids, () => random.next());
  setFileFacts(
    table,
    ids,
    Float64Array.from(ids, () => random.integer(300, 200_000)),
    Float64Array.from(ids, () => 1.4e12 + random.integer(0, 1e9)),
  );
  const fact = { state: 'readable', format: 'jpeg', width: 64, height: 48 } as const;
  for (const id of ids) setDecoded(table, [{ id, ...fact }]);
  // a fifth of the predictions is wrong
  const predicted = labels.map((label) => (random.chance(0.2) ? random.integer(0, 999) : label));
  const [confidence, margin, entropy, labelConfidence] = [floats(), floats(), floats(), floats()];
  setPredictions(table, { ids, predicted, confidence, margin, entropy, labelConfidence });
  if (metadata) fillMetadata(table, random);
  return table;
}

/** One value in ten is missing. */
function fillMetadata(table: Table, random: ReturnType<typeof createRandom>): void {
  for (const [name, type] of METADATA) {
    const { data } = addColumn(table, { name, title: name, type, origin: 'metadata', facet: FACETS[type] });
    for (let row = 0; row < table.rowCount; row++) {
      if (random.chance(0.1)) continue;
      const value = random.integer(0, 99);
      if (data instanceof BitsColumn) data.write(row, value < 50);
      else if (data instanceof TextColumn)
        data.write(row, type === 'json' ? `{"f":${value},"lens":"${value % 7} mm"}` : `seen by ${value} people`);
      else if (!(data instanceof CodedColumn))
        data.write(row, type === 'date' ? 1.5e12 + value * 86_400_000 : value / 8);
      else if (type === 'category') data.writeText(row, `${name} ${value % 24}`);
      else data.writeSet(row, data.domain.kind === 'string-set' ? tagsOf(data.domain.strings, value) : []);
    }
  }
}

/** One or two tags. */
const tagsOf = (strings: { intern(text: string): number }, value: number): number[] =>
  [...new Set([strings.intern(`tag ${value % 10}`), strings.intern(`tag ${value % 3}`)])].sort((a, b) => a - b);
