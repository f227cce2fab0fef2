import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/command.ts';
import { MINUTE_MS } from '../../src/domain/calendar.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemorySource } from '../fakes/memory-source.ts';
import { aPaper } from '../fixtures/papers.ts';
import { ADA, SUNDAY, words } from '../members.ts';
import { dataOf, open, PAPERS } from './people-scene.ts';

describe('saved papers', () => {
  const idsOf = (reply: Reply) =>
    dataOf<{ papers: { paperId: string }[] }>(reply).papers.map(({ paperId }) => paperId);

  it('come the newest first, a page at a time, until they are taken off', async () => {
    const { ada, clock } = await open();
    for (const { id } of PAPERS) {
      await ada('save', { paper: id });
      clock.advance(MINUTE_MS);
    }
    const first = await ada('saved', { limit: 2 });
    expect(idsOf(first)).toEqual(['2611.00003', '2611.00002']);
    expect(words(first)).toContain('3 papers, the newest first');
    expect(words(first)).toContain('"command":"saved","options":{"limit":2,"page":2}');
    const second = await ada('saved', { limit: 2, page: 2 });
    expect([idsOf(second), words(second).includes('"number":3')]).toEqual([['2611.00001'], true]);
    expect(words(await ada('saved', { page: 9 }))).toContain('There are no more.');
    await ada('save', { paper: '2611.00003', remove: true });
    expect(idsOf(await ada('saved'))).toEqual(['2611.00002', '2611.00001']);
    expect(await ada('save', { paper: '2611.00003', remove: true })).toMatchObject({ outcome: 'refused' });
  });

  it('keep their place when they are saved again', async () => {
    const { ada, clock } = await open();
    for (const id of ['2611.00001', '2611.00002', '2611.00001']) {
      clock.advance(MINUTE_MS);
      await ada('save', { paper: id });
    }
    expect(idsOf(await ada('saved'))).toEqual(['2611.00002', '2611.00001']);
    expect(words(await ada('save', { paper: 'https://arxiv.org/abs/2611.00001v3' }))).toContain('already');
  });

  it('may be ones that only arXiv knows, and stay whole when arXiv is down', async () => {
    const arxiv = createMemorySource(createFakeClock(SUNDAY));
    arxiv.set({ kind: 'search', key: '' }, [aPaper({ id: '1706.03762', title: 'Only arXiv knows it' })]);
    const { ada } = await open({ arxiv });
    await ada('save', { paper: '1706.03762' });
    arxiv.fail(new Error('down'));
    expect(words(await ada('saved'))).toContain('Only arXiv knows it');
    expect((await ada('saved', { format: 'bibtex' })).file?.content).toContain('Only arXiv knows it');
  });

  it('leave as BibTeX and as RIS', async () => {
    const { ada } = await open();
    await ada('save', { paper: '2611.00001' });
    const { file: bibtex } = await ada('saved', { format: 'bibtex' });
    expect(bibtex).toMatchObject({ name: 'saved.bib', mediaType: 'application/x-bibtex' });
    expect(bibtex?.content).toContain('@misc{lovelace2026weather,');
    expect(bibtex?.content).toContain('Weather \\{models\\} \\& 100\\% of the sky');
    expect(bibtex?.content).toContain('author = {Ada Lovelace and José Álvarez}');
    const { file: ris } = await ada('saved', { format: 'ris' });
    expect(ris?.content.split('\r\n')).toEqual(
      expect.arrayContaining(['AU  - Lovelace, Ada', 'PY  - 2026', 'AN  - arXiv:2611.00001', 'ER  - ']),
    );
  });

  it('are none at first, and there is nothing to take along', async () => {
    const { ada } = await open();
    expect(words(await ada('saved'))).toContain('You have saved nothing yet.');
    const none = await ada('saved', { format: 'bibtex' });
    expect([none.outcome, none.file]).toEqual(['refused', undefined]);
    expect(await ada('save', { paper: '2611.99999' })).toMatchObject({ outcome: 'refused' });
  });
});

describe('rate', () => {
  it('keeps the last verdict, until it is taken back', async () => {
    const { ada, store } = await open();
    const kept = async () => (await store.people.ratings(ADA, ['2611.00001'])).get('2611.00001')?.verdict;
    await ada('rate', { paper: '2611.00001' });
    expect(await kept()).toBe('up');
    await ada('rate', { paper: '2611.00001', verdict: 'down' });
    expect(await kept()).toBe('down');
    expect(words(await ada('rate', { paper: '2611.00001', verdict: 'none' }))).toContain('Taken back');
    expect(await kept()).toBeUndefined();
    expect(await ada('rate', { paper: '2611.00001', verdict: 'none' })).toMatchObject({ outcome: 'done' });
    expect(await ada('rate', { paper: '2611.00001', verdict: 'so-so' })).toMatchObject({
      outcome: 'refused',
    });
  });
});
