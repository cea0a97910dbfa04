// What an import would change: counts first, then classes, fields, the first pictures, what is left out, and where files and dataset differ.
import { For, Show } from 'solid-js';
import type { ImportPlan, ImportPreference } from '../../../jobs/import/types.ts';
import controls from '../../ui/controls.module.css';
import { count, counted } from '../../ui/format.ts';
import styles from './Import.module.css';
import { IssueTable } from './IssueTable.tsx';

/** Names of classes that are listed before '… and N more'. */
const listedClasses = 24;

export function PlanSummary(props: {
  plan: ImportPlan;
  prefer: ImportPreference;
  onPrefer(prefer: ImportPreference): void;
}) {
  const newClasses = (): number => props.plan.classes.filter((one) => one.isNew).length;
  return (
    <div class={styles.plan}>
      <p>
        <b>{counted(props.plan.found, 'record')}</b> found: {count(props.plan.imported)} imported,{' '}
        {props.plan.leftOut === 0 ? 'none left out' : `${count(props.plan.leftOut)} left out`}.
        <Show when={props.plan.pictures !== props.plan.imported || props.plan.untouched > 0}>
          {' '}
          They speak of {counted(props.plan.pictures, 'picture')}
          <Show when={props.plan.untouched > 0}>, and say nothing of {count(props.plan.untouched)}</Show>.
        </Show>
      </p>
      <dl class={styles.facts}>
        <Show when={props.plan.classes.length > 0}>
          <dt>Classes</dt>
          <dd>
            {counted(props.plan.classes.length, 'class')}
            <Show when={newClasses() > 0}>, {count(newClasses())} of them new</Show>;{' '}
            {counted(props.plan.labelled, 'picture')}{' '}
            {props.plan.multiLabel ? 'with one label or several' : 'with a label'}.{' '}
            <span class={controls.dim}>
              {props.plan.classes
                .slice(0, listedClasses)
                .map(
                  ({ name, id, title, pictures }) =>
                    `${id === undefined ? '' : `${id} `}${name}${title === undefined ? '' : ` ${title.split(',')[0]}`} (${count(pictures)})`,
                )
                .join(', ')}
              <Show when={props.plan.classes.length > listedClasses}>
                {' '}
                and {count(props.plan.classes.length - listedClasses)} more
              </Show>
            </span>
          </dd>
        </Show>
        <Show when={props.plan.splits.length > 0}>
          <dt>Splits</dt>
          <dd>{props.plan.splits.map(({ name, pictures }) => `${name} (${count(pictures)})`).join(', ')}</dd>
        </Show>
        <Show when={props.plan.fields.length > 0}>
          <dt>Fields</dt>
          <dd>
            <For each={props.plan.fields}>
              {({ field, from, values }, i) => (
                <>
                  {i() > 0 ? ', ' : ''}
                  {field.title}{' '}
                  <span class={controls.dim}>
                    ({typeWords[field.type]}, {count(values)}
                    {from ? `, “${from}” in the files` : ''})
                  </span>
                </>
              )}
            </For>
          </dd>
        </Show>
      </dl>
      <Show when={props.plan.notes.length > 0}>
        <ul class={styles.notes}>
          <For each={props.plan.notes}>{(note) => <li>{note}</li>}</For>
        </ul>
      </Show>
      <Preview plan={props.plan} />
      <Show when={props.plan.conflicts.total > 0}>
        <section>
          <h3>{counted(props.plan.conflicts.total, 'picture')} with another label here</h3>
          <div class={styles.sides}>
            <label class={styles.option}>
              <input
                type="radio"
                name="prefer"
                checked={props.prefer === 'files'}
                onChange={() => props.onPrefer('files')}
              />
              <span>The files are right</span>
            </label>
            <label class={styles.option}>
              <input
                type="radio"
                name="prefer"
                checked={props.prefer === 'present'}
                onChange={() => props.onPrefer('present')}
              />
              <span>Keep the labels that are here</span>
            </label>
          </div>
          <table class={styles.table}>
            <thead>
              <tr>
                <th>picture</th>
                <th>here</th>
                <th>in the files</th>
              </tr>
            </thead>
            <tbody>
              <For each={props.plan.conflicts.first.slice(0, 10)}>
                {(one) => (
                  <tr>
                    <td>{one.path}</td>
                    <td>{one.present.join(', ')}</td>
                    <td>{one.imported.join(', ') || 'no label'}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </section>
      </Show>
      <Show when={props.plan.leakage.total > 0}>
        <p class={styles.warning}>
          {counted(props.plan.leakage.total, 'picture')} in several splits, which makes every score on them too good:{' '}
          {props.plan.leakage.first
            .slice(0, 3)
            .map(({ path, splits }) => `${path} (${splits.join(', ')})`)
            .join('; ')}
          {props.plan.leakage.total > 3 ? '; …' : ''}. Each stays in the first.
        </p>
      </Show>
      <Show when={props.plan.issues.total > 0}>
        <IssueTable issues={props.plan.issues} />
      </Show>
    </div>
  );
}

const typeWords = {
  integer: 'whole numbers',
  number: 'numbers',
  boolean: 'yes or no',
  category: 'texts',
  text: 'texts',
  classes: 'lists of texts',
  date: 'dates',
  json: 'kept as JSON',
} as const;

/** The first pictures as they will be. */
function Preview(props: { plan: ImportPlan }) {
  const columns = (): string[] => [...new Set(props.plan.preview.flatMap((row) => Object.keys(row.fields)))];
  const some = (read: (row: ImportPlan['preview'][number]) => unknown): boolean =>
    props.plan.preview.some((row) => read(row) !== undefined);
  return (
    <Show when={props.plan.preview.length > 0}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section class={styles.scroll} tabIndex={0} aria-label="The first pictures">
        <table class={styles.preview}>
          <thead>
            <tr>
              <th>picture</th>
              <Show when={some((row) => row.split)}>
                <th>split</th>
              </Show>
              <Show when={some((row) => row.labels)}>
                <th>label</th>
              </Show>
              <Show when={some((row) => row.negatives)}>
                <th>known not to be</th>
              </Show>
              <For each={columns()}>{(name) => <th>{name}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={props.plan.preview}>
              {(row) => (
                <tr>
                  <td title={row.path}>{row.path}</td>
                  <Show when={some((one) => one.split)}>
                    <td>{row.split}</td>
                  </Show>
                  <Show when={some((one) => one.labels)}>
                    <td>{row.labels?.join(', ')}</td>
                  </Show>
                  <Show when={some((one) => one.negatives)}>
                    <td>{row.negatives?.join(', ')}</td>
                  </Show>
                  <For each={columns()}>{(name) => <td title={row.fields[name]}>{row.fields[name]}</td>}</For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </section>
    </Show>
  );
}
