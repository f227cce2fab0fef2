import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listenerOf } from '../../src/gate.ts';
import { type Answer, dial, exchange, open, type World } from './world.ts';

/** What any answer carries, also one to what no app was asked. */
const ALWAYS = ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'x-frame-options'];

function expectGuarded(answer: Answer, what: string) {
  for (const name of ALWAYS) expect(answer.headers.has(name), `${name}: ${what}`).toBe(true);
}

/** It is still there, and nothing was taken for a fault of its own. */
async function expectUnharmed({ get, logged }: World) {
  expect(await get('/')).toMatchObject({ status: 200, body: 'front page' });
  expect(logged).toEqual([]);
}

describe('a request that others might read in another way', () => {
  const SMUGGLED = 'GET /fails HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const POST = 'POST /say HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n';

  it.each([
    ['two kinds of length', `${POST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['the same the other way', `${POST}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`],
    ['two lengths', `${POST}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`],
    ['a length that is none', `${POST}Content-Length: 0x3\r\n\r\nabc`],
    ['a length below nothing', `${POST}Content-Length: -1\r\n\r\n`],
    ['two lengths in one', `${POST}Content-Length: 3, 3\r\n\r\nabc`],
    ['chunks that are not the last coding', `${POST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ['a coding that looks like chunks', `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['a chunk of an odd size', `${POST}Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n`],
    ['a chunk longer than it says', `${POST}Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n`],
    ['a blank before the colon', 'GET / HTTP/1.1\r\nHost : localhost\r\n\r\n'],
    ['a header over two lines', 'GET / HTTP/1.1\r\nHost: localhost\r\n evil.example\r\n\r\n'],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n'],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n'],
    ['a line break of half a kind', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n'],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n'],
    ['the same Host twice', 'GET / HTTP/1.1\r\nHost: localhost\r\nhost: localhost\r\n\r\n'],
    ['two Hosts in one', 'GET / HTTP/1.1\r\nHost: localhost, evil.example\r\n\r\n'],
    ['a user in the Host', 'GET / HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n'],
    ['a path in the Host', 'GET / HTTP/1.1\r\nHost: localhost/x\r\n\r\n'],
    ['a port beyond all', 'GET / HTTP/1.1\r\nHost: localhost:99999\r\n\r\n'],
    ['a Host of another script', 'GET / HTTP/1.1\r\nHost: lоcalhost\r\n\r\n'],
    ['a whole address', 'GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['another Host in the address', 'GET http://localhost/ HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
    ['no path', 'GET * HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a path without a root', 'GET own HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a fragment', 'GET /#/own HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a path in another script', 'GET /é HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['another version', 'GET / HTTP/1.7\r\nHost: localhost\r\n\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP of the first days', 'GET /\r\n'],
    ['another protocol', Buffer.from('16030100a5010000a10303', 'hex').toString('latin1')],
    [
      'a way out of HTTP',
      'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
    ],
    [
      'two ways out',
      'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: h2c, websocket\r\n\r\n',
    ],
  ])('%s is refused, and nothing after it is read', async (what, sent) => {
    const world = await open();
    const answer = await exchange(world.port, sent + SMUGGLED);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatch(/^[A-Z].+\.\n$/);
    expect(answer.headers.get('connection')).toBe('close');
    expectGuarded(answer, what);
    await expectUnharmed(world);
  });

  it('is refused nowhere in the middle of another answer', async () => {
    const { server, port } = await open();
    server.route('/half', (_request, response) => void response.writeHead(200).write('half'));
    const socket = dial(port);
    const pieces: Buffer[] = [];
    socket.on('data', (piece) => void pieces.push(piece));
    socket.write('GET /half HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    socket.write('no request\r\n\r\n');
    await once(socket, 'close');
    expect(Buffer.concat(pieces).toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:(?!HTTP)[\s\S])*half\r\n$/);
  });

  it.each(['no request', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost'])(
    'is let go of, also where nobody hangs up: %s',
    async (sent) => {
      const { server, port } = await open();
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      socket.write(`${sent}\r\n\r\n`);
      socket.resume();
      await once(socket, 'end');
      await server.stop(60_000);
      socket.destroy();
    },
  );

  it('offers HTTP/2 beside, and is answered as if it did not', async () => {
    const { get } = await open();
    const answer = await get('/', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA');
    expect([answer.status, answer.body]).toEqual([200, 'front page']);
  });

  it('is no tunnel, and leaves nobody who hangs up on it unheard', async () => {
    const world = await open();
    const answer = await exchange(world.port, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect([answer.status, answer.body]).toEqual([405, 'This is no proxy; ask for a path like /today.\n']);
    expectGuarded(answer, 'CONNECT');
    const socket = dial(world.port);
    socket.write('CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    socket.resetAndDestroy();
    await expectUnharmed(world);
  });

  it('expects what nobody promised', async () => {
    const { get } = await open();
    const answer = await get('/', 'Expect: the-moon');
    expect([answer.status, answer.body]).toEqual([417, 'Ask again without Expect.\n']);
    expectGuarded(answer, 'Expect');
  });
});

describe('a head that is too big', () => {
  it.each([
    ['a header', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}`, 431],
    ['an address', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    [
      'what comes beside a chunk',
      `POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(20_000)}`,
      413,
    ],
  ])('by %s is refused', async (what, sent, status) => {
    const world = await open();
    const answer = await exchange(world.port, sent);
    // Whoever still sends may not hear it.
    expect([status, Number.NaN]).toContain(answer.status);
    if (answer.status === status) expectGuarded(answer, what);
    await expectUnharmed(world);
  });

  it('hides no header behind a hundred others', async () => {
    const { get } = await open();
    const many = Array.from({ length: 120 }, (_, at) => `X-${at}: ${at}`);
    for (const last of ['X-Forwarded-For: 203.0.113.1', 'Host: evil.example', 'X: y']) {
      const answer = await get('/own', ...many, last);
      expect([answer.status, answer.body]).toEqual([431, 'Send at most 100 headers.\n']);
      expectGuarded(answer, last);
    }
    expect((await get('/own', ...many.slice(0, 90))).status).toBe(200);
  });
});

describe('a path in disguise', () => {
  it.each([
    '/x/../own',
    '/..',
    '/./own',
    '/own/..',
    '/../../etc/passwd',
    '/%2e%2e/own',
    '/x/%2E%2e/own',
    '/x/.%2e/own',
    '/%2e/own',
    '/x\\..\\own',
    '/own%00',
    '/%00',
  ])('%s is refused', async (path) => {
    const world = await open({ password: 'open sesame' });
    const answer = await world.get(path);
    expect(answer.status).toBe(400);
    expectGuarded(answer, path);
    await expectUnharmed(world);
  });

  it.each([
    '//own',
    '/%6fwn',
    '/%2fown',
    '/x/%2e%2e%2fown',
    '/x%2f..%2fown',
    '/OWN',
    '/own;x',
    '/%',
    '/%zz',
    '/...',
  ])('%s leads nowhere', async (path) => {
    const world = await open();
    const answer = await world.get(path);
    expect(answer.status).toBe(404);
    expectGuarded(answer, path);
    await expectUnharmed(world);
  });

  it.each([
    ['/path/a%2Fb', 'a/b'],
    ['/path/%252e%252e', '%2e%2e'],
    ['/path/..%2f..', '../..'],
    ['/path/%C3%A9', 'é'],
    ['/path/%ff', '%ff'],
    ['/path/__proto__', '__proto__'],
  ])('%s is one part, whatever it holds', async (path, part) => {
    const { get } = await open();
    expect(await get(path)).toMatchObject({ status: 200, body: part });
  });
});

describe('whoever is slow', () => {
  it('with a body is let go, and told so', async () => {
    const world = await open({ serverLimits: { headersMs: 60, requestMs: 60 } });
    const head = ['POST /say HTTP/1.1', 'Host: localhost', 'Sec-Fetch-Site: same-origin'];
    const answer = await exchange(world.port, [...head, 'Content-Length: 10', '', 'abc'].join('\r\n'));
    expect([answer.status, answer.body]).toEqual([
      408,
      'That took too long; send the whole request at once.\n',
    ]);
    expectGuarded(answer, 'slow body');
    await expectUnharmed(world);
  });

  it('with a second head, too', async () => {
    const world = await open({ serverLimits: { headersMs: 60, requestMs: 60 } });
    const answer = await exchange(
      world.port,
      'GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nX: ',
    );
    expect(answer.body).toMatch(/^front pageHTTP\/1\.1 408 /);
    await expectUnharmed(world);
  });

  it('to read is let go', async () => {
    const world = await open({ serverLimits: { idleMs: 60 } });
    const piece = new Uint8Array(1_000_000);
    const ended = Promise.withResolvers<void>();
    const endless = () =>
      new ReadableStream({ pull: (controller) => controller.enqueue(piece), cancel: () => ended.resolve() });
    const app = world.gate.app('open').get('/endless', (c) => c.body(endless()));
    world.server.route('/endless', listenerOf(app));
    const socket = dial(world.port);
    socket.pause();
    socket.write('GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await ended.promise;
    socket.destroy();
    await expectUnharmed(world);
  });
});

describe('many requests at once', () => {
  it('over one connection are answered in their order', async () => {
    const { port } = await open({ limits: { requests: 30 } });
    const request = (path: string, ...more: string[]) =>
      [`GET ${path} HTTP/1.1`, 'Host: localhost', ...more, '', ''].join('\r\n');
    const sent = Array.from({ length: 49 }, (_, at) => request(`/path/no-${at}-`)).join('');
    const answer = await exchange(port, sent + request('/', 'Connection: close'));
    const said = answer.body.match(/no-\d+-/g) ?? [];
    expect(said).toEqual(Array.from({ length: 30 }, (_, at) => `no-${at}-`));
    expect(answer.body.match(/HTTP\/1\.1 429/g)).toHaveLength(20);
  });
});

describe('any head at all', () => {
  const bytes = fc.string({ unit: 'binary', maxLength: 30 });
  /** Mostly what can be read, so that the guards behind the first see some of it. */
  const mostly = (readable: readonly string[], other: fc.Arbitrary<string>) =>
    fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...readable) }, { weight: 1, arbitrary: other });
  const METHODS = [
    'GET',
    'GET',
    'GET',
    'HEAD',
    'POST',
    'POST',
    'OPTIONS',
    'TRACE',
    'CONNECT',
    'PUT',
    'QUERY',
  ];
  const PATHS = [
    '/',
    '/own',
    '/say',
    '/form',
    '/fails',
    '/store-fails',
    '/breaks-off',
    '/path/%ff',
    '//',
    '/?%',
  ];
  const NAMES = [
    [
      'Origin',
      'Sec-Fetch-Site',
      'Authorization',
      'X-Forwarded-For',
      'Content-Type',
      'Cookie',
      'Accept',
      'TE',
    ],
    [
      'Host',
      'Expect',
      'Upgrade',
      'Content-Length',
      'Transfer-Encoding',
      'Connection',
      'Trailer',
      '__proto__',
    ],
  ].flat();
  const VALUES = [
    [
      'localhost',
      '127.0.0.1',
      '[::1]',
      '::ffff:1.2.3.4',
      'null',
      'same-origin',
      'http://localhost',
      '*/*',
      '0',
    ],
    ['Basic eDp5', 'Basic', '100-continue', 'keep-alive', 'h2c', 'multipart/form-data; boundary=', ',,,', ''],
    ['evil.example', 'chunked', '3', '-1', '__proto__', 'text/html;;;'],
  ].flat();
  const method = mostly(METHODS, fc.string({ maxLength: 8 }));
  const target = fc.oneof({ weight: 9, arbitrary: mostly(PATHS, bytes) }, fc.webPath(), fc.webUrl());
  const header = fc.tuple(mostly(NAMES, fc.string({ maxLength: 8 })), mostly(VALUES, bytes));
  const head = fc
    .tuple(method, target, fc.constantFrom(true, true, true, false), fc.array(header, { maxLength: 3 }))
    .map(([asked, where, isKnown, given]) => [
      `${asked} ${where} HTTP/1.1`,
      ...(isKnown ? ['Host: localhost'] : []),
      ...given.map(([name, said]) => `${name}: ${said}`),
    ]);

  it('brings nothing down, and is answered with the headers that guard', async () => {
    const limits = { requests: 1e6, changes: 1e6, guesses: 1e6 };
    const serverLimits = { headersMs: 40, requestMs: 40, idleMs: 80 };
    const world = await open({ password: 'open sesame', limits, serverLimits });
    const statuses = new Set<number>();
    const asking = fc.asyncProperty(head, async (lines) => {
      const answer = await world.ask(lines);
      statuses.add(answer.status);
      if (Number.isNaN(answer.status)) expect(lines[0]).toContain('/breaks-off');
      else if (answer.status !== 100) expectGuarded(answer, lines.join());
    });
    await fc.assert(asking, { numRuns: 300 });
    // It went past the door, too.
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 403, 404, 405, 421]));
    expect(await world.get('/')).toMatchObject({ status: 200, body: 'front page' });
    const causes = ['/fails', '/store-fails', '/breaks-off'];
    expect(causes).toEqual(expect.arrayContaining(world.logged.map(([, fields]) => fields?.path)));
  });
});
