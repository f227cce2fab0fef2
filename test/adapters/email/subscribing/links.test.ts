import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLinks, LINK_KINDS } from '../../../../adapters/email/subscribing/links.ts';
import { addMs, DAY_MS } from '../../../../src/domain/calendar.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { createSeal } from '../../../../src/sealing.ts';
import { MAIL_LISTINGS, type MailOrder } from '../../../../src/subscribers.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { NOW, ORDER, SECRET_KEY } from './world.ts';

function open(key = SECRET_KEY) {
  const clock = createFakeClock(NOW);
  return { clock, ...createLinks({ publicUrl: 'https://papers.example.org', seal: createSeal(key), clock }) };
}

function tokenOf(link: string | undefined): string {
  return link?.split('/').at(-1) ?? '';
}

const ALL: MailOrder = {
  listing: 'monthly',
  time: '23:59',
  zone: 'America/Argentina/ComodRivadavia',
  interests: BUILT_IN_TOPICS.map(({ slug, name }) => ({ kind: 'topic', key: slug, label: name })),
};

describe('a link', () => {
  it('leads to us, hides the address, and is another one each time', () => {
    const links = open();
    const [one, other] = [links.of('ada@example.org'), links.of('ada@example.org')];
    expect(one.manage).toMatch(/^https:\/\/papers\.example\.org\/email\/manage\/v1\.[\w-]+$/);
    expect(one.unsubscribe).toMatch(/^https:\/\/papers\.example\.org\/email\/unsubscribe\/v1\.[\w-]+$/);
    expect(links.confirm('ada@example.org', ORDER)).toMatch(
      /^https:\/\/papers\.example\.org\/email\/confirm\/v1\.[\w-]+$/,
    );
    for (const link of [one.manage, one.unsubscribe]) {
      const hidden = Buffer.from(tokenOf(link).slice(3), 'base64url').toString('latin1');
      expect(link + hidden).not.toMatch(/ada|example\.org\/?$/);
    }
    expect(one.manage).not.toBe(other.manage);
  });

  it('says whose it is, and what they ordered', () => {
    const links = open();
    const { manage, unsubscribe } = links.of('ada@example.org');
    expect(links.read('manage', tokenOf(manage))).toMatchObject({ address: 'ada@example.org' });
    expect(links.read('unsubscribe', tokenOf(unsubscribe))).toEqual({ address: 'ada@example.org' });
    for (const order of [ORDER, ALL])
      expect(links.read('confirm', tokenOf(links.confirm('ada@example.org', order)))).toMatchObject({
        address: 'ada@example.org',
        order,
      });
  });

  it('carries any order whole, or there is none', () => {
    const links = open();
    const text = fc.string({ maxLength: 60, unit: 'grapheme' });
    const interest = fc.record({
      kind: fc.constantFrom('topic', 'author', 'organization'),
      key: text,
      label: text,
    });
    const order = fc.record({
      listing: fc.constantFrom(...MAIL_LISTINGS),
      time: fc.constantFrom('00:00', '09:30'),
      zone: fc.constantFrom('UTC', 'Asia/Kolkata'),
      interests: fc.array(interest, { maxLength: 30 }),
    });
    fc.assert(
      fc.property(order, (one) => {
        const link = links.confirm('ada@example.org', one as MailOrder);
        if (link === undefined) return;
        expect(link.length).toBeLessThanOrEqual(1800);
        expect(links.read('confirm', tokenOf(link))).toMatchObject({
          address: 'ada@example.org',
          order: one,
        });
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it('carries forty authors, and is not made for more than mail programs carry', () => {
    const links = open();
    const authors = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        kind: 'author' as const,
        key: `ada no. ${at}`,
        label: `Ada No. ${at}`,
      }));
    expect(links.confirm('ada@example.org', { ...ORDER, interests: authors(40) })).toBeDefined();
    expect(links.confirm('ada@example.org', { ...ORDER, interests: authors(100) })).toBeUndefined();
  });

  it('to confirm ends after two days, to manage after a year, to unsubscribe never', () => {
    const links = open();
    const { manage, unsubscribe } = links.of('ada@example.org');
    const confirm = links.confirm('ada@example.org', ORDER);
    const endings = (afterMs: number) => {
      links.clock.set(addMs(NOW, afterMs));
      return {
        confirm: links.read('confirm', tokenOf(confirm)) === 'over',
        manage: links.read('manage', tokenOf(manage)) === 'over',
        unsubscribe: links.read('unsubscribe', tokenOf(unsubscribe)) === 'over',
      };
    };
    expect(endings(2 * DAY_MS - 1)).toEqual({ confirm: false, manage: false, unsubscribe: false });
    expect(endings(2 * DAY_MS)).toEqual({ confirm: true, manage: false, unsubscribe: false });
    expect(endings(365 * DAY_MS - 1)).toEqual({ confirm: true, manage: false, unsubscribe: false });
    expect(endings(365 * DAY_MS)).toEqual({ confirm: true, manage: true, unsubscribe: false });
    expect(endings(36_500 * DAY_MS)).toEqual({ confirm: true, manage: true, unsubscribe: false });
  });

  it('opens for nothing but what it was made for', () => {
    const links = open();
    const { manage, unsubscribe } = links.of('ada@example.org');
    const tokens = {
      confirm: tokenOf(links.confirm('ada@example.org', ORDER)),
      manage: tokenOf(manage),
      unsubscribe: tokenOf(unsubscribe),
    };
    for (const made of LINK_KINDS)
      for (const kind of LINK_KINDS)
        expect(links.read(kind as 'manage', tokens[made]) !== undefined, `${made} as ${kind}`).toBe(
          made === kind,
        );
  });

  it('opens with no other key, and not once anything in it was changed', () => {
    const links = open();
    const token = tokenOf(links.of('ada@example.org').unsubscribe);
    expect(open('another key of the tests, as long').read('unsubscribe', token)).toBeUndefined();
    for (let at = 0; at < token.length; at += 1) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      // The last letter holds bits that nobody reads.
      if (at < token.length - 1) expect(links.read('unsubscribe', changed), `${at}`).toBeUndefined();
    }
    for (const broken of ['', 'v1.', token.slice(0, -4), `${token}AAAA`, 'x'.repeat(5000)])
      expect(links.read('unsubscribe', broken)).toBeUndefined();
  });

  it('of another version of ours opens nothing', () => {
    const seal = createSeal(SECRET_KEY);
    for (const said of ['null', '{}', '[]', '["a","b","c"]'])
      for (const kind of LINK_KINDS)
        expect(open().read(kind as 'manage', seal.close(said, `mail ${kind}`)), said).toBeUndefined();
  });
});
