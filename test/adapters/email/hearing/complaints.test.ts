import { describe, expect, it } from 'vitest';
import { ADA, JSON_BODY, MAIL, openFor, outcome, PATH, proven } from './hearing-scene.ts';
import { aComplaint } from './mails.ts';

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
