import { once } from 'node:events';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { addressBehind } from '../../src/gate/limits.ts';
import { listenerOf } from '../../src/gate.ts';
import { dial, GUARDS, guardsOf, open, ownOrigin } from './world.ts';

describe('how often somebody may ask', () => {
  it('is counted by address, over all apps and kinds of answers', async () => {
    const { get, ask } = await open({ limits: { requests: 3 } });
    expect((await get('/')).status).toBe(200);
    expect((await get('/own')).status).toBe(200);
    expect((await ask(['HEAD /nowhere HTTP/1.1', 'Host: localhost'])).status).toBe(404);
    for (const path of ['/', '/own', '/nowhere']) {
      const answer = await get(path);
      expect(answer.status).toBe(429);
      const retryAfterS = Number(answer.headers.get('retry-after'));
      expect(retryAfterS).toBeGreaterThan(0);
      expect(retryAfterS).toBeLessThanOrEqual(60);
      expect(answer.body).toBe(`Too many requests came from your address. Try again in ${retryAfterS} s.\n`);
      expect(guardsOf(answer)).toEqual(GUARDS);
    }
  });

  it('is less where something is asked to be done', async () => {
    const { get, post, port } = await open({ limits: { changes: 2 } });
    expect((await post('/say', 'a', ownOrigin(port))).status).toBe(200);
    expect((await post('/say', 'a')).status).toBe(403);
    expect((await post('/say', 'a', ownOrigin(port))).status).toBe(429);
    expect((await get('/')).status).toBe(200);
  });

  it('is no less for a machine that has much to tell', async () => {
    const { server, gate, ask } = await open({ limits: { changes: 1, requests: 4 } });
    const app = gate.app('open', { isForAnybody: true, isForMachine: () => true });
    server.route('/told', listenerOf(app.post('/told', (c) => c.text('heard'))));
    const tell = async () =>
      (await ask(['POST /told HTTP/1.1', 'Host: localhost', 'Content-Length: 0'])).status;
    expect([await tell(), await tell(), await tell(), await tell(), await tell()]).toEqual([
      200, 200, 200, 200, 429,
    ]);
  });

  it.each([{ publicUrl: 'https://papers.example.org' }, { isProxied: true }])(
    'tells apart whom a proxy asks for, by what it added itself: %j',
    async (leading) => {
      const { get } = await open({ limits: { requests: 1 }, ...leading });
      const from = async (...headers: string[]) => (await get('/', ...headers)).status;
      const by = (addresses: string) => `X-Forwarded-For: ${addresses}`;
      expect(await from(by('203.0.113.1'))).toBe(200);
      expect(await from(by('203.0.113.2'))).toBe(200);
      expect(await from(by('198.51.100.9, 203.0.113.2:4711'))).toBe(429);
      expect(await from(by('198.51.100.9'), by('203.0.113.1'))).toBe(429);
      expect(await from(by('2001:db8:1:2:3::1'))).toBe(200);
      expect(await from(by('[2001:db8:1:2:ffff::9]:443'))).toBe(429);
      expect(await from(by('2001:db8:1:3::1'))).toBe(200);
      // What is no address is put down to the proxy itself.
      expect(await from(by('nobody'))).toBe(200);
      expect(await from()).toBe(429);
    },
  );

  it('does not believe in a proxy where there is none', async () => {
    const { get } = await open({ limits: { requests: 1 } });
    expect((await get('/', 'X-Forwarded-For: 203.0.113.1')).status).toBe(200);
    expect((await get('/', 'X-Forwarded-For: 203.0.113.2')).status).toBe(429);
  });
});

describe('what an app counts itself', () => {
  it('is counted by address too, beside all else', async () => {
    const { server, gate, get } = await open({ publicUrl: 'https://papers.example.org' });
    const count = gate.counter(2, 3_600_000);
    const app = gate.app('open').get('/counted', async (c) => c.text(`${await count(c)}`));
    server.route('/counted', listenerOf(app));
    const by = async (address: string) => (await get('/counted', `X-Forwarded-For: ${address}`)).body;
    expect([await by('203.0.113.1'), await by('203.0.113.1'), await by('203.0.113.2')]).toEqual(
      Array(3).fill('undefined'),
    );
    expect(Number(await by('203.0.113.1'))).toBeGreaterThan(3500);
    expect(await by('203.0.113.2')).toBe('undefined');
    expect((await get('/', 'X-Forwarded-For: 203.0.113.1')).status).toBe(200);
  });
});

describe('the address behind a proxy', () => {
  // A peer from elsewhere cannot be had at a port of this machine.
  type Leading = Parameters<typeof addressBehind>[0];
  const addressOf = async (remoteAddress: string, leading: Leading, forwarded: string) => {
    const app = new Hono().get('/', (c) => c.text(addressBehind(leading)(c)));
    const headers = { 'X-Forwarded-For': forwarded };
    const response = await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } });
    return await response.text();
  };

  const LEADING: Leading[] = [{ publicUrl: 'https://papers.example.org' }, { isProxied: true }];

  it.each(['127.0.0.1', '::1', '::ffff:172.17.0.1', '10.0.0.7', 'fd00::7'])(
    'is believed where the proxy is one of ours: %s',
    async (peer) => {
      for (const leading of LEADING)
        expect(await addressOf(peer, leading, '198.51.100.9, 203.0.113.1')).toBe('203.0.113.1');
    },
  );

  it.each(['8.8.8.8', '2001:db8::1'])('and from nobody else: %s', async (peer) => {
    for (const leading of LEADING) expect(await addressOf(peer, leading, '203.0.113.1')).toBe(peer);
    for (const leading of [{}, { isProxied: false }])
      expect(await addressOf('127.0.0.1', leading, '203.0.113.1')).toBe('127.0.0.1');
  });
});

describe('what is too long', () => {
  const sent = async (body: string, chunked: boolean) => {
    const { ask } = await open({ limits: { body: 10 } });
    const head = ['POST /say HTTP/1.1', 'Host: localhost', 'Sec-Fetch-Site: same-origin'];
    if (!chunked) return await ask([...head, `Content-Length: ${body.length}`], body);
    const chunks = [...body].map((letter) => `1\r\n${letter}\r\n`).join('');
    return await ask([...head, 'Transfer-Encoding: chunked'], `${chunks}0\r\n\r\n`);
  };

  it.each([false, true])('is not taken; in chunks: %s', async (chunked) => {
    expect(await sent('ten bytes.', chunked)).toMatchObject({ status: 200, body: 'ten bytes.!' });
    const refused = await sent('eleven byte', chunked);
    expect([refused.status, refused.body]).toEqual([413, 'Send at most 10 bytes.\n']);
  });

  it.each([
    ['Content-Length: 1000000', 'begin'],
    ['Transfer-Encoding: chunked', 'b\r\neleven byte\r\n'],
  ])('is refused before all of it is sent: %s', async (length, begun) => {
    const { port } = await open({ limits: { body: 10 } });
    const socket = dial(port);
    const head = ['POST /say HTTP/1.1', 'Host: localhost', 'Sec-Fetch-Site: same-origin'];
    socket.write([...head, length, '', begun].join('\r\n'));
    const [piece] = (await once(socket, 'data')) as [Buffer];
    expect(piece.toString()).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });
});
