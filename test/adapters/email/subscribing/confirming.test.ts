import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { ADA, notice, ONE_CLICK, openFor, title } from './link-scene.ts';
import { type Answer, NOW, ORDER, pathOf, share } from './world.ts';

function factsOf({ text }: Answer): Record<string, string> {
  const page = load(text);
  return Object.fromEntries(
    page('dl.facts > div')
      .toArray()
      .map((row) => [page('dt', row).text(), page('dd', row).text()]),
  );
}

describe('to confirm', () => {
  it('shows what was ordered, in words that turn nothing round', async () => {
    const { get, confirm } = await openFor({
      listing: 'weekly',
      time: '21:30',
      zone: 'Asia/Tokyo',
      interests: [...ORDER.interests, { kind: 'author', key: 'ada', label: 'Ada <b>L</b>' }],
    });
    const answer = await get(confirm);
    expect(factsOf(answer)).toEqual({
      List: 'Each week’s papers, once it is over',
      When: '21:30 Asia/Tokyo',
      About: 'Agents, Ada <b>L</b>',
    });
    expect(load(answer.text)('main').text()).toContain(ADA);
    expect(load(answer.text)('main b')).toHaveLength(0);
    expect(load(answer.text)('form[method=post] button').text()).toBe('Yes, send it to me');
  });

  it('begins it by its button, clears what was held against the address, and says when the first edition comes', async () => {
    const { submit, confirm, people, mailboxes, links } = await openFor();
    mailboxes.kept.set(ADA, { refusals: 3, blocked: 'bounced', changedAt: NOW });
    const answer = await submit(confirm, [['confirm', 'yes']]);
    expect(title(answer)).toBe('Your papers come by e-mail');
    expect(notice(answer)).toBe(
      'The first edition comes on Thursday, 2026-11-26, at 08:00 Europe/Berlin, if there are papers for it by then.',
    );
    expect(people.kept.get(ADA)).toMatchObject({ ...ORDER, address: ADA, state: 'active' });
    expect(mailboxes.kept.size).toBe(0);
    const manage = pathOf(load(answer.text)('main a.button').attr('href'));
    expect(links.read('manage', manage.split('/').at(-1) ?? '')).toMatchObject({ address: ADA });
  });

  it('is no way back after a complaint, though the link is older', async () => {
    const { submit, confirm, people, mailboxes } = await openFor();
    mailboxes.kept.set(ADA, { refusals: 0, blocked: 'complained', changedAt: NOW });
    const answer = await submit(confirm, [['confirm', 'yes']]);
    expect([title(answer), notice(answer)]).toEqual([
      'Nothing comes by e-mail',
      `Mail from here was called unwanted at this address; only whoever runs this bot can open it again. Nothing comes to ${ADA}.`,
    ]);
    expect([people.kept.size, mailboxes.kept.get(ADA)?.blocked]).toEqual([0, 'complained']);
  });

  it('acts once, and then shows how it stands, also to whoever is no page of ours', async () => {
    const { submit, post, confirm, people } = await openFor();
    const withoutLinks = ({ text }: Answer) => text.replace(/v1\.[\w-]+/g, '');
    const first = await submit(confirm, [['confirm', 'yes']]);
    const second = await post(confirm, 'confirm=yes', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(withoutLinks(second)).toBe(withoutLinks(first).replace('The first edition', 'The next edition'));
    expect(people.calls.filter((call) => call.startsWith('put '))).toEqual([`put ${ADA}`]);
  });

  /** All ways to write the end of a token that give the same bytes, and some with signs in it that give none. */
  function spellings(path: string): string[] {
    const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    return [
      path,
      ...[...signs].map((sign) => path.slice(0, -1) + sign),
      `${path}=`,
      `${path}.`,
      `${path}%20`,
    ];
  }

  it('undoes no change that was made after it, however its token is written', async () => {
    const shared = share();
    const [one, other] = await Promise.all([openFor(ORDER, { shared }), openFor(ORDER, { shared })]);
    await one.submit(one.confirm, [['confirm', 'yes']]);
    const changed = await one.people.subscribers.put(ADA, { ...ORDER, time: '20:15', interests: [] });
    one.mailboxes.kept.set(ADA, { refusals: 2, changedAt: NOW });
    const shown: (string | undefined)[] = [];
    for (const path of spellings(one.confirm)) {
      const answer = await other.submit(path, [['confirm', 'yes']]);
      if (answer.status === 200) shown.push(factsOf(answer).When);
    }
    expect(shown.length).toBeGreaterThan(1);
    expect(new Set(shown)).toEqual(new Set(['20:15 Europe/Berlin']));
    expect(one.people.kept.get(ADA)).toEqual(changed);
    expect(one.mailboxes.kept.size).toBe(1);
  });

  it('begins nothing again that was ended since; another link does', async () => {
    const { submit, confirm, unsubscribe, people, clock, links } = await openFor();
    await submit(confirm, [['confirm', 'yes']]);
    await submit(unsubscribe, ONE_CLICK);
    const answer = await submit(confirm, [['confirm', 'yes']]);
    expect(title(answer)).toBe('Nothing comes by e-mail');
    expect(notice(answer)).toBe(`This link was used before, and it works once. Nothing comes to ${ADA}.`);
    // The first of two presses may not have come to its end.
    expect(load(answer.text)('main').text()).toContain('Load this page anew');
    expect(people.kept.size).toBe(0);
    clock.advance(1);
    await submit(pathOf(links.confirm(ADA, ORDER)), [['confirm', 'yes']]);
    expect(people.kept.size).toBe(1);
  });

  it('says once it was used that a mail server refuses us, and lets nothing go on', async () => {
    const { submit, confirm, people } = await openFor();
    await submit(confirm, [['confirm', 'yes']]);
    const { nextDueAt: _, ...suspended } = await people.subscribers.put(ADA, ORDER);
    people.kept.set(ADA, { ...suspended, state: 'suspended' });
    const answer = await submit(confirm, [['confirm', 'yes']]);
    expect(notice(answer)).toContain('your mail server has refused several messages');
    expect(people.kept.get(ADA)?.state).toBe('suspended');
  });
});
