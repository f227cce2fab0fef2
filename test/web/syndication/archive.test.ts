import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../src/domain/calendar.ts';
import { silentLog } from '../../../src/log.ts';
import { addSyndication } from '../../../src/web/syndication/index.ts';
import { aPaper } from '../../fixtures/papers.ts';
import { FAULTS } from '../../syndication-checks/faults.ts';
import { aboutAgents, closeLibrary, FRIDAY, type Library, MONDAY, openLibrary } from '../../views/kit.ts';
import { BASE, read } from './kit.ts';
import { ENDINGS, readExactly } from './read-back.ts';

const OLD = aPaper({ id: '2301.00001', title: 'An old survey of agents', upvotes: 1 });
const COOKING = aPaper({ id: '2611.00050', title: 'On the cooking of noodles', upvotes: 90 });

let library: Library;
const app = new Hono();

/** The paper on both lists was first seen with the earlier one. */
beforeAll(async () => {
  library = await openLibrary();
  await library.keepDay(FRIDAY, [aboutAgents(1), COOKING]);
  await library.keepDay(MONDAY, [aboutAgents(2), COOKING, OLD]);
  const { view: archive, clock } = library;
  addSyndication(app, { archive, clock, gate: { baseUrl: () => BASE }, log: silentLog });
});

afterAll(() => closeLibrary(library));

describe.each(ENDINGS)('the archive as it is, in %s', (ending) => {
  it('gives the papers of its newest lists', async () => {
    const source = await read({ app }, `/feeds/daily.${ending}`);
    expect(FAULTS[ending](source)).toEqual([]);
    const { entries } = readExactly(ending, source);
    const ids = ['2611.00002', '2301.00001', '2611.00050', '2611.00001'];
    expect(entries.map(({ url }) => url)).toEqual(ids.map((id) => `${BASE}/papers/${id}`));
    expect(entries[0]?.topics).toContain('Agents');
    expect(entries.map(({ seenAt }) => seenAt.slice(0, 10))).toEqual([
      '2026-11-23',
      '2026-11-23',
      '2026-11-20',
      '2026-11-20',
    ]);
  });

  it('gives those of a topic, and those that a search finds', async () => {
    const ids = async (path: string) => {
      const source = await read({ app }, path);
      expect(FAULTS[ending](source)).toEqual([]);
      return readExactly(ending, source).entries.map(({ id }) => id.split('/').at(-1));
    };
    expect(await ids(`/feeds/topic/agents.${ending}`)).toEqual(
      expect.arrayContaining(['2611.00002', '2611.00001']),
    );
    expect(await ids(`/feeds/topic/agents.${ending}`)).not.toContain('2611.00050');
    expect(await ids(`/feeds/search.${ending}?q=noodles`)).toEqual(['2611.00050']);
    expect(await ids(`/feeds/search.${ending}?q=votes:%3E50`)).toEqual(['2611.00050']);
    expect(await ids(`/feeds/search.${ending}?q=quokkas`)).toEqual([]);
  });
});

it('a list that is read again with other votes gives the same documents', async () => {
  const paths = ['daily.atom', 'topic/agents.rss', 'search.json?q=agents'].map((name) => `/feeds/${name}`);
  const all = () => Promise.all(paths.map((path) => read({ app }, path)));
  const before = await all();
  await library.keepDay(MONDAY, [{ ...OLD, upvotes: 500 }, { ...aboutAgents(2), upvotes: 3 }, COOKING], 9);
  library.clock.advance(HOUR_MS);
  expect(await all()).toEqual(before);
});
