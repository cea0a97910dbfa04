// What runs inside the page during a round: edits until the browser dies, and what can be seen after it was opened again. Each function is sent as its source.
import type { Asked } from './model.ts';

/** Edits one after another, and says on the console which are acknowledged and how many embeddings are. Rows come as ids. */
export async function act({
  steps,
  embed,
  rescan,
  waitMs,
}: {
  steps: (Asked & { ids: number[] })[];
  embed: boolean;
  rescan: boolean;
  /** Between edits: checkpoints happen in the gaps. */
  waitMs: number;
}): Promise<void> {
  const { dataset } = window.vitrine;
  if (!dataset) throw new Error('nothing is open');
  console.log('started');
  if (rescan) dataset.rescan().catch(() => undefined); // the browser dies before it ends
  if (embed) {
    dataset.embed().catch((error: Error) => console.log(`embedding failed: ${error.message}`));
    let told = -1;
    setInterval(() => {
      const have = dataset.state.embeddings[0]?.have ?? 0;
      if (have !== told) console.log(`embedded ${have}`);
      told = have;
    }, 20);
  }
  const run = (step: Asked & { ids: number[] }): Promise<unknown> => {
    switch (step.kind) {
      case 'label':
        return dataset.label(step.ids, step.set);
      case 'exclude':
        return dataset.exclude(step.ids, step.value);
      case 'import': {
        const lines = step.labels.map(([path, name]) => `${path},${name}\n`);
        const file = new File(['image_path,label\n', ...lines], 'labels.csv');
        return dataset.import(file, { format: 'lightly-train' }).then((planned) => planned.commit());
      }
      case 'add-class':
        return dataset.addClass(step.name);
      case 'rename-class':
        return dataset.renameClass(step.from, step.to);
      case 'merge-classes':
        return dataset.mergeClasses(step.from, step.into);
      case 'remove-class':
        return dataset.removeClass(step.name);
      case 'undo':
        return dataset.undo();
      case 'redo':
        return dataset.redo();
    }
  };
  for (const [i, step] of steps.entries()) {
    try {
      await run(step);
    } catch (error) {
      console.log(
        `refused ${i} ${JSON.stringify(step).slice(0, 200)} ${error instanceof Error ? error.message : error}`,
      );
      return;
    }
    console.log(`acknowledged ${i + 1}`);
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  console.log('all steps done');
}

/** Everything that a round compares, once the page knows of the journal up to `position`. */
export async function look(position: number) {
  const { dataset } = window.vitrine;
  if (!dataset) throw new Error('nothing is open');
  while (dataset.state.journal < position) await new Promise((resolve) => setTimeout(resolve, 10)); // the state follows within 0.1 s
  const view = dataset.query();
  const rows = await view.rows(0, Number.MAX_SAFE_INTEGER);
  await view.close();
  const names = new Map(dataset.classes.map(({ id, name }) => [id, name]));
  const { journal, scan, damage, undo } = dataset.state;
  return {
    journal,
    undo,
    damage: damage ?? null,
    report: scan.report,
    classes: dataset.classes.map(({ name }) => name),
    have: dataset.state.embeddings[0]?.have ?? 0,
    rows: rows.map(({ id, path, labels, excluded }) => ({
      id,
      path,
      excluded,
      labels: labels.map((label) => names.get(label) ?? `class without a name: ${label}`).sort(),
    })),
  };
}

/** A short description of each stored vector: equal for equal vectors; 0 for one that was never written. */
export async function lookAtVectors(): Promise<{ id: number; sum: number }[]> {
  const { dataset } = window.vitrine;
  if (!dataset?.state.embeddings[0]?.have) return [];
  const { ids, dim, data } = await dataset.embeddings(await dataset.query().ids());
  return Array.from(ids, (id, i) => ({
    id,
    sum: data.subarray(i * dim, (i + 1) * dim).reduce((sum, value, at) => sum + value * (at + 1), 0),
  }));
}

/** The stored journal and the position that the blocks contain, read beside the application before it has opened the dataset; null: no dataset is stored. */
export async function lookAtStore(): Promise<{ positions: number[]; contained: number } | null> {
  const recent = await window.vitrine.recent(); // by now the application has opened its database
  if (recent.length === 0) return null;
  const opening = indexedDB.open('vitrine');
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const read = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const tx = database.transaction(['journal', 'meta']);
  const keys = (await read(tx.objectStore('journal').getAllKeys())) as [string, number][]; // see store/schema.ts
  const meta: { name: string; value: number }[] = await read(tx.objectStore('meta').getAll());
  database.close();
  return {
    positions: keys.map(([, seq]) => seq),
    contained: meta.find(({ name }) => name === 'journal')?.value ?? 0,
  };
}
