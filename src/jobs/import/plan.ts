// From what the files say to what would change: fields named so that none collides, conflicts with what is here, and the edit that commits it.
import type { JournalEntry } from '../../catalog/edit/entry.ts';
import { planValues, statementOf } from '../../catalog/edit/set-values.ts';
import { pathOf } from '../../catalog/rows.ts';
import { DERIVED_FIELDS } from '../../catalog/schema.ts';
import { listClasses, summarize } from '../../catalog/summary.ts';
import { hasValues, type Table } from '../../catalog/table.ts';
import type { Field, Scalar } from '../../catalog/types.ts';
import type { FieldValue, FormatId, FormatOptions } from '../../formats/types.ts';
import type { Collected } from './collect.ts';
import type { ImportPlan, ImportPreference } from './types.ts';

/** Conflicts, classes and pictures that the panel shows. */
const SHOWN = 200;
const PREVIEWED = 10;

/** A field of the files with the name that it gets here. */
interface NamedField {
  from: string;
  field: Field;
}

/**
 * The plan of an import. A field whose name is one of Vitrine's own, or holds another type here, is called `NAME (imported)`.
 */
export function planImport(
  table: Table,
  said: Collected,
  { format, options }: { format: FormatId; options: FormatOptions },
): ImportPlan {
  const { summary, labels, splits, rows, leakage } = said;
  const fields = nameFields(table, said);
  const conflicting = [...conflictsOf(table, said)];
  const present = new Set(listClasses(table).map(({ name }) => name));
  const perClass = picturesByClass(said);
  const listed = new Set(summary.classes.map(({ name }) => name));
  const names: { name: string; id?: number; title?: string }[] = [
    ...summary.classes,
    ...[...perClass.keys()].filter((name) => !listed.has(name)).map((name) => ({ name })),
  ];
  const splitCounts = splits.counts();
  const notes = [...summary.notes];
  if (!summary.multiLabel && said.severalLabels > 0)
    notes.push(`${said.severalLabels} pictures stand in several rows with different labels and get all of them.`);
  return {
    format,
    options,
    found: summary.found,
    imported: summary.imported,
    leftOut: summary.leftOut,
    pictures: rows.length,
    labelled: rows.reduce((sum, row) => sum + ((labels.at(row)?.length ?? 0) > 0 ? 1 : 0), 0),
    untouched: summarize(table).size - rows.length,
    multiLabel: summary.multiLabel,
    classes: names.map((entry) => ({
      name: entry.name,
      ...(entry.id === undefined ? {} : { id: entry.id }),
      ...(entry.title === undefined ? {} : { title: entry.title }),
      pictures: perClass.get(entry.name) ?? 0,
      isNew: !present.has(entry.name),
    })),
    splits: splits.values.map((name, code) => ({ name, pictures: splitCounts[code] ?? 0 })),
    fields: fields.map(({ from, field }) => ({
      field,
      ...(from === field.name ? {} : { from }),
      values: said.fields.get(from)?.codes.reduce((sum, code) => sum + (code >= 0 ? 1 : 0), 0) ?? 0,
    })),
    notes,
    issues: said.issues.summary(),
    conflicts: {
      total: conflicting.length,
      first: conflicting.slice(0, SHOWN).map((row) => ({
        path: pathOf(table, row),
        present: namesAt(table, row),
        imported: [...(labels.at(row) ?? [])],
      })),
    },
    leakage: {
      total: leakage.total,
      first: leakage.first.map((leak) => ({ path: pathOf(table, leak.row), splits: leak.splits })),
    },
    preview: [...rows.subarray(0, PREVIEWED)].map((row) => previewOf(table, said, row)),
  };
}

/** The edit that does what the plan tells. `prefer`: whose label counts where both have one. Errors: `bad-input`. */
export function importEntry(table: Table, said: Collected, text: string, prefer: ImportPreference): JournalEntry {
  const kept = prefer === 'present' ? new Set(conflictsOf(table, said)) : new Set<number>();
  return entryFor(
    table,
    said,
    text,
    (row) => !kept.has(row),
    () => true,
    () => true,
  );
}

/**
 * The edit that repeats an import after the folder was listed again, or null where it changes nothing: labels and splits of rows that nobody
 * edited since and of which the files say something else than before, and values of fields where there is none.
 */
export function repeatEntry(table: Table, said: Collected, text: string): JournalEntry | null {
  const { labelEdited, labelImported, importedLabel, splitEdited, splitImported, importedSplit } = table.builtIn;
  const label = (row: number): boolean => {
    const names = said.labels.at(row);
    const free = !labelEdited.at(row) || labelImported.at(row);
    return free && names !== undefined && importedLabel.textAt(row) !== statementOf(names);
  };
  const splitDiffers = (row: number): boolean => {
    const name = said.splits.at(row);
    const free = !splitEdited.at(row) || splitImported.at(row);
    return free && name !== undefined && importedSplit.textAt(row) !== name;
  };
  const empty = (row: number, name: string): boolean => {
    const column = table.columns.get(name);
    return column === undefined || !column.data.has(row);
  };
  const fields = nameFields(table, said);
  const touched = said.rows.filter(
    (row) =>
      label(row) ||
      splitDiffers(row) ||
      fields.some(({ from, field }) => (said.fields.get(from)?.at(row) ?? null) !== null && empty(row, field.name)),
  );
  if (touched.length === 0) return null;
  const summary = { ...said.summary, classes: [] }; // classes that were renamed or removed since do not come back
  return entryFor(table, { ...said, summary, rows: touched }, text, label, splitDiffers, empty);
}

function entryFor(
  table: Table,
  said: Collected,
  text: string,
  takeLabel: (row: number) => boolean,
  takeSplit: (row: number) => boolean,
  takeField: (row: number, name: string) => boolean,
): JournalEntry {
  const { rows, labels, negatives, splits, summary } = said;
  return planValues(table, {
    text,
    rows,
    classes: summary.classes.map(({ name }) => name),
    ...(labels.values.length > 0 ? { labels: labels.given(rows, (names) => names, takeLabel) } : {}),
    ...(negatives.values.length > 0 ? { negatives: negatives.given(rows, (names) => names, takeLabel) } : {}),
    ...(splits.values.length > 0 ? { splits: splits.given(rows, (split) => split, takeSplit) } : {}),
    fields: nameFields(table, said).flatMap(({ from, field }) => {
      const column = said.fields.get(from);
      const given = column?.given(
        rows,
        (value) => cellOf(field, value),
        (row) => takeField(row, field.name),
      );
      return given ? [{ field, given }] : [];
    }),
    imported: { labels: labels.given(rows, statementOf), splits: splits.given(rows, (split) => split) },
  });
}

/** Fields that have values, each under a name that is free for its type. */
function nameFields(table: Table, { summary, fields }: Collected): NamedField[] {
  const taken = new Set<string>();
  return summary.fields.flatMap((field) => {
    if (!fields.has(field.name)) return [];
    const isFree = (name: string): boolean => {
      if (taken.has(name) || Object.hasOwn(DERIVED_FIELDS, name)) return false;
      const known = table.columns.get(name);
      if (known === undefined) return true;
      const { origin, type } = known.description;
      return origin === 'metadata' && (type === field.type || !hasValues(table, known));
    };
    let name = field.name;
    for (let n = 1; !isFree(name); n++) name = `${field.name} (imported${n === 1 ? '' : ` ${n}`})`;
    taken.add(name);
    return [
      {
        from: field.name,
        field: { ...field, name, title: name === field.name ? field.title : name, origin: 'metadata' as const },
      },
    ];
  });
}

/** The value as the field's column keeps it: JSON as its raw text, and any other value as text where the field is of texts. */
function cellOf({ type }: Field, value: FieldValue): Scalar | null {
  if (value === null) return null;
  if (type === 'json') return typeof value === 'object' ? value.json : JSON.stringify(value);
  if (typeof value === 'object') return value.json;
  return type === 'text' || type === 'category' ? String(value) : value;
}

/** Rows whose label here is another than the one in the files, both being there. */
function* conflictsOf(table: Table, { rows, labels }: Collected): Generator<number> {
  for (const row of rows) {
    const given = labels.at(row);
    if (given === undefined) continue;
    const present = namesAt(table, row);
    if (present.length > 0 && !isSame(present, given)) yield row;
  }
}

function namesAt({ builtIn: { label }, classes }: Table, row: number): string[] {
  return label.membersAt(row).map((id) => classes.records[id]?.name ?? '');
}

const isSame = (a: readonly string[], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((name) => b.includes(name));

function picturesByClass({ labels, negatives }: Collected): Map<string, number> {
  const pictures = new Map<string, number>();
  const counts = labels.counts();
  labels.values.forEach((names, code) => {
    for (const name of names) pictures.set(name, (pictures.get(name) ?? 0) + (counts[code] ?? 0));
  });
  for (const names of negatives.values) for (const name of names) pictures.set(name, pictures.get(name) ?? 0);
  return pictures;
}

function previewOf(
  table: Table,
  { labels, negatives, splits, fields }: Collected,
  row: number,
): ImportPlan['preview'][number] {
  const [label, negative, split] = [labels.at(row), negatives.at(row), splits.at(row)];
  const values: Record<string, string> = {};
  for (const [name, column] of fields) {
    const value = column.at(row);
    if (value !== undefined && value !== null) values[name] = typeof value === 'object' ? value.json : String(value);
  }
  return {
    path: pathOf(table, row),
    ...(split === undefined ? {} : { split }),
    ...(label === undefined ? {} : { labels: label }),
    ...(negative === undefined ? {} : { negatives: negative }),
    fields: values,
  };
}
