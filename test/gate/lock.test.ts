import { describe, expect, it } from 'vitest';
import { exchange, type Given, open } from './world.ts';

const PASSWORD = 'open sésame: 1';
const FROM = (address: string) => `X-Forwarded-For: ${address}`;

function credentials(password: string, user = 'anybody') {
  return `Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

describe('a locked page with a password', () => {
  it('asks for it, and takes any user’s name', async () => {
    const { get } = await open({ password: PASSWORD });
    const asked = await get('/own');
    expect([asked.status, asked.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Paperwire"']);
    expect(asked.body).toBe('This page asks for WEB_PASSWORD; the user’s name may be any.\n');
    for (const user of ['anybody', '', 'é'])
      expect(await get('/own', credentials(PASSWORD, user))).toMatchObject({ status: 200, body: 'own page' });
  });

  it.each([
    credentials('open sesame: 1'),
    credentials(`${PASSWORD} `),
    credentials(''),
    `Authorization: Bearer ${PASSWORD}`,
    'Authorization: Basic',
    'Authorization: Basic !!!!',
    `Authorization: Basic ${Buffer.from('no colon').toString('base64')}`,
    'Authorization:',
  ])('takes no other: %s', async (header) => {
    const { get } = await open({ password: PASSWORD });
    expect((await get('/own', header)).status).toBe(401);
  });

  it('takes no two at once', async () => {
    const { get } = await open({ password: PASSWORD });
    expect((await get('/own', credentials('wrong'), credentials(PASSWORD))).status).toBe(401);
  });

  it('leaves open pages open, and is locked wherever the bot is reached', async () => {
    for (const given of [{}, { host: '0.0.0.0' }, { publicUrl: 'https://papers.example.org' }] as Given[]) {
      const { get } = await open({ password: PASSWORD, ...given });
      expect((await get('/')).status).toBe(200);
      expect((await get('/own')).status).toBe(401);
      expect((await get('/own', credentials(PASSWORD), FROM('203.0.113.1'))).status).toBe(200);
    }
  });

  it('lets nobody do anything on behalf of another site, whose browser knows the password', async () => {
    const { post } = await open({ password: PASSWORD });
    expect((await post('/own', '', credentials(PASSWORD), 'Origin: https://evil.example')).status).toBe(403);
  });
});

describe('whoever guesses', () => {
  const guessed = { password: PASSWORD, limits: { guesses: 2 } };

  it('may do so a few times, and then waits, even with the right one', async () => {
    const { get } = await open(guessed);
    for (const _ of [1, 2]) expect((await get('/own', credentials('wrong'))).status).toBe(401);
    for (const given of ['wrong', PASSWORD]) {
      const answer = await get('/own', credentials(given));
      expect(answer.status).toBe(429);
      const retryAfterS = Number(answer.headers.get('retry-after'));
      expect(retryAfterS).toBeGreaterThan(60);
      expect(retryAfterS).toBeLessThanOrEqual(600);
      expect(answer.body).toBe(
        `Too many wrong passwords came from your address. Try again in ${retryAfterS} s.\n`,
      );
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect((await get('/')).status).toBe(200);
  });

  it('does not so with the right one, or with none', async () => {
    const { get } = await open(guessed);
    for (const _ of [1, 2, 3]) expect((await get('/own')).status).toBe(401);
    for (const _ of [1, 2, 3]) expect((await get('/own', credentials(PASSWORD))).status).toBe(200);
  });

  it('gains nothing by guessing all at once', async () => {
    const { get } = await open(guessed);
    const guesses = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', PASSWORD];
    const statuses = await Promise.all(
      guesses.map(async (guess) => (await get('/own', credentials(guess))).status),
    );
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(2);
    expect((await get('/own', credentials(PASSWORD))).status).toBe(429);
  });

  it('in one piece is counted as well', async () => {
    const { port, get } = await open(guessed);
    const request = (password: string, ...more: string[]) =>
      ['GET /own HTTP/1.1', 'Host: localhost', credentials(password), ...more, '', ''].join('\r\n');
    const many = Array.from({ length: 50 }, (_, at) => request(`wrong ${at}`)).join('');
    const answer = await exchange(port, many + request(PASSWORD, 'Connection: close'));
    expect(answer.body.match(/HTTP\/1\.1 429/g)).toHaveLength(49);
    expect(answer.body).not.toContain('own page');
    expect((await get('/own', credentials(PASSWORD))).status).toBe(429);
  });

  it('leaves others alone', async () => {
    const { get } = await open({ ...guessed, publicUrl: 'https://papers.example.org' });
    const ask = async (password: string, address: string) =>
      (await get('/own', credentials(password), FROM(address))).status;
    for (const status of [401, 401, 429]) expect(await ask('wrong', '203.0.113.1')).toBe(status);
    expect(await ask(PASSWORD, '203.0.113.1')).toBe(429);
    expect(await ask(PASSWORD, '203.0.113.2')).toBe(200);
  });
});

describe('a locked page without a password', () => {
  const status = async (given: Given, ...headers: string[]) => {
    const { get } = await open(given);
    const answer = await get('/own', ...headers);
    return answer.status === 403 ? answer.body : answer.status;
  };
  const CLOSED = 'This page is for whoever runs the bot. Set WEB_PASSWORD to open it from elsewhere.\n';

  it.each([
    {},
    { host: 'localhost' },
    { host: '::1' },
    { host: '127.0.0.2' },
    { publicUrl: 'http://localhost:8787' },
    { publicUrl: 'http://127.0.0.1' },
    { publicUrl: 'http://[::1]:8787' },
  ] as Given[])('is open at this machine: %j', async (given) => {
    expect(await status(given)).toBe(200);
  });

  it.each([
    { host: '0.0.0.0' },
    { host: '::' },
    { host: '192.168.1.7' },
    { host: 'paperwire' },
    { publicUrl: 'https://papers.example.org' },
    { publicUrl: 'https://localhost.evil.example' },
  ] as Given[])('and closed where others may come: %j', async (given) => {
    expect(await status(given)).toBe(CLOSED);
  });

  it.each([
    'X-Forwarded-For: 127.0.0.1',
    'X-Forwarded-For:',
    'Forwarded: for=127.0.0.1',
    'X-Real-IP: 127.0.0.1',
    'X-Forwarded-Host: localhost',
    'Via: 1.1 proxy',
    'X-Forwarded-Proto: https',
    'X-Forwarded: for=127.0.0.1',
    'CF-Connecting-IP: 203.0.113.1',
    'CF-Ray: 1-FRA',
    'CDN-Loop: cloudflare',
    'True-Client-IP: 203.0.113.1',
    'X-Client-IP: 203.0.113.1',
    'X-Cluster-Client-IP: 203.0.113.1',
    'Fastly-Client-IP: 203.0.113.1',
    'X-Envoy-External-Address: 203.0.113.1',
    'X-Original-Host: papers.example.org',
  ])('or where somebody asks through a proxy: %s', async (header) => {
    expect(await status({}, header)).toBe(CLOSED);
  });

  it('or through one that adds no header, as nginx does by HTTP/1.0', async () => {
    const { ask, port } = await open();
    const answer = await ask(['GET /own HTTP/1.0', `Host: 127.0.0.1:${port}`]);
    expect([answer.status, answer.body]).toEqual([403, CLOSED]);
    expect((await ask(['GET / HTTP/1.0', `Host: 127.0.0.1:${port}`])).status).toBe(200);
  });

  it('or where a proxy is known of that tells nothing of itself, until there is a password', async () => {
    expect(await status({ isProxied: true })).toBe(
      'This page is for whoever runs the bot. Set WEB_PASSWORD to open it, as a proxy leads here.\n',
    );
    const { get } = await open({ isProxied: true, password: PASSWORD });
    expect((await get('/own', credentials(PASSWORD))).status).toBe(200);
  });

  it('and open to browsers and programs at this machine, whatever else they say', async () => {
    const headers = ['Accept: */*', 'Sec-Fetch-Site: none', 'User-Agent: curl/8', 'X-Requested-With: x'];
    expect(await status({}, ...headers)).toBe(200);
  });

  it('or by a name that somebody else could point here', async () => {
    const { ask } = await open();
    expect((await ask(['GET /own HTTP/1.1', 'Host: rebound.evil.example'])).status).toBe(421);
  });
});
