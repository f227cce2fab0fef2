import { describe, expect, it } from 'vitest';
import { listenerOf } from '../../src/gate.ts';
import { open, ownOrigin } from './world.ts';

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
    expect((await post('/say', 'a', ownOrigin(port))).status).toBe(200);
    expect((await post('/say', 'a', 'Origin: http://papers.example.org')).status).toBe(403);
  });

  it('may come from anywhere where an app is for anybody, and is no longer than it takes', async () => {
    const { server, gate, post } = await open();
    const app = gate.app('open', { isForAnybody: true, body: 100_000 });
    app.post('/told', async (c) => c.text(`${(await c.req.text()).length}`));
    server.route('/told', listenerOf(app));
    for (const headers of [
      [],
      ['Sec-Fetch-Site: cross-site'],
      ['Origin: https://mail.example'],
      ['Origin: null'],
    ])
      expect((await post('/told', 'hello', ...headers)).body, `${headers}`).toBe('5');
    expect((await post('/told', 'x'.repeat(100_000))).body).toBe('100000');
    expect((await post('/told', 'x'.repeat(100_001))).status).toBe(413);
    expect((await post('/say', 'hello')).status).toBe(403);
  });

  it('is read as a form of either kind', async () => {
    const { post, port } = await open();
    const type = 'Content-Type: application/x-www-form-urlencoded';
    expect((await post('/form', 'a=1&b=%C3%A9', ownOrigin(port), type)).body).toBe('{"a":"1","b":"é"}');
    const part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n';
    const parts = 'Content-Type: multipart/form-data; boundary=x';
    expect((await post('/form', part, ownOrigin(port), parts)).body).toBe('{"a":"1"}');
  });
});
