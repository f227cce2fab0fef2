import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/command.ts';
import { aPaper } from '../fixtures/papers.ts';
import { openWorld, PLACE } from '../world.ts';

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
