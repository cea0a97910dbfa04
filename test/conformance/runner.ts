// Runs conformance cases and corpora through the modules beside it, and adds up what came of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createObjectScanner } from '../../src/formats/text/json-text.ts';
import { type ConformanceCase, type CorpusModule, failed, type Outcome, type SystemModule } from './types.ts';

const modules = import.meta.glob<Partial<SystemModule & CorpusModule>>('./*.ts');

/** A system's file of cases, or a corpus with an index. */
export interface Suite {
  name: string;
  run(): AsyncGenerator<{ name: string; outcome: Outcome }>;
}

/** A suite's outcomes, counted. */
export interface Tally {
  name: string;
  passed: number;
  failures: { name: string; why: string }[];
  notApplicable: { why: string; count: number }[];
}

/**
 * The suites of a folder of cases: one per `<system>.json`, then one per corpus that a module here judges. What is absent gets no suite and
 * is named in `absent`. A file of cases without a module is a suite that fails.
 */
export function readSuites(folder: string, corpora: string): { suites: Suite[]; absent: string[] } {
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : [];
  const kinds = Object.keys(modules)
    .map((path) => /^\.\/corpus-(.+)\.ts$/.exec(path)?.[1])
    .filter((kind) => kind !== undefined);
  const present = kinds.filter((kind) => existsSync(join(corpora, kind, 'index.jsonl')));
  return {
    suites: [
      ...files.map((file) => systemSuite(join(folder, file), corpora)),
      ...present.map((kind) => corpusSuite(kind, join(corpora, kind))),
    ],
    absent: [
      ...(files.length === 0 ? [`cases in ${folder}`] : []),
      ...kinds.filter((kind) => !present.includes(kind)).map((kind) => `the corpus ${join(corpora, kind)}`),
    ],
  };
}

/** Runs a suite to its end. */
export async function tally(suite: Suite): Promise<Tally> {
  const result: Tally = { name: suite.name, passed: 0, failures: [], notApplicable: [] };
  const reasons = new Map<string, number>();
  for await (const { name, outcome } of suite.run()) {
    if (outcome.status === 'passed') result.passed++;
    else if (outcome.status === 'failed') result.failures.push({ name, why: outcome.why });
    else reasons.set(outcome.why, (reasons.get(outcome.why) ?? 0) + 1);
  }
  result.notApplicable = [...reasons].map(([why, count]) => ({ why, count }));
  return result;
}

function systemSuite(path: string, corpora: string): Suite {
  const name = basename(path, '.json');
  return {
    name,
    async *run() {
      const module = await modules[`./${name}.ts`]?.();
      try {
        for (const raw of casesOf(readFileSync(path, 'utf8'))) {
          const one: ConformanceCase = JSON.parse(raw);
          yield { name: one.id, outcome: await runOne(module, one, corpora, raw) };
        }
      } finally {
        await module?.close?.();
      }
    },
  };
}

async function runOne(
  module: Partial<SystemModule> | undefined,
  one: ConformanceCase,
  corpora: string,
  raw: string,
): Promise<Outcome> {
  if (!module?.runCase) return failed('There is no module for this system in test/conformance.');
  try {
    return await module.runCase(one, filesOf(one, corpora), raw);
  } catch (error) {
    return failed(`It threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

function corpusSuite(kind: string, folder: string): Suite {
  return {
    name: `corpus ${kind}`,
    async *run() {
      const { runCorpus } = (await modules[`./corpus-${kind}.ts`]?.()) ?? {};
      if (!runCorpus) yield { name: kind, outcome: failed('Its module exports no runCorpus.') };
      else yield* runCorpus(folder);
    },
  };
}

/** The raw text of each case: JSON.parse forgets how numbers are spelled, and some cases are about that. */
function* casesOf(text: string): Generator<string> {
  const scanner = createObjectScanner();
  if (!scanner.scan(text, 0, text.length)) throw new Error(`The file of cases is no JSON: ${scanner.mistake?.text}`);
  const at = scanner.keys.slice(0, scanner.count).indexOf('cases');
  const [start = 0, end = 0] = [scanner.starts[at], scanner.ends[at]];
  for (let from = start + 1; ; ) {
    while (from < end && text[from] !== '{') from++;
    if (from >= end || !scanner.scanNext(text, from, end)) return;
    yield text.slice(from, scanner.end);
    from = scanner.end;
  }
}

/** The files of a case as bytes: text as UTF-8, base64, or a file of a corpus. */
function filesOf(one: ConformanceCase, corpora: string): Map<string, Uint8Array<ArrayBuffer>> {
  const bytes = (content: ConformanceCase['input']['files'][string]): Uint8Array<ArrayBuffer> => {
    if (typeof content === 'string') return new TextEncoder().encode(content);
    if ('b64' in content) return new Uint8Array(Buffer.from(content.b64, 'base64'));
    return new Uint8Array(readFileSync(join(corpora, content.corpus)));
  };
  return new Map(Object.entries(one.input.files).map(([path, content]) => [path, bytes(content)]));
}
