// What stands in the way of working: another tab owns the dataset, the folder needs a click, or is gone; and an update that waits.
import X from 'lucide-solid/icons/x';
import { type JSX, Show } from 'solid-js';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import styles from './Banners.module.css';

export function Banners() {
  const session = useSession();
  const state = session.dataset;
  return (
    <>
      <Show when={state()?.access === 'reader'}>
        <Banner
          text="This dataset is open in another tab, which does the editing. Here you can look at it."
          action="Take over"
          onAction={() => session.takeOver()}
        />
      </Show>
      <Show when={state()?.permission === 'prompt'}>
        <Banner
          text={`The browser asks again before ${state()?.name} may be read. Labels and filters work meanwhile.`}
          action="Allow reading"
          onAction={() => session.askPermission()}
        />
      </Show>
      <Show when={state()?.permission === 'denied'}>
        <Banner
          tone="bad"
          text={`The browser does not allow reading ${state()?.name}. Allow it, or open the folder again.`}
          action="Ask again"
          onAction={() => session.askPermission()}
        />
      </Show>
      <Show when={state()?.permission === 'lost'}>
        <Banner
          tone="bad"
          text={`The ${state()?.kind === 'zip' ? 'zip' : 'folder'} ${state()?.name} is not where it was. Labels are kept; put it back or open it at its new place.`}
          action={state()?.kind === 'zip' ? 'Open zip' : 'Open folder'}
          onAction={() => (state()?.kind === 'zip' ? session.openZip() : session.openFolder())}
        />
      </Show>
      <Show when={state()?.scan.state === 'failed' && state()?.permission === 'granted'}>
        <Banner
          tone="bad"
          text={state()?.scan.error ?? 'The folder could not be read to its end.'}
          action="Read again"
          onAction={() => session.rescan()}
        />
      </Show>
      <Show when={session.rangeHint.text()}>
        {(text) => (
          <Banner
            text={text()}
            action="Show 0.5 to 99.5 % of the values"
            onAction={() => session.rangeHint.accept()}
            onDismiss={() => session.rangeHint.refuse()}
          />
        )}
      </Show>
      <Show when={state()?.damage}>{(sentence) => <Banner tone="bad" text={sentence()} />}</Show>
      <Show when={state()?.copyTrouble}>{(sentence) => <Banner text={sentence()} />}</Show>
      <Show when={session.shell.updateReady()}>
        <Banner
          text="A newer version of Vitrine is ready."
          action="Update"
          onAction={async () => session.shell.update()}
        />
      </Show>
    </>
  );
}

function Banner(props: {
  text: JSX.Element;
  tone?: 'bad';
  action?: string;
  onAction?(): Promise<void>;
  onDismiss?: () => void;
}) {
  return (
    <div class={styles.banner} role="status" data-tone={props.tone}>
      <span>{props.text}</span>
      <Show when={props.action}>
        <button type="button" class={controls.line} onClick={() => void props.onAction?.()}>
          {props.action}
        </button>
      </Show>
      <Show when={props.onDismiss}>
        <button
          type="button"
          class={controls.icon}
          aria-label="Leave them as they are"
          title="Leave them as they are"
          onClick={() => props.onDismiss?.()}
        >
          <X />
        </button>
      </Show>
    </div>
  );
}
