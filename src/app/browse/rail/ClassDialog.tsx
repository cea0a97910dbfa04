// Asks for the name that a class command needs: a new class, a new name, or the class to merge into.
import { createSignal, Show } from 'solid-js';
import type { EditCommand } from '../../../catalog/types.ts';
import { useSession } from '../../context.ts';
import controls from '../../ui/controls.module.css';
import { Dialog } from '../../ui/Dialog.tsx';
import { counted } from '../../ui/format.ts';
import { ClassChooser } from '../ClassPalette.tsx';
import styles from './ClassDialog.module.css';

export type ClassTask = { kind: 'add' } | { kind: 'rename'; name: string } | { kind: 'merge'; name: string };

export function ClassDialog(props: { task: ClassTask; onClose(): void }) {
  const session = useSession();
  const task = props.task; // a dialog is made for one task
  const run = (command: EditCommand): void => {
    props.onClose();
    void session.edit(command);
  };
  const title = task.kind === 'add' ? 'New class' : `${task.kind === 'rename' ? 'Rename' : 'Merge'} ${task.name}`;
  return (
    <Dialog title={title} open={true} onClose={props.onClose}>
      <Show
        when={task.kind === 'merge' && task}
        fallback={
          <NameForm
            initial={task.kind === 'rename' ? task.name : ''}
            action={task.kind === 'add' ? 'Create' : 'Rename'}
            taken={(name) => session.dataset()?.classes.some((c) => c.name === name) ?? false}
            onName={(name) =>
              run(
                task.kind === 'rename'
                  ? { kind: 'rename-class', from: task.name, to: name }
                  : { kind: 'add-class', name },
              )
            }
          />
        }
      >
        {(merge) => (
          <>
            <p class={styles.sentence}>
              {counted(session.dataset()?.classes.find((c) => c.name === merge().name)?.count ?? 0, 'picture')} labelled{' '}
              <b>{merge().name}</b> become:
            </p>
            <ClassChooser onChoose={(into) => run({ kind: 'merge-classes', from: [merge().name], into })} />
          </>
        )}
      </Show>
    </Dialog>
  );
}

function NameForm(props: {
  initial: string;
  action: string;
  taken(name: string): boolean;
  onName(name: string): void;
}) {
  const [name, setName] = createSignal(props.initial);
  const clash = (): boolean => name().trim() !== props.initial && props.taken(name().trim());
  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = name().trim();
        if (wanted !== '' && wanted !== props.initial && !clash()) props.onName(wanted);
      }}
    >
      <input
        data-autofocus
        class={controls.field}
        aria-label="Class name"
        aria-invalid={clash()}
        value={name()}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class={controls.primary}>
        {props.action}
      </button>
      <Show when={clash()}>
        <p class={styles.error} role="alert">
          A class of this name exists. Use Merge into… to make them one.
        </p>
      </Show>
    </form>
  );
}
