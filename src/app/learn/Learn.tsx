// The learn screen: what is trained on what, how good it is, and which classes are confused. Every number is a door to its pictures.
import { createMemo, createSignal, Match, Show, Switch } from 'solid-js';
import type { Evaluation } from '../../learn/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { counted } from '../ui/format.ts';
import { usePanels } from '../ui/panels.ts';
import { Beside } from './Beside.tsx';
import { Cards } from './Cards.tsx';
import { ClassTable } from './ClassTable.tsx';
import { CompareTable } from './CompareTable.tsx';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import styles from './Learn.module.css';
import { LearnBar } from './LearnBar.tsx';
import { PathChart } from './PathChart.tsx';
import { judgedSplit } from './words.ts';

/** The whole screen between rail and edge: controls, results, and the pictures of the chosen cell. */
export default function Learn() {
  const session = useSession();
  const latest = createMemo(() => session.evaluations()[0]);
  return (
    <div class={styles.learn}>
      <LearnBar />
      <Show when={latest()} fallback={<Empty />}>
        {(evaluation) => <Results evaluation={evaluation()} />}
      </Show>
    </div>
  );
}

function Results(props: { evaluation: Evaluation }) {
  const session = useSession();
  const [chosen, setChosen] = createSignal<string>();
  const split = () => chosen() ?? judgedSplit(props.evaluation);
  const result = () => props.evaluation.splits[split()];
  const stale = (): number => session.dataset()?.probe?.editsSince ?? 0;

  return (
    <div class={styles.results}>
      <div class={styles.scroll}>
        <Show when={stale() > 0}>
          <p class={styles.stale}>{counted(stale(), 'edit')} since this training. Train again to see their effect.</p>
        </Show>
        <Cards evaluation={props.evaluation} split={split()} onSplit={setChosen} />
        <Show when={result()}>
          {(metrics) => (
            <div class={styles.pair}>
              <ClassTable metrics={metrics()} split={split()} />
              <Show when={metrics().labels === undefined} fallback={<SeveralNote outOfFold={metrics().outOfFold} />}>
                <div>
                  <ConfusionMatrix metrics={metrics()} classes={props.evaluation.classes} split={split()} />
                  <p class={styles.caption}>
                    Rows: label. Columns: prediction. Click a cell to see its pictures.
                    <Show when={metrics().outOfFold}>
                      {' '}
                      These samples were trained on, so each was judged by a probe that had not seen it.
                    </Show>
                  </p>
                </div>
              </Show>
            </div>
          )}
        </Show>
        <PathChart evaluation={props.evaluation} />
        <CompareTable />
      </div>
      <Beside />
    </div>
  );
}

/** What the numbers mean where a picture may have several labels: there is no confusion of one class with another. */
function SeveralNote(props: { outOfFold: boolean }) {
  return (
    <p class={styles.caption}>
      Pictures have several labels, so each class is a question of its own: yes when its probability is above one half.
      What nobody has said of a picture is not counted.
      <Show when={props.outOfFold}>
        {' '}
        These samples were trained on, so each was judged by a probe that had not seen it.
      </Show>
    </p>
  );
}

/** Says what is missing before there can be a probe, and offers just that. */
function Empty() {
  const session = useSession();
  const panels = usePanels();
  const state = session.dataset;
  const embedded = () => session.dataset()?.embeddings.find((e) => e.backbone === session.backbone());
  const running = (): boolean =>
    session.jobs().some((job) => job.state === 'running' && (job.kind === 'embed' || job.kind === 'train'));

  return (
    <div class={styles.empty}>
      <Switch>
        <Match when={running()}>
          <p>Working. The results appear here; you can go on browsing meanwhile.</p>
        </Match>
        <Match when={(embedded()?.have ?? 0) === 0}>
          <p>A probe learns from embeddings: one list of numbers a picture, made once by the backbone.</p>
          <div class={styles.row}>
            <button type="button" class={controls.primary} onClick={() => void session.embed()}>
              Embed {counted(state()?.size ?? 0, 'picture')}
            </button>
            <button type="button" class={controls.line} onClick={() => panels.show({ kind: 'settings' })}>
              Choose a backbone
            </button>
          </div>
        </Match>
        <Match when={(state()?.labelled ?? 0) === 0}>
          <p>
            No picture has a label yet. Select some of each class in Browse, press L and name the class; two classes
            with a few pictures each are enough to begin.
          </p>
          <button type="button" class={controls.primary} onClick={() => session.goTo('browse')}>
            Label in Browse
          </button>
        </Match>
        <Match when={true}>
          <p>
            {counted(embedded()?.have ?? 0, 'picture')} embedded, {counted(state()?.labelled ?? 0, 'picture')} labelled.
            A probe takes seconds.
          </p>
          <button type="button" class={controls.primary} onClick={() => void session.train({})}>
            Train
          </button>
        </Match>
      </Switch>
    </div>
  );
}
