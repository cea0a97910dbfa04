// The server behind `npm start`: headers, types, nothing outside of its folder, and who holds a port.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, request } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileOf, occupant, serve } from '../../../.scripts/serve.mjs';

const folder = mkdtempSync(join(tmpdir(), 'vitrine-dist-'));
let server: Awaited<ReturnType<typeof serve>>;

const page = '<!doctype html><meta name="application-name" content="Vitrine" />';

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  writeFileSync(join(folder, 'headers.json'), JSON.stringify(headers));
  writeFileSync(join(folder, 'index.html'), page);
  for (const name of ['a.mjs', 'a.wasm', 'a.css', 'a b.js']) writeFileSync(join(folder, 'assets', name), name);
  for (const name of ['model.onnx', 'app.webmanifest', 'sw.js', '.sources']) writeFileSync(join(folder, name), name);
  server = await serve({ folder, port: 0 });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** A request whose path is sent as it is: fetch would tidy '..' away. */
function ask(
  path: string,
  method = 'GET',
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, method }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += String(chunk);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

/** Runs `use` with the port of another program. */
async function withProgram(answer: RequestListener, use: (port: number) => Promise<void>): Promise<void> {
  const other = createServer(answer);
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  await use((other.address() as AddressInfo).port);
  await new Promise((done) => other.close(done));
}

describe('an answer', () => {
  test('carries the headers that the build wrote, refusals too', async () => {
    for (const path of ['/', '/assets/a.mjs', '/missing'])
      expect((await ask(path)).headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      });
  });

  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/?query', 'text/html; charset=utf-8'],
    ['/sw.js', 'text/javascript; charset=utf-8'],
    ['/assets/a.mjs', 'text/javascript; charset=utf-8'],
    ['/assets/a%20b.js', 'text/javascript; charset=utf-8'],
    ['/assets/a.wasm', 'application/wasm'],
    ['/assets/a.css', 'text/css; charset=utf-8'],
    ['/model.onnx', 'application/octet-stream'],
    ['/app.webmanifest', 'application/manifest+json'],
  ])('to %s has the type %s', async (path, type) => {
    expect(await ask(path)).toMatchObject({ status: 200, headers: { 'content-type': type } });
  });

  test('is kept for ever where the name holds a hash, and asked for again everywhere else', async () => {
    expect((await ask('/assets/a.wasm')).headers['cache-control']).toContain('immutable');
    for (const path of ['/', '/sw.js', '/model.onnx', '/assets/missing.js'])
      expect((await ask(path)).headers['cache-control']).toBe('no-cache');
  });

  test('to HEAD has the length and no body; other methods are refused', async () => {
    expect(await ask('/', 'HEAD')).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': `${page.length}` },
    });
    expect(await ask('/', 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });
});

test.each([
  '/../secret',
  '/%2e%2e/secret',
  '/assets/..%2f..%2fsecret',
  '/..\\secret',
  '/%5c..',
  '/C:/secret',
  '/a%00',
  '/%',
  '//',
  '/.sources',
])('%s leads nowhere', async (path) => {
  expect(fileOf(folder, path)).toBeUndefined();
  expect((await ask(path)).status).toBe(404);
});

test('a folder is no file', async () => {
  expect((await ask('/assets')).status).toBe(404);
});

describe('a port', () => {
  test('that is taken is refused by its code', async () => {
    await expect(serve({ folder, port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('with Vitrine is told from one with another program, and from a free one', async () => {
    expect(await occupant(server.port)).toBe('vitrine');
    let freed = 0;
    await withProgram(
      (_, response) => response.end('<title>Vitrine, the shop</title>'),
      async (port) => {
        freed = port;
        expect(await occupant(port)).toBe('other');
      },
    );
    expect(await occupant(freed)).toBe('nobody');
  });

  test('whose program does not speak HTTP is held by another program', async () => {
    const other = createSocketServer((socket) => {
      socket
        .on('error', () => undefined)
        .resume()
        .end('220 mail.example ESMTP\r\n'); // the probe hangs up without a word
    });
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    expect(await occupant((other.address() as AddressInfo).port)).toBe('other');
    await new Promise((done) => other.close(done));
  });
});
