// Downloads one file of a backbone on request: streamed to disk, counted, checked by size and SHA-256.
import { throwIfAborted, toVitrineError, VitrineError } from '../../shared/errors.ts';
import { sha256Hex } from '../card/hash.ts';
import type { CardFile } from '../types.ts';
import { storedFile, writeStored } from './storage.ts';

export interface DownloadOptions {
  /** Hosts that may answer, redirects included. */
  hosts: readonly string[];
  signal?: AbortSignal;
  /** Bytes of this file that have arrived, and of how many where that is known. */
  onBytes?: (done: number, total: number | undefined) => void;
}

/**
 * Fetches `url` into the folder of the backbone `name` and gives the file with its size and hash.
 * Errors: `network` (offline, refused, another status, cut off, another host), `hash-mismatch` (size or hash is not the expected one),
 * `storage-full`, `aborted`.
 */
export async function downloadFile(
  name: string,
  file: CardFile,
  url: string,
  options: DownloadOptions,
): Promise<Required<Pick<CardFile, 'bytes' | 'sha256'>>> {
  const { hosts, signal } = options;
  const host = new URL(url).host;
  const answer = await request(url, host, signal);
  const answeredBy = new URL(answer.url || url).host;
  if (!hosts.includes(answeredBy))
    throw new VitrineError(
      'network',
      `${host} sent the download on to ${answeredBy}, which is not one of the hosts of this backbone. Nothing was kept.`,
    );
  if (!answer.ok || !answer.body)
    throw new VitrineError(
      'network',
      answer.status === 404
        ? `${host} says that ${file.path} is not there (404). The public copy was moved or removed; choose another backbone.`
        : `${host} answered ${answer.status} instead of ${file.path}. Try again later.`,
      { file: file.path },
    );

  const announced = Number(answer.headers.get('content-length')) || undefined;
  const total = file.bytes ?? announced;
  let done = 0;
  const counted = answer.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        done += chunk.byteLength;
        // more than the card says is wrong already: no need to fill the disk with it
        if (file.bytes !== undefined && done > file.bytes) throw wrongSize(file, done, 'at least ');
        options.onBytes?.(done, total);
        controller.enqueue(chunk);
      },
    }),
  );
  try {
    await writeStored(name, file.path, counted, signal);
  } catch (error) {
    throwIfAborted(signal);
    if (error instanceof TypeError) throw cutOff(host, file, done, total, error);
    throw toVitrineError(error, file.path);
  }
  if (total !== undefined && done < total) throw cutOff(host, file, done, total);
  if (file.bytes !== undefined && done !== file.bytes) throw wrongSize(file, done);

  const sha256 = await sha256Hex(await (await storedFile(name, file.path)).arrayBuffer());
  throwIfAborted(signal);
  if (file.sha256 !== undefined && sha256 !== file.sha256)
    throw new VitrineError(
      'hash-mismatch',
      `${file.path} from ${host} is not the file that its card describes (SHA-256 ${short(sha256)} instead of ${short(file.sha256)}). Nothing was kept.`,
      { file: file.path },
    );
  return { bytes: done, sha256 };
}

async function request(url: string, host: string, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store', // kept in the origin's own storage, not twice
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    throwIfAborted(signal);
    throw new VitrineError(
      'network',
      navigator.onLine
        ? `${host} could not be reached. Check the connection, or whether something blocks this host, and try again.`
        : 'There is no network connection. A backbone needs one only for its first download; connect and try again.',
      { cause },
    );
  }
}

function cutOff(host: string, file: CardFile, done: number, total: number | undefined, cause?: unknown): VitrineError {
  const of = total === undefined ? '' : ` of ${megabytes(total)}`;
  return new VitrineError(
    'network',
    `The download of ${file.path} from ${host} was cut off after ${megabytes(done)}${of}. Nothing was kept; try again.`,
    { file: file.path, cause },
  );
}

function wrongSize(file: CardFile, done: number, atLeast = ''): VitrineError {
  return new VitrineError(
    'hash-mismatch',
    `${file.path} has ${atLeast}${done.toLocaleString('en')} bytes; its card says ${file.bytes?.toLocaleString('en')}. Nothing was kept.`,
    { file: file.path },
  );
}

const short = (hash: string): string => `${hash.slice(0, 12)}…`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
