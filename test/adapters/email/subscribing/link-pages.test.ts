import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS } from '../../../../src/domain/calendar.ts';
import { StoreError } from '../../../../src/errors.ts';
import type { MailOrder } from '../../../../src/subscribers.ts';
import { type Answer, NOW, ORDER, open, pathOf, share, type World } from './world.ts';

const ADA = 'ada@example.org';
const ONE_CLICK = [['List-Unsubscribe', 'One-Click']] as const;

/** The world with the paths of Ada's links in it. */
async function openFor(order: MailOrder = ORDER, given: Parameters<typeof open>[0] = {}) {
  const world = await open(given);
  const { manage, unsubscribe } = world.links.of(ADA);
  const confirm = pathOf(world.links.confirm(ADA, order));
  return { ...world, confirm, manage: pathOf(manage), unsubscribe: pathOf(unsubscribe) };
}

function factsOf({ text }: Answer): Record<string, string> {
  const page = load(text);
  return Object.fromEntries(
    page('dl.facts > div')
      .toArray()
      .map((row) => [page('dt', row).text(), page('dd', row).text()]),
  );
}

const notice = ({ text }: Answer) => load(text)('.notice').text();
const title = ({ text }: Answer) => load(text)('h1').text();
const KINDS = ['confirm', 'manage', 'unsubscribe'] as const;

describe('a page behind a link', () => {
  it.each(KINDS)('to %s is kept by nobody, told to nobody, and in no search engine', async (kind) => {
    const world = await openFor();
    await world.people.subscribers.put(ADA, ORDER);
    for (const answer of [await world.get(world[kind]), await world.post(world[kind], '')]) {
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
      expect(load(answer.text)('meta[name=robots]').attr('content')).toBe('noindex');
      expect(load(answer.text)('script')).toHaveLength(0);
    }
  });

  it.each(KINDS)('to %s says what to do about a link that is not whole', async (kind) => {
    const world = await openFor();
    const broken = [
      `/email/${kind}/x`,
      world[kind].slice(0, -3),
      `${world[kind]}AAAA`,
      `/email/${kind}/v1.AAAA`,
    ];
    for (const path of broken)
      for (const answer of [await world.get(path), await world.submit(path, ONE_CLICK)]) {
        expect(answer.status).toBe(404);
        expect(title(answer)).toBe('This link is not whole');
        expect(load(answer.text)('a.button').attr('href')).toBe('/email');
      }
    expect(world.people.calls).toEqual([]);
  });

  it.each([
    ['confirm', 2],
    ['manage', 365],
  ] as const)('to %s says what to do once it has ended', async (kind, days) => {
    const world = await openFor();
    world.clock.set(addMs(NOW, days * DAY_MS));
    for (const answer of [await world.get(world[kind]), await world.submit(world[kind], ONE_CLICK)]) {
      expect([answer.status, title(answer)]).toEqual([410, 'This link has ended']);
      expect(notice(answer)).toContain('rder once more');
    }
    expect(world.people.calls).toEqual([]);
  });

  it.each(KINDS)(
    'to %s says so where the store is closed, and tells the log nothing of the link',
    async (kind) => {
      const shared = share();
      const fail = () => Promise.reject(new StoreError('reading'));
      Object.assign(shared.people.subscribers, { get: fail, put: fail, remove: fail });
      const world = await openFor(ORDER, { shared });
      const answer = await world.submit(world[kind], ONE_CLICK);
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '60']);
      expect(notice(answer)).toBe('This cannot be done just now. Please try again in a minute.');
      expect(JSON.stringify(world.logged)).not.toContain('v1.');
      expect(world.logged).toHaveLength(1);
    },
  );

  it('changes nothing when it is opened, however often', async () => {
    const world = await openFor();
    await world.people.subscribers.put(ADA, ORDER);
    world.people.calls.length = 0;
    for (const kind of KINDS) for (let times = 0; times < 3; times += 1) await world.get(world[kind]);
    expect(world.people.calls.filter((call) => !call.startsWith('get '))).toEqual([]);
  });

  it('that does not exist is a page too', async () => {
    const { get } = await open();
    const answer = await get('/email/nothing');
    expect([answer.status, title(answer)]).toEqual([404, 'Not found']);
  });
});

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

describe('to unsubscribe', () => {
  const PART = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  const URLENCODED = { 'content-type': 'application/x-www-form-urlencoded' };

  it.each<[string, (world: World, path: string) => Promise<Answer>]>([
    ['our own button', ({ submit }, path) => submit(path, ONE_CLICK)],
    ['a mail program, as a form', ({ post }, path) => post(path, 'List-Unsubscribe=One-Click', URLENCODED)],
    [
      'a mail program, in parts',
      ({ post }, path) => post(path, PART, { 'content-type': 'multipart/form-data; boundary=x' }),
    ],
    [
      'a page of a mail provider',
      ({ post }, path) =>
        post(path, 'List-Unsubscribe=One-Click', {
          ...URLENCODED,
          origin: 'https://mail.example',
          'sec-fetch-site': 'cross-site',
        }),
    ],
  ])('ends it at once by %s, however often', async (_, press) => {
    const world = await openFor();
    await world.people.subscribers.put(ADA, ORDER);
    const [first, second] = [await press(world, world.unsubscribe), await press(world, world.unsubscribe)];
    expect([first.status, title(first)]).toEqual([200, 'You are unsubscribed']);
    expect(second.text).toBe(first.text);
    expect(world.people.kept.size).toBe(0);
  });

  it('asks where nothing says so', async () => {
    const world = await openFor();
    await world.people.subscribers.put(ADA, ORDER);
    for (const answer of [
      await world.get(world.unsubscribe),
      await world.post(world.unsubscribe, ''),
      await world.submit(world.unsubscribe, [['List-Unsubscribe', 'Maybe']]),
    ]) {
      const button = load(answer.text)('button');
      expect([button.attr('name'), button.attr('value')]).toEqual(['List-Unsubscribe', 'One-Click']);
    }
    expect(world.people.kept.size).toBe(1);
  });

  it('ends what came of a later order too: the link is of the address', async () => {
    const world = await openFor();
    await world.people.subscribers.put(ADA, ORDER);
    await world.submit(world.unsubscribe, ONE_CLICK);
    await world.people.subscribers.put(ADA, ORDER);
    world.clock.advance(3650 * DAY_MS);
    await world.submit(world.unsubscribe, ONE_CLICK);
    expect(world.people.kept.size).toBe(0);
  });
});
