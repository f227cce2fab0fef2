import { describe, expect, it } from 'vitest';
import type { Services, Trouble } from '../src/abilities.ts';
import type { Command, Invocation, Reply } from '../src/command.ts';
import { DeliveryThrottledError, SourceUnavailableError, StoreError } from '../src/errors.ts';
import { createHost } from '../src/host.ts';
import { silentLog } from '../src/log.ts';
import { blindObserver } from '../src/observer.ts';
import { createFakeClock } from './fakes/clock.ts';
import { createMemoryObserver } from './fakes/memory-observer.ts';
import { aPaper } from './fixtures/papers.ts';
import { openWorld, PLACE } from './world.ts';

function failing(error: unknown): Command {
  const run = async () => {
    throw error;
  };
  return { name: 'fail', summary: 'Fail', options: [], audience: 'member', example: 'fail', run };
}

/** Services of which only that nobody has trouble is asked. */
const NOTHING = { people: { trouble: async () => undefined } } as unknown as Services;

const NEEDS = { clock: createFakeClock('2026-11-23T12:00:00.000Z'), log: silentLog, observer: blindObserver };

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

describe('whoever watches', () => {
  const at = '2026-11-23T12:00:00.000Z';
  const asked = { options: {}, place: PLACE, member: { id: 'm', isManager: false }, at };

  /** A host whose one command takes 250 ms, and then does this. */
  function openWatched(run: Command['run']) {
    const [clock, observer] = [createFakeClock(at), createMemoryObserver()];
    const command: Command = {
      ...failing(undefined),
      async run(invocation, services) {
        clock.advance(250);
        return await run(invocation, services);
      },
    };
    return { clock, host: createHost([command], NOTHING, { clock, log: silentLog, observer }), observer };
  }

  const reply = async (): Promise<Reply> => ({ visibility: 'private', cards: [], outcome: 'done' });

  it('is told of each command: where, what came of it and how long it took', async () => {
    const { host, observer } = openWatched(reply);
    await host.run({ command: 'fail', ...asked });
    await host.run({ command: 'fail', ...asked, options: { nonsense: 1 } });
    await host.run({ command: '<made up>', ...asked, place: { ...PLACE, platform: 'discord' } });
    expect(observer.told).toEqual([
      ['answered', { platform: 'terminal', command: 'fail', outcome: 'done', tookMs: 250 }],
      ['answered', { platform: 'terminal', command: 'fail', outcome: 'refused', tookMs: 0 }],
      ['answered', { platform: 'discord', outcome: 'refused', tookMs: 0 }],
    ]);
  });

  it('is told that a command failed, and of none that was stopped', async () => {
    const { host, observer } = openWatched(async () => {
      throw new StoreError('read');
    });
    await host.run({ command: 'fail', ...asked });
    expect(observer.of('answered')).toMatchObject([[{ command: 'fail', outcome: 'failed', tookMs: 250 }]]);
    const signal = AbortSignal.abort(new Error('stopping'));
    await expect(host.run({ command: 'fail', ...asked, signal })).rejects.toThrow('stopping');
    expect(observer.told).toHaveLength(1);
  });

  it('is told of no time where the clock went back meanwhile', async () => {
    const { clock, host, observer } = openWatched(() => {
      clock.set('2026-11-23T11:00:00.000Z');
      return reply();
    });
    await host.run({ command: 'fail', ...asked });
    expect(observer.of('answered')).toMatchObject([[{ outcome: 'done', tookMs: 0 }]]);
  });
});

describe('what the caller must be told beside the answer', () => {
  const asked = {
    options: {},
    place: PLACE,
    member: { id: 'm', isManager: false },
    at: '2026-11-23T12:00:00.000Z',
  };

  function aCommand(name: string, visibility: Reply['visibility']): Command {
    const cards = [{ kind: 'text' as const, title: name, paragraphs: [] }];
    const run = async () => ({ visibility, cards, outcome: 'done' as const });
    return { name, summary: name, options: [], audience: 'member', example: name, run };
  }

  /** A host whose caller is in trouble until they have been told. */
  function openTroubled(trouble: Trouble, ...commands: Command[]) {
    const troubles = [trouble];
    const services = { people: { trouble: async () => troubles.shift() } } as unknown as Services;
    return createHost(commands, services, NEEDS);
  }

  it('comes once, with the way out', async () => {
    const host = openTroubled('messages-closed', aCommand('ask', 'private'));
    const { cards } = await host.run({ command: 'ask', ...asked });
    expect(cards).toMatchObject([
      { title: 'ask' },
      {
        title: 'By the way',
        paragraphs: [expect.stringContaining('your direct messages are closed to me')],
        actions: [{ label: 'Thread here', command: 'following', options: { thread: true } }],
      },
    ]);
    expect((await host.run({ command: 'ask', ...asked })).cards).toHaveLength(1);
  });

  it('offers no thread to one who follows too much', async () => {
    const { cards } = await openTroubled('full', aCommand('ask', 'private')).run({
      command: 'ask',
      ...asked,
    });
    expect(cards[1]).toMatchObject({ title: 'By the way', actions: [] });
  });

  it('is told in the language of the caller', async () => {
    const locale = 'de' as const;
    const { cards } = await openTroubled('full').run({ command: 'ask', ...asked, locale });
    expect(JSON.stringify(cards)).toContain('und mehr geht nicht');
  });

  it('comes with a refusal, too', async () => {
    const { cards } = await openTroubled('thread-closed').run({ command: 'ask', ...asked });
    expect(cards).toMatchObject([{ title: 'That did not work' }, { title: 'By the way' }]);
  });

  it('is shown to no channel, but kept for the next answer', async () => {
    const host = openTroubled('not-asked', aCommand('panel', 'channel'), aCommand('ask', 'private'));
    const shown = await host.run({ command: 'panel', ...asked });
    expect(shown).toMatchObject({ visibility: 'channel', cards: [{ title: 'panel' }] });
    expect((await host.run({ command: 'ask', ...asked })).cards).toHaveLength(2);
  });

  it('spoils no answer where nobody can tell', async () => {
    const trouble = async () => {
      throw new StoreError('read');
    };
    const services = { people: { trouble } } as unknown as Services;
    const reply = await createHost([aCommand('ask', 'private')], services, NEEDS).run({
      command: 'ask',
      ...asked,
    });
    expect(reply).toMatchObject({ outcome: 'done', cards: [{ title: 'ask' }] });
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

describe('what is typed', () => {
  const CALLER = { id: 'operator', isManager: true };

  const ask = async (
    command: string,
    option: string,
    typed: string,
    more: Partial<Pick<Invocation, 'locale' | 'member'>> = {},
  ) => {
    const world = await openWorld('2026-11-23T12:00:00.000Z');
    const papers = [
      aPaper({ id: '2611.00001', title: 'Agents that plan ahead', authors: [{ name: 'Agata Müller' }] }),
      aPaper({ id: '2611.00002', title: 'A plan for speech', authors: [{ name: 'Bo Li' }] }),
    ];
    world.source.set({ kind: 'daily', key: '2026-11-23' }, papers);
    await world.give('today');
    await world.give('topics add', { name: 'planning', query: 'plan' });
    await world.search.follow();
    const completions = await world.host.complete({
      command,
      option,
      typed,
      place: PLACE,
      member: CALLER,
      ...more,
    });
    await world.close();
    return completions;
  };

  it('goes on as topics, titles and names, in the words that the option takes', async () => {
    expect(await ask('follow', 'what', 'ag')).toEqual([
      { kind: 'topic', label: '🤖 Agents', value: 'topic:agents' },
      { kind: 'author', label: 'Agata Müller', value: 'author:"Agata Müller"' },
    ]);
    expect(await ask('search', 'query', 'pla')).toEqual([
      { kind: 'topic', label: '📌 planning', value: 'topic:planning' },
      expect.objectContaining({ kind: 'paper', value: '2611.00002' }),
      expect.objectContaining({ kind: 'paper', value: '2611.00001' }),
    ]);
    expect(await ask('show', 'paper', 'speech pl')).toEqual([
      { kind: 'paper', label: 'A plan for speech', value: '2611.00002' },
    ]);
  });

  it('has at most 25 ways to go on, and none where nothing completes it', async () => {
    expect(await ask('follow', 'what', '')).toHaveLength(21);
    expect(await ask('search', 'limit', '1')).toEqual([]);
    expect(await ask('nonsense', 'query', 'a')).toEqual([]);
    expect(await ask('search', 'query', '\u0000"*')).toHaveLength(21);
  });

  it('goes on as topics in the language of the member, found by the name of either', async () => {
    const inGerman = { locale: 'de' as const };
    const vision = { kind: 'topic', label: '👁️ Sehen', value: 'topic:vision' };
    expect(await ask('search', 'query', 'seh', inGerman)).toEqual([vision]);
    expect(await ask('search', 'query', 'visio', inGerman)).toEqual([vision]);
    const chinese = await ask('follow', 'what', '智能', { locale: 'zh-CN' });
    expect(chinese.map(({ value }) => value)).toContain('topic:agents');
  });

  it.each(['feed add', 'feed edit', 'topics panel'])(
    'goes on after a comma: the topics of %s',
    async (name) => {
      expect(await ask(name, 'topics', 'vision, plann')).toEqual([
        { kind: 'topic', label: 'vision, 📌 planning', value: 'vision,topic:planning' },
      ]);
      expect(await ask(name, 'topics', 'robo')).toEqual([
        { kind: 'topic', label: '🦾 Robotics', value: 'topic:robotics' },
      ]);
    },
  );

  it('goes on as what one follows, where it shall end', async () => {
    const world = await openWorld('2026-11-23T12:00:00.000Z');
    await world.give('follow', { what: 'vision, author:Ada Vega' });
    const typed = (text: string, id = 'operator') =>
      world.host.complete({
        command: 'unfollow',
        option: 'what',
        typed: text,
        place: PLACE,
        member: { id, isManager: false },
        locale: 'de',
      });
    expect(await typed('')).toEqual([
      { kind: 'followed', label: 'Sehen', value: 'vision' },
      { kind: 'followed', label: 'Ada Vega', value: 'author:Ada Vega' },
    ]);
    expect((await typed('vis')).map(({ value }) => value)).toEqual(['vision']);
    expect((await typed('vega')).map(({ value }) => value)).toEqual(['author:Ada Vega']);
    expect(await typed('', 'somebody else')).toEqual([]);
  });

  it('goes on as the commands that are open to the caller', async () => {
    const names = async (typed: string, isManager: boolean) =>
      (await ask('help', 'command', typed, { member: { id: 'm', isManager } })).map(({ value }) => value);
    expect(await names('feed ', true)).toContain('feed add');
    expect(await names('feed ', false)).toEqual([]);
    expect(await names('foll', false)).toEqual(['follow', 'following', 'unfollow']);
    expect(await ask('help', 'command', 'forget', { locale: 'de' })).toEqual([
      { kind: 'command', label: expect.stringMatching(/^forget-me · .*löschen/), value: 'forget-me' },
    ]);
  });

  it('goes on as the feeds of the workspace, for managers and others', async () => {
    const world = await openWorld('2026-11-23T12:00:00.000Z');
    await world.give('feed add', { zone: 'Asia/Tokyo' });
    await world.give('feed add', { channel: 'robots', time: '17:30', listing: 'trending' });
    await world.feeds.add({ platform: 'slack', workspace: 'T2', channel: 'C2' }, 'U2', {});
    const typed = (text: string) =>
      world.host.complete({
        command: 'feed edit',
        option: 'id',
        typed: text,
        place: PLACE,
        member: CALLER,
      });
    expect(await typed('')).toEqual([
      { kind: 'feed', label: 'feed01 · daily · 09:00 Asia/Tokyo', value: 'feed01' },
      { kind: 'feed', label: 'feed02 · trending · 17:30 UTC', value: 'feed02' },
    ]);
    expect((await typed('TREND')).map(({ value }) => value)).toEqual(['feed02']);
    expect((await typed('17:30')).map(({ value }) => value)).toEqual(['feed02']);
    expect((await typed('tok')).map(({ value }) => value)).toEqual(['feed01']);
    expect(await typed('nothing')).toEqual([]);
  });

  it.each(['feed add', 'feed edit', 'following'])('goes on as time zones: %s', async (command) => {
    const { host } = await openWorld('2026-11-23T12:00:00.000Z');
    const completions = await host.complete({
      command,
      option: 'zone',
      typed: 'berlin',
      place: PLACE,
      member: CALLER,
    });
    expect(completions).toEqual([{ kind: 'zone', label: 'Europe/Berlin', value: 'Europe/Berlin' }]);
  });
});
