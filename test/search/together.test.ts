import { describe, expect, it } from 'vitest';
import type { SearchAnswer } from '../../src/abilities.ts';
import { MINUTE_MS } from '../../src/domain/calendar.ts';
import type { Page } from '../../src/domain/page.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type { WorkspaceTopic } from '../../src/domain/topic.ts';
import { SourceUnavailableError, StoreError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import { createSearchTogether, type TogetherDependencies } from '../../src/search/together.ts';
import type { Search } from '../../src/search.ts';
import { until } from '../world.ts';
import { createStillClock, FIRST_TEN, NOW, numberOf, paperNo } from './kit.ts';

const PLACE = { platform: 'terminal', workspace: 'terminal' } as const;
const papers = (...numbers: number[]) =>
  numbers.map((number) => paperNo(number, { title: `Quokka ${number}` }));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const refused = new SourceUnavailableError('The source asks for a pause.', { source: 'memory', way: 'api' });

/** An archive that ranks its papers by their order, whatever is asked. */
function archiveOf(all: readonly Paper[], more: Partial<Awaited<ReturnType<Search['find']>>> = {}): Search {
  const inOrder = (some: readonly Paper[]) =>
    some.map((paper) => ({ paper, score: 1, firstSeenAt: '2026-11-23T00:00:00.000Z', listings: [] }));
  return {
    find: async (_, { offset, limit }) => ({
      found: inOrder(all.slice(offset, offset + limit)),
      hasMore: all.length > offset + limit,
      corrections: [],
      isComplete: true,
      ...more,
    }),
    similar: async (_, limit) => inOrder(all.slice(0, limit)),
    topicsOf: async () => new Map(),
    suggest: async () => [],
    async follow() {},
    async close() {},
  };
}

interface World {
  clock: ReturnType<typeof createStillClock>;
  /** What the source was asked, in order. */
  asked: string[];
  find(query: string, page?: Page): Promise<SearchAnswer>;
}

function openWorld(
  search: Search,
  askSource: TogetherDependencies['askSource'],
  given: Partial<TogetherDependencies> & { topics?: WorkspaceTopic[] } = {},
): World {
  const clock = createStillClock();
  const asked: string[] = [];
  const together = createSearchTogether({
    search,
    askSource: async (text) => {
      asked.push(text);
      return await askSource(text);
    },
    people: { topics: async () => given.topics ?? [] },
    topicsOf: ({ keywords }) => new Set(keywords),
    clock,
    log: silentLog,
    ...given,
  });
  return { clock, asked, find: (query, page = FIRST_TEN) => together.find(query, page, PLACE) };
}

const ids = (answer: SearchAnswer) => answer.papers.map(({ id }) => numberOf(id));
const failing = (error: unknown) => async () => {
  throw error;
};

describe('the archive and the source', () => {
  it('are fused by reciprocal rank, each paper once, as the archive has it', async () => {
    const there = papers(4, 2, 3).map((paper) => ({ ...paper, comments: 9 }));
    const answer = await openWorld(archiveOf(papers(1, 2, 3)), async () => there).find('quokka');
    expect(ids(answer)).toEqual([2, 3, 1, 4]);
    expect(answer.papers.map(({ comments }) => comments)).toEqual([undefined, undefined, undefined, 9]);
    expect([answer.hasMore, answer.notes]).toEqual([false, []]);
  });

  it('are asked at the same time', async () => {
    const order: string[] = [];
    const search: Search = {
      ...archiveOf([]),
      async find(query, page) {
        order.push('archive');
        await until(() => order.length === 2);
        return await archiveOf(papers(1)).find(query, page);
      },
    };
    const world = openWorld(search, async () => {
      order.push('source');
      await until(() => order.length === 2);
      return papers(2);
    });
    expect(ids(await world.find('quokka'))).toEqual([1, 2]);
  });

  it('answer page by page, no paper twice and none left out, also behind what is ranked together', async () => {
    const here = papers(...range(1, 121));
    const there = papers(...range(90, 110), ...range(200, 230));
    const world = openWorld(archiveOf(here), async () => there);
    const seen: number[] = [];
    for (let offset = 0; ; offset += 10) {
      const answer = await world.find('quokka', { offset, limit: 10 });
      seen.push(...ids(answer));
      if (!answer.hasMore) break;
      expect(answer.papers).toHaveLength(10);
    }
    expect(seen.toSorted((one, other) => one - other)).toEqual([...range(1, 121), ...range(200, 230)]);
    expect(world.asked).toHaveLength(1);
  });

  it('give no paper that does not fulfil what is demanded', async () => {
    const there = [
      paperNo(1, { title: 'Quokka', upvotes: 60, publishedAt: '2026-11-01T00:00:00.000Z' }),
      paperNo(2, { title: 'Quokka', upvotes: 10, publishedAt: '2026-11-01T00:00:00.000Z' }),
      paperNo(3, { title: 'Quokka' }),
      paperNo(4, { title: 'Numbat', upvotes: 60, publishedAt: '2026-11-01T00:00:00.000Z' }),
    ];
    const world = openWorld(archiveOf([]), async () => there);
    expect(ids(await world.find('"quokka" votes:>50 after:2026'))).toEqual([1]);
    expect(ids(await world.find('animals -quokka'))).toEqual([4]);
  });

  it('tell corrections, and that the index is not complete', async () => {
    const corrections = [{ given: 'qoukka', taken: 'quokka' }];
    const search = archiveOf(papers(1), { corrections, isComplete: false });
    const answer = await openWorld(search, async () => []).find('qoukka');
    expect(answer.corrections).toEqual(corrections);
    expect(answer.notes).toEqual([{ kind: 'indexing' }]);
  });

  it('know the topics of the workspace', async () => {
    const mine = {
      slug: 'mine',
      name: 'Mine',
      emoji: '🦘',
      meaning: 'My own',
      createdAt: NOW,
      query: 'quokka',
    };
    const world = openWorld(archiveOf([]), async () => papers(1), { topics: [mine] });
    expect(ids(await world.find('animals topic:mine'))).toEqual([1]);
    expect(world.asked).toEqual(['animals quokka']);
  });
});

describe('the source', () => {
  it('that is slow is not waited for longer than 1.5 s; its answer is there for the next one who asks', async () => {
    let answer: (found: Paper[]) => void = () => undefined;
    const slow = new Promise<Paper[]>((resolve) => {
      answer = resolve;
    });
    const world = openWorld(archiveOf(papers(1)), () => slow);
    const waiting = world.find('quokka');
    await until(() => world.asked.length === 1);
    world.clock.wake();
    const late = await waiting;
    expect(ids(late)).toEqual([1]);
    expect(late.notes).toEqual([{ kind: 'source-late' }]);
    expect(world.clock.slept).toEqual([1500]);
    answer(papers(2));
    const next = await world.find('quokka');
    expect([ids(next), next.notes]).toEqual([[1, 2], []]);
    expect(world.asked).toHaveLength(1);
  });

  it('that refuses or is down leaves the archive standing, which says so', async () => {
    const answer = await openWorld(archiveOf(papers(1)), failing(refused)).find('quokka');
    expect(ids(answer)).toEqual([1]);
    expect(answer.notes).toEqual([{ kind: 'source-closed' }]);
  });

  it('whose papers cannot be kept leaves the archive standing', async () => {
    const full = new StoreError('archive', { message: 'the disk is full.' });
    const answer = await openWorld(archiveOf(papers(1)), failing(full)).find('quokka');
    expect(ids(answer)).toEqual([1]);
    expect(answer.notes).toEqual([{ kind: 'source-closed' }]);
  });

  it('that finds what a topic of the workspace leaves out is not believed', async () => {
    const topic = { slug: 'quokkas', name: 'Quokkas', emoji: '🦘', meaning: 'quokkas', query: 'quokka' };
    const topics = [{ ...topic, createdAt: '2026-11-24T00:00:00.000Z' }];
    const world = openWorld(archiveOf(papers(1)), async () => papers(2), { topics });
    expect(ids(await world.find('hills -topic:quokkas'))).toEqual([]);
    expect(ids(await world.find('quokka topic:quokkas'))).toEqual(expect.arrayContaining([1]));
  });

  it.each([
    ['quokka after:2026-13', { kind: 'unread-filter', given: 'after:2026-13' }],
    ['quokka topic:quokkaz', { kind: 'unknown-topic', given: 'quokkaz' }],
  ])('is told with %j what was not understood', async (text, note) => {
    expect((await openWorld(archiveOf(papers(1)), async () => papers(1)).find(text)).notes).toContainEqual(
      note,
    );
  });

  it('is asked once for what is the same but for case and blanks, within ten minutes', async () => {
    const world = openWorld(archiveOf([]), async () => papers(1));
    await Promise.all([world.find('Quokka hills'), world.find('quokka   HILLS')]);
    await world.find('quokka hills has:code');
    expect(world.asked).toHaveLength(1);
    world.clock.advance(10 * MINUTE_MS - 1);
    await world.find('quokka hills');
    expect(world.asked).toHaveLength(1);
    world.clock.advance(1);
    await world.find('quokka hills');
    expect(world.asked).toHaveLength(2);
  });

  it('is asked again at once when it has failed', async () => {
    let isDown = true;
    const world = openWorld(archiveOf(papers(1)), async () => {
      if (isDown) throw refused;
      return papers(2);
    });
    await world.find('quokka');
    isDown = false;
    expect(ids(await world.find('quokka'))).toEqual([1, 2]);
  });

  it('is remembered for the last 200 questions only', async () => {
    const world = openWorld(archiveOf([]), async () => []);
    for (const number of range(0, 201)) await world.find(`quokka ${number}`);
    await world.find('quokka 200');
    expect(world.asked).toHaveLength(201);
    await world.find('quokka 0');
    expect(world.asked).toHaveLength(202);
  });

  it.each(['topic:video', '-quokka', '', '!!!', 'after:2026', 'quokka '.repeat(50)])(
    'is not asked for %j, which is no words or too many',
    async (query) => {
      const world = openWorld(archiveOf(papers(1)), failing(refused));
      expect((await world.find(query)).notes).toEqual([]);
      expect(world.asked).toEqual([]);
    },
  );
});

describe('when one side has nothing to stand on', () => {
  const broken: Search = { ...archiveOf([]), find: failing(new StoreError('reading', { message: 'gone.' })) };

  it('the archive failing leaves the source standing, which says so', async () => {
    const answer = await openWorld(broken, async () => papers(2)).find('quokka');
    expect(ids(answer)).toEqual([2]);
    expect(answer.notes).toEqual([{ kind: 'archive-closed' }]);
  });

  it('nothing from anywhere throws the failure', async () => {
    await expect(openWorld(archiveOf([]), failing(refused)).find('quokka')).rejects.toBe(refused);
    await expect(openWorld(broken, failing(refused)).find('quokka')).rejects.toThrow('gone.');
    await expect(openWorld(broken, async () => []).find('quokka')).rejects.toThrow('gone.');
    await expect(openWorld(broken, async () => []).find('has:code')).rejects.toThrow('gone.');
  });

  it('nothing found by either is an answer', async () => {
    const answer = await openWorld(archiveOf([]), async () => []).find('quokka');
    expect(answer).toEqual({ papers: [], hasMore: false, corrections: [], notes: [] });
  });

  it('the sample stands in where there is one, and says so', async () => {
    const sample = async () => papers(7);
    const answer = await openWorld(archiveOf([]), failing(refused), { sample }).find('quokka');
    expect(ids(answer)).toEqual([7]);
    expect(answer.notes).toEqual([
      { kind: 'sample' },
      { kind: 'failure', given: 'The source asks for a pause.' },
    ]);
    const silent = openWorld(archiveOf([]), () => new Promise(() => {}), { sample });
    const answering = silent.find('quokka');
    await until(() => silent.asked.length === 1);
    silent.clock.wake();
    const late = await answering;
    expect([ids(late), late.notes]).toEqual([[7], [{ kind: 'sample' }, { kind: 'source-late' }]]);
    const many = openWorld(archiveOf([]), failing(refused), { sample: async () => papers(1, 2, 3) });
    const page = await many.find('quokka', { offset: 1, limit: 1 });
    expect([ids(page), page.hasMore]).toEqual([[2], true]);
    const none = async () => [];
    const world = openWorld(archiveOf([]), failing(refused), { sample: none });
    await expect(world.find('quokka')).rejects.toBe(refused);
  });
});
