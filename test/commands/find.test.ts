import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idsIn } from '../../commands/find.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { aPaper } from '../fixtures/papers.ts';
import { words } from '../members.ts';
import { openWorld } from '../world.ts';

const NOW = '2026-11-23T12:00:00.000Z';

describe('the ids that a text names', () => {
  it.each([
    ['2608.19880', ['2608.19880']],
    ['See 2608.19880v3, and 2609.00001.', ['2608.19880', '2609.00001']],
    ['arXiv:2608.19880v2 and arxiv: 2609.00001 [cs.CL]', ['2608.19880', '2609.00001']],
    ['https://arxiv.org/abs/2608.19880?context=cs#top', ['2608.19880']],
    ['(https://arxiv.org/pdf/2608.19880v1.pdf)', ['2608.19880']],
    ['<https://www.arxiv.org/html/2608.19880v1>!', ['2608.19880']],
    ['[this](https://huggingface.co/papers/2608.19880) **2609.00001**', ['2608.19880', '2609.00001']],
    ['hf.co/papers/2608.19880。这篇论文2609.00001很好', ['2608.19880', '2609.00001']],
    ['doi:10.48550/arXiv.2608.19880', ['2608.19880']],
    ['hep-th/9901001 and https://arxiv.org/abs/math.GT/0309136v1', ['hep-th/9901001', 'math.GT/0309136']],
    ['2608.19880 2608.19880v2 arXiv:2608.19880', ['2608.19880']],
    ['0704.0001 is of 2007, 0704.00011 is nothing', ['0704.0001']],
  ])('%s', (text, ids) => {
    expect(idsIn(text)).toEqual(ids);
  });

  it.each([
    '',
    'nothing at all',
    '2613.19880',
    '12608.19880',
    '2608.198801',
    '1.2608.19880',
    '2608.19880.1',
    'v2608.19880x',
    'https://example.com/status/9901001',
    'https://github.com/user/1201001',
    '\u0000💥',
  ])('none: %s', (text) => {
    expect(idsIn(text)).toEqual([]);
  });

  it('are found in order and once, however they are written and whatever stands between', () => {
    const id = fc
      .tuple(
        fc.integer({ min: 15, max: 26 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 99_999 }),
      )
      .map(([year, month, number]) => {
        const two = (value: number) => String(value).padStart(2, '0');
        return `${two(year)}${two(month)}.${String(number).padStart(5, '0')}`;
      });
    const way = fc.constantFrom(
      (one: string) => one,
      (one: string) => `arXiv:${one}v2`,
      (one: string) => `https://arxiv.org/abs/${one}`,
      (one: string) => `http://export.arxiv.org/pdf/${one}v1.pdf`,
      (one: string) => `[x](https://huggingface.co/papers/${one})`,
      (one: string) => `<https://hf.co/papers/${one}#community>`,
    );
    const between = fc.constantFrom(' ', '\n', ', ', ' – ', '。', ' and also (', ') ', '\t…\t');
    const pieces = fc.array(fc.tuple(id, way, between), { maxLength: 20 });
    fc.assert(
      fc.property(pieces, (named) => {
        const text = named.map(([one, write, gap]) => `${gap}${write(one)}${gap}`).join('');
        expect(idsIn(text)).toEqual([...new Set(named.map(([one]) => one))]);
      }),
      { numRuns: 1000, seed: 7 },
    );
  });

  it('are sought in time that grows with the text only', () => {
    for (const piece of ['a', 'a-', 'ab.cd/', '2608.', '12345678', 'arxiv.org/abs/'])
      expect(idsIn(piece.repeat(20_000))).toEqual([]);
  });
});

describe('find', () => {
  async function open() {
    const world = await openWorld(NOW);
    const papers = ['2608.19880', '2609.00001'].map((id) => aPaper({ id, title: `Paper ${id}` }));
    world.source.set({ kind: 'trending', key: 'now' }, papers);
    return world;
  }

  it('lists the papers that a text names, in its order', async () => {
    const { give } = await open();
    const reply = await give('find', { text: 'arXiv:2609.00001, then https://arxiv.org/abs/2608.19880' });
    expect(reply).toMatchObject({
      outcome: 'done',
      visibility: 'private',
      cards: [{ kind: 'list', title: 'Papers that the text names', subtitle: '2 papers', notes: [] }],
      data: { ids: ['2609.00001', '2608.19880'] },
    });
    const [card] = reply.cards;
    const entries = card?.kind === 'list' ? card.sections.flatMap((section) => section.entries) : [];
    expect(entries.map(({ number, paper }) => [number, paper.id])).toEqual([
      [1, '2609.00001'],
      [2, '2608.19880'],
    ]);
  });

  it('says which of them nobody knows', async () => {
    const { give } = await open();
    expect(words(await give('find', { text: '2608.19880 2610.99999' }))).toContain(
      'Nobody knows 2610.99999.',
    );
    const none = await give('find', { text: '2610.99999 2610.99998' });
    expect(none).toMatchObject({ outcome: 'refused' });
    expect(words(none)).toContain('Nobody knows 2610.99999, 2610.99998.');
  });

  it('says which of them it could not look up, and fails where that is all', async () => {
    const { give, source } = await open();
    await give('trending');
    source.fail(unreachable());
    expect(words(await give('find', { text: '2608.19880 2610.99999' }))).toContain(
      'Just now nobody could be asked about 2610.99999.',
    );
    expect(await give('find', { text: '2610.99999' })).toMatchObject({ outcome: 'failed' });
  });

  it('takes ten at most, and says so', async () => {
    const { give, source } = await open();
    const ids = Array.from({ length: 12 }, (_, index) => `2607.000${10 + index}`);
    source.set(
      { kind: 'trending', key: 'now' },
      ids.map((id) => aPaper({ id })),
    );
    const reply = await give('find', { text: ids.join(' ') });
    expect(words(reply)).toContain('These are the first 10; the text names more.');
    expect(reply.data).toMatchObject({ papers: ids.slice(0, 10).map((id) => ({ id })) });
  });

  it.each([
    ['no paper here', 'The text names no paper'],
    [' ', 'The text names no paper'],
    [`2608.19880 ${'x'.repeat(6000)}`, 'Shorten the text to 6000 characters; it has 6011.'],
  ])('refuses a text without one, and one that is too long', async (text, sentence) => {
    const { give } = await open();
    const reply = await give('find', { text });
    expect(reply).toMatchObject({ outcome: 'refused' });
    expect(words(reply)).toContain(sentence);
  });
});
