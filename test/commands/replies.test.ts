import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/command.ts';
import { aPaper, somePapers } from '../fixtures/papers.ts';
import { openWorld, PLACE } from '../world.ts';

const NOW = '2026-11-23T12:00:00.000Z';

function words(reply: Reply): string {
  return JSON.stringify(reply.cards);
}

describe('listings', () => {
  it('show so many papers, say how many there are, and whether that is little', async () => {
    const { give, source } = await openWorld(NOW);
    source.set({ kind: 'daily', key: '2026-11-23' }, somePapers('2611', [3, 2, 1]));
    expect(await give('today', { limit: 2 })).toMatchObject({
      outcome: 'done',
      cards: [
        {
          kind: 'list',
          title: 'Papers of Monday, 2026-11-23',
          subtitle: '2 of 3 papers so far: the list is still short',
        },
      ],
    });
  });

  it('go on page by page, of the day that was shown first', async () => {
    const { give, source, clock } = await openWorld(NOW);
    source.set({ kind: 'daily', key: '2026-11-23' }, somePapers('2611', [5, 4, 3, 2, 1]));
    const shown = ({ cards: [card] }: Reply) =>
      card?.kind === 'list'
        ? {
            entries: card.sections.flatMap(({ entries }) =>
              entries.map(({ number, paper }) => [number, paper.id]),
            ),
            subtitle: card.subtitle,
            actions: card.actions ?? [],
          }
        : { subtitle: '', entries: [], actions: [] };
    const first = shown(await give('today', { limit: 2 }));
    expect(first.entries.map(([number]) => number)).toEqual([1, 2]);
    expect(first.actions).toEqual([
      { label: 'More', command: 'today', options: { limit: 2, day: '2026-11-23', page: 2 } },
    ]);
    clock.set('2026-11-24T12:00:00.000Z');
    const second = shown(await give('today', { ...first.actions[0]?.options }));
    expect(second.entries.map(([number]) => number)).toEqual([3, 4]);
    expect(second.subtitle).toMatch(/^Page 2: 2 of 5 papers/);
    expect(second.actions.map(({ label }) => label)).toEqual(['Back', 'More']);
    const third = shown(await give('today', { ...second.actions[1]?.options }));
    expect(third.entries.map(([number]) => number)).toEqual([5]);
    expect(third.actions.map(({ label }) => label)).toEqual(['Back']);
    const ids = [first, second, third].flatMap(({ entries }) => entries.map(([, id]) => id));
    expect(new Set(ids).size).toBe(5);
    const beyond = await give('today', { day: '2026-11-23', page: 9 });
    expect(words(beyond)).toContain('There are no more.');
  });

  it('say that there are none, in words that fit', async () => {
    const { give, source } = await openWorld(NOW);
    source.set({ kind: 'search', key: 'nothing' }, []);
    expect(words(await give('search', { query: ' nothing ' }))).toContain('Try other or fewer words.');
    expect(words(await give('today', { day: '2026-11-21' }))).toContain(
      'The source lists no papers there (yet).',
    );
  });

  it('say where they come from when it is not the source', async () => {
    const { give, source, clock } = await openWorld(NOW);
    source.set({ kind: 'trending', key: 'now' }, somePapers('2611', [1]));
    await give('trending');
    clock.advance(120_000);
    source.fail(new Error('not typed'));
    expect((await give('trending')).outcome).toBe('failed');
  });

  it('a search needs words', async () => {
    const { give } = await openWorld(NOW);
    for (const query of ['   ', '\0', '\ud83d', '\u200b \u202e', '\u3164'])
      expect(words(await give('search', { query })), JSON.stringify(query)).toContain('Say what to look for');
  });
});

describe('show', () => {
  it('shows a paper by any form of its id', async () => {
    const { give, source } = await openWorld(NOW);
    source.set({ kind: 'trending', key: 'now' }, [aPaper({ id: '2608.19880' })]);
    const reply = await give('show', { paper: 'https://arxiv.org/pdf/2608.19880v2.pdf' });
    expect(reply).toMatchObject({
      outcome: 'done',
      cards: [{ kind: 'paper', entry: { paper: { id: '2608.19880' } } }],
    });
  });
});

describe('what may be done next', () => {
  const actionsOf = ({ cards: [card] }: Reply) => (card && card.kind !== 'panel' ? (card.actions ?? []) : []);

  it('pages lead on and back, and back from behind the last one', async () => {
    const { give, source, search } = await openWorld(NOW);
    source.set({ kind: 'trending', key: 'now' }, somePapers('2611', [5, 4, 3]));
    source.set({ kind: 'search', key: 'paper' }, []);
    const saved = await give('trending');
    for (const { id } of (saved.data as { papers: { id: string }[] }).papers)
      await give('save', { paper: id });
    await search.follow();
    const labels = async (command: string, options: Record<string, string | number>) =>
      actionsOf(await give(command, options)).map(({ label }) => label);
    expect(await labels('saved', { limit: 1 })).toEqual(['More', 'BibTeX', 'RIS']);
    expect(await labels('saved', { limit: 1, page: 2 })).toEqual(['Back', 'More', 'BibTeX', 'RIS']);
    expect(await labels('saved', { limit: 1, page: 3 })).toEqual(['Back', 'BibTeX', 'RIS']);
    expect(await labels('saved', { limit: 1, page: 9 })).toEqual(['Back']);
    expect(await labels('search', { query: 'paper', page: 3 })).toEqual(['Back']);
    const [back] = actionsOf(await give('saved', { limit: 1, page: 3 }));
    expect(back).toMatchObject({ command: 'saved', options: { limit: 1, page: 2 } });
  });

  it('of a paper: save it, see similar ones, judge it, follow up to three of its topics', async () => {
    const { give, source } = await openWorld(NOW);
    const title = 'Language model agents that plan, reason and use tools';
    for (const name of ['one', 'two', 'three']) await give('topics add', { name, query: 'plan' });
    source.set({ kind: 'trending', key: 'now' }, [aPaper({ id: '2608.19880', title })]);
    const actions = actionsOf(await give('show', { paper: '2608.19880' }));
    expect(actions.slice(0, 4).map(({ label }) => label)).toEqual(['Save', 'Similar', '👍', '👎']);
    const follows = actions.slice(4);
    expect(follows).toHaveLength(3);
    for (const { label, command, options } of follows) {
      expect([label, command]).toEqual([expect.stringMatching(/^Follow ./), 'follow']);
      expect(await give(command, options)).toMatchObject({ outcome: 'done' });
    }
  });
});

describe('status', () => {
  it('of a workspace without feeds says how to make one', async () => {
    const { give } = await openWorld(NOW);
    expect(words(await give('status'))).toContain('There is no feed yet.');
  });
});

describe('help', () => {
  it('lists what the caller may do', async () => {
    const { host, clock } = await openWorld(NOW);
    const ask = (isManager: boolean) =>
      host.run({
        command: 'help',
        options: {},
        place: PLACE,
        member: { id: 'm', isManager },
        at: clock.now(),
      });
    expect(words(await ask(true))).toContain('feed add');
    expect(words(await ask(false))).not.toContain('feed add');
  });

  it('lists a family', async () => {
    const { give, host, clock } = await openWorld(NOW);
    const reply = await give('help', { command: 'Feed ' });
    const names = (reply.data as { name: string }[]).map(({ name }) => name);
    expect(names).toContain('feed add');
    expect(names.every((name) => name.startsWith('feed '))).toBe(true);
    const member = { id: 'm', isManager: false };
    const asked = { command: 'help', options: { command: 'feed' }, place: PLACE, member, at: clock.now() };
    expect(words(await host.run(asked))).toContain(
      'Only managers of this workspace may use \\"/paper feed\\".',
    );
    const topics = await host.run({ ...asked, options: { command: 'topics' } });
    expect(topics.data).toMatchObject([{ name: 'topics list' }]);
  });

  it('explains one command with its options', async () => {
    const { give } = await openWorld(NOW);
    const told = words(await give('help', { command: 'Feed Add' }));
    for (const said of ['Post papers on a schedule.', 'min-votes', '(digest, cards)'])
      expect(told).toContain(said);
    expect(words(await give('help', { command: 'search' }))).toContain('; required');
  });
});

describe('feeds', () => {
  it('run now and tell what became of it; the second time they tell the same', async () => {
    const { give, addFeed, source, adapter } = await openWorld(NOW);
    const { id } = await addFeed();
    source.set({ kind: 'daily', key: '2026-11-23' }, somePapers('2611', new Array(20).fill(1)));
    const told = words(await give('feed run', { id }));
    expect(told).toContain('2026-11-23: posted. 10 papers.');
    expect(words(await give('feed run', { id }))).toBe(told);
    expect(adapter.posted).toHaveLength(1);
    expect(words(await give('status'))).toContain('2026-11-24 09:00 UTC');
  });

  it('preview without leaving a trace', async () => {
    const { give, addFeed, source, adapter, store } = await openWorld(NOW);
    const { id } = await addFeed({ zone: 'Asia/Tokyo' });
    expect(words(await give('feed preview', { id }))).toContain('There is nothing new.');
    source.set({ kind: 'daily', key: '2026-11-23' }, somePapers('2611', [2, 1]));
    expect(words(await give('feed preview', { id }))).toContain('so far');
    expect(adapter.posted).toEqual([]);
    expect(await store.ledger.slots(id, 1)).toEqual([]);
    expect(words(await give('status'))).toContain('2026-11-24 09:00 Asia/Tokyo (2026-11-24 00:00 UTC)');
  });

  it('say when they look again', async () => {
    const { give, addFeed, source, tickAt } = await openWorld('2026-11-22T12:00:00.000Z');
    const { id } = await addFeed();
    source.set({ kind: 'daily', key: '2026-11-23' }, somePapers('2611', [2, 1]));
    await tickAt('2026-11-23T09:00:00.000Z');
    expect(words(await give('feed show', { id }))).toContain('Looks again at 2026-11-23 09:10 UTC.');
  });
});
