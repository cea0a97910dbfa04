// The bare walk: every name below a folder, one directory after the other, counted and forgotten.
const scope = self as unknown as { postMessage(names: number): void }; // a worker's scope; TypeScript's page library types `self` as a window

self.onmessage = async ({ data }: MessageEvent<FileSystemDirectoryHandle>) => {
  const waiting = [data];
  let names = 0;
  for (let folder = waiting.pop(); folder; folder = waiting.pop())
    for await (const [, entry] of folder.entries())
      if (entry.kind === 'directory') waiting.push(entry as FileSystemDirectoryHandle);
      else names++;
  scope.postMessage(names);
};
