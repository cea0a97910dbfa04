// The bare reading of sizes and dates: opens every file below a folder, 32 at a time, and forgets it.
const scope = self as unknown as { postMessage(seconds: number): void }; // a worker's scope; TypeScript's page library types `self` as a window

export {};

self.onmessage = async ({ data }: MessageEvent<FileSystemDirectoryHandle>) => {
  const files: [FileSystemDirectoryHandle, string][] = [];
  const waiting = [data];
  for (let folder = waiting.pop(); folder; folder = waiting.pop())
    for await (const [name, entry] of folder.entries())
      if (entry.kind === 'directory') waiting.push(entry as FileSystemDirectoryHandle);
      else files.push([folder, name]);
  const from = performance.now();
  let next = 0;
  let bytes = 0;
  const chain = async (): Promise<void> => {
    for (let file = files[next++]; file !== undefined; file = files[next++])
      bytes += (await (await file[0].getFileHandle(file[1])).getFile()).size;
  };
  await Promise.all(Array.from({ length: 32 }, chain));
  if (bytes === 0) throw new Error('no file was read');
  scope.postMessage((performance.now() - from) / 1000);
};
