import { describe, expect, it } from 'vitest';
import { anArchive } from '../archive-fixture.ts';
import { BASE, openPages } from '../pages.ts';
import { ARCHIVE, BARE } from './lists.ts';

const { get, see } = openPages({ archive: ARCHIVE });

describe('a paper', () => {
  it('shows all that is known of it', async () => {
    const { $, main } = await see('/papers/2611.00001');
    expect($('h1').text()).toBe('Language agents & tools');
    expect(
      $('.people a')
        .get()
        .map((one) => $(one).attr('href')),
    ).toEqual(['/search?q=author%3A%22Ada%20Lovelace%22', '/search?q=author%3A%22Alan%20The%20Turing%22']);
    expect(
      $('.links a')
        .get()
        .map((one) => [$(one).text(), $(one).attr('href')]),
    ).toEqual([
      ['arXiv', 'https://arxiv.org/abs/2611.00001'],
      ['PDF', 'https://arxiv.org/pdf/2611.00001'],
      ['Code', 'https://github.com/example/agents'],
      ['Project', 'https://agents.example/'],
      ['huggingface.co', 'https://huggingface.co/papers/2611.00001'],
    ]);
    expect(
      $('#abstract + .prose p')
        .get()
        .map((one) => $(one).text()),
    ).toEqual(['We build agents that use tools.', 'They use a computer.']);
    expect($('#summary + .prose').text()).toBe('Agents use tools.');
    expect($('.reasons li').first().text()).toMatch(/^🤖 Agents because of "agents?" in the/);
    expect($('#keywords + ul a').attr('href')).toBe('/search?q=%22tool%20use%22');
    expect(main).toContain('Published2026-11-20');
    expect($('.facts a[href="/search?q=org%3A%22nvidia%22"]').text()).toBe('NVIDIA');
    expect(main).toContain('Submitted bysomeone');
    expect($('.facts a[href="/days/2026-11-23"]').text()).toBe('Papers of Monday, 2026-11-23');
    expect($('pre').text()).toMatch(/^@misc\{.+\n {2}title = \{\{Language agents \\& tools\}\},\n/);
  });

  it('leads to similar ones', async () => {
    const { $ } = await see('/papers/2611.00001');
    expect($('#similar').text()).toBe('Similar papers');
    expect($('.paper h3 a').first().attr('href')).toBe('/papers/2611.00002');
  });

  it('of which little is known shows that, and nothing empty', async () => {
    const { $ } = await see('/papers/2611.00002');
    expect(
      $('h2')
        .get()
        .map((one) => $(one).text()),
    ).toEqual(['Facts', 'Similar papers']);
    expect($('ul').filter((_, one) => $(one).children().length === 0)).toHaveLength(0);
  });

  it('with hundreds of authors folds most of them away', async () => {
    const authors = Array.from({ length: 200 }, (_, index) => ({ name: `Author ${index}` }));
    const { see } = openPages({ archive: anArchive({ '2026-11-23': [{ ...BARE, authors }] }) });
    const { $ } = await see('/papers/2611.00002');
    expect($('article > ul.people a')).toHaveLength(30);
    expect($('details summary').first().text()).toBe('and 170 more');
    expect($('details ul.people a')).toHaveLength(170);
  });

  it.each([
    ['2611.00001v2', '2611.00001'],
    ['2611.00001.pdf', '2611.00001'],
    ['https://arxiv.org/abs/2611.00001', '2611.00001'],
    ['hep-th/9901001v1', 'hep-th/9901001'],
  ])('has one address: %s leads to %s', async (given, id) => {
    const answer = await get(`/papers/${given}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([301, `/papers/${id}`]);
  });

  it('of the old kind has its slash in the address', async () => {
    const { $ } = await see('/papers/hep-th/9901001');
    expect($('h1').text()).toBe('Old');
    expect($('link[rel=canonical]').attr('href')).toBe(`${BASE}/papers/hep-th/9901001`);
  });

  it('that was never listed is looked for at arXiv', async () => {
    const { $, main } = await see('/papers/2611.99999', 404);
    expect(main).toContain('The paper 2611.99999 was never on a list that is archived here.');
    expect($('main a').first().attr('href')).toBe('https://arxiv.org/abs/2611.99999');
    expect(main).toContain('What the playground shows as a sample is not archived.');
    expect($('main a').last().attr('href')).toBe('/');
    const bare = await openPages({ archive: ARCHIVE, hasPlayground: false }).see('/papers/2611.99999', 404);
    expect(bare.main).not.toContain('playground');
    expect(bare.$('main a[href="/"]')).toHaveLength(0);
    expect((await see('/papers/what', 404)).main).toContain('"what" is no arXiv id.');
  });
});
