// The model worker's calls: which backbone, on which device, with which parts; each call is handed to the job that does it.
import { embeddingKey } from '../backbone/card/key.ts';
import { createLibrary } from '../backbone/library/library.ts';
import { createHost, type EngineClient, type SpawnEngine } from '../backbone/run/host.ts';
import { softmax } from '../backbone/run/pool.ts';
import type { Card, DeviceReport } from '../backbone/types.ts';
import type { DeepView } from '../catalog/types.ts';
import { type DeviceChoice, deviceFor } from '../jobs/embed/device.ts';
import { embed } from '../jobs/embed/embed.ts';
import type { EmbedModel, InputSource } from '../jobs/embed/types.ts';
import { createVectorFiles } from '../jobs/embed/vector-files.ts';
import { evaluateProbe, exportProbe, probabilities, requireProbe, scoringDevice } from '../jobs/train/probe-use.ts';
import { planTrainingTime, type TrainParts, train } from '../jobs/train/train.ts';
import { VitrineError } from '../shared/errors.ts';
import type { JobOptions } from '../shared/progress.ts';
import { createQueue } from '../shared/queue.ts';
import type { CatalogCalls, ModelCalls, ModelEvent } from './calls.ts';
import { createPixelPorts } from './pixel-ports.ts';
import { type CallContext, type Client, connect } from './rpc.ts';

/** Builds the calls. Engine workers are started by `spawn`. */
export function createModelCalls(spawn: SpawnEngine, emit: (event: ModelEvent) => void): ModelCalls {
  const library = createLibrary();
  const host = createHost(spawn);
  const vectors = createVectorFiles();
  const pixels = createPixelPorts();
  /** Measuring wants the computer for itself, and two first uses of a backbone are measured once. */
  const measuring = createQueue();
  let catalogCalls: Client<CatalogCalls> | undefined;
  /** Name of the last device that was told. */
  let told = '';

  function catalog(): Client<CatalogCalls> {
    if (!catalogCalls) throw new VitrineError('internal', 'The model worker is not connected to the catalog.');
    return catalogCalls;
  }

  async function choose(card: Card, choice: DeviceChoice, options: JobOptions): Promise<DeviceReport> {
    const report = await measuring(() => deviceFor(card, library, spawn, choice, options), options.signal);
    const text = JSON.stringify(report);
    if (text !== told) emit({ type: 'device', device: report });
    told = text;
    return report;
  }

  const jobOptions = ({ signal, progress }: CallContext): JobOptions => ({ signal, onProgress: progress });

  /** How the open dataset looks at deep pictures: part of what makes a vector. */
  const currentView = async (): Promise<DeepView> => (await catalog().state({}))?.view ?? {};

  /** The backbone opened on its device. */
  async function open(name: string | undefined, options: JobOptions): Promise<EmbedModel> {
    const [card, view] = [await library.card(name), await currentView()];
    const report = await choose(card, {}, options);
    const { provider, threads, batch } = report;
    const opened = await host.open(card, () => library.files(card), { provider, threads, batch });
    return {
      card,
      key: await embeddingKey(card, view),
      view,
      classes: await library.classes(card),
      device: opened.title,
      batch: opened.batch,
      run: (pictures, count, signal) => host.run(pictures, count, signal ? { signal } : {}),
    };
  }

  async function engineOf(
    name: string | undefined,
    options: JobOptions,
  ): Promise<{ calls: EngineClient; device: DeviceReport }> {
    const device = await choose(await library.card(name), {}, options);
    return { calls: host.engine(device), device };
  }

  async function trainParts(name: string | undefined, options: JobOptions): Promise<TrainParts> {
    const card = await library.card(name);
    const { calls, device } = await engineOf(name, options);
    return {
      catalog: catalog(),
      card,
      key: await embeddingKey(card, await currentView()),
      device,
      engine: calls,
      withVectors: vectors.use,
    };
  }

  /** Nothing replaces the engine while `work` uses it. */
  async function held<T>(work: () => Promise<T>): Promise<T> {
    const release = host.hold();
    try {
      return await work();
    } finally {
      release();
    }
  }

  return {
    async connect({ catalog: port, pixels: ports }) {
      if (port) catalogCalls = connect<CatalogCalls>(port).calls;
      if (ports) pixels.replace(ports);
    },
    backbones: () => library.list(),
    gallery: () => library.gallery(),
    async addBackbone({ files }) {
      const info = await library.add(files);
      emit({ type: 'backbones' });
      return info;
    },
    async download({ name }, context) {
      const info = await library.download(name, jobOptions(context));
      emit({ type: 'backbones' });
      return info;
    },
    async removeBackbone({ name }) {
      await library.remove(name);
      emit({ type: 'backbones' });
    },
    backboneClasses: async ({ name }) => library.classes(await library.card(name)),
    device: async ({ backbone, ...choice }, context) =>
      choose(await library.card(backbone), choice, jobOptions(context)),
    async embed({ backbone, rows }, context) {
      const options = jobOptions(context);
      const model = await open(backbone, options);
      const { view } = model;
      const inputs: InputSource = {
        get slots() {
          return pixels.slots;
        },
        modelInput: (path, input, signal) => pixels.modelInput(path, input, signal, view),
      };
      const parts = { catalog: catalog(), inputs, model, withVectors: vectors.use };
      return held(() => embed(parts, { ...options, ...(rows ? { rows } : {}) }));
    },
    async embeddings({ ids, backbone }, { transfer }) {
      const card = await library.card(backbone);
      const key = await embeddingKey(card, await currentView());
      const { dim } = card.outputs.embedding;
      const { dataset, ids: present } = await catalog().embedded({ key, ids });
      const data = await vectors.use(dataset, key, dim, async (file) => file.readRows(present));
      transfer(data.buffer);
      return { ids: present, dim, data };
    },
    async trainPlan({ options }, context) {
      const parts = await trainParts(options.backbone, jobOptions(context));
      return held(() => planTrainingTime(parts, options));
    },
    async train({ options }, context) {
      const parts = await trainParts(options.backbone, jobOptions(context));
      return held(() => train(parts, { ...options, ...jobOptions(context) }));
    },
    async evaluate({ split, ids, backbone }, context) {
      const { signal } = context;
      const probe = await requireProbe(catalog(), backbone);
      const set = await catalog().trainingSet({ key: probe.embeddingKey });
      return vectors.use(set.dataset, probe.embeddingKey, probe.dim, (file) => {
        const device = scoringDevice(file, set.ids, () => engineOf(probe.backbone, jobOptions(context)));
        const some = { ...(split === undefined ? {} : { split }), ...(ids ? { ids } : {}) };
        return held(() => evaluateProbe(catalog(), probe, set, device, { ...some, signal }));
      });
    },
    async predictions({ ids, backbone }, context) {
      const probe = await requireProbe(catalog(), backbone);
      const { dataset, ids: present } = await catalog().embedded({ key: probe.embeddingKey, ids });
      const values = await vectors.use(dataset, probe.embeddingKey, probe.dim, (file) => {
        const device = scoringDevice(file, present, () => engineOf(probe.backbone, jobOptions(context)));
        return held(() => probabilities(probe, present, device, context.signal));
      });
      context.transfer(values.buffer);
      return { ids: present, classes: probe.classes.map((c) => c.name), probabilities: values };
    },
    async zeroShot({ path, top, backbone }, context) {
      const { signal } = context;
      const model = await open(backbone, jobOptions(context));
      if (!model.classes)
        throw new VitrineError('no-data', `${model.card.title} has no classes of its own. Choose a backbone that has.`);
      const { data } = await pixels.modelInput(path, model.card.input, signal, model.view);
      const { scores } = await model.run(data, 1, signal);
      const values = softmax(scores ?? new Float32Array());
      return model.classes
        .map((name, i) => ({ name, probability: values[i] ?? 0 }))
        .sort((a, b) => b.probability - a.probability)
        .slice(0, top);
    },
    exportProbe: async ({ backbone }) => exportProbe(catalog(), await requireProbe(catalog(), backbone)),
  };
}
