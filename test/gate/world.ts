import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { StoreError } from '../../src/errors.ts';
import { createGate, type Gate, type GateConfig, listenerOf } from '../../src/gate.ts';
import { type Log, type LogFields, silentLog } from '../../src/log.ts';
import { createServer, type Server, type ServerLimits } from '../../src/server.ts';

/** What came back over a connection: the last answer on it. */
export interface Answer {
  status: number;
  /** By names in lower case. */
  headers: Map<string, string>;
  body: string;
}

export interface World {
  url: string;
  port: number;
  gate: Gate;
  server: Server;
  /** What was logged as an error: message and fields. */
  logged: [string, LogFields | undefined][];
  /** Sends lines as they are, after them an empty one and the body; the connection is to be closed after that. */
  ask(lines: readonly string[], body?: string): Promise<Answer>;
  /** The same with a Host that is known. */
  get(path: string, ...headers: string[]): Promise<Answer>;
  post(path: string, body: string, ...headers: string[]): Promise<Answer>;
}

export interface Given extends Partial<GateConfig> {
  serverLimits?: Partial<ServerLimits>;
}

/** A gate behind a real port: pages for all at the root, and a locked one at `/own`. */
export async function open({ serverLimits, ...given }: Given = {}): Promise<World> {
  const logged: World['logged'] = [];
  const error: Log['error'] = (message, fields) => void logged.push([message, fields]);
  const log = { ...silentLog, error };
  const host = '127.0.0.1';
  const server = createServer({ host, port: 0, clock: systemClock, log, limits: serverLimits ?? {} });
  onTestFinished(() => server.stop(0));
  const gate = createGate({ host, log, ...given });
  server.route('', listenerOf(openPages(gate)));
  server.route('/own', listenerOf(gate.app('locked').get('/own', (c) => c.text('own page'))));
  await server.start();
  const url = server.url ?? 'not open';
  const port = Number(new URL(url).port);
  const ask = (lines: readonly string[], body = '') =>
    exchange(port, `${lines.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`);
  return {
    url,
    port,
    gate,
    server,
    logged,
    ask,
    get: (path, ...headers) => ask([`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...headers]),
    post: (path, body, ...headers) =>
      ask(
        [
          `POST ${path} HTTP/1.1`,
          `Host: 127.0.0.1:${port}`,
          `Content-Length: ${Buffer.byteLength(body)}`,
          ...headers,
        ],
        body,
      ),
  };
}

function openPages(gate: Gate) {
  return gate
    .app('open')
    .get('/', (c) => c.text('front page'))
    .get('/kept', (c) => c.text('kept', 200, { 'Cache-Control': 'public, max-age=60' }))
    .get('/base', (c) => c.text(gate.baseUrl(c.req.raw)))
    .get('/path/:part', (c) => c.text(c.req.param('part')))
    .get('/fails', () => {
      throw new Error('the secret reason');
    })
    .get('/fails-oddly', () => Promise.reject('the secret reason'))
    .get('/store-fails', () => {
      throw new StoreError('reading', { cause: new Error('the secret reason') });
    })
    .get('/breaks-off', (c) => c.body(breaking()))
    .post('/say', async (c) => c.text(`${await c.req.text()}!`))
    .post('/form', async (c) => c.json(await c.req.parseBody()));
}

/** A body that ends in a failure after its first part. */
function breaking(): ReadableStream {
  let pulls = 0;
  return new ReadableStream({
    pull(controller) {
      pulls += 1;
      if (pulls === 1) return controller.enqueue(new TextEncoder().encode('half'));
      throw new Error('the secret reason');
    },
  });
}

export function dial(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  return socket;
}

/** Sends it, and reads until the connection ends. */
export async function exchange(port: number, sent: string | Buffer): Promise<Answer> {
  const socket = dial(port);
  const pieces: Buffer[] = [];
  socket.on('data', (piece) => void pieces.push(piece));
  socket.write(sent);
  await once(socket, 'close');
  return read(Buffer.concat(pieces).toString());
}

function read(answer: string): Answer {
  const [head = '', ...body] = answer.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  return { status: Number(first.split(' ')[1]), headers: new Map(headers), body: body.join('\r\n\r\n') };
}

/** What a page of ours sends with a change. */
export const ownOrigin = (port: number) => `Origin: http://127.0.0.1:${port}`;

/** What every answer of an app carries. */
export const GUARDS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-frame-options': 'SAMEORIGIN',
};

export function guardsOf({ headers }: Answer) {
  return Object.fromEntries(Object.keys(GUARDS).map((name) => [name, headers.get(name)]));
}
