// Assembles the session: workers, mirrored state and commands, as the one object that the interface and the scripting API use.
import { batch, createSignal } from 'solid-js';
import type { DatasetInfo, DatasetState, ViewInfo } from '../catalog/types.ts';
import type { ExportOptions, ExportResult } from '../jobs/export-types.ts';
import type { Evaluation } from '../learn/types.ts';
import { VitrineError } from '../shared/errors.ts';
import {
  ensurePermission,
  handleOf,
  looseFiles,
  pickDirectory,
  pickZip,
  sourceFromInput,
  sourcesFromDrop,
  wayBackTo,
} from '../source/pick.ts';
import type { SourceRef } from '../source/types.ts';
import { createComparing } from './comparing.ts';
import { createDeepView } from './deep-view.ts';
import { createEditing } from './editing.ts';
import { followWorkers } from './events.ts';
import { createFilterSets } from './filter-sets.ts';
import { createImporting } from './importing.ts';
import { createJobs } from './jobs.ts';
import { createKeeping } from './keeping.ts';
import { createLearning } from './learning.ts';
import { createLooking } from './looking.ts';
import { createNotices } from './notices.ts';
import { createPictures } from './pictures.ts';
import { createPlaceKeeper } from './place.ts';
import { createRangeHint } from './range-hint.ts';
import { createRowWindow } from './row-window.ts';
import { createSelection } from './selection.ts';
import { createSettings } from './settings.ts';
import { createShell } from './shell.ts';
import type { Place, Session } from './types.ts';
import type { Workers } from './workers.ts';
import { createZipNames } from './zip-names.ts';

/** Files that can tell labels and metadata of the dataset that is open. */
const importable = /\.(csv|tsv|txt|json|jsonl|ndjson|ya?ml|parquet|h5|hdf5|mat)$/i;

/** Builds the session on started workers; call inside a Solid root. */
export function createSession(workers: Workers): Session & { readonly workers: Workers } {
  const { catalog } = workers;
  const [dataset, setDataset] = createSignal<DatasetState | null>(null);
  const [recent, setRecent] = createSignal<DatasetInfo[]>([]);
  const [opening, setOpening] = createSignal(false);
  const [place, setPlace] = createSignal<Place>('browse');
  const [view, setView] = createSignal<ViewInfo | null>(null);
  let source: SourceRef | null = null;

  const notices = createNotices();
  const settings = createSettings();
  const jobs = createJobs((id, paused) => {
    const pausing = id === 'details' ? catalog.pauseDetails({ paused }) : catalog.pauseScan({ paused });
    pausing.catch(notices.fail);
  });
  const shell = createShell(() => jobs.jobs().some((job) => job.state === 'running'));
  const selection = createSelection(
    (from, to) => catalog.ids({ view: view()?.view ?? 0, from, to }),
    () => view()?.count ?? 0,
  );
  const window = createRowWindow((id, from, to, signal) => catalog.rows({ view: id, from, to }, { signal }), view);
  const pictures = createPictures(workers.pictures, (facts) => void catalog.reportFacts({ facts }).catch(notices.fail));
  const deep = createDeepView({ catalog, workers, notices, onOther: pictures.clear, dataset, setDataset });
  const looking = createLooking(
    {
      catalog,
      notices,
      rowAt: (position) => window.row(position),
      refreshWindow: window.refresh,
      onPlace: () => placeKeeper.soon(),
    },
    view,
    setView,
  );
  const editing = createEditing({
    catalog,
    notices,
    selection,
    dataset,
    cursorRow: () => window.row(looking.cursor()),
  });
  const importing = createImporting({ catalog, jobs, notices, dataset, undo: editing.undo });
  const learning = createLearning({ catalog, model: workers.model, jobs, notices, dataset, onTrained });

  function onTrained(evaluation: Evaluation): void {
    const best =
      Object.entries(evaluation.splits).find(([, split]) => !split.outOfFold) ?? Object.entries(evaluation.splits)[0];
    const accuracy = best ? ` ${(100 * best[1].top1_acc_micro).toFixed(1)} % of ${best[0]} right.` : '';
    notices.notify({
      tone: 'good',
      text: `Probe trained on ${evaluation.trainedOn.samples.toLocaleString('en')} pictures.${accuracy}`,
    });
  }

  const keeping = createKeeping({ catalog, notices, dataset, view, pictures, thumbnail: workers.pictures.thumbnail });

  const placeKeeper = createPlaceKeeper({
    catalog,
    notices,
    dataset,
    now: () => ({
      query: looking.query(),
      cursor: window.row(looking.cursor())?.id ?? null,
      place: place(),
      filterSets: filterSets.sets(),
      ...(rangeHint.refused() ? { rangeRefused: true } : {}),
    }),
  });

  const filterSets = createFilterSets(notices, placeKeeper.save);

  const rangeHint = createRangeHint({
    catalog,
    dataset,
    facets: looking.facets,
    readingHeaders: () => jobs.jobs().some((job) => job.kind === 'details' && job.state === 'running'),
    full: pictures.full,
    setDeepView: deep.setDeepView,
    remember: placeKeeper.save,
  });

  followWorkers({ workers, notices, dataset, setDataset, deep, pictures, keeping, importing, jobs, looking, learning });

  const zipNames = createZipNames({
    report: () => catalog.zipReport({}),
    notices,
    async reopen(ref) {
      await openSources(ref);
      await catalog.rescan({});
    },
  });

  const refreshRecent = async (): Promise<unknown> => setRecent(await catalog.recent({}));

  /** Shows an opened dataset where the person left it. */
  async function show(state: DatasetState, ref: SourceRef | null): Promise<void> {
    source = ref;
    deep.follow(state);
    pictures.clear();
    selection.clear();
    const saved = await placeKeeper.saved();
    await workers.openPixels(state.permission === 'granted' ? ref : null, state.id);
    await looking.start(saved?.query ?? {});
    batch(() => {
      setDataset(state);
      setPlace(saved?.place ?? 'browse');
      filterSets.load(saved?.filterSets ?? []);
      rangeHint.load(saved?.rangeRefused ?? false);
    });
    if (saved?.cursor != null) looking.setCursor(Math.max(0, await looking.positionOf(saved.cursor)));
    if (state.permission !== 'granted') await keeping.show(looking.cursor());
    else if (state.scan.state === 'done') {
      keeping.cover();
      void importing.look().catch(notices.fail);
    }
    await learning.refreshEvaluations();
    void learning.refreshBackbones().catch(notices.fail);
    void zipNames.look(state.permission === 'granted' ? ref : null).catch(notices.fail);
  }

  async function opens(work: () => Promise<{ state: DatasetState; ref: SourceRef | null } | null>): Promise<void> {
    setOpening(true);
    try {
      // asked in the page, because workers may not ask; Chromium answers without a prompt, and a no is shown, not fatal
      await navigator.storage.persist();
      const opened = await work();
      if (opened) await show(opened.state, opened.ref);
    } catch (error) {
      notices.fail(error);
    } finally {
      setOpening(false);
    }
  }

  async function closeQuietly(): Promise<void> {
    await keeping.screen();
    looking.stop();
    jobs.clear();
    setDataset(null);
    await catalog.close({});
  }

  const openSources = (ref: SourceRef): Promise<void> =>
    opens(async () => {
      if (dataset()) await closeQuietly();
      const state = await catalog.open({ source: ref });
      return { state, ref: ref.kind === 'zip' ? await catalog.source({}) : ref }; // a zip's with what was chosen for its names
    });

  void refreshRecent().catch(notices.fail);

  return {
    workers,
    settings,
    shell,
    selection,
    window,
    pictures,
    dataset,
    recent,
    opening,
    openSources,
    async openFolder() {
      try {
        const picked = await pickDirectory();
        if (picked) await openSources(picked);
      } catch (error) {
        notices.fail(error);
      }
    },
    async openZip() {
      try {
        const picked = await pickZip();
        if (picked) await openSources(picked);
      } catch (error) {
        notices.fail(error);
      }
    },
    async openDropped(data, onImport) {
      try {
        const dropped = await sourcesFromDrop(data);
        if (dropped.kind === 'source') await openSources(dropped.source);
        else if (dropped.files.some((file) => /\.onnx$|^(card|config|preprocessor_config)\.json$/i.test(file.name)))
          await learning.addBackbone(dropped.files);
        else if (dataset() && dropped.files.some((file) => importable.test(file.name))) onImport(dropped.files);
        else throw looseFiles(dropped.files);
      } catch (error) {
        notices.fail(error);
      }
    },
    async openFiles(files) {
      const chosen = sourceFromInput(files);
      if (chosen) await openSources(chosen);
    },
    openRecent: (info) =>
      opens(async () => {
        // both ask the person, because the browser wants the click that led here; a script has none and gets the labels without the pictures
        const asks = info.restored && info.kind === 'directory' && !info.handle && navigator.userActivation.isActive;
        const chosen = asks ? await pickDirectory() : undefined;
        if (chosen === null) return null;
        const ref = wayBackTo(info);
        const handle = ref && handleOf(ref);
        if (handle) await ensurePermission(handle, 'read');
        if (dataset()) await closeQuietly();
        if (chosen) return { state: await catalog.open({ source: chosen, dataset: info.id }), ref: chosen };
        return { state: await catalog.open({ dataset: info.id }), ref };
      }),
    openSample: () =>
      opens(async () => {
        const answer = await fetch('./sample.zip');
        if (!answer.ok)
          throw new VitrineError('network', 'The sample could not be loaded. Connect once, then it works offline.');
        if (dataset()) await closeQuietly();
        const handle = await catalog.unpack({ zip: await answer.blob(), into: 'sample' });
        const ref: SourceRef = { kind: 'directory', handle };
        return { state: await catalog.open({ source: ref }), ref };
      }),
    async askPermission() {
      try {
        const handle = source && handleOf(source);
        if (!source || !handle || (await ensurePermission(handle, 'read')) !== 'granted') return;
        const state = await catalog.permitted({});
        setDataset(state);
        await workers.openPixels(source, state.id);
        pictures.clear();
        looking.refresh();
        void zipNames.look(source).catch(notices.fail);
      } catch (error) {
        notices.fail(error);
      }
    },
    async takeOver() {
      try {
        setDataset(await catalog.takeOver({}));
      } catch (error) {
        notices.fail(error);
      }
    },
    async forget(info) {
      try {
        await catalog.forget({ dataset: info.id });
        await refreshRecent();
      } catch (error) {
        notices.fail(error);
      }
    },
    async close() {
      await closeQuietly();
      await refreshRecent();
    },
    async rescan() {
      try {
        const report = await catalog.rescan({});
        notices.notify({
          tone: 'plain',
          text: `${report.found.toLocaleString('en')} files: ${report.added} added, ${report.removed} removed, ${report.changed} changed.`,
        });
      } catch (error) {
        notices.fail(error);
      }
    },
    async setLayout(layout) {
      try {
        setDataset(await catalog.setLayout({ layout }));
      } catch (error) {
        notices.fail(error);
      }
    },
    zipNames,
    leftOut: (from, to) => catalog.leftOut({ from, to }),
    leftOutCsv: () => catalog.leftOutCsv({}),
    findDuplicates: createComparing({ catalog, jobs, notices, dataset, setPlace, setQuery: looking.setQuery }),

    place,
    goTo(next) {
      setPlace(next);
      placeKeeper.soon();
    },
    query: looking.query,
    view,
    facets: looking.facets,
    setQuery: looking.setQuery,
    setCondition: looking.setCondition,
    condition: looking.condition,
    clearFilters: looking.clearFilters,
    filterSets: filterSets.sets,
    keepFilters: filterSets.keep,
    forgetFilters: filterSets.forget,
    setSort: looking.setSort,
    setGroup: looking.setGroup,
    cursor: looking.cursor,
    setCursor: looking.setCursor,
    sample: looking.sample,
    positionOf: looking.positionOf,

    ...editing,
    setDeepView: deep.setDeepView,
    rangeHint,

    backbones: learning.backbones,
    gallery: learning.gallery,
    backbone: learning.backbone,
    useBackbone: learning.useBackbone,
    addBackbone: learning.addBackbone,
    download: learning.download,
    removeBackbone: learning.removeBackbone,
    device: learning.device,
    chooseDevice: learning.chooseDevice,
    embed: learning.embed,
    trainPlan: learning.trainPlan,
    train: learning.train,
    evaluations: learning.evaluations,
    compare: learning.compare,
    labelIssues: learning.labelIssues,
    bars: learning.bars,
    exportProbe: learning.exportProbe,

    importing,
    exportSystems: () => catalog.exportSystems({}),
    exportSystemOptions: (system, options) => catalog.exportSystemOptions({ system, options }),
    exportPlan: (options: ExportOptions) => catalog.exportPlan({ options }),
    async exportWrite(options, target): Promise<ExportResult | null> {
      if (target === 'dataset') {
        if (source?.kind !== 'directory' || (await ensurePermission(source.handle, 'readwrite')) !== 'granted') {
          notices.notify({
            tone: 'bad',
            text: 'The browser does not let Vitrine write into this folder. Download the files instead.',
          });
          return null;
        }
      }
      return jobs.run({
        kind: 'export',
        title: 'Saving',
        resumable: false,
        work: (jobOptions) => catalog.exportWrite({ options, target }, jobOptions),
      });
    },

    jobs: jobs.jobs,
    showJob: (job, options = {}) => jobs.show(job, options),
    pauseJob: jobs.pause,
    cancelJob: jobs.cancel,
    dismissJob: jobs.dismiss,
    notices: notices.notices,
    notify: notices.notify,
    dismiss: notices.dismiss,
    announcement: notices.announcement,
  };
}
