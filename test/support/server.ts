// The built application on a server of a test's own, at a free port: with the headers of `npm start`, or as a plain static host.
import { join } from 'node:path';
import { root } from '../../.scripts/install.mjs';
import { serve } from '../../.scripts/serve.mjs';

/** Serves dist/ until `close`. Without headers the service worker has to isolate the page by itself. */
export async function serveBuild({
  headers,
}: {
  headers: boolean;
}): Promise<{ origin: string; close(): Promise<void> }> {
  return await serve({ folder: join(root, 'dist'), port: 0, plain: !headers });
}
