// The embed job: rows without a vector are decoded ahead, run in batches, and stored in whole blocks that survive a crash at any instant.
import { softmax } from '../../backbone/run/pool.ts';
import type { EmbedReport } from '../../backbone/types.ts';
import { throwIfAborted } from '../../shared/errors.ts';
import { createMeter, type JobOptions } from '../../shared/progress.ts';
import type { VectorFile } from '../../store/vectors.ts';
import type { DecodedFacts, EmbedCommit } from '../session-types.ts';
import { type Decoded, decodeAhead, type Failed, type Ready } from './decode-ahead.ts';
import type { EmbedCatalog, EmbedModel, EmbedParts } from './types.ts';

/** Rows that are committed together: a crash costs at most these, or what came within `commitMs`. */
const blockRows = 256;
const commitMs = 5_000;
/** Rows asked for at once. */
const pageRows = 1_024;
/** Batches given to the engine and not answered: one that runs and one that waits, so that it never idles. */
const runsInFlight = 2;

/**
 * Embeds the rows that have no vector under the model's key (of `rows`, or of the dataset). Order of a block: vectors, flush, presence; so what counts
 * as embedded is on disk. A file that cannot be decoded is reported and never stops the job. When it is aborted, what was computed is kept,
 * and the next run goes on from there.
 * Errors: `busy` (another tab embeds), `storage-full`, `permission`, `device-lost`, `read-only`, `aborted`.
 */
export async function embed(
  parts: EmbedParts,
  { rows, signal = new AbortController().signal, onProgress }: JobOptions & { rows?: Uint32Array } = {},
): Promise<EmbedReport> {
  const { catalog, inputs, model } = parts;
  const { card, key, view, device } = model;
  const { dim } = card.outputs.embedding;
  const some = rows ? { rows } : {};
  const plan = await catalog.embedPlan({ key, backbone: card.name, title: card.title, dim, view, ...some });
  const { dataset } = plan;
  const started = performance.now();
  const meter = createMeter('pictures', plan.missing);
  let [embedded, failed] = [0, 0];

  await parts.withVectors(dataset, key, dim, async (file) => {
    const block = createBlock(catalog, dataset, model, file);
    const runs: Promise<void>[] = [];
    let finished = false;
    try {
      const pages = missingRows(catalog, { dataset, key, ...some });
      for await (const ready of decodeAhead(pages, inputs, card.input, model.batch, signal)) {
        failed += ready.failed.length;
        block.fail(ready.failed);
        if (ready.decoded.length > 0) {
          const run = runBatch(model, ready, block);
          run.catch(() => undefined); // looked at below; it may fail before
          runs.push(run);
        }
        if (runs.length >= runsInFlight) await runs.shift();
        embedded = block.rows();
        onProgress?.(meter(embedded + failed, { device }));
        await block.commit(false);
      }
      await Promise.all(runs.splice(0));
      finished = true;
    } finally {
      await Promise.allSettled(runs); // their rows are worth keeping, whatever ended the loop
      await block.commit(true);
      await catalog.embedFinish({ dataset, key, finished });
    }
    embedded = block.rows();
    onProgress?.(meter(embedded + failed, { device }));
  });
  throwIfAborted(signal);
  const seconds = (performance.now() - started) / 1000;
  return {
    key,
    backbone: card.name,
    embedded,
    failed,
    total: plan.total,
    seconds,
    imagesPerSecond: seconds > 0 ? embedded / seconds : 0,
    device,
  };
}

/** Pages of rows without a vector, ascending, until there are no more. */
async function* missingRows(
  catalog: EmbedCatalog,
  which: { dataset: string; key: string; rows?: Uint32Array },
): AsyncGenerator<{ id: number; path: string }[]> {
  let after = -1;
  for (;;) {
    const { ids, paths } = await catalog.embedNext({ ...which, after, limit: pageRows });
    if (ids.length === 0) return;
    after = ids[ids.length - 1] ?? after;
    yield Array.from(ids, (id, i) => ({ id, path: paths[i] ?? '' }));
  }
}

/** Not aborted: what the engine has begun is worth keeping, and it cannot be interrupted anyway. */
async function runBatch(model: EmbedModel, { decoded }: Ready, block: Block): Promise<void> {
  const [first] = decoded;
  if (!first) return;
  // the session's batch is fixed; room for all of it, so that the engine does not have to copy a short last one
  const pictures = new (first.data.constructor as new (length: number) => Decoded['data'])(
    model.batch * first.data.length,
  );
  decoded.forEach(({ data }, i) => {
    pictures.set(data, i * data.length);
  });
  const { embeddings, scores } = await model.run(pictures, decoded.length);
  block.add(decoded, embeddings, scores);
}

interface Block {
  add(decoded: readonly Decoded[], embeddings: Float32Array, scores: Float32Array | undefined): void;
  fail(failed: readonly Failed[]): void;
  /** Stores what has gathered when it is a whole block or old enough, or always when `all`. */
  commit(all: boolean): Promise<void>;
  /** Rows that were added since the start. */
  rows(): number;
}

interface Gathered {
  id: number;
  embedding: Float32Array;
  zeroShot: { code: number; confidence: number } | undefined;
}

function createBlock(catalog: EmbedCatalog, dataset: string, { key, classes }: EmbedModel, file: VectorFile): Block {
  let gathered: Gathered[] = [];
  let facts: DecodedFacts[] = [];
  let count = 0;
  let since = performance.now();
  return {
    rows: () => count,
    add(decoded, embeddings, scores) {
      const dim = embeddings.length / decoded.length;
      decoded.forEach(({ id, facts: { format, width, height } }, i) => {
        const embedding = embeddings.subarray(i * dim, (i + 1) * dim);
        const zeroShot =
          scores && classes ? topOf(scores.subarray(i * classes.length, (i + 1) * classes.length)) : undefined;
        gathered.push({ id, embedding, zeroShot });
        facts.push({ id, state: 'readable', format, width, height });
      });
      count += decoded.length;
    },
    fail(failed) {
      for (const { id, error } of failed) {
        const state = stateOf(error.code);
        if (state) facts.push({ id, state, format: 'unknown', reason: error.message });
      }
    },
    async commit(all) {
      const due = gathered.length >= blockRows || performance.now() - since > commitMs;
      if ((!all && !due) || gathered.length + facts.length === 0) return;
      const rows = gathered.sort((a, b) => a.id - b.id); // neighbours on disk are written in one go
      const told = facts;
      [gathered, facts, since] = [[], [], performance.now()];
      const ids = Uint32Array.from(rows, (row) => row.id);
      file.writeRows(ids, joined(rows, file.dim));
      file.flush();
      await catalog.embedCommit({ dataset, key, ids, facts: told, ...zeroShotOf(rows, classes) });
    },
  };
}

/** A file that is gone is found by the next rescan; everything else is a property of the file. */
function stateOf(code: Failed['error']['code']): 'unsupported' | 'unreadable' | undefined {
  if (code === 'not-found') return undefined;
  return code === 'unsupported' ? 'unsupported' : 'unreadable';
}

function joined(rows: readonly Gathered[], dim: number): Float32Array<ArrayBuffer> {
  const data = new Float32Array(rows.length * dim);
  rows.forEach(({ embedding }, i) => {
    data.set(embedding, i * dim);
  });
  return data;
}

function zeroShotOf(rows: readonly Gathered[], classes: string[] | null): Pick<EmbedCommit, 'zeroShot'> {
  if (!classes || rows.length === 0) return {};
  return {
    zeroShot: {
      classes,
      codes: Uint16Array.from(rows, (row) => row.zeroShot?.code ?? 0),
      confidence: Float32Array.from(rows, (row) => row.zeroShot?.confidence ?? 0),
    },
  };
}

/** The most probable class of one row of raw scores. */
function topOf(scores: Float32Array): { code: number; confidence: number } {
  const probabilities = softmax(scores);
  let code = 0;
  for (let i = 1; i < probabilities.length; i++) if ((probabilities[i] ?? 0) > (probabilities[code] ?? 0)) code = i;
  return { code, confidence: probabilities[code] ?? 0 };
}
