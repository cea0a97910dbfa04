// What an import leaves out or notes: counted by reason, the first ones by file and line, all of them as a file.
import { createSignal, For, Show } from 'solid-js';
import type { ImportPlan } from '../../../jobs/import/types.ts';
import { toVitrineError } from '../../../shared/errors.ts';
import { useSession } from '../../context.ts';
import controls from '../../ui/controls.module.css';
import { download } from '../../ui/download.ts';
import { count, counted } from '../../ui/format.ts';
import styles from './Import.module.css';

const shownIssues = 20;

export function IssueTable(props: { issues: ImportPlan['issues'] }) {
  const { importing } = useSession();
  const [problem, setProblem] = createSignal('');
  const place = ({ file, line, column }: ImportPlan['issues']['first'][number]): string =>
    [file, line, column].filter((part) => part !== undefined).join(':');
  const save = (): void => {
    importing.issues().then(
      (csv) => download(csv, 'import-issues.csv'),
      (error: unknown) => setProblem(toVitrineError(error).message),
    );
  };
  return (
    <section>
      <h3>{counted(props.issues.total, 'thing')} to know</h3>
      <p class={controls.dim}>
        {Object.entries(props.issues.byReason)
          .sort(([, a], [, b]) => b - a)
          .map(([reason, n]) => `${reason.replaceAll('-', ' ')} ${count(n)}`)
          .join(', ')}{' '}
        <button type="button" class={controls.line} onClick={save}>
          Download all as CSV
        </button>{' '}
        {problem()}
      </p>
      <table class={styles.table}>
        <tbody>
          <For each={props.issues.first.slice(0, shownIssues)}>
            {(issue) => (
              <tr>
                <td class={styles.where}>{place(issue)}</td>
                <td>
                  {issue.text}
                  <Show when={issue.path}>
                    {' '}
                    <span class={controls.dim}>{issue.path}</span>
                  </Show>
                </td>
                <td class={controls.dim}>{issue.kind === 'left-out' ? 'left out' : 'noted'}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  );
}
