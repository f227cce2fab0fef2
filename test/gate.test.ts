import { describe, expect, it } from 'vitest';
import { listenerOf } from '../src/gate.ts';
import { GUARDS, guardsOf, open, ownOrigin } from './gate/world.ts';

const { Request: NodeRequest, Response: NodeResponse } = globalThis;

describe('what every answer carries', () => {
  it('also where it refuses or has failed', async () => {
    const { port, ask, get, post } = await open({ password: 'open sesame', limits: { body: 10 } });
    const answers = {
      200: await get('/'),
      401: await get('/own'),
      403: await post('/say', 'hello'),
      404: await get('/nowhere'),
      405: await ask(['DELETE / HTTP/1.1', `Host: 127.0.0.1:${port}`]),
      413: await post('/say', 'more than ten', ownOrigin(port)),
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

  it('lets our own pages know where a form comes from, and nobody else', async () => {
    const { server, gate, get } = await open();
    server.route(
      '/form',
      listenerOf(gate.app('open', { hasForms: true }).get('/form', (c) => c.text('form'))),
    );
    expect(guardsOf(await get('/form'))).toEqual({ ...GUARDS, 'referrer-policy': 'same-origin' });
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

describe('what may be asked for', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])('not %s', async (method) => {
    const { ask, port } = await open();
    const answer = await ask([`${method} / HTTP/1.1`, `Host: 127.0.0.1:${port}`, ownOrigin(port)]);
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
