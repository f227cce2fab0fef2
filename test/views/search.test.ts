import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '../../src/domain/page.ts';
import type { PapersView } from '../../src/view.ts';
import { somePapers } from '../fixtures/papers.ts';
import { aboutAgents, closeLibrary, FRIDAY, type Library, MONDAY, openLibrary, THURSDAY } from './kit.ts';

const ALL: Page = { offset: 0, limit: 50 };

/** The last digits of the ids, in order. */
function numbers({ papers }: Pick<PapersView, 'papers'>): number[] {
  return papers.map(({ paper }) => Number(paper.id.slice(5)));
}

describe('a topic', () => {
  let library: Library;

  beforeEach(async () => {
    library = await openLibrary();
  });

  afterEach(async () => {
    await closeLibrary(library);
  });

  it('shows what was listed last first, be it old, of one day what has most votes', async () => {
    await library.keepDay(THURSDAY, [
      aboutAgents(1, { upvotes: 900, publishedAt: '2026-11-22T00:00:00.000Z' }),
    ]);
    await library.keepDay(FRIDAY, [aboutAgents(2, { upvotes: 5 }), aboutAgents(3, { upvotes: 8 })]);
    await library.keepDay(MONDAY, [
      aboutAgents(4, { upvotes: 3, publishedAt: '2023-02-01T00:00:00.000Z' }),
      ...somePapers('2610', [9]),
    ]);
    const view = await library.view.topic('agents', ALL);
    expect(view && numbers(view)).toEqual([4, 3, 2, 1]);
    expect(view).toMatchObject({ hasMore: false, isComplete: true, unread: [], corrections: [] });
    expect(view?.topic.slug).toBe('agents');
    expect(view?.papers[0]).toEqual(await library.store.papers.get('2611.00004'));
    await library.keepDay(MONDAY, [aboutAgents(1)], 8);
    const later = await library.view.topic('agents', ALL);
    expect(later && numbers(later)[0]).toBe(4);
    expect(later && numbers(later)[1]).toBe(1);
  });

  it('comes page by page', async () => {
    const votes = [50, 40, 30, 20, 10];
    await library.keepDay(
      MONDAY,
      votes.map((upvotes, at) => aboutAgents(at + 1, { upvotes })),
    );
    const pages = [0, 2, 4, 6].map((offset) => library.view.topic('agents', { offset, limit: 2 }));
    const shown = (await Promise.all(pages)).map((page) => page && [numbers(page), page.hasMore]);
    expect(shown).toEqual([
      [[1, 2], true],
      [[3, 4], true],
      [[5], false],
      [[], false],
    ]);
  });

  it('is undefined where it is none of ours', async () => {
    for (const slug of ['', 'quokkas', 'Agents', 'agents votes:>3', '__proto__', 'constructor'])
      expect(await library.view.topic(slug, ALL)).toBeUndefined();
  });
});

describe('a search', () => {
  let library: Library;

  beforeAll(async () => {
    library = await openLibrary();
    await library.keepDay(FRIDAY, [
      aboutAgents(1, { title: 'Quokka agents', upvotes: 60 }),
      aboutAgents(2, { title: 'Numbat agents', githubUrl: 'https://github.com/x/y' }),
    ]);
    await library.keepDay(MONDAY, [aboutAgents(3, { title: 'Wombat agents', upvotes: 2 })]);
  });

  afterAll(async () => {
    await closeLibrary(library);
  });

  it.each<[string, number[], string[]]>([
    ['quokka', [1], []],
    ['quokka votes:>90', [], []],
    ['topic:agents', [3, 1, 2], []],
    ['has:code', [2], []],
    ['votes:<50', [3, 2], []],
    ['', [], []],
    ['  -- "" !', [], []],
    ['quokka votes:many', [1], ['votes:many']],
    ['topic:marsupials', [], ['topic:marsupials']],
    ['quokka -topic:marsupials', [1], ['topic:marsupials']],
    ['quokka topic:"Language Models" after:soon', [], ['after:soon']],
  ])('for “%s” finds %j, and could not read %j', async (text, ids, unread) => {
    const view = await library.view.search(text, ALL);
    expect(numbers(view).filter((id) => ids.includes(id))).toEqual(ids);
    if (ids.length === 0) expect(numbers(view)).toEqual([]);
    expect(view.unread).toEqual(unread);
    expect(view.isComplete).toBe(true);
  });
});

describe('an answer', () => {
  let library: Library;

  beforeEach(async () => {
    library = await openLibrary();
  });

  afterEach(async () => {
    await closeLibrary(library);
  });

  it('says what it took for a slip', async () => {
    const more = Array.from({ length: 4 }, (_, at) => aboutAgents(10 + at, { title: `Quokka ${at}` }));
    await library.keepDay(MONDAY, more);
    expect((await library.view.search('qoukka', ALL)).corrections).toEqual([
      { given: 'qoukka', taken: 'quokka' },
    ]);
  });

  it('says that there may be more while the index is being built', async () => {
    const many = Array.from({ length: 200 }, (_, at) => aboutAgents(100 + at));
    await library.keepDay('2026-11-18', many);
    const asked = library.view.search('topic:agents', { offset: 0, limit: 10 });
    library.clock.wake();
    expect((await asked).isComplete).toBe(false);
    await library.search.follow();
    expect(await library.view.search('topic:agents', { offset: 0, limit: 10 })).toMatchObject({
      isComplete: true,
      hasMore: true,
    });
  });
});
