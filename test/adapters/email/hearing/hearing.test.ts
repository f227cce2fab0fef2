import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLinks } from '../../../../adapters/email/subscribing/links.ts';
import { StoreError } from '../../../../src/errors.ts';
import { createSeal } from '../../../../src/sealing.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { HOOK, NOW, ORDER, open, SECRET_KEY, share, type World } from '../subscribing/world.ts';
import { aBounce, aComplaint, type Recipient } from './mails.ts';

const PATH = `/email/reports/${HOOK}`;
const MAIL = { 'content-type': 'message/rfc822' };
const JSON_BODY = { 'content-type': 'application/json' };
const ADA = 'ada@example.org';

/** A world in which these get papers. */
async function openFor(...addresses: string[]): Promise<World> {
  const world = await open();
  for (const address of addresses) await world.people.subscribers.put(address, ORDER);
  world.people.calls.length = 0;
  return world;
}

/** What came of it: who still gets papers, and which addresses are blocked. */
function outcome({ people, mailboxes }: World) {
  const blocked = [...mailboxes.kept].map(([address, { blocked }]) => [address, blocked]);
  return { subscribed: [...people.kept.keys()], blocked: Object.fromEntries(blocked) };
}

/** The header by which a mail of ours shows whom it was for; it opens in every world, as all have one key. */
const PROOF = `<${
  createLinks({
    publicUrl: 'https://papers.example.org',
    seal: createSeal(SECRET_KEY),
    clock: createFakeClock(NOW),
  }).of(ADA).unsubscribe
}>`;
const proven = { listUnsubscribe: PROOF };
const failed = (recipient: Recipient) => aBounce([recipient], proven);

describe('a bounce', () => {
  it('for good ends what came to the address, and blocks it', async () => {
    const world = await openFor(ADA, 'bo@example.org');
    const answer = await world.post(PATH, failed({ final: `rfc822;${ADA}` }), MAIL);
    expect([answer.status, answer.text]).toEqual([200, '{"heeded":1}']);
    expect(outcome(world)).toEqual({ subscribed: ['bo@example.org'], blocked: { [ADA]: 'bounced' } });
    expect(world.mailboxes.kept.get(ADA)).toEqual({ refusals: 0, blocked: 'bounced', changedAt: NOW });
  });

  it.each<[string, string]>([
    ['with lines that end in LF alone', aBounce([{ final: `rfc822;${ADA}` }], { ...proven, end: '\n' })],
    [
      'returned by its headers alone',
      aBounce([{ final: `rfc822;${ADA}` }], { ...proven, headersOnly: true }),
    ],
    ['for addresses beyond ASCII', aBounce([{ final: `utf-8; ${ADA}` }], { ...proven, isGlobal: true })],
    [
      'behind the line that a mail server puts first for a program',
      `From MAILER-DAEMON  Wed Nov 25 09:00:00 2026\r\n${failed({ final: `rfc822;${ADA}` })}`,
    ],
    ['that names nobody', aBounce([{}], { ...proven, to: 'hidden' })],
    [
      'expanded',
      failed({ final: `rfc822;${ADA}`, action: 'failed (bad destination)', status: '5.1.1 (no such user)' }),
    ],
  ])('is understood %s', async (_, mail) => {
    const world = await openFor(ADA);
    expect((await world.post(PATH, mail, MAIL)).text).toBe('{"heeded":1}');
    expect(outcome(world)).toEqual({ subscribed: [], blocked: { [ADA]: 'bounced' } });
  });

  it.each<[string, Recipient]>([
    ['late', { action: 'delayed', status: '4.4.1' }],
    ['late, whatever its status', { action: 'delayed', status: '5.4.1' }],
    ['refused for a time', { status: '4.2.2' }],
    ['delivered', { action: 'delivered', status: '2.0.0' }],
    ['relayed', { action: 'relayed', status: '2.0.0' }],
    ['expanded', { action: 'expanded', status: '5.0.0' }],
    ['without a status', { status: '' }],
    ['of a status that is none', { status: '51.1' }],
  ])('is none where a mail was %s', async (_, recipient) => {
    const world = await openFor(ADA);
    const answer = await world.post(PATH, failed({ final: `rfc822;${ADA}`, ...recipient }), MAIL);
    expect([answer.status, answer.text]).toEqual([200, '{"heeded":0}']);
    expect(outcome(world)).toEqual({ subscribed: [ADA], blocked: {} });
  });

  it('may tell of several recipients, of whom one was not reached', async () => {
    const world = await openFor(ADA, 'bo@example.org');
    const recipients = [
      { final: 'rfc822;bo@example.org', action: 'delayed', status: '4.0.0' },
      { final: 'rfc822;elsewhere@example.net', status: '5.2.1' },
    ];
    expect((await world.post(PATH, aBounce(recipients, proven), MAIL)).text).toBe('{"heeded":1}');
    expect(outcome(world).subscribed).toEqual(['bo@example.org']);
  });

  it('is of whom our own link names, whatever else it says', async () => {
    const world = await openFor(ADA, 'bo@example.org');
    const { unsubscribe } = world.links.of(ADA);
    const mail = aBounce([{ final: 'rfc822;bo@example.org' }], {
      to: 'bo@example.org',
      listUnsubscribe: `<${unsubscribe}>`,
    });
    await world.post(PATH, mail, MAIL);
    expect(outcome(world)).toEqual({ subscribed: ['bo@example.org'], blocked: { [ADA]: 'bounced' } });
  });

  it.each<[string, string | undefined]>([
    ['without a link', undefined],
    ['with a link that is changed', PROOF.replace(/.{3}>$/, '>')],
    ['with a link to manage', PROOF.replace('unsubscribe', 'manage')],
    ['with a link of somebody else', '<https://evil.example/email/unsubscribe/v1.AAAA>'],
  ])('is not believed %s: anybody may write one, of any address', async (_, listUnsubscribe) => {
    const world = await openFor(ADA);
    const proof = listUnsubscribe === undefined ? {} : { listUnsubscribe };
    const recipient = { original: `rfc822;${ADA}`, final: `rfc822;${ADA}` };
    for (const mail of [aBounce([recipient], proof), aComplaint({ recipients: [ADA], ...proof })]) {
      const answer = await world.post(PATH, mail, MAIL);
      expect([answer.status, answer.text]).toEqual([200, '{"heeded":0}']);
    }
    expect(outcome(world)).toEqual({ subscribed: [ADA], blocked: {} });
  });

  it('is not believed by a link outside of what it returns', async () => {
    const world = await openFor(ADA);
    const mail = `List-Unsubscribe: ${PROOF}\r\n${aBounce([{ final: `rfc822;${ADA}` }])}`;
    expect((await world.post(PATH, mail, MAIL)).text).toBe('{"heeded":0}');
    expect(outcome(world)).toEqual({ subscribed: [ADA], blocked: {} });
  });

  it('may be told twice, and of somebody who gets nothing', async () => {
    const world = await openFor();
    for (let times = 0; times < 2; times += 1)
      expect((await world.post(PATH, failed({ final: `rfc822;${ADA}` }), MAIL)).status).toBe(200);
    expect(outcome(world)).toEqual({ subscribed: [], blocked: { [ADA]: 'bounced' } });
  });
});

describe('a complaint', () => {
  it.each<[string, Parameters<typeof aComplaint>[0]]>([
    ['of abuse', {}],
    ['of fraud', { type: 'fraud' }],
    ['of somebody who wants no more', { type: 'opt-out' }],
  ])('is understood %s', async (_, given) => {
    const world = await openFor(ADA);
    expect((await world.post(PATH, aComplaint({ ...proven, ...given }), MAIL)).text).toBe('{"heeded":1}');
    expect(outcome(world)).toEqual({ subscribed: [], blocked: { [ADA]: 'complained' } });
  });

  it('is understood where the provider hides the recipient, by our own link', async () => {
    const world = await openFor(ADA);
    const { unsubscribe } = world.links.of(ADA);
    const mail = aComplaint({
      to: 'redacted',
      recipients: ['redacted'],
      listUnsubscribe: `<mailto:x@y.example>,\r\n <${unsubscribe}>`,
    });
    await world.post(PATH, mail, MAIL);
    expect(outcome(world)).toEqual({ subscribed: [], blocked: { [ADA]: 'complained' } });
  });

  it.each(['not-spam', 'auth-failure', ''])('is none of the type %j', async (type) => {
    const world = await openFor(ADA);
    expect((await world.post(PATH, aComplaint({ ...proven, type }), MAIL)).text).toBe('{"heeded":0}');
    expect(outcome(world)).toEqual({ subscribed: [ADA], blocked: {} });
  });

  it('weighs more than a bounce, whichever comes first', async () => {
    for (const kinds of [
      ['bounce', 'complaint'],
      ['complaint', 'bounce'],
    ]) {
      const world = await openFor(ADA);
      for (const kind of kinds) await world.post(PATH, JSON.stringify({ kind, address: ADA }), JSON_BODY);
      expect(outcome(world).blocked).toEqual({ [ADA]: 'complained' });
    }
  });
});

describe('reports as JSON', () => {
  it('are one or several', async () => {
    const world = await openFor(ADA, 'bo@example.org', 'cy@example.org');
    const one = { kind: 'bounce', address: 'ADA@example.org' };
    const several = [{ kind: 'complaint', address: 'bo@example.org', provider: 'x' }];
    const type = { 'content-type': 'application/json; charset=utf-8' };
    expect((await world.post(PATH, JSON.stringify(one), type)).text).toBe('{"heeded":1}');
    expect((await world.post(PATH, JSON.stringify(several), type)).text).toBe('{"heeded":1}');
    expect((await world.post(PATH, '[]', type)).text).toBe('{"heeded":0}');
    expect(outcome(world)).toEqual({
      subscribed: ['cy@example.org'],
      blocked: { [ADA]: 'bounced', 'bo@example.org': 'complained' },
    });
  });

  it('name addresses, all of them, or nothing is done', async () => {
    const world = await openFor(ADA);
    const reports = [
      { kind: 'bounce', address: ADA },
      { kind: 'bounce', address: 'Ada <ada@example.org>' },
    ];
    const answer = await world.post(PATH, JSON.stringify(reports), JSON_BODY);
    expect([answer.status, answer.text]).toEqual([400, 'Report 2 names no e-mail address.\n']);
    expect(outcome(world)).toEqual({ subscribed: [ADA], blocked: {} });
  });

  const UNREADABLE = [
    '',
    '{',
    'null',
    '"bounce"',
    '{}',
    '{"kind":"bounce"}',
    '{"kind":"delivery","address":"ada@example.org"}',
    '{"kind":"bounce","address":["ada@example.org"]}',
    '[[{"kind":"bounce","address":"ada@example.org"}]]',
    `[${'['.repeat(100_000)}`,
    JSON.stringify(Array(1001).fill({ kind: 'bounce', address: ADA })),
  ];

  it.each(UNREADABLE.map((body) => [body.slice(0, 40), body]))('are nothing else: %s', async (_, body) => {
    const world = await openFor(ADA);
    const answer = await world.post(PATH, body, JSON_BODY);
    expect([answer.status, answer.text]).toEqual([
      400,
      expect.stringMatching(/^Send .+ an array of up to 1000 such\.\n$/),
    ]);
    expect(outcome(world)).toEqual({ subscribed: [ADA], blocked: {} });
  });
});

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
