import { describe, expect, it } from 'vitest';
import { addMs, MINUTE_MS } from '../../src/domain/calendar.ts';
import { MAX_WORKSPACE_TOPICS } from '../../src/domain/topic.ts';
import { ADA, MONDAY, show, words } from '../members.ts';
import { dataOf, open, PAPERS } from './people-scene.ts';

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
