// The shape of conformance cases, and what a system's or corpus' module exports for them.

/** How one case ended. `why` is one sentence; those of 'not applicable' are counted by their text. */
export type Outcome =
  | { status: 'passed' }
  | { status: 'failed'; why: string }
  | { status: 'not applicable'; why: string };

export type Flag = 'peer_bug' | 'data_loss_hazard' | 'platform_dependent';

/** A case as conformance/README.md defines it. Its files come beside it, as bytes. */
export interface ConformanceCase {
  id: string;
  area:
    | 'listing'
    | 'csv'
    | 'metadata'
    | 'types'
    | 'filters'
    | 'metrics'
    | 'export'
    | 'error'
    | 'hdf5'
    | 'names'
    | 'zip';
  input: {
    files: Record<string, string | { b64: string } | { corpus: string }>;
    options: Record<string, unknown>;
  };
  expect: Record<string, unknown>;
  /** What the real system does, where `expect` is what Vitrine must do. */
  peer?: Record<string, unknown>;
  source: string;
  ran?: boolean;
  flags: Flag[];
  note?: string;
}

/** `test/conformance/<system>.ts`. `raw`: the case as its JSON text. */
export interface SystemModule {
  runCase(c: ConformanceCase, files: Map<string, Uint8Array<ArrayBuffer>>, raw: string): Promise<Outcome>;
  /** Called after the last case: ends what the cases started. */
  close?(): Promise<void>;
}

/** `test/conformance/corpus-<kind>.ts`: judges every file of a corpus against its index. */
export interface CorpusModule {
  runCorpus(folder: string): AsyncGenerator<{ name: string; outcome: Outcome }>;
}

export const passed: Outcome = { status: 'passed' };

export const failed = (why: string): Outcome => ({ status: 'failed', why });

export const notApplicable = (why: string): Outcome => ({ status: 'not applicable', why });
