// What an edit does to the plain objects, and how it is taken back.
import type { EditCommand } from '../../../src/catalog/types.ts';
import { layOut, type Naive, type NaiveRow, resolve, unite } from './naive.ts';

/** Applying and taking back one edit. */
export interface Step {
  undo: () => void;
  redo: () => void;
}

/** What a command does to the model, and how it is taken back. */
export function modelStep(model: Naive, asked: EditCommand, rows: NaiveRow[]): Step {
  const before = rows.map((row) => structuredClone(row));
  const active = (name: string): number => model.classes.findIndex((c) => c.state === 'active' && c.name === name);
  const touched = new Set<number>();
  const make = (name: string): number => {
    const id = active(name);
    if (id >= 0) return id;
    const made = model.classes.push({ name, folder: null, kept: true, state: 'removed' }) - 1;
    touched.add(made);
    plan.push({ id: made, after: { state: 'active' } });
    const found = model.classes[made];
    if (found) found.state = 'active'; // so that a second mention finds it
    return made;
  };
  const plan: { id: number; after: Partial<Naive['classes'][number]> }[] = [];
  let change: (row: NaiveRow) => void = () => {};
  const live = (ids: number[]): number[] => [...new Set(ids.map((id) => resolve(model, id)).filter((id) => id >= 0))];
  switch (asked.kind) {
    case 'label': {
      const set = [...new Set((asked.set ?? []).map(make))].sort((a, b) => a - b);
      change = (row) => {
        row.label = set;
        row.negatives = live(row.negatives).filter((id) => !set.includes(id));
        row.labelEdited = true;
      };
      break;
    }
    case 'label-change': {
      const gone = (asked.remove ?? []).map(active);
      const add = (asked.add ?? []).map(make);
      const deny = (asked.negative ?? []).map(make);
      change = (row) => {
        row.label = [...new Set([...live(row.label).filter((id) => !gone.includes(id) && !deny.includes(id)), ...add])];
        row.negatives = [
          ...new Set([...live(row.negatives).filter((id) => !add.includes(id) && !gone.includes(id)), ...deny]),
        ];
        row.labelEdited = true;
      };
      break;
    }
    case 'exclude':
      change = (row) => {
        row.excluded = asked.value;
      };
      break;
    case 'review':
      change = (row) => {
        row.reviewed = asked.value;
      };
      break;
    case 'split':
      change = (row) => {
        row.split = asked.value;
        row.splitEdited = true;
      };
      break;
    case 'add-class': {
      const id = active(asked.name);
      if (id >= 0) plan.push({ id, after: { kept: true } });
      else make(asked.name);
      break;
    }
    case 'rename-class': {
      const other = active(asked.to);
      plan.push({ id: active(asked.from), after: { name: asked.to } });
      if (other >= 0) plan.push({ id: other, after: { state: 'merged', into: active(asked.from) } });
      break;
    }
    case 'remove-class':
      plan.push({ id: active(asked.name), after: { state: 'removed' } });
      break;
    case 'merge-classes': {
      const sources = asked.from.filter((name) => name !== asked.into).map(active);
      const into = make(asked.into);
      for (const id of sources) plan.push({ id, after: { state: 'merged', into } });
    }
  }
  const old = plan.map(({ id }) => ({
    ...model.classes[id],
    ...(touched.has(id) ? { state: 'removed' as const } : {}),
  }));
  const after = new Map<number, NaiveRow>();
  return {
    redo() {
      for (const { id, after: fields } of plan) Object.assign(model.classes[id] ?? {}, fields);
      for (const { id } of plan) unite(model, id);
      for (const row of rows) {
        const known = after.get(row.id);
        if (known) Object.assign(row, pickEdited(known, asked.kind));
        else {
          change(row);
          after.set(row.id, structuredClone(row));
        }
      }
    },
    undo() {
      plan.forEach(({ id }, i) => {
        const found = model.classes[id];
        const was = old[i];
        if (found && was) Object.assign(found, { name: was.name, kept: was.kept, state: was.state, into: was.into });
      });
      for (const { id } of plan) unite(model, id);
      rows.forEach((row, i) => {
        const was = before[i];
        if (!was) return;
        Object.assign(row, pickEdited(was, asked.kind));
        if (model.layout && /^(label|label-change|split)$/.test(asked.kind)) layOut(model, row);
      });
    },
  };
}

function pickEdited(row: NaiveRow, kind: EditCommand['kind']): Partial<NaiveRow> {
  const { label, negatives, labelEdited, split, splitEdited, excluded, reviewed } = row;
  if (kind === 'exclude') return { excluded };
  if (kind === 'review') return { reviewed };
  if (kind === 'split') return { split, splitEdited };
  return { label, negatives, labelEdited };
}
