// Backbones, device, embedding and training: commands to the model worker, which is started when it is first needed.
import { type Accessor, createSignal } from 'solid-js';
import type { BackboneInfo, DeviceReport, Provider } from '../backbone/types.ts';
import type { DatasetState, SampleId } from '../catalog/types.ts';
import type { Evaluation, LabelIssue, TrainOptions } from '../learn/types.ts';
import type { CatalogCalls, ModelCalls, TrainPlan } from '../workers/calls.ts';
import type { Client } from '../workers/rpc.ts';
import type { Jobs } from './jobs.ts';
import type { Notices } from './notices.ts';

interface Parts {
  catalog: Client<CatalogCalls>;
  model(): Promise<Client<ModelCalls>>;
  jobs: Jobs;
  notices: Notices;
  dataset: Accessor<DatasetState | null>;
  /** Ends training with the next step: what to offer after it. */
  onTrained(evaluation: Evaluation): void;
}

const backboneKey = 'vitrine-backbone';
const barCount = 5;

/** The learning commands of the session. */
export function createLearning({ catalog, model, jobs, notices, dataset, onTrained }: Parts) {
  const [backbones, setBackbones] = createSignal<BackboneInfo[]>([]);
  const [gallery, setGallery] = createSignal<BackboneInfo[]>([]);
  const [backbone, setBackbone] = createSignal(localStorage.getItem(backboneKey) ?? 'vitrine-mini');
  const [device, setDevice] = createSignal<DeviceReport | null>(null);
  const [evaluations, setEvaluations] = createSignal<Evaluation[]>([]);

  async function refreshBackbones(): Promise<void> {
    const calls = await model();
    const list = await calls.backbones({});
    setBackbones(list);
    setGallery(await calls.gallery({}));
    // a backbone that was removed, or chosen on another device, is not there: the shipped one is
    if (!list.some((b) => b.name === backbone())) setBackbone(list[0]?.name ?? 'vitrine-mini');
  }

  async function refreshEvaluations(): Promise<void> {
    setEvaluations(dataset() ? await catalog.evaluations({}) : []);
  }

  function useBackbone(name: string): void {
    setBackbone(name);
    localStorage.setItem(backboneKey, name);
    setDevice(null);
  }

  function embedWith(name: string): Promise<unknown> {
    return jobs.run({
      kind: 'embed',
      title: 'Embedding',
      resumable: true,
      work: async (options) => {
        const report = await (await model()).embed({ backbone: name }, options);
        const failed = report.failed > 0 ? ` ${report.failed.toLocaleString('en')} could not be read.` : '';
        notices.notify({ tone: 'good', text: `${report.embedded.toLocaleString('en')} pictures embedded.${failed}` });
        return report;
      },
    });
  }

  function trainWith(options: TrainOptions): Promise<Evaluation | null> {
    return jobs.run({
      kind: 'train',
      title: 'Training',
      resumable: false,
      work: async (jobOptions) => {
        const evaluation = await (await model()).train({ options: { backbone: backbone(), ...options } }, jobOptions);
        onTrained(evaluation);
        return evaluation;
      },
    });
  }

  return {
    backbones,
    gallery,
    backbone,
    device,
    evaluations,
    setDevice,
    refreshBackbones,
    refreshEvaluations,
    useBackbone,
    async addBackbone(files: File[]): Promise<void> {
      try {
        const info = await (await model()).addBackbone({ files });
        await refreshBackbones();
        useBackbone(info.name);
        notices.notify({ tone: 'good', text: `${info.title} was added and is used from now on.` });
      } catch (error) {
        notices.fail(error);
      }
    },
    async download(name: string): Promise<void> {
      const info = await jobs.run({
        kind: 'download',
        title: 'Downloading',
        resumable: false,
        work: async (options) => (await model()).download({ name }, options),
      });
      await refreshBackbones();
      if (info) useBackbone(info.name);
    },
    async removeBackbone(name: string): Promise<void> {
      try {
        await (await model()).removeBackbone({ name });
        await refreshBackbones();
      } catch (error) {
        notices.fail(error);
      }
    },
    async chooseDevice(choice: { provider?: Provider; threads?: number; repeat?: boolean }): Promise<void> {
      const report = await jobs.run({
        kind: 'self-test',
        title: 'Measuring this computer',
        resumable: false,
        work: async (options) => (await model()).device({ backbone: backbone(), ...choice }, options),
      });
      if (report) setDevice(report);
    },
    embed: async (): Promise<void> => void (await embedWith(backbone())),
    trainPlan: async (options: TrainOptions): Promise<TrainPlan> =>
      (await model()).trainPlan({ options: { backbone: backbone(), ...options } }),
    train: trainWith,
    async compare(names: string[]): Promise<void> {
      for (const name of names) {
        if ((await embedWith(name)) === null) return;
        if ((await trainWith({ backbone: name })) === null) return;
      }
    },
    labelIssues: (by: 'confidence' | 'margin' | 'entropy', limit: number): Promise<LabelIssue[]> =>
      catalog.labelIssues({ by, limit }),
    async bars(id: SampleId, path: string) {
      if (dataset()?.probe) {
        const answer = await (await model()).predictions({ ids: Uint32Array.of(id) });
        if (answer.ids.length === 0) return null;
        const bars = answer.classes.map((name, i) => ({ name, probability: answer.probabilities[i] ?? 0 }));
        return {
          source: 'probe' as const,
          bars: bars.sort((a, b) => b.probability - a.probability).slice(0, barCount),
        };
      }
      const info = backbones().find((b) => b.name === backbone());
      if (!info?.hasLogits) return null;
      return {
        source: 'backbone' as const,
        bars: await (await model()).zeroShot({ path, top: barCount, backbone: info.name }),
      };
    },
    exportProbe: async () => (await model()).exportProbe({}),
  };
}
