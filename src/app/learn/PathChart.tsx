// The path over C: accuracy of each value that was tried, the chosen one marked.
import { For, Show } from 'solid-js';
import type { Evaluation } from '../../learn/types.ts';
import styles from './Learn.module.css';
import { judges, percent, shortC } from './words.ts';

/** Height of a bar in percent of the chart: the scores of a path lie close together, so the axis starts below the lowest. */
function height(score: number, scores: number[]): number {
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  return high > low ? 15 + (85 * (score - low)) / (high - low) : 100;
}

export function PathChart(props: { evaluation: Evaluation }) {
  const scores = (): number[] => props.evaluation.path.map((point) => point.score);
  return (
    <Show when={props.evaluation.path.length > 1}>
      <figure class={styles.path}>
        <figcaption>
          Accuracy on {judges(props.evaluation)} by C: {percent(Math.min(...scores()))} to{' '}
          {percent(Math.max(...scores()))}
        </figcaption>
        <div class={styles.bars} aria-hidden="true">
          <For each={props.evaluation.path}>
            {(point) => (
              <span
                data-chosen={point.C === props.evaluation.C}
                title={`C = ${shortC(point.C)}: ${percent(point.score)}, ${point.iterations} iterations`}
                style={{ height: `${height(point.score, scores())}%` }}
              />
            )}
          </For>
        </div>
        <div class={styles.ends}>
          <span>C = {shortC(props.evaluation.path[0]?.C ?? 0)}</span>
          <span>{shortC(props.evaluation.path.at(-1)?.C ?? 0)}</span>
        </div>
      </figure>
    </Show>
  );
}
