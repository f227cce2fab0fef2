import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { listenerOf } from '../src/gate.ts';
import { type Answer, dial, open } from './gate/world.ts';

const OWN = (port: number) => `Origin: http://127.0.0.1:${port}`;
const { Request: NodeRequest, Response: NodeResponse } = globalThis;

/** What every answer of an app carries. */
const GUARDS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-frame-options': 'SAMEORIGIN',
};

function guardsOf({ headers }: Answer) {
  return Object.fromEntries(Object.keys(GUARDS).map((name) => [name, headers.get(name)]));
}

describe('what every answer carries', () => {
  it('also where it refuses or has failed', async () => {
    const { port, ask, get, post } = await open({ password: 'open sesame', limits: { body: 10 } });
    const answers = {
      200: await get('/'),
      401: await get('/own'),
      403: await post('/say', 'hello'),
      404: await get('/nowhere'),
      405: await ask(['DELETE / HTTP/1.1', `Host: 127.0.0.1:${port}`]),
      413: await post('/say', 'more than ten', OWN(port)),
      421: await ask(['GET / HTTP/1.1', 'Host: evil.example']),
      500: await get('/fails'),
      503: await get('/store-fails'),
    };
    for (const [status, answer] of Object.entries(answers)) {
      expect(answer.status, status).toBe(Number(status));
      expect(guardsOf(answer), status).toEqual(GUARDS);
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(answer.headers.has('x-powered-by')).toBe(false);
    }
  });

  it('asks for https where the world has it, and only there', async () => {
    const secure = await open({ publicUrl: 'https://papers.example.org' });
    expect((await secure.get('/')).headers.get('strict-transport-security')).toBe('max-age=15552000');
    expect((await secure.get('/nowhere')).headers.get('strict-transport-security')).toBe('max-age=15552000');
    for (const publicUrl of [undefined, 'http://localhost:8787']) {
      const plain = await open(publicUrl === undefined ? {} : { publicUrl });
      expect((await plain.get('/')).headers.has('strict-transport-security')).toBe(false);
    }
  });

  it('is kept by nobody where it is locked or refused; else the page says', async () => {
    const { get } = await open();
    expect((await get('/own')).headers.get('cache-control')).toBe('no-store');
    expect((await get('/nowhere')).headers.get('cache-control')).toBe('no-store');
    expect((await get('/kept')).headers.get('cache-control')).toBe('public, max-age=60');
    expect((await get('/')).headers.has('cache-control')).toBe(false);
  });

  it('leaves the globals of other libraries alone', async () => {
    await open();
    expect([globalThis.Request, globalThis.Response]).toEqual([NodeRequest, NodeResponse]);
  });
});

describe('the names we go by', () => {
  const asked = async (host: string | undefined, given: Parameters<typeof open>[0] = {}) => {
    const { ask } = await open(given);
    return await ask(['GET / HTTP/1.1', ...(host === undefined ? [] : [`Host: ${host}`])]);
  };

  it.each([
    '127.0.0.1',
    '192.168.1.7:8787',
    '[::1]:8787',
    '[2001:db8::1]',
    'localhost',
    'LocalHost:80',
    'paperwire',
    'paper_wire:8787',
    '0x7f.1',
  ])('are addresses and names without a dot: %s', async (host) => {
    expect(await asked(host)).toMatchObject({ status: 200, body: 'front page' });
  });

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:8787',
    '127.0.0.1.nip.io',
    'localhost.evil.example',
    'localhost.',
    'com.',
    'papers.example.org.evil.example',
    'xpapers.example.org',
    'a..b',
  ])('and no others: %s', async (host) => {
    const answer = await asked(host, { publicUrl: 'https://papers.example.org' });
    expect(answer.status).toBe(421);
    expect(answer.body).toBe(
      'Set PUBLIC_URL to the address under which this bot is reached, then ask there.\n',
    );
  });

  it('beside those that are set', async () => {
    const given = { host: 'papers.lan', publicUrl: 'https://Papers.example.org:8443/wire' };
    for (const host of ['papers.lan', 'papers.example.org', 'PAPERS.example.org:443'])
      expect((await asked(host, given)).status, host).toBe(200);
    expect((await asked('example.org', given)).status).toBe(421);
  });

  it('a request in HTTP/1.0 needs one too', async () => {
    const { ask } = await open();
    expect((await ask(['GET / HTTP/1.0'])).status).toBe(421);
    expect((await ask(['GET / HTTP/1.0', 'Host: localhost'])).status).toBe(200);
  });
});

describe('the address that links begin with', () => {
  it('is the public one, or that by which we were asked', async () => {
    const bare = await open();
    const asked = async (host: string) => (await bare.ask(['GET /base HTTP/1.1', `Host: ${host}`])).body;
    expect(await asked('localhost:8787')).toBe('http://localhost:8787');
    expect(await asked('LOCALHOST:80')).toBe('http://localhost');
    const known = await open({ publicUrl: 'https://papers.example.org/wire' });
    expect((await known.get('/base')).body).toBe('https://papers.example.org/wire');
  });
});

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
    expect((await post('/say', 'a', OWN(port))).status).toBe(200);
    expect((await post('/say', 'a')).status).toBe(403);
    expect((await post('/say', 'a', OWN(port))).status).toBe(429);
    expect((await get('/')).status).toBe(200);
  });

  it('tells apart whom a proxy asks for, by what it added itself', async () => {
    const { get } = await open({ limits: { requests: 1 }, publicUrl: 'https://papers.example.org' });
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
  });

  it('does not believe in a proxy where there is none', async () => {
    const { get } = await open({ limits: { requests: 1 } });
    expect((await get('/', 'X-Forwarded-For: 203.0.113.1')).status).toBe(200);
    expect((await get('/', 'X-Forwarded-For: 203.0.113.2')).status).toBe(429);
  });
});

describe('what may be asked for', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])('not %s', async (method) => {
    const { ask, port } = await open();
    const answer = await ask([`${method} / HTTP/1.1`, `Host: 127.0.0.1:${port}`, OWN(port)]);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    expect(answer.body).toBe('Only GET, HEAD, POST are known here.\n');
  });

  it('the head alone, which is that of the page', async () => {
    const { ask } = await open();
    const [head, whole] = await Promise.all([
      ask(['HEAD /kept HTTP/1.1', 'Host: localhost']),
      ask(['GET /kept HTTP/1.1', 'Host: localhost']),
    ]);
    expect([head.status, head.body, whole.body]).toEqual([200, '', 'kept']);
    for (const name of ['content-type', 'cache-control', ...Object.keys(GUARDS)])
      expect(head.headers.get(name), name).toBe(whole.headers.get(name));
  });
});

describe('whatever changes something', () => {
  const said = async (...headers: string[]) => {
    const { post, port } = await open();
    return await post('/say', 'hello', ...headers.map((header) => header.replace('PORT', `${port}`)));
  };

  it.each([
    [['Sec-Fetch-Site: same-origin']],
    [['Sec-Fetch-Site: same-origin', 'Origin: https://seen.by.the.proxy']],
    [['Origin: http://127.0.0.1:PORT']],
    [['Origin: http://127.0.0.1:PORT', 'Content-Type: application/json']],
  ])('comes from our own pages: %s', async (headers) => {
    expect(await said(...headers)).toMatchObject({ status: 200, body: 'hello!' });
  });

  it.each([
    [[]],
    [['Content-Type: application/json']],
    [['Sec-Fetch-Site: cross-site']],
    [['Sec-Fetch-Site: same-site']],
    [['Sec-Fetch-Site: none']],
    [['Sec-Fetch-Site: cross-site', 'Origin: http://127.0.0.1:PORT']],
    [['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Site: same-origin']],
    [['Origin: null']],
    [['Origin: http://127.0.0.1']],
    [['Origin: https://127.0.0.1:PORT']],
    [['Origin: http://localhost:PORT']],
    [['Origin: http://evil.example']],
    [['Origin: http://evil.example', 'Origin: http://127.0.0.1:PORT']],
    [['Referer: http://127.0.0.1:PORT/']],
  ])('and from nowhere else: %s', async (headers) => {
    const answer = await said(...headers);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatch(
      /^Only our own pages may ask for this; a program sends "Origin: http:\/\/127\.0\.0\.1:\d+"\.\n$/,
    );
  });

  it('knows its own pages by the public address too, and by the one that was asked', async () => {
    const { post, port } = await open({ publicUrl: 'https://papers.example.org/wire' });
    expect((await post('/say', 'a', 'Origin: https://papers.example.org')).status).toBe(200);
    expect((await post('/say', 'a', OWN(port))).status).toBe(200);
    expect((await post('/say', 'a', 'Origin: http://papers.example.org')).status).toBe(403);
  });

  it('is read as a form of either kind', async () => {
    const { post, port } = await open();
    const type = 'Content-Type: application/x-www-form-urlencoded';
    expect((await post('/form', 'a=1&b=%C3%A9', OWN(port), type)).body).toBe('{"a":"1","b":"é"}');
    const part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n';
    const parts = 'Content-Type: multipart/form-data; boundary=x';
    expect((await post('/form', part, OWN(port), parts)).body).toBe('{"a":"1"}');
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

describe('what fails', () => {
  it('is answered in a plain sentence, and logged once with its reason', async () => {
    const { get, logged } = await open();
    for (const path of ['/fails', '/fails-oddly']) {
      const answer = await get(path);
      expect([answer.status, answer.body]).toEqual([500, 'That went wrong here; it has been noted.\n']);
      expect(guardsOf(answer)).toEqual(GUARDS);
    }
    expect(logged).toMatchObject([
      ['A page could not be made', { path: '/fails', error: { message: 'the secret reason' } }],
      ['A page could not be made', { path: '/fails-oddly', error: { cause: 'the secret reason' } }],
    ]);
  });

  it('where the store cannot be reached asks for a minute', async () => {
    const { get, logged } = await open();
    const answer = await get('/store-fails');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
    expect(answer.body).toBe('The store cannot be reached just now; try again in a minute.\n');
    expect(logged.map(([message]) => message)).toEqual(['A page could not be made']);
  });

  it('in the middle of a body is cut, without its reason', async () => {
    const { url, get, logged } = await open();
    expect((await get('/breaks-off')).body).not.toContain('secret');
    await expect(fetch(`${url}/breaks-off`).then((response) => response.text())).rejects.toThrow();
    expect(logged).toMatchObject(Array(2).fill(['A page broke off', { path: '/breaks-off' }]));
  });

  it('is a page of its own where there is nothing, if an app has one', async () => {
    const { server, gate, get } = await open();
    const app = gate.app('open');
    app.notFound((c) => c.html('<p>Lost?</p>', 404));
    server.route('/mine', listenerOf(app));
    const answer = await get('/mine/x');
    expect([answer.status, answer.body]).toEqual([404, '<p>Lost?</p>']);
    expect(guardsOf(answer)).toEqual(GUARDS);
    expect((await get('/x')).body).toBe('There is nothing here.\n');
  });
});

describe('whoever goes away', () => {
  it('while a page is being made is no failure', async () => {
    const { server, gate, port, logged, get } = await open();
    const begun = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    const app = gate.app('open').get('/long', async (c) => {
      const gone = once(c.req.raw.signal, 'abort');
      begun.resolve();
      await gone;
      ended.resolve();
      throw new Error('nobody waits');
    });
    server.route('/long', listenerOf(app));
    const socket = dial(port);
    socket.write('GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await begun.promise;
    socket.destroy();
    await ended.promise;
    expect((await get('/')).status).toBe(200);
    expect(logged).toEqual([]);
  });

  it('in the middle of a body is none either', async () => {
    const { server, port, logged, get } = await open();
    const socket = dial(port);
    const head = ['POST /say HTTP/1.1', 'Host: localhost', 'Sec-Fetch-Site: same-origin'];
    socket.write([...head, 'Content-Length: 10', 'Expect: 100-continue', '', 'hal'].join('\r\n'));
    // The server is reading once it asks to go on.
    await once(socket, 'data');
    socket.destroy();
    expect((await get('/')).status).toBe(200);
    await server.stop(1000);
    expect(logged).toEqual([]);
  });

  it('ends the stream that was for them', async () => {
    const { server, gate, port, logged } = await open();
    const ended = Promise.withResolvers<void>();
    const endless = () => new ReadableStream({ cancel: () => ended.resolve() });
    const app = gate
      .app('open')
      .get('/stream', (c) => c.body(endless(), 200, { 'Content-Type': 'text/event-stream' }));
    server.route('/stream', listenerOf(app));
    const socket = dial(port);
    socket.write('GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const [head] = (await once(socket, 'data')) as [Buffer];
    expect(head.toString()).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
    await ended.promise;
    expect(logged).toEqual([]);
  });

  it('is nobody where the bot itself goes', async () => {
    const { server, gate, url, logged } = await open();
    const ended = Promise.withResolvers<void>();
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode(':\n\n')),
      cancel: () => ended.resolve(),
    });
    const app = gate
      .app('open')
      .get('/s', (c) => c.body(stream, 200, { 'Content-Type': 'text/event-stream' }));
    server.route('/s', listenerOf(app));
    const response = await fetch(`${url}/s`);
    const read = response.text();
    await server.stop(60_000);
    expect(await read).toMatch(/^(:\n\n)+$/);
    await ended.promise;
    expect(logged).toEqual([]);
  });

  it('and asked for the head of a stream alone leaves none behind', async () => {
    const { server, gate, ask } = await open();
    const ended = Promise.withResolvers<void>();
    const endless = () => new ReadableStream({ cancel: () => ended.resolve() });
    server.route('/stream', listenerOf(gate.app('open').get('/stream', (c) => c.body(endless()))));
    expect((await ask(['HEAD /stream HTTP/1.1', 'Host: localhost'])).status).toBe(200);
    await ended.promise;
  });
});
