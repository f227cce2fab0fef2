import { describe, expect, it } from 'vitest';
import type { OptionValue } from '../../src/command.ts';
import type { Locale } from '../../src/domain/locale.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { rejected } from '../fixtures/failures.ts';
import { aPaper, somePapers } from '../fixtures/papers.ts';
import { words } from '../members.ts';
import { openWorld, PLACE } from '../world.ts';

const NOW = '2026-11-23T12:00:00.000Z';

async function open() {
  const world = await openWorld(NOW);
  const { host, clock } = world;
  const give = (locale: Locale | undefined, command: string, options: Record<string, OptionValue> = {}) =>
    host.run({
      command,
      options,
      place: PLACE,
      member: { id: 'm', isManager: true },
      at: clock.now(),
      ...(locale ? { locale } : {}),
    });
  return { ...world, say: async (...given: Parameters<typeof give>) => words(await give(...given)) };
}

describe('a reply', () => {
  it('is in the language of the member, and in English for all others', async () => {
    const { say } = await open();
    expect(await say('de', 'following')).toContain('Wem du folgst');
    expect(await say('zh-CN', 'following')).toContain('你关注的内容');
    expect(await say('en', 'following')).toContain('What you follow');
    expect(await say(undefined, 'following')).toContain('What you follow');
  });

  it('names listings, days and what they hold', async () => {
    const { say, source } = await open();
    source.set({ kind: 'daily', key: '2026-11-23' }, somePapers('2611', [3, 2, 1]));
    expect(await say('de', 'today', { limit: 2 })).toContain('Paper von Montag, 2026-11-23');
    expect(await say('de', 'today', { limit: 2 })).toContain('2 von 3 Papern bis jetzt');
    expect(await say('zh-CN', 'today')).toContain('2026-11-23（星期一）的论文');
  });

  it.each([
    ['nonsense', {}, 'Einen Befehl „nonsense“ gibt es nicht.'],
    ['search', {}, '„query“ fehlt.'],
    ['today', { limit: 51 }, '„limit“ ist eine ganze Zahl von 1 bis 50, nicht „51“.'],
    [
      'today',
      { day: '2026-11-24' },
      'Eine Tagesliste 2026-11-24 gibt es noch nicht: die neueste ist 2026-11-23.',
    ],
    ['today', { day: 'morgen' }, '„morgen“ ist kein Tag in der Form YYYY-MM-DD (zum Beispiel 2026-11-23).'],
    ['feed add', { days: 'mon,blursday' }, '„mon,blursday“ sind keine Wochentage.'],
    ['show', { paper: 'banana' }, '„banana“ ist keine arXiv-Kennung.'],
    ['follow', { what: 'stricken' }, '„stricken“ heißt nichts, dem man folgen kann.'],
  ])('refuses %s %j in it, too', async (command, options, sentence) => {
    const { say } = await open();
    const told = await say('de', command, options as Record<string, OptionValue>);
    expect(told).toContain('Das hat nicht geklappt');
    expect(told).toContain(sentence);
  });

  it('says in it what comes of a preview, and why a service refuses', async () => {
    const { say, source } = await open();
    await say('de', 'feed add', { channel: 'elsewhere' });
    await say('de', 'feed add', { channel: 'elsewhere', time: '13:00' });
    expect(await say('de', 'feed preview', { id: 'feed01' })).toContain('Es gibt nichts Neues.');
    expect(await say('de', 'feed preview', { id: 'feed02' })).toContain('Es gibt noch nichts Neues.');
    source.set({ kind: 'daily', key: '2026-11-23' }, somePapers('2611', new Array(20).fill(1)));
    expect(await say('zh-CN', 'feed preview', { id: 'feed01' })).toContain('下一期，按目前的内容。');
    await say('de', 'follow', { what: 'agents' });
    expect(await say('de', 'following', { 'with-edition': true })).toContain(
      'In diesem Kanal postet kein Feed eine tägliche Ausgabe.',
    );
    expect(await say('zh-CN', 'following', { thread: true })).toContain('只有在支持私密子区的平台的频道中');
  });

  it('tells in it why a delivery cannot be decided about', async () => {
    const { say, addFeed, adapter, source, tickAt, store } = await open();
    source.set({ kind: 'daily', key: '2026-11-23' }, somePapers('2611', new Array(20).fill(1)));
    const { id } = await addFeed({ time: '13:00' });
    adapter.failNext(rejected());
    await tickAt('2026-11-23T13:00:00.000Z');
    await store.ledger.claim(`feed:${id}`, 'a run', 180_000);
    const told = await say('de', 'delivery dismiss', { id: `${id}@2026-11-23` });
    expect(told).toContain('Der Feed wird gerade gepostet.');
  });

  it('tells in it why a paper belongs to a topic, and what a search did not understand', async () => {
    const { say, source } = await open();
    source.set({ kind: 'trending', key: 'now' }, [
      aPaper({ id: '2608.19880', title: 'Weather', abstract: 'LLM agents that use tools.' }),
    ]);
    await say('en', 'topics add', { name: 'Storms', query: 'weather' });
    expect(await say('de', 'show', { paper: '2608.19880' })).toContain('Storms, denn: „weather“ im Titel');
    expect(await say('zh-CN', 'show', { paper: '2608.19880' })).toContain('Storms，依据：标题中的“weather”');
    expect(await say('de', 'search', { query: 'weather topic:stormz' })).toContain(
      'Ein Thema „stormz“ gibt es nicht;',
    );
    source.fail(unreachable());
    expect(await say('zh-CN', 'search', { query: 'weather agents' })).toContain('这是没有它时的结果。');
  });

  it('says in it that the source is closed', async () => {
    const { say, source } = await open();
    source.fail(unreachable());
    expect(await say('de', 'today')).toContain('Auch im Archiv steht nichts davon.');
  });

  it('explains commands in it; what is typed stays as it is', async () => {
    const { say } = await open();
    const told = await say('de', 'help', { command: 'feed add' });
    expect(told).toContain('Paper nach Plan posten.');
    expect(told).toContain('"name":"min-votes","value":"Nur Paper mit so vielen Stimmen"');
    expect(told).toContain('Beispiel: /paper feed add time:09:00 zone:Europe/Berlin');
    expect(await say('zh-CN', 'help')).toContain('"name":"today","value":"显示今天或另一天的论文"');
  });

  it('calls built-in topics by their names in it, and a workspace’s own by theirs', async () => {
    const { say } = await open();
    await say('en', 'topics add', { name: 'Weather', query: 'weather' });
    expect(await say('de', 'follow', { what: 'agents' })).toContain('Du folgst Agenten');
    expect(await say('de', 'follow', { what: 'weather' })).toContain('Du folgst Weather');
    expect(await say('zh-CN', 'following')).toContain('"name":"智能体"');
    expect(await say('de', 'topics list')).toContain('"🤖 agents","value":"Agenten, Werkzeuge');
    expect(await say('de', 'topics panel', { topics: 'vision' })).toContain('"name":"Sehen"');
    expect(await say('de', 'unfollow', { what: 'agents' })).toContain('Du folgst Agenten nicht mehr');
  });

  it('tells in it how a feed is set and stands', async () => {
    const { say } = await open();
    await say('de', 'feed add', { days: 'mon,wed', 'min-votes': 5 });
    const told = await say('de', 'feed show', { id: 'feed01' });
    for (const said of ['täglich, um 09:00 UTC, Mo, Mi', 'ab 5 Stimmen', '"Zustand","value":"aktiv"'])
      expect(told).toContain(said);
  });
});
