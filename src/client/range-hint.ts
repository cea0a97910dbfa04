// Notices that a dataset's deep pictures look black, from a few of them: they use so little of their declared range that nothing is to be seen.
import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import type { DatasetState, DeepView, Facet, Query } from '../catalog/types.ts';
import type { PixelFacts } from '../pixels/types.ts';
import type { CatalogCalls } from '../workers/calls.ts';
import type { Client } from '../workers/rpc.ts';
import type { Pictures } from './types.ts';

interface Parts {
  catalog: Client<CatalogCalls>;
  dataset: Accessor<DatasetState | null>;
  facets: Accessor<ReadonlyMap<string, Facet>>;
  /** True while headers are being read: more deep pictures may come. */
  readingHeaders: Accessor<boolean>;
  full: Pictures['full'];
  setDeepView(view: DeepView): Promise<void>;
  /** Keeps with the dataset that the hint was refused. */
  remember(): void;
}

/** Pictures that are measured, spread over the dataset. */
const sampled = 6;
/** With so many deep files known, more of them will not change the answer. */
const knownEnough = 200;
/** Pictures that use less of their declared range are too dark, or too flat, to be seen. */
const quarter = 0.25;
/** Only these are shown in their declared range: DICOM has windows, and floats declare none. */
const deepFiles: Query = {
  filter: {
    and: [
      { field: 'bits', between: [9, null] },
      { field: 'format', in: ['tiff', 'pnm', 'png', 'jpeg'] },
    ],
  },
};

/**
 * The sentence for measured pictures, or null when less than half of them use under a quarter of their range. What is used is all but the
 * outermost 0.5 % of the values: one hot pixel makes no picture bright.
 */
export function rangeSentence(pictures: readonly Pick<PixelFacts, 'bits' | 'values'>[]): string | null {
  const measured = pictures.flatMap(({ bits = 16, values }) => {
    if (!values?.declared) return [];
    const { low, high } = values.declared;
    const share = (at: number): number => (at - low) / (high - low);
    return [{ bits, from: share(values.bulk.low), to: share(values.bulk.high) }];
  });
  const narrow = measured.filter(({ from, to }) => to - from < quarter);
  if (narrow.length === 0 || narrow.length * 2 <= measured.length) return null;
  const most = narrow.reduce((widest, now) => (now.to - now.from > widest.to - widest.from ? now : widest));
  const percent = 100 * (most.to - most.from);
  const used = percent < 1 ? 'less than 1 %' : `${Math.round(percent)} %`;
  const look = narrow.every(({ to }) => to < quarter)
    ? 'black'
    : narrow.every(({ from }) => from > 1 - quarter)
      ? 'white'
      : 'flat';
  return `These ${most.bits}-bit pictures look ${look}: their values use ${used} of the range that ${most.bits} bits have.`;
}

/** Measures once a dataset, when its headers are known. `load` is given what was kept with the dataset. */
export function createRangeHint(parts: Parts) {
  const { catalog, dataset, facets } = parts;
  const [sentence, setSentence] = createSignal<{ dataset: string; text: string | null } | null>(null);
  const [refused, setRefused] = createSignal(false);
  let measuring: string | undefined;

  const known = (): number => {
    const bits = facets().get('bits');
    // 8 lies in the bin up to 9
    return bits?.kind === 'histogram' && (bits.edges.at(-1) ?? 0) > 9 ? bits.known : 0;
  };
  /** The dataset to be measured now; undefined while there is nothing to measure or it was measured. */
  const due = (): string | undefined => {
    const state = dataset();
    if (state?.permission !== 'granted' || state.access !== 'owner' || refused()) return undefined;
    if (state.view?.range || sentence()?.dataset === state.id) return undefined;
    return known() > 0 && (known() >= knownEnough || !parts.readingHeaders()) ? state.id : undefined;
  };

  async function measure(id: string): Promise<void> {
    measuring = id;
    try {
      const { view, count } = await catalog.openView({ query: deepFiles });
      const places = Array.from({ length: Math.min(sampled, count) }, (_, i) => Math.floor((i * count) / sampled));
      const windows = places.map((from) => catalog.rows({ view, from, to: from + 1 }));
      const rows = (await Promise.all(windows)).flatMap((window) => window.rows);
      await catalog.closeView({ view });
      const looks = rows.map(async (row): Promise<PixelFacts> => {
        const { bitmap, facts } = await parts.full(row, { view: { size: 1 }, measure: true });
        bitmap.close();
        return facts;
      });
      const read = (await Promise.allSettled(looks)).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      if (dataset()?.id === id) setSentence({ dataset: id, text: rangeSentence(read) });
    } catch {
      // a hint that cannot be had is none; what is wrong with the dataset is told by what the person asks for
      setSentence({ dataset: id, text: null });
    } finally {
      measuring = undefined;
    }
  }

  // measuring asks workers: outside of Solid
  createEffect(
    on(due, (id) => {
      if (id !== undefined && id !== measuring) void measure(id);
    }),
  );

  return {
    /** What to tell; null when there is nothing, or it was refused, or a range was chosen. */
    text: (): string | null => {
      const state = dataset();
      if (!state || refused() || state.view?.range || sentence()?.dataset !== state.id) return null;
      return sentence()?.text ?? null;
    },
    /** Shows all but the outermost values of every deep picture. */
    accept: (): Promise<void> => parts.setDeepView({ ...dataset()?.view, range: { percentiles: [0.5, 99.5] } }),
    refuse(): void {
      setRefused(true);
      parts.remember();
    },
    refused,
    load: (wasRefused: boolean): void => void setRefused(wasRefused),
  };
}
