// The backbones on this computer, the gallery of public ones, and the way to bring one's own.
import Download from 'lucide-solid/icons/download';
import Plus from 'lucide-solid/icons/plus';
import { createSignal, For, Show } from 'solid-js';
import type { BackboneInfo } from '../../backbone/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { bytes, count } from '../ui/format.ts';
import styles from './Settings.module.css';

export function BackboneList() {
  const session = useSession();
  let input!: HTMLInputElement; // set by ref before it is clicked
  const embeddedWith = (): string | undefined => session.dataset()?.embeddings.find((e) => e.have > 0)?.title;

  return (
    <section>
      <h3>Backbone</h3>
      <p>
        The network that turns a picture into an embedding.
        <Show when={embeddedWith()}>{(title) => <> The embeddings here were made by {title()}.</>}</Show>
      </p>
      <ul class={styles.list}>
        <For each={session.backbones()}>{(info) => <Installed info={info} />}</For>
      </ul>
      <div class={styles.row}>
        <button type="button" class={controls.line} onClick={() => input.click()}>
          <Plus /> Add your own
        </button>
        <span class={controls.dim}>
          Choose card.json with its ONNX file, or model.onnx with preprocessor_config.json as Hugging Face exports them.
        </span>
        <input
          ref={input}
          class={controls.hidden}
          tabIndex={-1}
          type="file"
          multiple
          aria-label="Files of a backbone"
          accept=".onnx,.json,.txt,.onnx_data,.data"
          onChange={(event) => {
            void session.addBackbone([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <h3 class={styles.second}>Gallery</h3>
      <p>
        Public models. Each is downloaded from its own home when you ask for it, once, and works offline after that.
      </p>
      <ul class={styles.list}>
        <For each={session.gallery().filter((info) => info.state === 'downloadable')}>
          {(info) => <Downloadable info={info} />}
        </For>
      </ul>
    </section>
  );
}

function Installed(props: { info: BackboneInfo }) {
  const session = useSession();
  return (
    <li class={styles.item} data-current={session.backbone() === props.info.name}>
      <label class={styles.pick}>
        <input
          type="radio"
          name="backbone"
          checked={session.backbone() === props.info.name}
          onChange={() => session.useBackbone(props.info.name)}
        />
        <span>
          <b>{props.info.title}</b>
          <small>{factsOf(props.info)}</small>
        </span>
      </label>
      <Provenance info={props.info} />
      <Show when={props.info.state !== 'shipped'}>
        <button type="button" class={controls.button} onClick={() => void session.removeBackbone(props.info.name)}>
          Remove
        </button>
      </Show>
    </li>
  );
}

function Downloadable(props: { info: BackboneInfo }) {
  const session = useSession();
  const busy = (): boolean => session.jobs().some((job) => job.kind === 'download' && job.state === 'running');
  return (
    <li class={styles.item}>
      <span class={styles.pick}>
        <span>
          <b>{props.info.title}</b>
          <small>
            {factsOf(props.info)} · from {props.info.hosts[0]}
            {props.info.pinned ? '' : ' · its hash is taken at the first download'}
          </small>
        </span>
      </span>
      <Provenance info={props.info} />
      <button
        type="button"
        class={controls.line}
        disabled={busy()}
        onClick={() => void session.download(props.info.name)}
      >
        <Download /> {bytes(props.info.bytes)}
      </button>
    </li>
  );
}

const factsOf = (info: BackboneInfo): string =>
  `${info.inputSize[1]} × ${info.inputSize[0]} px · ${count(info.dim)} numbers a picture · ${bytes(info.bytes)} · licence ${info.license}${info.hasLogits ? ' · has classes of its own' : ''}`;

/** What it was trained on, in its card's words, folded until asked for. */
function Provenance(props: { info: BackboneInfo }) {
  const [open, setOpen] = createSignal(false);
  return (
    <Show when={props.info.provenance ?? props.info.source}>
      {(text) => (
        <div class={styles.provenance}>
          <button type="button" class={controls.button} aria-expanded={open()} onClick={() => setOpen(!open())}>
            {open() ? 'Less' : 'Trained on what?'}
          </button>
          <Show when={open()}>
            <p>{text()}</p>
          </Show>
        </div>
      )}
    </Show>
  );
}
