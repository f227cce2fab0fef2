import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { HttpError } from '../src/http.ts';
import { createFakeClock } from './fakes/clock.ts';
import { client, failureOf, useServers } from './fixtures/http.ts';

const serve = useServers();

describe('an answer', () => {
  it('comes with its status, headers and whole body, whatever the status', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(404, { 'x-told': 'yes' }).end('not here: ℓ₂');
    });
    const { status, headers, body, url: from } = await client().http.get({ url: `${url}/a?b=c` });
    expect({ status, body, from, told: headers.get('x-told') }).toEqual({
      status: 404,
      body: 'not here: ℓ₂',
      from: `${url}/a?b=c`,
      told: 'yes',
    });
  });

  it('is asked for under our name, with the token of the request', async () => {
    const { url, seen } = await serve((_request, response) => response.end());
    await client().http.get({ url, token: 'hf_secret', headers: { accept: 'application/json' } });
    expect(seen[0]?.headers).toMatchObject({
      'user-agent': 'paperwire/1.2.3',
      authorization: 'Bearer hf_secret',
      accept: 'application/json',
    });
  });

  it('is unpacked, and measured unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(2_000_000, 'a'));
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    expect((await client().http.get({ url })).body).toHaveLength(2_000_000);
    const { failure } = await failureOf(client({ maxBytes: 1_000_000 }).http.get({ url }));
    expect(failure).toBe('size');
  });

  it('may be as long as allowed, and not one byte longer', async () => {
    const { url } = await serve((_request, response) => response.end('a'.repeat(5_000_000)));
    const roomy = client({ maxBytes: 5_000_000 });
    expect((await roomy.http.get({ url })).body).toHaveLength(5_000_000);
    const failure = await failureOf(client({ maxBytes: 4_999_999 }).http.get({ url }));
    expect(failure.failure).toBe('size');
  });

  it('without end is left, after one try', async () => {
    const { url, seen } = await serve((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('a'.repeat(65_536))) {
          // Until the buffer is full.
        }
      };
      response.on('drain', more);
      more();
    });
    expect((await failureOf(client().http.get({ url }))).failure).toBe('size');
    expect(seen).toHaveLength(1);
  });

  it('that refuses is cut where it goes on and on', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(400).write('a'.repeat(200_000));
    });
    const { status, body } = await client().http.get({ url });
    expect(status).toBe(400);
    expect(body.length).toBeLessThanOrEqual(65_536);
  });
});

describe('an address', () => {
  it.each(['ftp://127.0.0.1/x', 'file:///etc/passwd', 'not an address', 'http://user:password@127.0.0.1/'])(
    '%s is refused without a request',
    async (url) => {
      const error = await failureOf(client().http.get({ url }));
      expect(error.failure).toBe('address');
      expect(error.message).not.toContain('password@');
    },
  );
});

describe('redirects', () => {
  it('are followed, five of them', async () => {
    const { url, seen } = await serve((request, response) => {
      const step = Number(request.url?.slice(1));
      if (step < 5) response.writeHead(302, { location: `/${step + 1}` }).end('moved');
      else response.end('there');
    });
    const answer = await client().http.get({ url: `${url}/0` });
    expect(answer).toMatchObject({ body: 'there', url: `${url}/5` });
    expect(seen).toHaveLength(6);
  });

  it('end at the sixth', async () => {
    const { url, seen } = await serve((request, response) => {
      response.writeHead(307, { location: `${request.url}x` }).end();
    });
    expect((await failureOf(client().http.get({ url }))).failure).toBe('redirect');
    expect(seen).toHaveLength(6);
  });

  it('to what is not http(s) are not followed', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    });
    expect((await failureOf(client().http.get({ url }))).failure).toBe('address');
  });

  it('to another origin lose the token', async () => {
    const other = await serve((_request, response) => response.end('other'));
    const { url, seen } = await serve((request, response) => {
      if (request.url === '/same') response.writeHead(308, { location: `${other.url}/there` }).end();
      else response.writeHead(301, { location: '/same' }).end();
    });
    expect((await client().http.get({ url, token: 'hf_secret' })).body).toBe('other');
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer hf_secret',
      'Bearer hf_secret',
    ]);
    expect(other.seen[0]?.headers.authorization).toBeUndefined();
  });

  it('without an address are answers like any other', async () => {
    const { url } = await serve((_request, response) => response.writeHead(303).end());
    expect((await client().http.get({ url })).status).toBe(303);
  });
});

describe('a signal', () => {
  it('that is aborted already asks for nothing', async () => {
    const { url, seen } = await serve((_request, response) => response.end());
    const reason = new Error('left');
    await expect(client().http.get({ url, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(seen).toHaveLength(0);
  });

  it('ends a request, one that waits its turn, and the wait between tries', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/wait') response.writeHead(503, { 'retry-after': '5' }).end();
    });
    const { http } = client({
      clock: {
        ...createFakeClock('2026-08-21T20:00:00.000Z'),
        sleep: (_durationMs, signal) =>
          new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
      },
    });
    const controller = new AbortController();
    const { signal } = controller;
    const readings = ['/wait', '/hang', '/queued'].map((path) =>
      http.get({ url: url + path, signal }).catch((error: unknown) => error),
    );
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort('left');
    expect(await Promise.all(readings)).toEqual(['left', 'left', 'left']);
  });
});

describe('a host', () => {
  it('has one request at a time, another host its own', async () => {
    let open = 0;
    let most = 0;
    const listener: RequestListener = (_request, response) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        response.end();
      });
    };
    const { url } = await serve(listener);
    const { http } = client();
    await Promise.all(Array.from({ length: 8 }, () => http.get({ url })));
    expect(most).toBe(1);
  });

  it('that is slow does not make everybody wait for all others', async () => {
    const { http, clock } = client({ totalMs: 1000 });
    const { url, seen } = await serve((_request, response) => {
      clock.advance(1000);
      response.end();
    });
    const first = http.get({ url });
    const second = failureOf(http.get({ url }));
    expect((await first).status).toBe(200);
    expect((await second).failure).toBe('timeout');
    expect(seen).toHaveLength(1);
  });
});

describe('the hooks of a request', () => {
  it('see every request that leaves and every answer', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/b' }).end();
      else response.writeHead(200).end('there');
    });
    const seen: (string | number)[] = [];
    await client().http.get({
      url,
      beforeRequest: () => void seen.push('leaves'),
      onAnswer: ({ status }) => void seen.push(status),
    });
    expect(seen).toEqual(['leaves', 302, 'leaves', 200]);
  });

  it('may forbid a request: what they throw comes out', async () => {
    const { url, seen } = await serve((_request, response) => response.writeHead(503).end());
    const budgetSpent = new HttpError('address', 'enough');
    let asked = 0;
    const reading = client().http.get({
      url,
      beforeRequest() {
        asked += 1;
        if (asked > 1) throw budgetSpent;
      },
    });
    await expect(reading).rejects.toBe(budgetSpent);
    expect(seen).toHaveLength(1);
  });
});

describe('what has not changed', () => {
  it('is asked for with its ETag and not sent again', async () => {
    const { url, seen } = await serve((request, response) => {
      if (request.headers['if-none-match'] === '"one"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"one"' }).end('the body');
    });
    const { http } = client();
    for (let time = 0; time < 3; time++) {
      expect(await http.get({ url })).toMatchObject({ status: 200, body: 'the body' });
    }
    expect(seen.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"one"', '"one"']);
  });

  it('is taken anew when it has changed', async () => {
    let version = 0;
    const { url } = await serve((_request, response) => {
      version += 1;
      response.writeHead(200, { etag: `"${version}"` }).end(`body ${version}`);
    });
    const { http } = client();
    expect((await http.get({ url })).body).toBe('body 1');
    expect((await http.get({ url })).body).toBe('body 2');
  });

  it('is kept within bounds: what was not used for longest goes first, what is large is not kept', async () => {
    const { url, seen } = await serve((request, response) => {
      const size = request.url === '/large' ? 300 : 100;
      response.writeHead(200, { etag: `"${request.url}"` }).end('a'.repeat(size));
    });
    const { http } = client({ keptBytes: 400 });
    const paths = ['/1', '/2', '/3', '/4', '/1', '/5', '/1', '/2', '/large', '/large'];
    for (const path of paths) await http.get({ url: url + path });
    const asked = seen.map(({ headers }) => headers['if-none-match'] ?? '-');
    expect(asked).toEqual(['-', '-', '-', '-', '"/1"', '-', '"/1"', '-', '-', '-']);
  });

  it('and was never sent is an answer without a body', async () => {
    const { url } = await serve((_request, response) => response.writeHead(304).end());
    expect(await client().http.get({ url })).toMatchObject({ status: 304, body: '' });
  });
});
