import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../src/clock.ts';
import { ConfigError } from '../src/errors.ts';
import { type Log, silentLog } from '../src/log.ts';
import { createServer, type Server, type ServerConfig } from '../src/server.ts';

const opened: Server[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.stop(0)));
});

function make(given: Partial<ServerConfig> = {}): Server {
  const server = createServer({ host: '127.0.0.1', port: 0, clock: systemClock, log: silentLog, ...given });
  opened.push(server);
  return server;
}

async function started(server: Server): Promise<string> {
  await server.start();
  return server.url ?? 'not open';
}

const get = async (url: string) => {
  const response = await fetch(url);
  return [response.status, await response.text()] as const;
};

/** Work that goes on until it is let go. */
function gate() {
  let open = () => {};
  const opening = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opening, open };
}

describe('the one port', () => {
  it('stays closed where nobody needs it', async () => {
    const server = make();
    await server.start();
    expect(server.url).toBeUndefined();
    await server.stop(1000);
  });

  it('hands each path to whoever took it, the longest prefix first', async () => {
    const server = make();
    server.route('/slack', (request, response) => void response.end(`slack ${request.url}`));
    server.route('/slack/install/', (request, response) => void response.end(`install ${request.url}`));
    const url = await started(server);
    expect(await get(`${url}/slack`)).toEqual([200, 'slack /slack']);
    expect(await get(`${url}/slack/events?a=/b`)).toEqual([200, 'slack /slack/events?a=/b']);
    expect(await get(`${url}/slack/install?a`)).toEqual([200, 'install /slack/install?a']);
    for (const path of ['', '/', '/slacks', '/x/slack', '/%73lack', '//slack'])
      expect(await get(url + path), path).toEqual([404, 'There is nothing here.\n']);
  });

  it('takes routes while it is open, and is opened once', async () => {
    const server = make();
    server.route('/a', (_request, response) => void response.end('a'));
    const url = await started(server);
    server.route('/b', (_request, response) => void response.end('b'));
    expect(await started(server)).toBe(url);
    expect(await get(`${url}/b`)).toEqual([200, 'b']);
  });

  it('gives a body to its listener', async () => {
    const server = make();
    server.route('/in', async (request, response) => void response.end((await text(request)).toUpperCase()));
    const url = await started(server);
    const response = await fetch(`${url}/in`, { method: 'POST', body: 'payload' });
    expect(await response.text()).toBe('PAYLOAD');
  });

  it('is reached by the other family of addresses too', async () => {
    const server = make({ host: '::1' });
    server.route('/a', (_request, response) => void response.end('a'));
    const url = await started(server);
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(await get(`${url}/a`)).toEqual([200, 'a']);
  });
});

describe('a listener that fails', () => {
  it('is answered for, without its reason, and logged', async () => {
    const logged: unknown[] = [];
    const error: Log['error'] = (message, fields) => void logged.push(message, fields?.prefix, fields?.error);
    const server = make({ log: { ...silentLog, error } });
    const fault = new Error('the secret reason');
    server.route('/throws', () => {
      throw fault;
    });
    server.route('/rejects', () => Promise.reject(fault));
    const url = await started(server);
    for (const path of ['/throws', '/rejects'])
      expect(await get(url + path)).toEqual([500, 'That went wrong here; it has been noted.\n']);
    const message = 'A request could not be answered';
    expect(logged).toEqual([message, '/throws', fault, message, '/rejects', fault]);
  });

  it('in the middle of an answer is cut, so that nobody takes it for whole', async () => {
    const server = make();
    server.route('/half', (_request, response) => {
      response.write('half');
      throw new Error('gone');
    });
    await expect(get(`${await started(server)}/half`)).rejects.toThrow();
  });
});

describe('whoever is too slow', () => {
  it.each([
    ['with its headers', 'GET /slack HTTP/1.1\r\nHost: x\r\nX-A: '],
    ['with its body', 'POST /slack HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc'],
  ])('%s is let go', async (_what, start) => {
    const server = make({ limits: { headersMs: 60, requestMs: 60 } });
    server.route('/slack', async (request, response) => void response.end(await text(request)));
    const { port } = new URL(await started(server));
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(start);
    socket.resume();
    await once(socket, 'close');
    expect(await get(`${server.url}/slack`)).toEqual([200, '']);
  });
});

describe('the end', () => {
  it('waits for what is being answered, and takes nothing more', async () => {
    const server = make();
    const { opening, open } = gate();
    const arrived = gate();
    server.route('/long', async (_request, response) => {
      arrived.open();
      await opening;
      response.end('whole');
    });
    const url = await started(server);
    const answer = get(`${url}/long`);
    await arrived.opening;
    const stopped = server.stop(60_000);
    await expect(get(`${url}/long`)).rejects.toThrow();
    open();
    expect(await answer).toEqual([200, 'whole']);
    await stopped;
    await server.stop(60_000);
    expect(server.url).toBeUndefined();
  });

  it('comes after so long, whatever is being answered', async () => {
    const server = make();
    const arrived = gate();
    server.route('/never', () => arrived.open());
    const answer = get(`${await started(server)}/never`).catch(() => 'cut');
    await arrived.opening;
    await server.stop(10);
    expect(await answer).toBe('cut');
  });
});

describe('a port that cannot be opened', () => {
  const failing = async (given: Partial<ServerConfig>) => {
    const server = make(given);
    server.route('/a', () => {});
    return await server.start().catch((error: unknown) => error);
  };

  it('is a wrong variable, in words', async () => {
    const server = make();
    server.route('/a', () => {});
    const port = Number(new URL(await started(server)).port);
    const taken = await failing({ port });
    expect(taken).toBeInstanceOf(ConfigError);
    expect(String(taken)).toMatch(/HTTP_PORT: \d+ is taken by another program/);
    expect(String(await failing({ host: '192.0.2.1' }))).toMatch(/HTTP_HOST: this machine is not reached/);
  });
});
