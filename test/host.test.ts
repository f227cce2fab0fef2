import { describe, expect, it } from 'vitest';
import type { Command } from '../src/command.ts';
import { DeliveryThrottledError, SourceUnavailableError, StoreError } from '../src/errors.ts';
import { createHost } from '../src/host.ts';
import { failing, NEEDS, NOTHING } from './host/hosts.ts';
import { openWorld, PLACE } from './world.ts';

async function sentenceOf(command: Command): Promise<string> {
  const host = createHost([command], NOTHING, NEEDS);
  const member = { id: 'm', isManager: false };
  const reply = await host.run({
    command: 'fail',
    options: {},
    place: PLACE,
    member,
    at: '2026-11-23T12:00:00.000Z',
  });
  expect(reply).toMatchObject({ visibility: 'private', outcome: 'failed' });
  return reply.cards.map((card) => (card.kind === 'text' ? card.paragraphs.join(' ') : '')).join();
}

describe('the host', () => {
  it.each([
    ['nonsense', {}, 'There is no command "nonsense"', undefined],
    ['search', {}, '"query" is missing.', 'query'],
    ['today', { limit: 51 }, '"limit" is a whole number from 1 to 50, not "51".', 'limit'],
    ['today', { limit: 1.5 }, '"limit" is a whole number from 1 to 50, not "1.5".', 'limit'],
    ['feed add', { layout: 'poster' }, '"layout" is one of digest, cards, not "poster".', 'layout'],
    ['today', { dya: '2026-11-20' }, '"/paper today" has no option "dya".', undefined],
    ['today', { day: '2025-13-40' }, '"2025-13-40" is not a day', 'day'],
    ['today', { day: '2026-11-24' }, 'yet: the newest one is 2026-11-23', 'day'],
    ['show', { paper: 'banana' }, '"banana" is no arXiv id.', 'paper'],
    ['show', { paper: '2611.99999' }, 'Neither Hugging Face nor arXiv knows a paper 2611.99999.', 'paper'],
    ['feed add', { zone: 'Mars/Olympus' }, '"Mars/Olympus" is not a time zone.', 'zone'],
    ['feed add', { time: '25:00' }, '"25:00" is not a time of day.', 'time'],
    ['feed add', { days: 'mon,blursday' }, '"mon,blursday" are no weekdays.', 'days'],
    ['feed edit', { id: 'nope', time: '10:00' }, 'There is no feed "nope" here.', 'id'],
    ['feed edit', { id: 'nope' }, 'Say what to change', undefined],
    ['search', { query: 'x'.repeat(501) }, 'Shorten the query to 500 characters; it has 501.', 'query'],
    ['help', { command: 'nonsense' }, 'There is no command "nonsense".', 'command'],
    ['feed add', { channel: 5 }, '"channel" is not given as text.', 'channel'],
    ['feed add', { role: true }, '"role" is not given as text.', 'role'],
    ['show', { paper: 2608.1988 }, '"paper" is not given as text.', 'paper'],
  ])(
    '%s %j gets a sentence, and says which option it is about',
    async (command, options, sentence, option) => {
      const { give } = await openWorld('2026-11-23T12:00:00.000Z');
      const reply = await give(command, options);
      expect(reply).toMatchObject({ visibility: 'private', outcome: 'refused' });
      expect(JSON.stringify(reply.cards[0])).toContain(JSON.stringify(sentence).slice(1, -1));
      expect(reply.option).toBe(option);
    },
  );

  it('lets only managers touch feeds', async () => {
    const { host, clock } = await openWorld('2026-11-23T12:00:00.000Z');
    const give = (isManager: boolean) =>
      host.run({
        command: 'feed add',
        options: {},
        place: PLACE,
        member: { id: 'm', isManager },
        at: clock.now(),
      });
    expect(await give(false)).toMatchObject({ outcome: 'refused' });
    expect(await give(true)).toMatchObject({ outcome: 'done' });
  });

  it('turns every error into a sentence, without the words of a fault of ours', async () => {
    const gone = new SourceUnavailableError('The source is asleep.', { source: 's', way: 'api' });
    expect(await sentenceOf(failing(gone))).toContain(
      'The source is asleep. Nothing of it is in the archive either.',
    );
    expect(await sentenceOf(failing(new StoreError('read')))).toContain('cannot reach its store');
    const busy = { platform: 'discord', channel: 'C1', retryAfterMs: 1000 };
    expect(await sentenceOf(failing(new DeliveryThrottledError('Not so fast.', busy)))).toContain(
      'The platform cannot be asked just now.',
    );
    expect(await sentenceOf(failing(new TypeError('x of undefined')))).not.toContain('undefined');
  });

  it('passes on that it was told to stop', async () => {
    const host = createHost([failing(new Error('late'))], NOTHING, NEEDS);
    const signal = AbortSignal.abort(new Error('stopping'));
    const member = { id: 'm', isManager: false };
    const asked = {
      command: 'fail',
      options: {},
      place: PLACE,
      member,
      at: '2026-11-23T12:00:00.000Z',
      signal,
    };
    await expect(host.run(asked)).rejects.toThrow('stopping');
  });
});

describe('commands', () => {
  it('set and show a feed', async () => {
    const { give, feeds } = await openWorld('2026-11-23T12:00:00.000Z');
    await give('feed add', {
      time: '17:30',
      zone: 'Asia/Tokyo',
      listing: 'weekly',
      days: 'fri-mon',
      limit: 3,
      layout: 'cards',
      include: 'agents, tool use ,',
      exclude: 'survey',
      'code-only': true,
      'min-votes': 5,
      'ripe-hours': 2,
      'patience-hours': 1,
      'say-nothing-new': true,
    });
    const [status] = await feeds.list(PLACE);
    expect(status?.feed).toMatchObject({
      id: 'feed01',
      time: '17:30',
      zone: 'Asia/Tokyo',
      listing: 'weekly',
      days: ['mon', 'fri', 'sat', 'sun'],
      limit: 3,
      layout: 'cards',
      filters: { include: ['agents', 'tool use'], exclude: ['survey'], codeOnly: true, minVotes: 5 },
      ripeHours: 2,
      patienceHours: 1,
      announcesNothing: true,
      manager: 'operator',
      state: 'active',
    });
    const shown = JSON.stringify((await give('feed show', { id: 'feed01' })).cards);
    for (const said of [
      'the weekly list at 17:30 Asia/Tokyo, mon, fri, sat, sun',
      'with agents or tool use',
      'without survey',
      'with code',
      'from 5 votes',
    ]) {
      expect(shown).toContain(said);
    }
    await give('feed edit', { id: 'feed01', include: 'none', limit: 9, days: 'daily' });
    const [edited] = await feeds.list(PLACE);
    expect(edited?.feed).toMatchObject({
      limit: 9,
      time: '17:30',
      filters: { include: [], exclude: ['survey'] },
    });
    expect(edited?.feed.days).toHaveLength(7);
  });

  it('pause, resume, list and remove', async () => {
    const { give, feeds } = await openWorld('2026-11-23T12:00:00.000Z');
    expect(JSON.stringify((await give('feed list')).cards)).toContain('There is no feed yet');
    await give('feed add');
    await give('feed pause', { id: 'feed01' });
    expect(JSON.stringify((await give('feed list')).cards)).toContain('(paused)');
    expect(JSON.stringify((await give('status')).cards)).toContain('not while it is not active');
    await give('feed resume', { id: 'feed01' });
    expect((await feeds.list(PLACE))[0]?.nextDueAt).toBe('2026-11-24T09:00:00.000Z');
    await give('feed remove', { id: 'feed01' });
    expect(await feeds.list(PLACE)).toEqual([]);
  });

  it('reach no feed of another workspace', async () => {
    const { give, feeds } = await openWorld('2026-11-23T12:00:00.000Z');
    await feeds.add({ platform: 'slack', workspace: 'T2', channel: 'C2' }, 'U2', {});
    for (const command of ['feed show', 'feed pause', 'feed remove', 'feed run', 'feed preview']) {
      expect(await give(command, { id: 'feed01' }), command).toMatchObject({ outcome: 'refused' });
    }
    expect(await feeds.all()).toHaveLength(1);
  });
});

describe('where there is no workspace', () => {
  it.each([
    ['status', {}],
    ['feed list', {}],
    ['feed add', {}],
    ['topics panel', {}],
    ['following', { thread: true }],
  ])('%s says where it works, even to a manager of others', async (command, options) => {
    const { host, feeds } = await openWorld('2026-11-23T12:00:00.000Z');
    const place = { platform: 'terminal', workspace: 'none', channel: 'a direct message' } as const;
    const reply = await host.run({
      command,
      options,
      place,
      isHomeless: true,
      member: { id: 'm', isManager: false },
      at: '2026-11-23T12:00:00.000Z',
    });
    expect(reply.outcome).toBe('refused');
    expect(JSON.stringify(reply.cards)).toContain('This works in a server that has Paperwire.');
    expect(await feeds.all()).toEqual([]);
  });
});
