// The probe as files: ONNX and card, downloaded together.
import { createSignal, Show } from 'solid-js';
import { toVitrineError } from '../../shared/errors.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { download } from '../ui/download.ts';
import styles from './SaveDialog.module.css';

export function ProbeExport() {
  const session = useSession();
  const [problem, setProblem] = createSignal('');

  async function save(): Promise<void> {
    try {
      const { onnx, card } = await session.exportProbe();
      download(onnx, 'probe.onnx');
      download(card, 'card.json');
    } catch (error) {
      setProblem(toVitrineError(error).message);
    }
  }

  return (
    <Show
      when={session.dataset()?.probe}
      fallback={<p class={styles.problem}>There is no probe yet. Embed and train first; it takes a minute.</p>}
    >
      {(probe) => (
        <div class={styles.plan}>
          <p>
            <b>probe.onnx</b> takes embeddings of {probe().backbone}, <code>[N, D]</code>, and gives <code>logits</code>{' '}
            and <code>probabilities</code>. <b>card.json</b> names the classes in order and the backbone they belong to.
          </p>
          <Show when={problem()}>
            <p class={styles.problem}>{problem()}</p>
          </Show>
          <div class={styles.actions}>
            <button type="button" class={controls.primary} onClick={() => void save()}>
              Download 2 files
            </button>
          </div>
        </div>
      )}
    </Show>
  );
}
