import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import type { MailOrder } from '../../../../src/subscribers.ts';
import { ADA, notice, openFor, title } from './link-scene.ts';
import { NOW, ORDER } from './world.ts';

describe('to manage', () => {
  async function openManaged(order: MailOrder = ORDER) {
    const world = await openFor();
    await world.people.subscribers.put(ADA, order);
    return world;
  }
  const CHANGED = [
    ['listing', 'monthly'],
    ['time', '20:15'],
    ['zone', 'America/New_York'],
    ['about', 'vision'],
    ['about', 'author:Ada Lovelace'],
  ] as const;
  const ADA_THE_AUTHOR = { kind: 'author', key: 'ada lovelace', label: 'Ada Lovelace' } as const;

  it('shows what comes, and what is followed beside the topics', async () => {
    const { get, manage } = await openManaged({ ...ORDER, interests: [...ORDER.interests, ADA_THE_AUTHOR] });
    const page = load((await get(manage)).text);
    expect(page('[name=address]')).toHaveLength(0);
    expect([page('[name=listing]').val(), page('[name=time]').val(), page('[name=zone]').val()]).toEqual([
      'daily',
      '08:00',
      'Europe/Berlin',
    ]);
    expect(
      page('[name=about][checked]')
        .toArray()
        .map((one) => one.attribs.value),
    ).toEqual(['agents', 'author:Ada Lovelace']);
  });

  it('changes what comes', async () => {
    const { submit, manage, people, mailboxes } = await openManaged({
      ...ORDER,
      interests: [ADA_THE_AUTHOR],
    });
    mailboxes.kept.set(ADA, { refusals: 2, changedAt: NOW });
    const answer = await submit(manage, CHANGED);
    expect(notice(answer)).toMatch(/^Saved\. The next edition comes on /);
    expect(people.kept.get(ADA)).toMatchObject({
      listing: 'monthly',
      time: '20:15',
      zone: 'America/New_York',
      interests: [{ kind: 'topic', key: 'vision', label: 'Vision' }, ADA_THE_AUTHOR],
    });
    expect(mailboxes.kept.size).toBe(0);
  });

  it('begins nothing again that is ended while it is changed', async () => {
    const { submit, manage, people } = await openManaged();
    const { get } = people.subscribers;
    people.subscribers.get = async (address) => {
      const known = await get(address);
      await people.subscribers.remove(address);
      return known;
    };
    expect(title(await submit(manage, CHANGED))).toBe('Nothing to change');
    expect(people.kept.size).toBe(0);
  });

  it('forgets no complaint that comes while it is changed', async () => {
    const { submit, manage, people, mailboxes } = await openManaged();
    const { get } = people.subscribers;
    people.subscribers.get = async (address) => {
      mailboxes.kept.set(ADA, { refusals: 0, blocked: 'complained', changedAt: NOW });
      return await get(address);
    };
    expect(title(await submit(manage, CHANGED))).toBe('Nothing to change');
    expect([people.kept.get(ADA)?.time, mailboxes.kept.get(ADA)?.blocked]).toEqual(['08:00', 'complained']);
  });

  it('lets nobody follow what was not to be chosen, and says beside a field what is wrong', async () => {
    const { submit, manage, people } = await openManaged();
    await submit(manage, CHANGED);
    expect(people.kept.get(ADA)?.interests.map(({ key }) => key)).toEqual(['vision']);
    const answer = await submit(manage, [...CHANGED.slice(1), ['listing', 'hourly']]);
    expect([answer.status, load(answer.text)('#listing-fault').text()]).toEqual([
      400,
      'Choose one of these lists.',
    ]);
    expect(people.kept.get(ADA)?.listing).toBe('monthly');
  });

  it('says that a mail server refuses us, and saving lets it go on', async () => {
    const { get, submit, manage, people } = await openManaged();
    const suspended = people.kept.get(ADA);
    if (suspended) people.kept.set(ADA, { ...suspended, state: 'suspended' });
    expect(notice(await get(manage))).toContain('your mail server has refused several messages');
    await submit(manage, CHANGED);
    expect(people.kept.get(ADA)?.state).toBe('active');
    expect(notice(await get(manage))).toBe('');
  });

  it('ends it by its own button', async () => {
    const { get, submit, manage, people } = await openManaged();
    const end = load((await get(manage)).text)('button[name=end]');
    const answer = await submit(manage, [['end', `${end.attr('value')}`]]);
    expect(title(answer)).toBe('You are unsubscribed');
    expect(people.kept.size).toBe(0);
  });

  it('begins nothing for who gets nothing', async () => {
    const { get, submit, manage, people } = await openFor();
    for (const answer of [await get(manage), await submit(manage, CHANGED)])
      expect([answer.status, title(answer)]).toEqual([200, 'Nothing to change']);
    expect(people.kept.size).toBe(0);
  });
});
