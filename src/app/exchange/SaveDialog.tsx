// Saving: which file, of which pictures, and exactly what will be written before anything is.
import { createSignal, Match, onCleanup, Show, Switch } from 'solid-js';
import type { ExportPlan, ExportResult } from '../../jobs/export-types.ts';
import { toVitrineError, VitrineError } from '../../shared/errors.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { Dialog } from '../ui/Dialog.tsx';
import { download } from '../ui/download.ts';
import { counted } from '../ui/format.ts';
import { ChoiceForm } from './ChoiceForm.tsx';
import { type Choice, downloadName, optionsOf } from './choice.ts';
import { PlanView } from './PlanView.tsx';
import { ProbeExport } from './ProbeExport.tsx';
import styles from './SaveDialog.module.css';
import { Written } from './Written.tsx';

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
    system: null,
    filtered: false,
    files: (session.dataset()?.splits.length ?? 0) > 0 ? 'per-split' : 'one',
    prefix: '',
    predictions: false,
    probabilities: false,
    place: (session.dataset()?.proposal?.layout.splitLevel ?? null) === 0 ? 'split-folders' : 'root',
    labelKey: 'label',
    fields: [],
    person: false,
  });
  const [plan, setPlan] = createSignal<ExportPlan | null>(null);
  const [problem, setProblem] = createSignal('');
  const [result, setResult] = createSignal<ExportResult | null>(null);
  const [busy, setBusy] = createSignal(false);

  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  /** Shows what a choice would write, unless another choice was made meanwhile. */
  async function makePlan(chosen: Choice): Promise<void> {
    if (chosen.what === 'probe') return;
    const made = await session.exportPlan(optionsOf(chosen, session.query())).catch(toVitrineError);
    if (choice() !== chosen) return;
    setPlan(made instanceof VitrineError ? null : made);
    setProblem(made instanceof VitrineError ? made.message : '');
  }

  function choose(next: Choice): void {
    setChoice(next);
    clearTimeout(timer);
    timer = setTimeout(() => void makePlan(next), planAfterMs);
  }
  void makePlan(choice());

  async function write(target: 'dataset' | 'blobs'): Promise<void> {
    setBusy(true);
    const written = await session.exportWrite(optionsOf(choice(), session.query()), target);
    setBusy(false);
    if (!written) return;
    for (const file of written.files) if (file.blob) download(file.blob, downloadName(file.path));
    setResult(written);
  }

  return (
    <Show
      when={!result()}
      fallback={<Show when={result()}>{(done) => <Written result={done()} onClose={props.onClose} />}</Show>}
    >
      <div class={styles.form}>
        <ChoiceForm choice={choice()} onChange={choose} />
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
