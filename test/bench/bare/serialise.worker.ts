// Bare serialisation: papaparse or JSON.stringify on objects that are ready, a part of the rows at a time.
import Papa from 'papaparse';

/** A written export; the answer is the seconds that the same rows take again. */
export interface Serialisation {
  blob: Blob;
  format: 'csv' | 'jsonl';
}

const scope = self as unknown as { postMessage(seconds: number): void }; // a worker's scope; TypeScript's page library types `self` as a window
const linesAtOnce = 50_000;

self.onmessage = async ({ data }: MessageEvent<Serialisation>) => {
  const lines = (await data.blob.text()).trimEnd().split('\n');
  const header = data.format === 'csv' ? (lines.shift() ?? '') : '';
  let seconds = 0;
  for (let from = 0; from < lines.length; from += linesAtOnce) {
    const part = lines.slice(from, from + linesAtOnce);
    const objects: object[] =
      data.format === 'csv'
        ? Papa.parse<object>([header, ...part].join('\n'), { header: true, dynamicTyping: true }).data
        : part.map((line) => JSON.parse(line));
    const begun = performance.now();
    const text =
      data.format === 'csv'
        ? Papa.unparse(objects, { newline: '\n' })
        : objects.map((one) => JSON.stringify(one)).join('\n');
    seconds += (performance.now() - begun) / 1000;
    if (text.length < part.length) throw new Error('rows are missing');
  }
  scope.postMessage(seconds);
};
