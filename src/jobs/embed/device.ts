// The device for a backbone: measured once on this computer, kept, and measured again or chosen by hand when the person asks.
import { canonical } from '../../backbone/card/key.ts';
import type { Library } from '../../backbone/library/library.ts';
import { readKept, writeKept } from '../../backbone/library/storage.ts';
import type { SpawnEngine } from '../../backbone/run/host.ts';
import { measureDevice } from '../../backbone/run/self-test.ts';
import type { Card, DeviceReport, Provider } from '../../backbone/types.ts';
import type { JobOptions } from '../../shared/progress.ts';

export interface DeviceChoice {
  provider?: Provider;
  threads?: number;
  /** Measures again although a report is kept. */
  repeat?: boolean;
}

const keptFile = 'devices';

/**
 * The kept report, or a new measurement. A choice is kept like a measurement; `repeat` without a choice goes back to the fastest.
 * Errors: those of `measureDevice` and of reading the backbone's files.
 */
export async function deviceFor(
  card: Card,
  library: Library,
  spawn: SpawnEngine,
  { provider, threads, repeat = false }: DeviceChoice,
  options: JobOptions,
): Promise<DeviceReport> {
  const kept = await readReports();
  const name = await reportName(card);
  const known = kept[name];
  const chosen = provider !== undefined || threads !== undefined;
  if (known && !repeat && !chosen) return known;
  const report = await measureDevice(card, await library.files(card), spawn, {
    ...options,
    cores: navigator.hardwareConcurrency,
    isolated: crossOriginIsolated,
    ...(chosen
      ? { only: { ...(provider === undefined ? {} : { provider }), ...(threads === undefined ? {} : { threads }) } }
      : {}),
  });
  await writeKept(keptFile, { ...(await readReports()), [name]: report });
  return report;
}

/** Reports by backbone and computer; what an older version wrote differently is measured again. */
async function readReports(): Promise<Record<string, DeviceReport>> {
  const kept = await readKept(keptFile);
  return kept !== null && typeof kept === 'object' ? { ...kept } : {}; // written only by `deviceFor`
}

/** Another graphics processor, browser version, isolation or model file needs another measurement. */
async function reportName(card: Card): Promise<string> {
  const adapter = 'gpu' in navigator ? await navigator.gpu.requestAdapter() : null;
  const { vendor = '', architecture = '', description = '' } = adapter?.info ?? {};
  return canonical([
    card.name,
    card.files.map((file) => file.sha256 ?? ''),
    [vendor, architecture, description],
    navigator.hardwareConcurrency,
    crossOriginIsolated,
    navigator.userAgent,
  ]);
}
