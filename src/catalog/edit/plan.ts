// Turns a command into a journal entry without changing anything: values before and after, classes to make, words for people.
import { assertNever, VitrineError } from '../../shared/errors.ts';
import { type ClassRecord, checkClassName } from '../classes.ts';
import { memberCounts } from '../query/facets.ts';
import { presentRows } from '../query/filter.ts';
import type { Table } from '../table.ts';
import type { ClassId, EditCommand } from '../types.ts';
import type { ClassChange, JournalEntry } from './entry.ts';
import { planMetadata } from './metadata.ts';
import { always, change, changedSets, classIds, entryOf, newClass, rowsFor } from './parts.ts';
import { joined, number, pictures } from './words.ts';

/**
 * The entry of a command. Rows that are gone are left out. Unknown class names in a label command make the class in the same entry.
 * Errors: `bad-input`, `not-found` (class or pictures that do not exist), `no-data` (no picture), each with a sentence.
 */
export function planEdit(table: Table, command: EditCommand): JournalEntry {
  switch (command.kind) {
    case 'label':
      return planLabel(table, command.rows, command.set ?? []);
    case 'label-change':
      return planLabelChange(table, command);
    case 'label-toggle':
      return planToggle(table, command.rows, command.name);
    case 'exclude':
      return planFlag(table, command.rows, 'excluded', command.value, command.value ? 'excluded' : 'included again');
    case 'review':
      return planFlag(
        table,
        command.rows,
        'reviewed',
        command.value,
        command.value ? 'reviewed' : 'marked as not reviewed',
      );
    case 'split':
      return planSplit(table, command.rows, command.value);
    case 'add-class':
      return planAddClass(table, command.name);
    case 'rename-class':
      return planRename(table, command.from, command.to);
    case 'remove-class':
      return planRemove(table, command.name);
    case 'merge-classes':
      return planMerge(table, command.from, command.into);
    case 'metadata':
      return planMetadata(table, command.rows);
    default:
      return assertNever(command);
  }
}

function planLabel(table: Table, rows: Uint32Array, names: readonly string[]): JournalEntry {
  const ids = rowsFor(table, rows);
  const made: ClassChange[] = [];
  const set = classIds(table, names, made);
  const { negatives } = table.builtIn;
  const text =
    names.length === 0 ? `${number(ids.length)} unlabelled` : `${number(ids.length)} labelled ${joined(names)}`;
  return entryOf(table, text, ids, made, [
    change(table, 'label', ids, always(set.length === 0 ? null : set.sort((a, b) => a - b))),
    change(
      table,
      'negatives',
      ids,
      changedSets(negatives, ids, (old) => old.filter((id) => !set.includes(id))),
    ),
    change(table, 'labelEdited', ids, always(true)),
    change(table, 'labelImported', ids, always(false)),
  ]);
}

function planLabelChange(table: Table, command: Extract<EditCommand, { kind: 'label-change' }>): JournalEntry {
  const ids = rowsFor(table, command.rows);
  const [add, remove, negative] = [command.add ?? [], command.remove ?? [], command.negative ?? []];
  const twice = add.find((name) => remove.includes(name) || negative.includes(name));
  if (twice !== undefined)
    throw new VitrineError('bad-input', `“${twice}” cannot be added and taken away in one step.`);
  if (add.length + remove.length + negative.length === 0)
    throw new VitrineError('bad-input', 'Name at least one class to add or to take away.');
  for (const name of remove) knownClass(table, name);
  const made: ClassChange[] = [];
  const added = classIds(table, add, made);
  const denied = classIds(table, negative, made);
  const gone = new Set([...remove.map((name) => table.classes.named(name)), ...denied]);
  const { label, negatives } = table.builtIn;
  const words = [
    ...(add.length > 0 ? [`labelled ${joined(add)}`] : []),
    ...(remove.length > 0 ? [`without ${joined(remove)}`] : []),
    ...(negative.length > 0 ? [`marked as not ${joined(negative)}`] : []),
  ];
  const positives = changedSets(label, ids, (old) => [...old.filter((id) => !gone.has(id)), ...added]);
  const others = changedSets(negatives, ids, (old) => [
    ...old.filter((id) => !added.includes(id) && !(gone.has(id) && !denied.includes(id))),
    ...denied,
  ]);
  return entryOf(table, `${number(ids.length)} ${words.join(', ')}`, ids, made, [
    change(table, 'label', ids, positives),
    change(table, 'negatives', ids, others),
    change(table, 'labelEdited', ids, always(true)),
    change(table, 'labelImported', ids, always(false)),
  ]);
}

function planToggle(table: Table, rows: Uint32Array, name: string): JournalEntry {
  const id = table.classes.named(name);
  const { label } = table.builtIn;
  const everywhere = id >= 0 && rows.every((row) => label.membersAt(row).includes(id));
  return planLabelChange(table, { kind: 'label-change', rows, [everywhere ? 'remove' : 'add']: [name] });
}

function planFlag(
  table: Table,
  rows: Uint32Array,
  column: 'excluded' | 'reviewed',
  value: boolean,
  word: string,
): JournalEntry {
  const ids = rowsFor(table, rows);
  return entryOf(table, `${pictures(ids.length)} ${word}`, ids, [], [change(table, column, ids, always(value))]);
}

function planSplit(table: Table, rows: Uint32Array, value: string | null): JournalEntry {
  const ids = rowsFor(table, rows);
  if (value !== null && value.trim() === '') throw new VitrineError('bad-input', 'A split needs a name.');
  const text = value === null ? `${pictures(ids.length)} without a split` : `${pictures(ids.length)} moved to ${value}`;
  return entryOf(
    table,
    text,
    ids,
    [],
    [
      change(table, 'split', ids, always(value)),
      change(table, 'splitEdited', ids, always(true)),
      change(table, 'splitImported', ids, always(false)),
    ],
  );
}

function knownClass(table: Table, name: string): { id: ClassId; record: ClassRecord } {
  const id = table.classes.named(name);
  const record = table.classes.records[id];
  if (record) return { id, record };
  throw new VitrineError('not-found', `There is no class “${name}”.`);
}

function isListed(table: Table, id: ClassId): boolean {
  return table.classes
    .list(memberCounts(table.builtIn.label, presentRows(table)).counts)
    .some((info) => info.id === id);
}

function planAddClass(table: Table, name: string): JournalEntry {
  checkClassName(name);
  const id = table.classes.named(name);
  const record = table.classes.records[id];
  if (record && isListed(table, id)) throw new VitrineError('bad-input', `There already is a class “${name}”.`);
  const made = record
    ? { id, before: { ...record }, after: { ...record, kept: true } }
    : newClass(table.classes.records.length, name);
  return entryOf(table, `Class ${name} added`, new Uint32Array(), [made], []);
}

function planRename(table: Table, from: string, to: string): JournalEntry {
  const { id, record } = knownClass(table, from);
  checkClassName(to);
  if (to === from) throw new VitrineError('bad-input', `The class is called “${to}” already.`);
  const other = table.classes.named(to);
  if (other >= 0 && isListed(table, other))
    throw new VitrineError('bad-input', `There already is a class “${to}”. Merge the two instead.`);
  const classes: ClassChange[] = [{ id, before: { ...record }, after: { ...record, name: to } }];
  const unused = table.classes.records[other]; // of folders that the layout does not read: its name is free to take
  if (unused) classes.push({ id: other, before: { ...unused }, after: { ...unused, state: 'merged', into: id } });
  return entryOf(table, `Class ${from} renamed to ${to}`, new Uint32Array(), classes, []);
}

function planRemove(table: Table, name: string): JournalEntry {
  const { id, record } = knownClass(table, name);
  const count = rowsOfClasses(table, [id]);
  const removed = { id, before: { ...record }, after: { ...record, state: 'removed' as const } };
  const entry = entryOf(table, `Class ${name} removed, ${number(count)} unlabelled`, new Uint32Array(), [removed], []);
  return { ...entry, rows: count };
}

function planMerge(table: Table, from: readonly string[], into: string): JournalEntry {
  const sources = [...new Set(from)].filter((name) => name !== into).map((name) => knownClass(table, name));
  if (sources.length === 0) throw new VitrineError('bad-input', `Name at least one class to merge into “${into}”.`);
  const made: ClassChange[] = [];
  const [target = 0] = classIds(table, [into], made);
  const merged = sources.map(({ id, record }) => ({
    id,
    before: { ...record },
    after: { ...record, state: 'merged' as const, into: target },
  }));
  const count = rowsOfClasses(
    table,
    sources.map(({ id }) => id),
  );
  const names = joined(sources.map(({ record }) => record.name));
  const text = `${sources.length === 1 ? 'Class' : 'Classes'} ${names} merged into ${into}`;
  return { ...entryOf(table, text, new Uint32Array(), [...made, ...merged], []), rows: count };
}

/** Present rows that have any of these classes as a label. */
function rowsOfClasses(table: Table, ids: readonly ClassId[]): number {
  const { label } = table.builtIn;
  const members = label.members();
  let count = 0;
  const held = members.map((set) => set.some((id) => ids.includes(id)));
  for (const row of table.order.all()) if (held[label.at(row, -1)] && !table.builtIn.removed.at(row)) count++;
  return count;
}
