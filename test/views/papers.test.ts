import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../src/domain/calendar.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { aPaper, somePapers } from '../fixtures/papers.ts';
import {
  aboutAgents,
  closeLibrary,
  daily,
  FRIDAY,
  type Library,
  MONDAY,
  openLibrary,
  THURSDAY,
} from './kit.ts';

let library: Library;

beforeEach(async () => {
  library = await openLibrary();
});

afterEach(async () => {
  await closeLibrary(library);
});

describe('a paper', () => {
  it('is found by its id however people write it, and is as it was archived', async () => {
    const old = aPaper({ id: 'hep-th/9901001', title: 'Strings' });
    await library.keepDay(MONDAY, [aboutAgents(1), old]);
    const wanted = await library.store.papers.get('2611.00001');
    for (const id of ['2611.00001', '2611.00001v3', 'arXiv:2611.00001', 'https://arxiv.org/pdf/2611.00001'])
      expect(await library.view.paper(id)).toMatchObject({ ...wanted });
    expect((await library.view.paper('hep-th/9901001'))?.paper.title).toBe('Strings');
  });

  it('is undefined where the archive has none, and where it is no id', async () => {
    await library.keepDay(MONDAY, [aboutAgents(1)]);
    const odd = [
      '',
      '2611.00002',
      '2611.1',
      '2611.00001/../x',
      '__proto__',
      'papers:2611.00001',
      '2611.00001\0',
    ];
    for (const id of odd) expect(await library.view.paper(id)).toBeUndefined();
  });

  it('is there though it was on no list: whoever finds it may look at it', async () => {
    await library.keep({ kind: 'search', key: 'agents' }, [aboutAgents(1)]);
    const [found] = (await library.view.search('agents', { offset: 0, limit: 9 })).papers;
    expect(await library.view.paper(found?.paper.id ?? '')).toMatchObject({ seenOn: [], listings: [] });
  });

  it('says on which lists it was, daily ones first, the newest first', async () => {
    const paper = aboutAgents(1);
    await library.keep({ kind: 'trending', key: 'now' }, [paper]);
    await library.keep({ kind: 'weekly', key: '2026-W47' }, [paper]);
    await library.keepDay(THURSDAY, [paper]);
    await library.keep({ kind: 'monthly', key: '2026-11' }, [paper]);
    await library.keepDay(MONDAY, [paper]);
    expect((await library.view.paper(paper.id))?.seenOn).toEqual([
      { kind: 'daily', key: MONDAY },
      { kind: 'daily', key: THURSDAY },
      { kind: 'weekly', key: '2026-W47' },
      { kind: 'monthly', key: '2026-11' },
      { kind: 'trending', key: 'now' },
    ]);
  });

  it('says nothing of lists that are none', async () => {
    const paper = aboutAgents(1);
    const odd = ['', 'daily', 'daily:', 'daily:2026-13-01', 'weekly:2026-11', 'hourly:9', ':', '__proto__:x'];
    const listings = [...odd, 'search:agents', daily(MONDAY)];
    await library.store.archive(undefined, [{ paper, firstSeenAt: library.clock.now(), listings }]);
    expect((await library.view.paper(paper.id))?.seenOn).toEqual([{ kind: 'daily', key: MONDAY }]);
  });

  it('says what it is about and why', async () => {
    await library.keepDay(MONDAY, [aboutAgents(1)]);
    const view = await library.view.paper('2611.00001');
    expect(view?.topics[0]?.topic).toEqual(BUILT_IN_TOPICS.find(({ slug }) => slug === 'agents'));
    expect(view?.topics[0]?.because.length).toBeGreaterThan(0);
    const topics = await library.view.topicsOf([aboutAgents(1)]);
    expect(topics.get('2611.00001')).toEqual(view?.topics.map(({ topic }) => topic));
  });

  it('has the topics that the index has, and is judged only where it is not indexed', async () => {
    const [indexed, other] = [aboutAgents(1), aboutAgents(2)];
    const asked: string[][] = [];
    const search = {
      ...library.search,
      topicsOf: async (ids: readonly string[]) => {
        asked.push([...ids]);
        return new Map([[indexed.id, ['robotics']]]);
      },
    };
    const { topicsOf } = library.viewWith({ search });
    const topics = await topicsOf([indexed, other]);
    expect(topics.get(indexed.id)?.map(({ slug }) => slug)).toEqual(['robotics']);
    expect(topics.get(other.id)?.map(({ slug }) => slug)).toContain('agents');
    expect(await topicsOf([other, indexed])).toEqual(new Map([...topics].reverse()));
    expect(asked).toEqual([[indexed.id, other.id]]);
  });

  it('is judged anew when its text changes', async () => {
    await library.keepDay(MONDAY, [aboutAgents(1)]);
    const slugs = async () => {
      await library.search.follow();
      return [...(await library.search.topicsOf(['2611.00001'])).values()].flat();
    };
    expect(await slugs()).toContain('agents');
    await library.keepDay(MONDAY, [
      aboutAgents(1, { title: 'Weather', abstract: 'Rain falls in spring.', keywords: [] }),
    ]);
    expect(await slugs()).not.toContain('agents');
  });
});

describe('similar papers', () => {
  it('are the six most like it, without itself, with their newest votes', async () => {
    const papers = Array.from({ length: 9 }, (_, at) => aboutAgents(at + 1));
    await library.keepDay(FRIDAY, [...papers, ...somePapers('2610', [1, 2, 3])]);
    const similar = (await library.view.paper('2611.00003'))?.similar ?? [];
    expect(similar).toHaveLength(6);
    expect(similar.every(({ id }) => id.startsWith('2611.') && id !== '2611.00003')).toBe(true);
    await library.keepDay(
      MONDAY,
      papers.map((paper) => ({ ...paper, upvotes: 77 })),
    );
    const later = (await library.view.paper('2611.00003'))?.similar ?? [];
    expect(later.map(({ id }) => id)).toEqual(similar.map(({ id }) => id));
    expect(later.every(({ upvotes }) => upvotes === 77)).toBe(true);
  });

  it('are looked for once an hour, however many look at the paper at once', async () => {
    await library.keepDay(MONDAY, [aboutAgents(1), aboutAgents(2)]);
    let looked = 0;
    const similar = async (paper: Paper, limit: number) => {
      looked += 1;
      return await library.search.similar(paper, limit);
    };
    const view = library.viewWith({ search: { ...library.search, similar } });
    await Promise.all([view.paper('2611.00001'), view.paper('2611.00001'), view.paper('2611.00001v2')]);
    library.clock.advance(HOUR_MS - 1);
    await view.paper('2611.00001');
    expect(looked).toBe(1);
    await view.paper('2611.00002');
    expect(looked).toBe(2);
    library.clock.advance(1);
    await view.paper('2611.00001');
    expect(looked).toBe(3);
  });

  it('are looked for again after they could not be had', async () => {
    await library.keepDay(MONDAY, [aboutAgents(1), aboutAgents(2)]);
    let isBroken = true;
    const similar: Library['search']['similar'] = async (paper, limit) => {
      if (isBroken) throw new Error('The thread of the search index has ended.');
      return await library.search.similar(paper, limit);
    };
    const view = library.viewWith({ search: { ...library.search, similar } });
    await expect(view.paper('2611.00001')).rejects.toThrow('has ended');
    isBroken = false;
    expect((await view.paper('2611.00001'))?.similar).toHaveLength(1);
  });
});
