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

  it('gives all that nobody else has to whoever took the root', async () => {
    const server = make();
    server.route('', (request, response) => void response.end(`root ${request.url}`));
    server.route('/slack', (_request, response) => void response.end('slack'));
    const url = await started(server);
    for (const path of ['/', '/slacks', '/x/slack', '/%73lack', '//slack', '/?a=/slack'])
      expect(await get(url + path)).toEqual([200, `root ${path}`]);
    expect(await get(`${url}/slack/events`)).toEqual([200, 'slack']);
  });

  it('answers so that nothing in it acts, unless a listener lets it', async () => {
    const server = make();
    server.route('/a', (_request, response) => void response.end('a'));
    server.route('/b', (_request, response) => {
      response.writeHead(200, { 'content-security-policy': "default-src 'self'" }).end('b');
    });
    const url = await started(server);
    const policy = async (path: string) => (await fetch(url + path)).headers.get('content-security-policy');
    expect(await policy('/a')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(await policy('/nowhere')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(await policy('/b')).toBe("default-src 'self'");
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

describe('many connections', () => {
  it('of one address leave room for others', async () => {
    const server = make({ limits: { connectionsOfOne: 2 } });
    server.route('/a', (_request, response) => void response.end('a'));
    const port = Number(new URL(await started(server)).port);
    const [first, second] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    await Promise.all([once(first, 'connect'), once(second, 'connect')]);
    const third = connect(port, '127.0.0.1').on('error', () => {});
    await once(third, 'close');
    for (const socket of [first, second]) {
      socket.end();
      socket.resume();
      await once(socket, 'close');
    }
    // The server may hear of it a little later than we do.
    let answer: readonly [number, string] | undefined;
    while (!answer && server.url) answer = await get(`${server.url}/a`).catch(() => undefined);
    expect(answer).toEqual([200, 'a']);
  });
});

describe('a stream of events', () => {
  const head = { 'Content-Type': 'text/event-stream' };
  const listen = async (server: Server, path: string) => {
    const socket = connect(Number(new URL(server.url ?? '').port), '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await once(socket, 'data');
    return socket;
  };

  it('stays as long as something is said now and then', async () => {
    const idleMs = 120;
    const server = make({ limits: { idleMs } });
    server.route('/silent', (_request, response) => void response.writeHead(200, head).write(':\n\n'));
    server.route('/talking', async (_request, response) => {
      response.writeHead(200, head);
      while (response.writable) {
        response.write(':\n\n');
        await systemClock.sleep(idleMs / 8);
      }
    });
    await started(server);
    const [talking, silent] = [await listen(server, '/talking'), await listen(server, '/silent')];
    silent.resume();
    await once(silent, 'close');
    await once(talking, 'data');
    talking.destroy();
  });

  // Left to itself, Node keeps such a connection for six seconds.
  it('is ended as the server stops, and does not hold it', { timeout: 5000 }, async () => {
    const server = make();
    const ended = gate();
    let later = () => {};
    server.route('/events', (_request, response) => {
      response.writeHead(200, head).write(':\n\n');
      later = () => void response.write('too late');
      response.once('close', ended.open);
    });
    await started(server);
    const socket = await listen(server, '/events');
    const rest = text(socket);
    const stopped = server.stop(60_000);
    later();
    await stopped;
    expect(await rest).toMatch(/0\r\n\r\n$/);
    await ended.opening;
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

  it('keeps no connection for more', async () => {
    const server = make();
    const { opening, open } = gate();
    const arrived = gate();
    server.route('/long', async (_request, response) => {
      arrived.open();
      await opening;
      response.end('whole');
    });
    const socket = connect(Number(new URL(await started(server)).port), '127.0.0.1');
    const said = text(socket);
    socket.write('GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await arrived.opening;
    const stopped = server.stop(60_000);
    open();
    expect(await said).toMatch(/Connection: close\r\n[\s\S]+\r\nwhole$/);
    await stopped;
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
