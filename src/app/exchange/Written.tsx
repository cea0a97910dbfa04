// What was written: each file, what it replaced, where a download belongs, and what to paste into the tool that reads it.
import { For, Show } from 'solid-js';
import type { ExportResult } from '../../jobs/export-types.ts';
import { directoryOf, nameOf } from '../../shared/paths.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { count, counted } from '../ui/format.ts';
import { downloadName } from './choice.ts';
import styles from './SaveDialog.module.css';

export function Written(props: { result: ExportResult; onClose(): void }) {
  const session = useSession();
  const folder = (path: string): string => [session.dataset()?.name, directoryOf(path)].filter(Boolean).join('/');
  const downloaded = (): boolean => props.result.files.some((file) => file.blob);
  const renamed = (): boolean => props.result.files.some((file) => file.blob && downloadName(file.path) !== file.path);

  return (
    <div class={styles.written}>
      <Show when={downloaded()} fallback={<SavedFiles result={props.result} />}>
        <p>
          The browser put {props.result.files.length === 1 ? 'it' : 'them'} with its downloads.
          {renamed()
            ? ' Downloads of one name would overwrite each other, so each bears its folder’s name: move it to where it belongs and give it its name back.'
            : ' The paths in it begin at the dataset’s folder.'}
        </p>
        <table class={styles.files}>
          <thead>
            <tr>
              <th>downloaded as</th>
              <th>rows</th>
              <th>belongs to</th>
              <th>under the name</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.result.files}>
              {(file) => (
                <tr>
                  <td>
                    <b>{downloadName(file.path)}</b>
                  </td>
                  <td>{count(file.rows)}</td>
                  <td>{folder(file.path)}/</td>
                  <td>{nameOf(file.path)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
      <Show when={props.result.snippet}>
        {(snippet) => (
          <>
            <p class={controls.dim}>For LightlyTrain, paste this as its data argument:</p>
            <pre class={styles.preview}>{snippet()}</pre>
          </>
        )}
      </Show>
      <For each={props.result.scripts}>
        {(script) => (
          <>
            <p class={controls.dim}>{script.title}</p>
            <pre class={styles.preview}>{script.text}</pre>
          </>
        )}
      </For>
      <div>
        <button type="button" class={controls.primary} onClick={() => props.onClose()}>
          Done
        </button>
      </div>
    </div>
  );
}

function SavedFiles(props: { result: ExportResult }) {
  return (
    <For each={props.result.files}>
      {(file) => (
        <p>
          <b>{file.path}</b> saved with {counted(file.rows, 'row')}.
          <Show when={file.backup}> The file that was there is kept as {file.backup}.</Show>
        </p>
      )}
    </For>
  );
}
