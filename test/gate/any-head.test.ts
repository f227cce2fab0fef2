import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectGuarded } from './guarded.ts';
import { open } from './world.ts';

describe('any head at all', () => {
  const bytes = fc.string({ unit: 'binary', maxLength: 30 });
  /** Mostly what can be read, so that the guards behind the first see some of it. */
  const mostly = (readable: readonly string[], other: fc.Arbitrary<string>) =>
    fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...readable) }, { weight: 1, arbitrary: other });
  const METHODS = [
    'GET',
    'GET',
    'GET',
    'HEAD',
    'POST',
    'POST',
    'OPTIONS',
    'TRACE',
    'CONNECT',
    'PUT',
    'QUERY',
  ];
  const PATHS = [
    '/',
    '/own',
    '/say',
    '/form',
    '/fails',
    '/store-fails',
    '/breaks-off',
    '/path/%ff',
    '//',
    '/?%',
  ];
  const NAMES = [
    [
      'Origin',
      'Sec-Fetch-Site',
      'Authorization',
      'X-Forwarded-For',
      'Content-Type',
      'Cookie',
      'Accept',
      'TE',
    ],
    [
      'Host',
      'Expect',
      'Upgrade',
      'Content-Length',
      'Transfer-Encoding',
      'Connection',
      'Trailer',
      '__proto__',
    ],
  ].flat();
  const VALUES = [
    [
      'localhost',
      '127.0.0.1',
      '[::1]',
      '::ffff:1.2.3.4',
      'null',
      'same-origin',
      'http://localhost',
      '*/*',
      '0',
    ],
    ['Basic eDp5', 'Basic', '100-continue', 'keep-alive', 'h2c', 'multipart/form-data; boundary=', ',,,', ''],
    ['evil.example', 'chunked', '3', '-1', '__proto__', 'text/html;;;'],
  ].flat();
  const method = mostly(METHODS, fc.string({ maxLength: 8 }));
  const target = fc.oneof({ weight: 9, arbitrary: mostly(PATHS, bytes) }, fc.webPath(), fc.webUrl());
  const header = fc.tuple(mostly(NAMES, fc.string({ maxLength: 8 })), mostly(VALUES, bytes));
  const head = fc
    .tuple(method, target, fc.constantFrom(true, true, true, false), fc.array(header, { maxLength: 3 }))
    .map(([asked, where, isKnown, given]) => [
      `${asked} ${where} HTTP/1.1`,
      ...(isKnown ? ['Host: localhost'] : []),
      ...given.map(([name, said]) => `${name}: ${said}`),
    ]);

  it('brings nothing down, and is answered with the headers that guard', async () => {
    const limits = { requests: 1e6, changes: 1e6, guesses: 1e6 };
    const serverLimits = { headersMs: 40, requestMs: 40, idleMs: 80 };
    const world = await open({ password: 'open sesame', limits, serverLimits });
    const statuses = new Set<number>();
    const asking = fc.asyncProperty(head, async (lines) => {
      const answer = await world.ask(lines);
      statuses.add(answer.status);
      if (Number.isNaN(answer.status)) expect(lines[0]).toContain('/breaks-off');
      else if (answer.status !== 100) expectGuarded(answer, lines.join());
    });
    await fc.assert(asking, { numRuns: 300 });
    // It went past the door, too.
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 403, 404, 405, 421]));
    expect(await world.get('/')).toMatchObject({ status: 200, body: 'front page' });
    const causes = ['/fails', '/store-fails', '/breaks-off'];
    expect(causes).toEqual(expect.arrayContaining(world.logged.map(([, fields]) => fields?.path)));
  });
});
