// A static server for dist/ on the loopback addresses: the headers that the build wrote, the right types, nothing outside the folder.
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { connect } from 'node:net';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream';

/** @type {Record<string, string>} */
const types = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.onnx': 'application/octet-stream',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.zip': 'application/zip',
};

/** Both, because a browser may take either for `localhost`, and a different program on one of them would get the visit. */
const loopback = ['127.0.0.1', '::1'];

/**
 * The file that answers a request's path, or undefined when the path leaves the folder or names a hidden file.
 *
 * @param {string} folder
 * @param {string} url path and query of a request
 * @returns {string | undefined}
 */
export function fileOf(folder, url) {
  let path;
  try {
    path = decodeURIComponent(url.replace(/[?#].*$/s, ''));
  } catch {
    return undefined; // a broken % sequence
  }
  const parts = path.split('/').slice(1);
  if (parts.at(-1) === '') parts.splice(-1, 1, 'index.html');
  // a leading dot is a hidden file or '..'; '\' and ':' are separators and drives on Windows
  if (parts.some((part) => part === '' || part.startsWith('.') || /[\\:\0]/.test(part))) return undefined;
  return join(folder, ...parts);
}

/**
 * Serves a built folder at `http://localhost:<port>` until it is closed. Port 0 takes a free one.
 *
 * @param {{ folder: string, port: number, plain?: boolean }} options `folder` holds index.html and headers.json, which the build writes;
 *   `plain` leaves those headers out, as a static host does that knows nothing of them
 * @returns {Promise<{ origin: string, port: number, close: () => Promise<void> }>} rejects with code EADDRINUSE when the port is taken
 */
export async function serve({ folder, port, plain = false }) {
  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  const answer = (request, response) => {
    // read anew every time: a rebuild may change the policy while the server runs
    const headers = plain ? {} : JSON.parse(readFileSync(join(folder, 'headers.json'), 'utf8'));
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('Cache-Control', 'no-cache');
    /** @param {number} status @param {string} text */
    const refuse = (status, text) =>
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(405, 'Only GET and HEAD are answered here.');
    }
    const file = fileOf(folder, request.url ?? '/');
    const facts = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
    if (file === undefined || !facts?.isFile()) return refuse(404, 'There is no such file.');
    // names in assets/ hold a hash of their content
    if (request.url?.startsWith('/assets/')) response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    response.writeHead(200, {
      'Content-Type': types[extname(file).toLowerCase()] ?? 'application/octet-stream',
      'Content-Length': facts.size,
    });
    if (request.method === 'HEAD') return response.end();
    return pipeline(createReadStream(file), response, () => undefined); // a visitor who leaves is no error
  };

  /** @type {import('node:http').Server[]} */
  const servers = [];
  const close = async () => {
    await Promise.all(
      servers.map((server) => {
        const closed = new Promise((done) => server.close(done));
        server.closeAllConnections();
        return closed;
      }),
    );
  };
  let bound = port;
  for (const host of loopback) {
    const server = createServer((request, response) => {
      try {
        answer(request, response);
      } catch (error) {
        response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${error}\n`);
      }
    });
    try {
      bound = await listen(server, host, bound);
    } catch (error) {
      // a machine without IPv6
      if (servers.length > 0 && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error))) continue;
      await close();
      throw error;
    }
    servers.push(server);
  }
  return { origin: `http://localhost:${bound}`, port: bound, close };
}

/**
 * Who answers at a port of this machine. Vitrine is known by the application name in its page.
 *
 * @param {number} port
 * @returns {Promise<'nobody' | 'vitrine' | 'other'>}
 */
export async function occupant(port) {
  for (const host of loopback) {
    if (!(await isOpen(host, port))) continue;
    const page = await firstPage(host, port);
    return /<meta\s+name="application-name"\s+content="Vitrine"/.test(page) ? 'vitrine' : 'other';
  }
  return 'nobody';
}

/**
 * The system's code of an error (EADDRINUSE), or ''.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** @param {import('node:http').Server} server @param {string} host @param {number} port @returns {Promise<number>} the port */
function listen(server, host, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: host === '::1' }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** @param {string} host @param {number} port @returns {Promise<boolean>} whether anything accepts a connection */
function isOpen(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    setTimeout(() => socket.destroy(), 2000).unref();
    socket.once('connect', () => socket.destroy());
  });
}

/** @param {string} host @param {number} port @returns {Promise<string>} the start of what `GET /` answers, '' when it is no web page */
function firstPage(host, port) {
  return new Promise((resolve) => {
    const request = get(
      { host, port, path: '/', timeout: 2000, headers: { Host: `localhost:${port}` } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
          if (text.length > 65536) request.destroy(); // far more than our page has
        });
        response.once('close', () => resolve(text));
      },
    );
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(''));
  });
}
