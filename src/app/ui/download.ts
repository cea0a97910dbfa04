// Hands a file to the browser's own download.

/** Starts a download of `blob` under `name`. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // the browser has its own reference as soon as the click was handled
  setTimeout(() => URL.revokeObjectURL(url));
}
