import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../../src/errors.ts';
import { HOOK, ORDER, open, share } from '../subscribing/world.ts';
import { ADA, failed, JSON_BODY, MAIL, openFor, outcome, PATH, proven } from './hearing-scene.ts';
import { aComplaint } from './mails.ts';

describe('the way in', () => {
  it('is known to nobody without its secret', async () => {
    const world = await openFor(ADA);
    const body = JSON.stringify({ kind: 'bounce', address: ADA });
    for (const secret of ['x', HOOK.slice(0, -1), `${HOOK}x`, HOOK.toUpperCase(), '', `${HOOK}/`]) {
      const answer = await world.post(`/email/reports/${secret}`, body, JSON_BODY);
      expect([answer.status, answer.text], secret).toEqual([404, 'There is nothing here.\n']);
    }
    expect((await world.get(PATH)).status).toBe(404);
    expect(outcome(world)).toEqual({ subscribed: [ADA], blocked: {} });
  });

  it('reads no body of whoever does not know it', async () => {
    const world = await openFor(ADA);
    const socket = connect(Number(new URL(world.url).port), '127.0.0.1');
    socket.write('POST /email/reports/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n\r\nFrom:');
    const [answer] = await once(socket, 'data');
    socket.destroy();
    expect(`${answer}`).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('takes any mail, as all that comes to a mailbox may be handed on', async () => {
    const world = await openFor(ADA);
    const mail = `From: ${ADA}\r\nTo: papers@papers.example.org\r\nSubject: Out of office\r\n\r\nAction: failed\r\nStatus: 5.0.0\r\n`;
    const answer = await world.post(PATH, mail, MAIL);
    expect([answer.status, answer.text]).toEqual([200, '{"heeded":0}']);
    expect(outcome(world)).toEqual({ subscribed: [ADA], blocked: {} });
  });

  it.each(['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'asks for a mail or JSON where %j comes',
    async (type) => {
      const world = await openFor(ADA);
      const answer = await world.post(PATH, failed({ final: `rfc822;${ADA}` }), { 'content-type': type });
      expect([answer.status, answer.text]).toEqual([
        400,
        'Send a mail as message/rfc822, or reports as application/json.\n',
      ]);
    },
  );

  it.each(['', '\r\n\r\n', 'nothing of a mail', '\u0000\u0001\u0002', '{"kind":"bounce"}', '<html></html>'])(
    'asks for the whole mail where %j comes as one',
    async (body) => {
      const world = await openFor(ADA);
      const answer = await world.post(PATH, body, MAIL);
      expect([answer.status, answer.text]).toEqual([
        400,
        'Send the mail as it came, with all of its headers.\n',
      ]);
    },
  );

  it('takes a mail of half a megabyte, and nothing longer', async () => {
    const world = await openFor(ADA);
    const mail = failed({ final: `rfc822;${ADA}` });
    const long = mail.replace('Three papers of today.', 'Three papers of today.\r\n'.repeat(20_000));
    expect((await world.post(PATH, long, MAIL)).text).toBe('{"heeded":1}');
    expect((await world.post(PATH, Buffer.alloc(524_289, 'x'), MAIL)).status).toBe(413);
  });

  it('asks to be told again where the store is closed; what was begun is whole then', async () => {
    const shared = share();
    const remove = shared.people.subscribers.remove;
    shared.people.subscribers.remove = () => Promise.reject(new StoreError('removing'));
    const world = await open({ shared });
    await world.people.subscribers.put(ADA, ORDER);
    const answer = await world.post(PATH, failed({ final: `rfc822;${ADA}` }), MAIL);
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '60']);
    expect(JSON.stringify(world.logged)).not.toContain(HOOK);
    shared.people.subscribers.remove = remove;
    expect((await world.post(PATH, failed({ final: `rfc822;${ADA}` }), MAIL)).status).toBe(200);
    expect(outcome(world)).toEqual({ subscribed: [], blocked: { [ADA]: 'bounced' } });
  });

  it('answers whatever comes with a sentence or a number, in time, and fails at nothing', async () => {
    const world = await openFor(ADA);
    const whole = [failed({ final: `rfc822;${ADA}` }), aComplaint({ ...proven, recipients: [ADA] })];
    const cut = fc
      .record({
        mail: fc.constantFrom(...whole),
        at: fc.nat(2000),
        by: fc.string({ unit: 'binary', maxLength: 30 }),
      })
      .map(({ mail, at, by }) => mail.slice(0, at) + by + mail.slice(at + by.length));
    const nested = fc.nat(400).map((depth) => {
      const edges = Array.from(
        { length: depth },
        (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
      );
      return `From: a@b.example\r\n${edges.join('')}`;
    });
    const headers = fc.nat(1000).map((count) => `From: a\r\n${'X: y\r\n'.repeat(count)}\r\n`);
    const body = fc.oneof(cut, nested, headers, fc.string({ unit: 'binary', maxLength: 300 }));
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(MAIL, JSON_BODY), async (text, type) => {
        const answer = await world.post(PATH, text, type);
        expect([200, 400]).toContain(answer.status);
        expect(answer.text).toMatch(answer.status === 200 ? /^\{"heeded":\d+\}$/ : /^[A-Z].+\.\n$/);
      }),
      { numRuns: 100, seed: 7 },
    );
    expect(world.logged).toEqual([]);
  });

  it('is not kept waiting by a body that never ends', async () => {
    const world = await openFor(ADA);
    const socket = connect(Number(new URL(world.url).port), '127.0.0.1');
    socket.write(
      `POST ${PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: message/rfc822\r\nContent-Length: 100\r\n\r\nFrom:`,
    );
    await once(socket, 'ready');
    socket.destroy();
    expect((await world.post(PATH, '[]', JSON_BODY)).status).toBe(200);
    expect(world.logged).toEqual([]);
  });
});
