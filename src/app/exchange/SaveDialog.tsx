// Saving: which file, of which pictures, and exactly what will be written before anything is.
import { createEffect, createSignal, For, Match, on, onCleanup, Show, Switch } from 'solid-js';
import type { ExportPlan, ExportResult } from '../../jobs/export-types.ts';
import { toVitrineError } from '../../shared/errors.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { Dialog } from '../ui/Dialog.tsx';
import { download } from '../ui/download.ts';
import { counted } from '../ui/format.ts';
import { ChoiceForm } from './ChoiceForm.tsx';
import { type Choice, optionsOf } from './choice.ts';
import { PlanView } from './PlanView.tsx';
import { ProbeExport } from './ProbeExport.tsx';
import styles from './SaveDialog.module.css';

const planAfterMs = 200; // while a prefix is typed

export default function SaveDialog(props: { open: boolean; onClose(): void }) {
  return (
    <Dialog title="Save" shape="wide" open={props.open} onClose={props.onClose}>
      <SaveForm onClose={props.onClose} />
    </Dialog>
  );
}

function SaveForm(props: { onClose(): void }) {
  const session = useSession();
  const [choice, setChoice] = createSignal<Choice>({
    what: 'csv',
    filtered: false,
    files: (session.dataset()?.splits.length ?? 0) > 0 ? 'per-split' : 'one',
    prefix: '',
    predictions: false,
    probabilities: false,
    place: (session.dataset()?.proposal?.layout.splitLevel ?? null) === 0 ? 'split-folders' : 'root',
    labelKey: 'label',
  });
  const [plan, setPlan] = createSignal<ExportPlan | null>(null);
  const [problem, setProblem] = createSignal('');
  const [result, setResult] = createSignal<ExportResult | null>(null);
  const [busy, setBusy] = createSignal(false);

  // the plan is made by the catalog worker, again after every change: outside of Solid
  createEffect(
    on(choice, (chosen) => {
      if (chosen.what === 'probe') return;
      let wanted = true;
      const timer = setTimeout(() => {
        session.exportPlan(optionsOf(chosen, session.query())).then(
          (made) => {
            if (!wanted) return;
            setPlan(made);
            setProblem('');
          },
          (error: unknown) => {
            if (!wanted) return;
            setPlan(null);
            setProblem(toVitrineError(error).message);
          },
        );
      }, planAfterMs);
      onCleanup(() => {
        wanted = false;
        clearTimeout(timer);
      });
    }),
  );

  async function write(target: 'dataset' | 'blobs'): Promise<void> {
    setBusy(true);
    const written = await session.exportWrite(optionsOf(choice(), session.query()), target);
    setBusy(false);
    if (!written) return;
    for (const file of written.files) if (file.blob) download(file.blob, file.path.replaceAll('/', '-'));
    setResult(written);
  }

  return (
    <Show when={!result()} fallback={<Written result={result()} onClose={props.onClose} />}>
      <div class={styles.form}>
        <ChoiceForm choice={choice()} onChange={setChoice} />
        <div class={styles.outcome}>
          <Switch>
            <Match when={choice().what === 'probe'}>
              <ProbeExport />
            </Match>
            <Match when={problem()}>
              <p class={styles.problem}>{problem()}</p>
            </Match>
            <Match when={plan()}>
              {(made) => (
                <>
                  <PlanView plan={made()} />
                  <div class={styles.actions}>
                    <Show when={session.dataset()?.writable}>
                      <button
                        type="button"
                        class={controls.primary}
                        disabled={busy() || made().files.length === 0}
                        onClick={() => void write('dataset')}
                      >
                        Save into the folder
                      </button>
                    </Show>
                    <button
                      type="button"
                      class={session.dataset()?.writable ? controls.line : controls.primary}
                      disabled={busy() || made().files.length === 0}
                      onClick={() => void write('blobs')}
                    >
                      Download {counted(made().files.length, 'file')}
                    </button>
                    <span class={controls.dim}>Your pictures are never changed.</span>
                  </div>
                </>
              )}
            </Match>
          </Switch>
        </div>
      </div>
    </Show>
  );
}

/** What was written, and what it replaced. */
function Written(props: { result: ExportResult | null; onClose(): void }) {
  return (
    <div class={styles.written}>
      <For each={props.result?.files}>
        {(file) => (
          <p>
            <b>{file.path}</b> {file.blob ? 'downloaded' : 'saved'} with {counted(file.rows, 'row')}.
            <Show when={file.backup}> The file that was there is kept as {file.backup}.</Show>
          </p>
        )}
      </For>
      <Show when={props.result?.snippet}>
        {(snippet) => (
          <>
            <p class={controls.dim}>For LightlyTrain, paste this as its data argument:</p>
            <pre class={styles.preview}>{snippet()}</pre>
          </>
        )}
      </Show>
      <div>
        <button type="button" class={controls.primary} onClick={() => props.onClose()}>
          Done
        </button>
      </div>
    </div>
  );
}
