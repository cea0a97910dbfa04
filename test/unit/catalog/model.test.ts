// The catalog against plain objects: any sequence of walks, layouts, facts, predictions, edits, undo, redo and reopening gives the same answers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEntry } from '../../../src/catalog/edit/entry.ts';
import type { JournalRecord } from '../../../src/catalog/edit/history.ts';
import { applyLayout } from '../../../src/catalog/layout.ts';
import { setPredictions } from '../../../src/catalog/predictions.ts';
import { setDecoded, setFileFacts } from '../../../src/catalog/rows.ts';
import { type Action, action, DIRECTORIES, NAMES } from './arbitraries.ts';
import { layOut } from './naive.ts';
import { Run } from './run.ts';

async function perform(run: Run, step: Action): Promise<void> {
  const { model } = run;
  switch (step.do) {
    case 'walk':
      run.walk(step.files, step.batch);
      run.checkpoint();
      break;
    case 'layout':
      applyLayout(run.table, step.layout);
      model.layout = step.layout;
      for (const row of model.rows) layOut(model, row);
      run.checkpoint();
      break;
    case 'facts': {
      const rows = run.rowsOf(step.picks);
      const changed = setFileFacts(
        run.table,
        Uint32Array.from(rows, ({ id }) => id),
        new Float64Array(rows.length).fill(step.size),
        new Float64Array(rows.length).fill(step.modified),
      );
      const expected: number[] = [];
      for (const row of rows) {
        if (row.size !== null && (row.size !== step.size || row.modified !== step.modified)) {
          expected.push(row.id);
          Object.assign(row, { state: null, format: null, width: null });
        }
        Object.assign(row, { size: step.size, modified: step.modified });
      }
      expect([...changed]).toEqual(expected);
      run.checkpoint();
      break;
    }
    case 'decoded': {
      const rows = run.rowsOf(step.picks).filter(({ present }) => present);
      const { state, format, width } = step;
      setDecoded(
        run.table,
        rows.map(({ id }) => ({ id, state, format, width })),
      );
      for (const row of rows) Object.assign(row, { state, format, width });
      run.checkpoint();
      break;
    }
    case 'predictions': {
      if (model.classes.length === 0) break;
      const rows = run.rowsOf(step.picks);
      const some = new Float32Array(rows.length).fill(step.confidence);
      const predicted = Int32Array.from(rows, ({ id }) => id % model.classes.length);
      setPredictions(run.table, {
        ids: Uint32Array.from(rows, ({ id }) => id),
        predicted,
        confidence: some,
        margin: some,
        entropy: some,
        labelConfidence: some,
      });
      for (const row of model.rows) Object.assign(row, { predicted: null, confidence: null, doubt: null });
      for (const row of rows)
        Object.assign(row, {
          predicted: row.id % model.classes.length,
          confidence: step.confidence,
          doubt: 1 - step.confidence,
        });
      run.checkpoint();
      break;
    }
    case 'edit':
      run.edit(step.command);
      break;
    case 'undo':
    case 'redo': {
      const of = step.do === 'undo' ? run.history.undoable() : run.history.redoable();
      const [from, to] = step.do === 'undo' ? [run.done, run.undone] : [run.undone, run.done];
      expect(of === null).toBe(from.length === 0);
      const moved = from.pop();
      if (!of || !moved) break;
      const id = run.disk.journal.length + 1;
      const journaled: JournalRecord = { id, at: id, kind: step.do, of: of.id };
      run.disk.journal.push(journaled);
      applyEntry(run.table, of.entry, step.do === 'undo' ? 'undo' : 'do');
      run.history.record(journaled);
      if (step.do === 'undo') moved.undo();
      else moved.redo();
      to.push(moved);
      break;
    }
    case 'reopen':
      run.checkpoint();
      run.reopen();
      break;
    case 'crash':
      run.reopen();
      break;
    case 'query':
      await run.check(step.query);
  }
  run.checkRows();
}

describe('the catalog', () => {
  test('answers as plain objects do after any sequence of changes, undo, redo, reopening and crashes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 30 }), async (steps) => {
        const run = new Run();
        run.walk(
          DIRECTORIES.slice(0, 4).map((directory) => [directory, NAMES.slice(0, 5)]),
          3,
        );
        run.checkpoint();
        for (const step of steps) await perform(run, step);
      }),
      { numRuns: Number(process.env.CATALOG_RUNS ?? 40) }, // more by hand: CATALOG_RUNS=5000
    );
  }, 120_000);
});
