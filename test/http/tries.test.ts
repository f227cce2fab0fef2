import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { client, failureOf, useServers } from '../fixtures/http.ts';

const serve = useServers();

describe('tries', () => {
  /** Fails the first requests with a status, then answers. */
  const failing = (
    failures: number,
    status: number,
    headers: Record<string, string> = {},
  ): RequestListener => {
    let asked = 0;
    return (_request, response) => {
      asked += 1;
      if (asked > failures) response.end('at last');
      else response.writeHead(status, headers).end('no');
    };
  };

  it.each([408, 425, 429, 500, 502, 503, 504])('are repeated after %i', async (status) => {
    const { url, seen } = await serve(failing(2, status));
    const { http, clock } = client();
    expect((await http.get({ url })).body).toBe('at last');
    expect(seen).toHaveLength(3);
    // Half of 500 and 1,000 ms: full jitter with the middle of its range.
    expect(clock.slept).toEqual([250, 500]);
  });

  it.each([400, 401, 403, 404, 410, 501])('are not repeated after %i', async (status) => {
    const { url, seen } = await serve(failing(1, status));
    expect((await client().http.get({ url })).status).toBe(status);
    expect(seen).toHaveLength(1);
  });

  it('end with the last answer', async () => {
    const { url, seen } = await serve(failing(9, 503));
    expect((await client().http.get({ url })).status).toBe(503);
    expect(seen).toHaveLength(3);
  });

  it('wait as long as the server asks, in seconds or until a date', async () => {
    for (const asked of ['4', 'Fri, 21 Aug 2026 20:00:04 GMT']) {
      const { url } = await serve(failing(1, 503, { 'retry-after': asked }));
      const { http, clock } = client();
      expect((await http.get({ url })).body).toBe('at last');
      expect(clock.slept).toEqual([4000]);
    }
  });

  it('are not repeated when the server asks for more than ten seconds', async () => {
    const { url, seen } = await serve(failing(1, 429, { 'retry-after': '120' }));
    const { http, clock } = client();
    expect(await http.get({ url })).toMatchObject({ status: 429, retryAfterMs: 120_000 });
    expect(seen).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  it.each([
    [{ ratelimit: '"api";r=0;t=77' }, 77_000],
    [{ 'retry-after': '99999999999999999999' }, 86_400_000],
    [{ 'retry-after': 'Fri, 21 Aug 2020 20:00:04 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
  ])('tell how long a 429 asks to wait: %o', async (headers, retryAfterMs) => {
    const { url } = await serve(failing(9, 429, headers as Record<string, string>));
    const answer = await client().http.get({ url });
    expect(answer.retryAfterMs).toBe(retryAfterMs);
  });

  it.each(['reset', 'close', 'half'])('are repeated after a connection that ends: %s', async (how) => {
    let asked = 0;
    const { url, seen } = await serve((request, response) => {
      asked += 1;
      if (asked > 1) response.end('at last');
      else if (how === 'reset') request.socket.resetAndDestroy();
      else if (how === 'close') request.socket.end();
      else response.writeHead(200, { 'content-length': 100 }).write('half', () => request.socket.destroy());
    });
    expect((await client().http.get({ url })).body).toBe('at last');
    expect(seen).toHaveLength(2);
  });

  it('end when nobody listens', async () => {
    const { url, close } = await serve(() => undefined);
    close();
    const error = await failureOf(client().http.get({ url }));
    expect(error.failure).toBe('connection');
    expect(error.message).toContain('ECONNREFUSED');
    expect(error.cause).toBeInstanceOf(Error);
  });

  it.each(['hang', 'drip'])('end with a server that takes its time: %s', async (how) => {
    const { url, seen } = await serve((_request, response) => {
      if (how === 'hang') return;
      const timer = setInterval(() => response.write('.'), 5);
      response.on('close', () => clearInterval(timer));
    });
    const error = await failureOf(client({ timeoutMs: 40, tries: 2 }).http.get({ url }));
    expect(error.failure).toBe('timeout');
    expect(seen).toHaveLength(2);
  });

  it('end when all of them together have had their time', async () => {
    const { url, seen } = await serve(failing(9, 503, { 'retry-after': '8' }));
    const { http, clock } = client({ tries: 9, totalMs: 20_000 });
    expect((await http.get({ url })).status).toBe(503);
    expect(clock.slept).toEqual([8000, 8000]);
    expect(seen).toHaveLength(3);
  });
});
