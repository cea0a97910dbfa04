// Importing: what the files could be, how one of them is read, and exactly what would change, before anything does.
import { createSignal, For, onCleanup, Show } from 'solid-js';
import type { Detection, FormatOptions } from '../../../formats/types.ts';
import type { ImportPlan, ImportPreference } from '../../../jobs/import/types.ts';
import { toVitrineError } from '../../../shared/errors.ts';
import { useSession } from '../../context.ts';
import controls from '../../ui/controls.module.css';
import { Dialog } from '../../ui/Dialog.tsx';
import { counted } from '../../ui/format.ts';
import { OptionsForm } from '../OptionsForm.tsx';
import styles from './Import.module.css';
import { PlanSummary } from './PlanSummary.tsx';

const planAfterMs = 250; // while an option is typed

export default function ImportDialog(props: { open: boolean; files: File[]; onClose(): void }) {
  return (
    <Dialog title="Import labels and metadata" shape="wide" open={props.open} onClose={props.onClose}>
      <ImportForm files={props.files} onClose={props.onClose} />
    </Dialog>
  );
}

/** One way to understand the files, with its options as they are now. */
interface Chosen {
  detection: Detection;
  options: FormatOptions;
}

function ImportForm(props: { files: File[]; onClose(): void }) {
  const { importing } = useSession();
  const [files, setFiles] = createSignal(props.files);
  const [found, setFound] = createSignal<Detection[] | null>(null);
  const [chosen, setChosen] = createSignal<Chosen | null>(null);
  const [plan, setPlan] = createSignal<ImportPlan | null>(null);
  const [percent, setPercent] = createSignal(0);
  const [problem, setProblem] = createSignal('');
  const [prefer, setPrefer] = createSignal<ImportPreference>('files');
  const [busy, setBusy] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let planning: AbortController | undefined;
  onCleanup(() => {
    clearTimeout(timer);
    planning?.abort();
  });

  const tell = (error: unknown): void => {
    const { code, message } = toVitrineError(error);
    if (code !== 'aborted') setProblem(message);
  };

  async function detect(given: File[]): Promise<void> {
    setFiles(given);
    setFound(null);
    try {
      const all = await importing.detect(given);
      setFound(all);
      const [best] = all;
      if (best) choose({ detection: best, options: best.options }, 0);
      else setChosen(null);
    } catch (error) {
      setFound([]);
      tell(error);
    }
  }

  function choose(next: Chosen, afterMs = planAfterMs): void {
    setChosen(next);
    clearTimeout(timer);
    timer = setTimeout(() => void makePlan(next), afterMs);
  }

  /** Shows what a choice would change, unless another one was made meanwhile. */
  async function makePlan({ detection, options }: Chosen): Promise<void> {
    planning?.abort();
    const own = new AbortController();
    planning = own;
    setPlan(null);
    setProblem('');
    setPercent(0);
    try {
      const made = await importing.plan(detection.format, options, {
        signal: own.signal,
        onProgress: ({ done }) => setPercent(done),
      });
      if (planning === own) setPlan(made);
    } catch (error) {
      if (planning === own) tell(error);
    }
  }

  async function commit(): Promise<void> {
    setBusy(true);
    const done = await importing.commit(prefer());
    setBusy(false);
    if (done) props.onClose();
  }

  void detect(props.files);

  return (
    <div class={styles.form}>
      <div class={styles.choice}>
        <Show when={found()} fallback={<p class={controls.dim}>Looking at the files…</p>}>
          {(all) => (
            <fieldset>
              <legend>What the files are</legend>
              <For
                each={all()}
                fallback={
                  <p>
                    No file beside the pictures tells labels or metadata in a way that Vitrine reads. Choose a file from
                    elsewhere: CSV, JSON, metadata.jsonl, Parquet or HDF5.
                  </p>
                }
              >
                {(one) => (
                  <label class={styles.option}>
                    <input
                      type="radio"
                      name="detection"
                      checked={chosen()?.detection === one}
                      onChange={() => choose({ detection: one, options: one.options }, 0)}
                    />
                    <span>
                      {one.title}
                      <small>{one.text}</small>
                    </span>
                  </label>
                )}
              </For>
            </fieldset>
          )}
        </Show>
        <label class={`${controls.line} ${styles.file}`}>
          {files().length === 0 ? 'Choose files…' : `${counted(files().length, 'file')} chosen. Others…`}
          <input
            class={controls.hidden}
            type="file"
            multiple
            onChange={(event) => void detect([...(event.currentTarget.files ?? [])])}
          />
        </label>
        <Show when={chosen()}>
          {(one) => (
            <OptionsForm
              title="How they are read"
              options={one().options}
              load={(options) => importing.options(one().detection.format, options)}
              onChange={(options) => choose({ detection: one().detection, options })}
            />
          )}
        </Show>
      </div>
      <div class={styles.outcome} aria-live="polite" aria-busy={chosen() !== null && !plan() && !problem()}>
        <Show when={problem()}>
          <p class={styles.problem}>{problem()}</p>
        </Show>
        <Show when={chosen() && !plan() && !problem()}>
          <p class={controls.dim}>
            Reading… <Show when={percent() > 0}>{percent()} %</Show>
          </p>
        </Show>
        <Show when={plan()}>
          {(made) => (
            <>
              <PlanSummary plan={made()} prefer={prefer()} onPrefer={setPrefer} />
              <div class={styles.actions}>
                <button
                  type="button"
                  class={controls.primary}
                  disabled={busy() || made().pictures === 0}
                  onClick={() => void commit()}
                >
                  Import {counted(made().pictures, 'picture')}
                </button>
                <button type="button" class={controls.line} onClick={() => props.onClose()}>
                  Cancel
                </button>
                <span class={controls.dim}>One step, which Undo takes back. No file is changed.</span>
              </div>
            </>
          )}
        </Show>
      </div>
    </div>
  );
}
