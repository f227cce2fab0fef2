import { describe, expect, it } from 'vitest';
import { NOW } from '../subscribing/world.ts';
import { ADA, failed, MAIL, openFor, outcome, PATH, PROOF, proven } from './hearing-scene.ts';
import { aBounce, aComplaint, type Recipient } from './mails.ts';

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
