// `npm start`: installs what is missing, builds what changed, serves it and opens the browser. `npm run preview` serves without building.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import util from 'node:util'; // whole: an old Node without parseArgs shall hear a sentence, not fail to load
import { build, isBuilt } from './build.mjs';
import { prepare, requireNode, root, stop } from './install.mjs';
import { codeOf, occupant, serve } from './serve.mjs';

const defaultPort = 4173;
requireNode();
const { port, open, rebuild } = readArguments();
const origin = `http://localhost:${port}`;
const taken =
  `Port ${port} is held by another program. The browser keeps datasets and edits under the address of the page, so those made at ${origin} ` +
  `are not seen at any other port: end that program, or go on at another address with: npm start -- --port ${port + 1}`;

const found = await occupant(port);
if (found === 'other') stop(taken);
if (found === 'vitrine') {
  console.log(`Vitrine is already served at ${origin}`);
  if (rebuild && !isBuilt(root))
    console.log(
      'The build of this folder is missing or older than its sources: end that server and run npm start again to see it.',
    );
  if (open) openBrowser(origin);
} else {
  if (rebuild) {
    prepare();
    if (!isBuilt(root) && !build()) stop('Vitrine could not be built, for the reason above.');
  } else if (!existsSync(join(root, 'dist', 'index.html')))
    stop('There is no build to serve yet: run npm run build first.');
  const server = await serve({ folder: join(root, 'dist'), port }).catch((error) =>
    stop(codeOf(error) === 'EADDRINUSE' ? taken : `Port ${port} cannot be served: ${error.message}.`),
  );
  console.log(`Vitrine is at ${server.origin}   (Ctrl+C ends it)`);
  if (port !== defaultPort)
    console.log(`Datasets and edits of http://localhost:${defaultPort} are not seen here: each port has its own.`);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => void server.close());
  if (open) openBrowser(server.origin);
}

/** @returns {{ port: number, open: boolean, rebuild: boolean }} */
function readArguments() {
  try {
    const { values } = util.parseArgs({
      options: { port: { type: 'string' }, 'no-open': { type: 'boolean' }, 'no-build': { type: 'boolean' } },
    });
    const number = Number(values.port ?? defaultPort);
    if (!Number.isInteger(number) || number < 1 || number > 65535)
      stop(`--port takes a number from 1 to 65535, not ${values.port}.`);
    return { port: number, open: !values['no-open'] && !process.env.CI, rebuild: !values['no-build'] };
  } catch {
    stop('Known options are --port N, --no-open and --no-build.');
  }
}

/**
 * Opens the page where there is a desktop; a failure is none, because the address is printed.
 *
 * @param {string} address
 */
function openBrowser(address) {
  const desktop = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  /** @type {string[] | undefined} */
  let command;
  if (process.platform === 'darwin') command = ['open', address];
  else if (process.platform === 'win32') command = ['cmd', '/c', 'start', '', address];
  else if (desktop) command = ['xdg-open', address];
  if (!command) return;
  const [program, ...rest] = /** @type {[string, ...string[]]} */ (command);
  spawn(program, rest, { detached: true, stdio: 'ignore' })
    .once('error', () => undefined)
    .unref();
}
