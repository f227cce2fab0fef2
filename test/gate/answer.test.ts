import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { listenerOf } from '../../src/gate.ts';
import { dial, GUARDS, guardsOf, open } from './world.ts';

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
