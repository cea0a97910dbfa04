// The bare loop over pictures: opens each file and decodes it with createImageBitmap, some at a time, and does nothing else.

/** What one loop does. With `resize` as thumbnails are asked for, without it the whole picture, of which the pixels are read. */
export interface DecodeLoop {
  handle: FileSystemDirectoryHandle;
  names: string[];
  inFlight: number;
  resize?: { resizeWidth: number; resizeHeight: number };
}

const scope = self as unknown as { postMessage(done: number): void }; // a worker's scope; TypeScript's page library types `self` as a window
let context: OffscreenCanvasRenderingContext2D | null = null;

async function one(file: Blob, resize: DecodeLoop['resize']): Promise<void> {
  const bitmap = await createImageBitmap(file, {
    colorSpaceConversion: 'none',
    ...(resize ? { ...resize, resizeQuality: 'medium' } : {}),
  });
  if (!resize) {
    const { width, height } = bitmap;
    context ??= new OffscreenCanvas(width, height).getContext('2d', { alpha: false, willReadFrequently: true });
    context?.drawImage(bitmap, 0, 0);
    context?.getImageData(0, 0, width, height);
  }
  bitmap.close();
}

self.onmessage = async ({ data }: MessageEvent<DecodeLoop>) => {
  const { handle, names, inFlight, resize } = data;
  let next = 0;
  const chain = async (): Promise<void> => {
    for (let name = names[next++]; name !== undefined; name = names[next++])
      await one(await (await handle.getFileHandle(name)).getFile(), resize);
  };
  await Promise.all(Array.from({ length: inFlight }, chain));
  scope.postMessage(names.length);
};
