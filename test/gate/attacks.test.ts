import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { expectGuarded, expectUnharmed } from './guarded.ts';
import { dial, exchange, open } from './world.ts';

describe('a request that others might read in another way', () => {
  const SMUGGLED = 'GET /fails HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const POST = 'POST /say HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n';

  it.each([
    ['two kinds of length', `${POST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['the same the other way', `${POST}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`],
    ['two lengths', `${POST}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`],
    ['a length that is none', `${POST}Content-Length: 0x3\r\n\r\nabc`],
    ['a length below nothing', `${POST}Content-Length: -1\r\n\r\n`],
    ['two lengths in one', `${POST}Content-Length: 3, 3\r\n\r\nabc`],
    ['chunks that are not the last coding', `${POST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ['a coding that looks like chunks', `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['a chunk of an odd size', `${POST}Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n`],
    ['a chunk longer than it says', `${POST}Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n`],
    ['a blank before the colon', 'GET / HTTP/1.1\r\nHost : localhost\r\n\r\n'],
    ['a header over two lines', 'GET / HTTP/1.1\r\nHost: localhost\r\n evil.example\r\n\r\n'],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n'],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n'],
    ['a line break of half a kind', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n'],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n'],
    ['the same Host twice', 'GET / HTTP/1.1\r\nHost: localhost\r\nhost: localhost\r\n\r\n'],
    ['two Hosts in one', 'GET / HTTP/1.1\r\nHost: localhost, evil.example\r\n\r\n'],
    ['a user in the Host', 'GET / HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n'],
    ['a path in the Host', 'GET / HTTP/1.1\r\nHost: localhost/x\r\n\r\n'],
    ['a port beyond all', 'GET / HTTP/1.1\r\nHost: localhost:99999\r\n\r\n'],
    ['a Host of another script', 'GET / HTTP/1.1\r\nHost: lоcalhost\r\n\r\n'],
    ['a whole address', 'GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['another Host in the address', 'GET http://localhost/ HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
    ['no path', 'GET * HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a path without a root', 'GET own HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a fragment', 'GET /#/own HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a path in another script', 'GET /é HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['another version', 'GET / HTTP/1.7\r\nHost: localhost\r\n\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP of the first days', 'GET /\r\n'],
    ['another protocol', Buffer.from('16030100a5010000a10303', 'hex').toString('latin1')],
    [
      'a way out of HTTP',
      'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
    ],
    [
      'two ways out',
      'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: h2c, websocket\r\n\r\n',
    ],
  ])('%s is refused, and nothing after it is read', async (what, sent) => {
    const world = await open();
    const answer = await exchange(world.port, sent + SMUGGLED);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatch(/^[A-Z].+\.\n$/);
    expect(answer.headers.get('connection')).toBe('close');
    expectGuarded(answer, what);
    await expectUnharmed(world);
  });

  it('is refused nowhere in the middle of another answer', async () => {
    const { server, port } = await open();
    server.route('/half', (_request, response) => void response.writeHead(200).write('half'));
    const socket = dial(port);
    const pieces: Buffer[] = [];
    socket.on('data', (piece) => void pieces.push(piece));
    socket.write('GET /half HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    socket.write('no request\r\n\r\n');
    await once(socket, 'close');
    expect(Buffer.concat(pieces).toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:(?!HTTP)[\s\S])*half\r\n$/);
  });

  it.each(['no request', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost'])(
    'is let go of, also where nobody hangs up: %s',
    async (sent) => {
      const { server, port } = await open();
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      socket.write(`${sent}\r\n\r\n`);
      socket.resume();
      await once(socket, 'end');
      await server.stop(60_000);
      socket.destroy();
    },
  );

  it('offers HTTP/2 beside, and is answered as if it did not', async () => {
    const { get } = await open();
    const answer = await get('/', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA');
    expect([answer.status, answer.body]).toEqual([200, 'front page']);
  });

  it('is no tunnel, and leaves nobody who hangs up on it unheard', async () => {
    const world = await open();
    const answer = await exchange(world.port, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect([answer.status, answer.body]).toEqual([405, 'This is no proxy; ask for a path like /today.\n']);
    expectGuarded(answer, 'CONNECT');
    const socket = dial(world.port);
    socket.write('CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    socket.resetAndDestroy();
    await expectUnharmed(world);
  });

  it('expects what nobody promised', async () => {
    const { get } = await open();
    const answer = await get('/', 'Expect: the-moon');
    expect([answer.status, answer.body]).toEqual([417, 'Ask again without Expect.\n']);
    expectGuarded(answer, 'Expect');
  });
});

describe('a path in disguise', () => {
  it.each([
    '/x/../own',
    '/..',
    '/./own',
    '/own/..',
    '/../../etc/passwd',
    '/%2e%2e/own',
    '/x/%2E%2e/own',
    '/x/.%2e/own',
    '/%2e/own',
    '/x\\..\\own',
    '/own%00',
    '/%00',
  ])('%s is refused', async (path) => {
    const world = await open({ password: 'open sesame' });
    const answer = await world.get(path);
    expect(answer.status).toBe(400);
    expectGuarded(answer, path);
    await expectUnharmed(world);
  });

  it.each([
    '//own',
    '/%6fwn',
    '/%2fown',
    '/x/%2e%2e%2fown',
    '/x%2f..%2fown',
    '/OWN',
    '/own;x',
    '/%',
    '/%zz',
    '/...',
  ])('%s leads nowhere', async (path) => {
    const world = await open();
    const answer = await world.get(path);
    expect(answer.status).toBe(404);
    expectGuarded(answer, path);
    await expectUnharmed(world);
  });

  it.each([
    ['/path/a%2Fb', 'a/b'],
    ['/path/%252e%252e', '%2e%2e'],
    ['/path/..%2f..', '../..'],
    ['/path/%C3%A9', 'é'],
    ['/path/%ff', '%ff'],
    ['/path/__proto__', '__proto__'],
  ])('%s is one part, whatever it holds', async (path, part) => {
    const { get } = await open();
    expect(await get(path)).toMatchObject({ status: 200, body: part });
  });
});
