// A server on this machine that answers as the public home of models does: redirects to another path, and every way in which that goes wrong.
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** 'http://127.0.0.1:port' */
    modelServer: string;
  }
}

const model = readFileSync('models/vitrine-mini/model.onnx');

/** What the path `/<case>/resolve/main/onnx/model.onnx` does. */
const cases: Record<string, (answer: ServerResponse, origin: string) => void> = {
  good: (answer, origin) => answer.writeHead(302, { location: `${origin}/cdn/model.onnx` }).end(),
  missing: (answer) => answer.writeHead(404).end('Entry not found'),
  busy: (answer) => answer.writeHead(503).end(),
  changed: (answer) => answer.end(Buffer.concat([model.subarray(0, -1), Buffer.of((model.at(-1) ?? 0) ^ 1)])),
  longer: (answer) => answer.end(Buffer.concat([model, Buffer.alloc(1000)])),
  // announces everything and breaks the connection half way
  cut: (answer) => {
    answer.writeHead(200, { 'content-length': model.length });
    answer.write(model.subarray(0, model.length / 2), () => setTimeout(() => answer.destroy(), 50));
  },
  // says nothing of its length and ends early, as a proxy does
  short: (answer) => answer.end(model.subarray(0, model.length / 2)),
  elsewhere: (answer, origin) =>
    answer.writeHead(302, { location: `${origin.replace('127.0.0.1', 'localhost')}/cdn/model.onnx` }).end(),
  // never ends: to be stopped by the person
  slow: (answer) => {
    answer.writeHead(200, { 'content-length': model.length });
    answer.write(model.subarray(0, 1e6));
  },
};

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = createServer((request, answer) => {
    answer.setHeader('access-control-allow-origin', '*');
    const origin = `http://${request.headers.host}`;
    const [, name = '', ...rest] = (request.url ?? '').split('/');
    if (name === 'cdn') return void answer.end(model);
    const act = rest.join('/') === 'resolve/main/onnx/model.onnx' ? cases[name] : undefined;
    if (!act) return void answer.writeHead(404).end();
    act(answer, origin);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  project.provide('modelServer', `http://127.0.0.1:${port}`);
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}
