import { afterEach, describe, expect, it } from 'vitest';
import type { OptionValue, Reply } from '../../src/command.ts';
import { addMs, MINUTE_MS } from '../../src/domain/calendar.ts';
import { MAX_WORKSPACE_TOPICS } from '../../src/domain/topic.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemoryAdapter } from '../fakes/memory-adapter.ts';
import { createMemorySource } from '../fakes/memory-source.ts';
import { aPaper } from '../fixtures/papers.ts';
import { ADA, MONDAY, member, SUNDAY, show, TUESDAY, words } from '../members.ts';
import { type Given, openWorld, PLACE, type World } from '../world.ts';

const closing: World[] = [];
afterEach(async () => {
  for (const world of closing.splice(0)) await world.close();
});

const PAPERS = [
  aPaper({
    id: '2611.00001',
    title: 'Weather {models} & 100% of the sky',
    authors: [{ name: 'Ada Lovelace' }, { name: 'José Álvarez' }],
    publishedAt: '2026-11-20T10:00:00.000Z',
    abstract: 'Rain and wind.',
    organization: { name: 'acme', displayName: 'Acme Labs' },
  }),
  aPaper({ id: '2611.00002', title: '3D Gaussian Splatting for Scenes', authors: [{ name: 'Bo Li' }] }),
  aPaper({ id: '2611.00003', title: 'A third one' }),
];

/** A world whose archive has three papers, and Ada in it. */
async function open(given: Given = {}) {
  const world = await openWorld(SUNDAY, given);
  closing.push(world);
  show(world, '2026-11-20', ...PAPERS);
  await world.give('today', { day: '2026-11-20' });
  return { ...world, ada: member(world, 'ada') };
}

/** The same with an index that knows the names on them. */
async function openSearched() {
  const world = await open();
  await world.search.follow();
  return world;
}

function dataOf<T>({ data }: Reply): T {
  return data as T;
}

describe('follow', () => {
  it('says what is followed, when the digest comes and how it ends', async () => {
    const { ada } = await open();
    const reply = await ada('follow', { what: 'Image Generation' });
    expect(reply).toMatchObject({ outcome: 'done', visibility: 'private' });
    expect(words(reply)).toContain('You follow Image generation');
    expect(words(reply)).toContain('Your next daily digest comes on 2026-11-23 at 09:00 UTC.');
    const [card] = reply.cards;
    const [press] = card?.kind === 'text' ? (card.actions ?? []) : [];
    expect(await ada(press?.command ?? '', press?.options)).toMatchObject({ outcome: 'done' });
    expect(dataOf<{ subscriptions: unknown[] }>(await ada('following')).subscriptions).toEqual([]);
  });

  it.each([
    ['author:JOSE ALVAREZ', 'author', 'author', 'José Álvarez'],
    ['by:ada lovelace', 'author', 'author', 'Ada Lovelace'],
    ['org:"Acme Labs"', 'organization', 'organisation', 'Acme Labs'],
    ['topic:3d', 'topic', 'topic', '3D'],
  ])('takes %s', async (what, kind, word, label) => {
    const { ada, store } = await openSearched();
    await ada('follow', { what });
    expect(await store.people.subscriptions(ADA)).toMatchObject([{ kind, label }]);
    expect(words(await ada('following'))).toContain(
      `{"name":"${label}","value":"${word}, since 2026-11-22"}`,
    );
  });

  it('takes an author whom nobody knows yet, and says that', async () => {
    const { ada } = await openSearched();
    const reply = await ada('follow', { what: 'author:Ada' });
    expect(words(reply)).toContain('No paper of the archive carries that name so far.');
    expect(words(reply)).toContain('Did you mean author:Ada Lovelace?');
  });

  it('refuses what nobody is called, with names that are near', async () => {
    const { ada, store } = await openSearched();
    const reply = await ada('follow', { what: 'generation' });
    expect(reply).toMatchObject({ outcome: 'refused' });
    expect(words(reply)).toContain('Did you mean image-generation?');
    for (const what of ['knitting', 'org:nobody at all', ' ', '"'])
      expect(await ada('follow', { what }), what).toMatchObject({ outcome: 'refused' });
    expect(await store.people.subscriptions(ADA)).toEqual([]);
  });

  it('of the same twice changes nothing', async () => {
    const { ada, store, clock } = await openSearched();
    await ada('follow', { what: 'author:Ada Lovelace' });
    const before = await store.people.subscriptions(ADA);
    clock.advance(MINUTE_MS);
    const again = await ada('follow', { what: 'author:ADA LOVELACE' });
    expect(words(again)).toContain('You follow Ada Lovelace already');
    expect(await store.people.subscriptions(ADA)).toEqual(before);
  });
});

describe('follow of several', () => {
  it('takes what is separated by commas, and says of each what became of it', async () => {
    const { ada, store } = await openSearched();
    await ada('follow', { what: 'vision' });
    const reply = await ada('follow', { what: 'agents, vision,author:Ada Lovelace , knitting' });
    expect(reply).toMatchObject({ outcome: 'done', visibility: 'private' });
    for (const said of [
      'You follow Agents.',
      'You follow Vision already.',
      'You follow Ada Lovelace.',
      'Nothing to follow is called \\"knitting\\".',
      'Your next daily digest comes on 2026-11-23',
    ])
      expect(words(reply)).toContain(said);
    const followed = await store.people.subscriptions(ADA);
    expect(followed.map(({ label }) => label)).toEqual(['Vision', 'Agents', 'Ada Lovelace']);
    expect(dataOf<{ followed: unknown[] }>(reply).followed).toHaveLength(3);
  });

  it('leaves commas in quotes alone', async () => {
    const { ada, store } = await openSearched();
    await ada('follow', { what: 'author:"Lovelace, Ada"' });
    expect(await store.people.subscriptions(ADA)).toMatchObject([{ kind: 'author' }]);
  });

  it('refuses where none of them can be followed, and too many at once', async () => {
    const { ada, store } = await openSearched();
    expect(await ada('follow', { what: 'knitting, sewing' })).toMatchObject({ outcome: 'refused' });
    const many = Array.from({ length: 26 }, (_, index) => `author:Name ${index}`);
    expect(words(await ada('follow', { what: many.join(',') }))).toContain('Name at most 25 at once.');
    expect(await store.people.subscriptions(ADA)).toEqual([]);
  });
});

describe('unfollow', () => {
  it.each(['author:Ada Lovelace', 'author:ada lovelace', 'Ada Lovelace', 'by:"ADA lovelace"'])(
    'takes %j, and says when nothing is left',
    async (what) => {
      const { ada } = await openSearched();
      await ada('follow', { what: 'author:Ada Lovelace' });
      const reply = await ada('unfollow', { what });
      expect(words(reply)).toContain('You no longer follow Ada Lovelace');
      expect(words(reply)).toContain('no digest comes');
      expect(words(await ada('following'))).toContain('You follow nothing.');
    },
  );

  it('of something else says what is followed', async () => {
    const { ada } = await openSearched();
    await ada('follow', { what: 'agents' });
    await ada('follow', { what: 'org:acme' });
    const reply = await ada('unfollow', { what: 'video' });
    expect(reply).toMatchObject({ outcome: 'refused' });
    expect(words(reply)).toContain('You follow agents, org:acme.');
  });

  it('of a topic that was removed is not needed: nobody follows it any more', async () => {
    const { ada, give } = await openSearched();
    await give('topics add', { name: 'Weather', query: 'weather' });
    await ada('follow', { what: 'weather' });
    await give('topics remove', { name: 'weather' });
    expect(dataOf<{ subscriptions: unknown[] }>(await ada('following')).subscriptions).toEqual([]);
    expect(await ada('unfollow', { what: 'weather' })).toMatchObject({ outcome: 'refused' });
    await give('topics add', { name: 'Weather', query: 'rain' });
    expect(dataOf<{ subscriptions: unknown[] }>(await ada('following')).subscriptions).toEqual([]);
  });
});

describe('following in a thread', () => {
  it('has the digest come there instead of in direct messages', async () => {
    const clock = createFakeClock(SUNDAY);
    const adapter = createMemoryAdapter({ ...PLACE, clock });
    adapter.privateThread = async (place, id) => ({ ...place, channel: `${place.channel}/${id}` });
    const { ada, tickAt, source } = await open({ clock, adapter });
    await ada('follow', { what: 'author:Bo Li' });
    expect(words(await ada('following', { thread: true }))).toContain('Your digest is set');
    show({ source }, '2026-11-23', aPaper({ id: '2611.00009', authors: [{ name: 'Bo Li' }] }));
    await tickAt(MONDAY);
    expect(adapter.posted.map(({ destination }) => destination.channel)).toEqual([`${PLACE.channel}/ada`]);
    adapter.closeChannel(`${PLACE.channel}/ada`, 'gone');
    show({ source }, '2026-11-24', aPaper({ id: '2611.00010', authors: [{ name: 'Bo Li' }] }));
    await tickAt(TUESDAY);
    expect(words(await ada('following'))).toContain('its thread is closed to me');
  });

  it('is refused where a platform has none', async () => {
    const { ada } = await open();
    await ada('follow', { what: 'agents' });
    expect(await ada('following', { thread: true })).toMatchObject({ outcome: 'refused' });
  });
});

describe('following', () => {
  it.each([
    [{ time: '25:00' }, '\\"25:00\\" is not a time of day.'],
    [{ zone: 'Mars/Olympus' }, '\\"Mars/Olympus\\" is not a time zone.'],
    [{ every: 'hourly' }, '\\"every\\" is one of daily, weekly, never'],
    [{ limit: 0 }, '\\"limit\\" is a whole number from 1 to 50'],
    [{ time: '08:00', 'with-edition': true }, 'not both'],
    [{ 'with-edition': true }, 'No feed posts a daily edition in this channel.'],
  ])('refuses %j and changes nothing', async (options, sentence) => {
    const { ada } = await open();
    await ada('follow', { what: 'agents' });
    const before = (await ada('following')).data;
    const reply = await ada('following', options as Record<string, OptionValue>);
    expect(reply).toMatchObject({ outcome: 'refused' });
    expect(words(reply)).toContain(sentence);
    expect((await ada('following')).data).toEqual(before);
  });

  it('sets nothing for one who has never followed anything', async () => {
    const { ada } = await open();
    expect(words(await ada('following'))).toContain('You follow nothing.');
    expect(words(await ada('following', { every: 'weekly' }))).toContain('You have no digest yet');
  });

  it('says how the last digest stands', async () => {
    const { ada, tickAt, source } = await open();
    await ada('follow', { what: 'author:Bo Li' });
    show({ source }, '2026-11-23', aPaper({ id: '2611.00009', authors: [{ name: 'Bo Li' }] }));
    await tickAt(MONDAY);
    expect(words(await ada('following'))).toContain('"Last digest","value":"2026-11-23: posted. 1 paper.');
  });
});

describe('saved papers', () => {
  const idsOf = (reply: Reply) =>
    dataOf<{ papers: { paperId: string }[] }>(reply).papers.map(({ paperId }) => paperId);

  it('come the newest first, a page at a time, until they are taken off', async () => {
    const { ada, clock } = await open();
    for (const { id } of PAPERS) {
      await ada('save', { paper: id });
      clock.advance(MINUTE_MS);
    }
    const first = await ada('saved', { limit: 2 });
    expect(idsOf(first)).toEqual(['2611.00003', '2611.00002']);
    expect(words(first)).toContain('3 papers, the newest first');
    expect(words(first)).toContain('"command":"saved","options":{"limit":2,"page":2}');
    const second = await ada('saved', { limit: 2, page: 2 });
    expect([idsOf(second), words(second).includes('"number":3')]).toEqual([['2611.00001'], true]);
    expect(words(await ada('saved', { page: 9 }))).toContain('There are no more.');
    await ada('save', { paper: '2611.00003', remove: true });
    expect(idsOf(await ada('saved'))).toEqual(['2611.00002', '2611.00001']);
    expect(await ada('save', { paper: '2611.00003', remove: true })).toMatchObject({ outcome: 'refused' });
  });

  it('keep their place when they are saved again', async () => {
    const { ada, clock } = await open();
    for (const id of ['2611.00001', '2611.00002', '2611.00001']) {
      clock.advance(MINUTE_MS);
      await ada('save', { paper: id });
    }
    expect(idsOf(await ada('saved'))).toEqual(['2611.00002', '2611.00001']);
    expect(words(await ada('save', { paper: 'https://arxiv.org/abs/2611.00001v3' }))).toContain('already');
  });

  it('may be ones that only arXiv knows, and stay whole when arXiv is down', async () => {
    const arxiv = createMemorySource(createFakeClock(SUNDAY));
    arxiv.set({ kind: 'search', key: '' }, [aPaper({ id: '1706.03762', title: 'Only arXiv knows it' })]);
    const { ada } = await open({ arxiv });
    await ada('save', { paper: '1706.03762' });
    arxiv.fail(new Error('down'));
    expect(words(await ada('saved'))).toContain('Only arXiv knows it');
    expect((await ada('saved', { format: 'bibtex' })).file?.content).toContain('Only arXiv knows it');
  });

  it('leave as BibTeX and as RIS', async () => {
    const { ada } = await open();
    await ada('save', { paper: '2611.00001' });
    const { file: bibtex } = await ada('saved', { format: 'bibtex' });
    expect(bibtex).toMatchObject({ name: 'saved.bib', mediaType: 'application/x-bibtex' });
    expect(bibtex?.content).toContain('@misc{lovelace2026weather,');
    expect(bibtex?.content).toContain('Weather \\{models\\} \\& 100\\% of the sky');
    expect(bibtex?.content).toContain('author = {Ada Lovelace and José Álvarez}');
    const { file: ris } = await ada('saved', { format: 'ris' });
    expect(ris?.content.split('\r\n')).toEqual(
      expect.arrayContaining(['AU  - Lovelace, Ada', 'PY  - 2026', 'AN  - arXiv:2611.00001', 'ER  - ']),
    );
  });

  it('are none at first, and there is nothing to take along', async () => {
    const { ada } = await open();
    expect(words(await ada('saved'))).toContain('You have saved nothing yet.');
    const none = await ada('saved', { format: 'bibtex' });
    expect([none.outcome, none.file]).toEqual(['refused', undefined]);
    expect(await ada('save', { paper: '2611.99999' })).toMatchObject({ outcome: 'refused' });
  });
});

describe('rate', () => {
  it('keeps the last verdict, until it is taken back', async () => {
    const { ada, store } = await open();
    const kept = async () => (await store.people.ratings(ADA, ['2611.00001'])).get('2611.00001')?.verdict;
    await ada('rate', { paper: '2611.00001' });
    expect(await kept()).toBe('up');
    await ada('rate', { paper: '2611.00001', verdict: 'down' });
    expect(await kept()).toBe('down');
    expect(words(await ada('rate', { paper: '2611.00001', verdict: 'none' }))).toContain('Taken back');
    expect(await kept()).toBeUndefined();
    expect(await ada('rate', { paper: '2611.00001', verdict: 'none' })).toMatchObject({ outcome: 'done' });
    expect(await ada('rate', { paper: '2611.00001', verdict: 'so-so' })).toMatchObject({
      outcome: 'refused',
    });
  });
});

describe('topics', () => {
  it('are made by managers, listed with their followers, followed and shown', async () => {
    const { ada, give } = await open();
    expect(await ada('topics add', { name: 'x', query: 'x' })).toMatchObject({ outcome: 'refused' });
    await give('topics add', { name: 'The  Weather', query: 'weather -snow', emoji: '🌦️' });
    await ada('follow', { what: 'the weather' });
    expect(words(await ada('topics list'))).toContain('"🌦️ the-weather"');
    expect(words(await ada('topics list'))).toContain('(weather -snow); 1 follower');
    const shown = words(await ada('show', { paper: '2611.00001' }));
    expect(shown).toContain('🌦️ The Weather, because: \\"weather\\" in the title');
  });

  it.each(['', '   ', '!!!', '\0', '🌦️', 'x'.repeat(41)])('refuse the name %j', async (name) => {
    const { give, store } = await open();
    expect(await give('topics add', { name, query: 'weather' })).toMatchObject({ outcome: 'refused' });
    expect(await store.people.topics(ADA)).toEqual([]);
  });

  it.each(['', ' ', '""', '-', 'x'.repeat(301)])('refuse the query %j', async (query) => {
    const { give } = await open();
    expect(await give('topics add', { name: 'weather', query })).toMatchObject({ outcome: 'refused' });
  });

  it.each(['x', '🤖🤖', ':no good:', '<:x:1>', '<script>', '1'])('refuse the emoji %j', async (emoji) => {
    const { give } = await open();
    expect(await give('topics add', { name: 'w', query: 'w', emoji })).toMatchObject({ outcome: 'refused' });
  });

  it.each([
    '🧪',
    '👩🏽‍🔬',
    '🇪🇺',
    '1️⃣',
    '<:sparkle:123456789012345678>',
    '<a:dance:123456789012345678>',
    ':party-parrot:',
    ':+1:',
  ])('take the emoji %s', async (emoji) => {
    const { give } = await open();
    expect(await give('topics add', { name: 'w', query: 'w', emoji })).toMatchObject({
      outcome: 'done',
      data: { emoji },
    });
  });

  it.each([
    ['🤖', 'Agents'],
    ['👁️', 'Vision'],
    ['🌦️', 'Weather'],
    ['<:sleet:123456789012345678>', 'Snow'],
    ['🔖', 'Save'],
  ])('do not take the emoji %s, which stands for %s', async (emoji, name) => {
    const { give, store } = await open();
    await give('topics add', { name: 'Weather', query: 'weather', emoji: '🌦️' });
    await give('topics add', { name: 'Snow', query: 'snow', emoji: '<:snow:123456789012345678>' });
    const reply = await give('topics add', { name: 'w', query: 'w', emoji });
    expect(words(reply)).toContain(`stands for \\"${name}\\" already`);
    expect(await store.people.topics(ADA)).toHaveLength(2);
  });

  it('have an emoji of their own where none is named', async () => {
    const { give, store } = await open();
    for (const name of ['one', 'two']) await give('topics add', { name, query: name });
    await give('topics add', { name: 'three', query: 'three', emoji: '📎' });
    await give('topics add', { name: 'four', query: 'four' });
    expect((await store.people.topics(ADA)).map(({ emoji }) => emoji)).toEqual(['📌', '📍', '📎', '🔷']);
  });

  it('have names that are neither built in nor there already, however they are written', async () => {
    const { give } = await open();
    await give('topics add', { name: 'Protein Design', query: 'protein' });
    for (const name of ['agents', 'World Models', '3D', 'protein-design', 'PRÓTEIN design'])
      expect(await give('topics add', { name, query: 'x' }), name).toMatchObject({ outcome: 'refused' });
    expect(words(await give('topics add', { name: 'AGENTS', query: 'x' }))).toContain('a built-in one');
  });

  it(`are ${MAX_WORKSPACE_TOPICS} at most`, async () => {
    const { give } = await open();
    for (let index = 0; index < MAX_WORKSPACE_TOPICS; index += 1)
      await give('topics add', { name: `topic ${index}`, query: 'x' });
    expect(words(await give('topics add', { name: 'more', query: 'x' }))).toContain('may have 50 topics');
  });

  it('are removed unless they are built in, not there, or a feed needs them', async () => {
    const { give } = await open();
    await give('topics add', { name: 'Weather', query: 'weather' });
    await give('feed add', { topics: 'weather' });
    for (const name of ['agents', 'nothing', 'weather', '!!!'])
      expect(await give('topics remove', { name }), name).toMatchObject({ outcome: 'refused' });
    await give('feed edit', { id: 'feed01', topics: 'none' });
    expect(await give('topics remove', { name: 'WEATHER' })).toMatchObject({ outcome: 'done' });
    expect(words(await give('topics list'))).not.toContain('weather');
  });

  it('filter feeds, built-in ones and the workspace’s own', async () => {
    const { give, tickAt, adapter, source } = await open();
    await give('topics add', { name: 'Weather', query: 'weather' });
    await give('feed add', { topics: 'Weather, 3d', limit: 50 });
    expect(await give('feed add', { topics: 'knitting' })).toMatchObject({ outcome: 'refused' });
    show({ source }, '2026-11-23', ...PAPERS);
    await tickAt(MONDAY);
    const [posted] = adapter.posted;
    const titles = JSON.stringify(posted?.card);
    expect(titles).toContain('Weather {models}');
    expect(titles).toContain('3D Gaussian Splatting');
    expect(titles).not.toContain('A third one');
    await tickAt(addMs(MONDAY, MINUTE_MS));
    expect(adapter.posted).toHaveLength(1);
  });
});

describe('what is typed to do harm', () => {
  it.each(['\u202Egnp.exe', `'; DROP TABLE topics; --`, 'a\0b', '@everyone <!channel>', '[x](http://evil)'])(
    'is the name of a topic and nothing more: %j',
    async (name) => {
      const { ada, give } = await open();
      expect(await give('topics add', { name, query: name })).toMatchObject({ outcome: 'done' });
      expect(await ada('follow', { what: name })).toMatchObject({ outcome: 'done' });
      expect(await ada('unfollow', { what: name })).toMatchObject({ outcome: 'done' });
      expect(await give('topics remove', { name })).toMatchObject({ outcome: 'done' });
      expect(dataOf<unknown[]>(await give('topics list'))).toHaveLength(20);
    },
  );
});
