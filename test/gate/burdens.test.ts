import { describe, expect, it } from 'vitest';
import { listenerOf } from '../../src/gate.ts';
import { expectGuarded, expectUnharmed } from './guarded.ts';
import { dial, exchange, open } from './world.ts';

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
