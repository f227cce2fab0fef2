import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { client, failureOf, useServers } from '../fixtures/http.ts';

const serve = useServers();

describe('a message for a webhook', () => {
  it('is posted as JSON under our name', async () => {
    const bodies: string[] = [];
    const { url, seen } = await serve(async (request, response) => {
      bodies.push(await text(request));
      response.writeHead(204).end();
    });
    await client().http.post({ url: `${url}/in?key=1`, json: { event: 'raised', text: 'ℓ₂' } });
    expect(bodies).toEqual(['{"event":"raised","text":"ℓ₂"}']);
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/in?key=1' });
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'paperwire/1.2.3',
    });
  });

  it.each([302, 400, 404, 429, 500, 503])('is not taken with %i: it fails after one try', async (status) => {
    const { url, seen } = await serve((_request, response) => {
      response.writeHead(status, { location: '/elsewhere' }).end('no');
    });
    const { http, clock } = client();
    const { failure, message } = await failureOf(http.post({ url: `${url}/in?key=secret`, json: {} }));
    expect(failure).toBe('status');
    expect(message).toContain(String(status));
    expect(message).not.toContain('secret');
    expect([seen.length, clock.slept]).toEqual([1, []]);
  });

  it('fails where nobody listens, and where nobody answers', async () => {
    const gone = await serve(() => undefined);
    gone.close();
    expect((await failureOf(client().http.post({ url: gone.url, json: {} }))).failure).toBe('connection');
    const { url, seen } = await serve(() => undefined);
    const slow = client({ timeoutMs: 40 });
    expect((await failureOf(slow.http.post({ url, json: {} }))).failure).toBe('timeout');
    expect(seen).toHaveLength(1);
  });

  it('does not wait for a body that goes on and on', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200).write('a'.repeat(1000));
    });
    await client().http.post({ url, json: {} });
  });

  it('goes to no odd address', async () => {
    for (const url of ['file:///etc/passwd', 'http://user:password@127.0.0.1/']) {
      const { failure, message } = await failureOf(client().http.post({ url, json: {} }));
      expect(failure).toBe('address');
      expect(message).not.toContain('password@');
    }
  });

  it('ends with its signal, before and after it has left', async () => {
    const { url, seen } = await serve(() => left.resolve());
    const left = Promise.withResolvers<void>();
    const reason = new Error('stopping');
    await expect(client().http.post({ url, json: {}, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect(seen).toHaveLength(0);
    const controller = new AbortController();
    const posting = client().http.post({ url, json: {}, signal: controller.signal });
    await left.promise;
    controller.abort(reason);
    await expect(posting).rejects.toBe(reason);
  });
});
