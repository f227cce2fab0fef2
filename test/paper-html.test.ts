import { load } from 'cheerio/slim';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../src/domain/paper.ts';
import { BUILT_IN_TOPICS } from '../src/domain/topic.ts';
import type { Html } from '../src/html.ts';
import {
  paperAuthors,
  paperFigures,
  paperLinks,
  paperPath,
  paperSentence,
  paperTitle,
  said,
  saidParagraphs,
  topicChips,
} from '../src/paper-html.ts';
import { aPaper } from './fixtures/papers.ts';

const paper = (given: Partial<Paper> = {}) => aPaper({ id: '2611.00001', ...given });
const read = async (html: Html) => load(String(await html), null, false);
const written = async (html: Html) => String(await html);

describe('what others have said', () => {
  it('is one line that turns nothing round', async () => {
    expect(await written(said(' <b>\n\u202ea "b" '))).toBe('&lt;b&gt; a &quot;b&quot;');
    expect(await written(said('עברית'))).toBe('\u2068עברית\u2069');
  });

  it('is a paragraph a line, where it says something', async () => {
    const paragraphs = await Promise.all(saidParagraphs('one\n \n<two>'));
    expect(paragraphs.map(String)).toEqual(['<p>one</p>', '<p>&lt;two&gt;</p>']);
    expect(saidParagraphs(' \u200b ')).toEqual([]);
  });
});

describe('a paper', () => {
  it('is called by its title, which leads to its page', async () => {
    const $ = await read(paperTitle(paper({ title: 'A <title>' })));
    expect([$('a').text(), $('a').attr('href')]).toEqual(['A <title>', '/papers/2611.00001']);
    expect((await read(paperTitle(paper({ title: ' ' }))))('a').text()).toBe('2611.00001');
    expect(paperPath('hep-th/9901001')).toBe('/papers/hep-th/9901001');
    const long = await read(paperTitle(paper({ title: 'word '.repeat(500) })));
    expect(long('a').text().length).toBeLessThanOrEqual(400);
  });

  it('has its votes first, said also to whoever sees no sign', async () => {
    const bare = await read(paperFigures(paper({ upvotes: 1234 })));
    expect(
      bare('li')
        .get()
        .map((one) => bare(one).text()),
    ).toEqual(['▲ 1,234 votes']);
    const $ = await read(
      paperFigures(paper({ comments: 2, githubUrl: 'https://github.com/a/b', githubStars: 5 })),
    );
    expect(
      $('li')
        .get()
        .map((one) => $(one).text()),
    ).toEqual(['▲ 1 votes', '2 comments', 'code ★ 5']);
    expect($('a').attr('href')).toBe('https://github.com/a/b');
  });

  it('names its authors, or nobody', async () => {
    const authors = Array.from({ length: 9 }, (_, index) => ({ name: `A${index}` }));
    expect(await written(paperAuthors(paper({ authors })))).toBe(
      '<p class="authors">A0, A1, A2, A3, A4, A5 and 3 more</p>',
    );
    expect(await written(paperAuthors(paper()))).toBe('');
  });

  it('is about something, or nothing is said', async () => {
    expect(await written(paperSentence(paper({ abstract: 'First. Second.' })))).toBe(
      '<p class="sentence">First.</p>',
    );
    expect(await written(paperSentence(paper()))).toBe('');
  });

  it('leads to arXiv and on, and to the source by its host', async () => {
    const $ = await read(paperLinks(paper({ url: 'https://www.example.com/p', projectUrl: 'javascript:x' })));
    expect(
      $('a')
        .get()
        .map((one) => $(one).text()),
    ).toEqual(['arXiv', 'PDF', 'example.com']);
    const same = await read(paperLinks(paper({ url: 'https://arxiv.org/abs/2611.00001' })));
    expect(same('a')).toHaveLength(2);
    expect(await written(paperLinks(paper({ url: '', arxivUrl: '', pdfUrl: '' })))).not.toContain('<a');
  });
});

describe('topics', () => {
  it('are chips that lead to their papers', async () => {
    const $ = await read(topicChips(BUILT_IN_TOPICS.slice(0, 2)));
    expect(
      $('a')
        .get()
        .map((one) => [$(one).text(), $(one).attr('href')]),
    ).toEqual([
      ['🧠 Language models', '/topics/language-models'],
      ['🧮 Reasoning', '/topics/reasoning'],
    ]);
    expect(await written(topicChips([]))).toBe('');
  });
});
