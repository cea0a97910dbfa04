// The controls of training: backbone, split, C, and the button that starts it, with its cost said first.
import Play from 'lucide-solid/icons/play';
import { createSignal, For, Show } from 'solid-js';
import type { TrainPlan } from '../../client/types.ts';
import type { TrainOptions } from '../../learn/types.ts';
import { toVitrineError } from '../../shared/errors.ts';
import { useSession } from '../context.ts';
import { titleOfBackbone } from '../ui/backbone.ts';
import controls from '../ui/controls.module.css';
import { Dialog } from '../ui/Dialog.tsx';
import { count, counted } from '../ui/format.ts';
import { usePanels } from '../ui/panels.ts';
import styles from './Learn.module.css';
import { duration } from './words.ts';

/** Longer training than this is asked about before it starts. */
const askFromSeconds = 60;

export function LearnBar() {
  const session = useSession();
  const panels = usePanels();
  const [trainSplit, setTrainSplit] = createSignal('');
  const [C, setC] = createSignal('auto');
  const [long, setLong] = createSignal<TrainPlan | null>(null);

  const options = (): TrainOptions => ({
    C: C() === 'auto' ? 'auto' : Number(C()),
    ...(trainSplit() ? { trainSplit: trainSplit() } : {}),
  });
  const running = (): boolean => session.jobs().some((job) => job.kind === 'train' && job.state === 'running');
  const embedded = (): boolean =>
    (session.dataset()?.embeddings.find((e) => e.backbone === session.backbone())?.have ?? 0) > 0;

  async function start(): Promise<void> {
    try {
      const plan = await session.trainPlan(options());
      if (plan.seconds > askFromSeconds) setLong(plan);
      else await session.train(options());
    } catch (error) {
      session.notify({ tone: 'bad', text: toVitrineError(error).message });
    }
  }

  function confirm(subsample?: number): void {
    setLong(null);
    void session.train({ ...options(), ...(subsample ? { subsample } : {}) });
  }

  return (
    <div class={styles.bar}>
      <label class={styles.control}>
        train on{' '}
        <select
          class={controls.field}
          value={trainSplit()}
          onChange={(event) => setTrainSplit(event.currentTarget.value)}
        >
          <option value="">{session.dataset()?.splits.includes('train') ? 'train' : 'all labelled'}</option>
          <For each={session.dataset()?.splits.filter((name) => name !== 'train')}>
            {(name) => <option value={name}>{name}</option>}
          </For>
        </select>
      </label>
      <label class={styles.control}>
        C{' '}
        <select
          class={controls.field}
          value={C()}
          title="Inverse strength of the penalty on the weights; auto tries several and keeps the best"
          onChange={(event) => setC(event.currentTarget.value)}
        >
          <For each={['auto', '0.001', '0.01', '0.1', '1', '10', '100']}>
            {(value) => <option value={value}>{value}</option>}
          </For>
        </select>
      </label>
      <button
        type="button"
        class={controls.button}
        title="Backbone and device"
        onClick={() => panels.show({ kind: 'settings' })}
      >
        {titleOfBackbone(session, session.backbone())}
      </button>
      <span class={styles.grow} />
      <Show when={session.dataset()?.access !== 'reader'}>
        <button type="button" class={controls.line} disabled={running() || !embedded()} onClick={() => void start()}>
          <Play /> {session.evaluations().length > 0 ? 'Train again' : 'Train'}
        </button>
      </Show>
      <Dialog title="This takes a while" open={long() !== null} onClose={() => setLong(null)}>
        <Show when={long()}>
          {(plan) => (
            <div class={styles.ask}>
              <p>
                Training on {counted(plan().samples, 'picture')} in {counted(plan().classes, 'class')}, with out-of-fold
                predictions for finding wrong labels, takes about {duration(plan().seconds)} on this computer. You can
                browse and label meanwhile.
              </p>
              <div class={styles.row}>
                <button type="button" class={controls.primary} onClick={() => confirm()}>
                  Train on all
                </button>
                <Show when={plan().subsample}>
                  {(subsample) => (
                    <button type="button" class={controls.line} onClick={() => confirm(subsample())}>
                      Use {count(subsample())}, under a minute
                    </button>
                  )}
                </Show>
              </div>
            </div>
          )}
        </Show>
      </Dialog>
    </div>
  );
}
