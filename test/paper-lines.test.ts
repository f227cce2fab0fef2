import { describe, expect, it } from 'vitest';
import { arxivLinks, type Paper } from '../src/domain/paper.ts';
import {
  authorsLine,
  dates,
  figures,
  linksOf,
  nameOf,
  type Pen,
  paperPage,
  sentenceOf,
} from '../src/paper-lines.ts';
import { textsFor } from '../src/texts/index.ts';
import { paperActions } from '../src/texts/paper.ts';

const TEXTS = textsFor('en');

const PEN: Pen = {
  text: (said, room) => said.replace('<', '').slice(0, room),
  link: (label, url) => `[${label}](${url})`,
  url: (address, max) => (address?.startsWith('https:') && address.length <= max ? address : undefined),
};

function aPaper(more: Partial<Paper> = {}): Paper {
  const id = '2608.19880';
  const url = `https://huggingface.co/papers/${id}`;
  return { id, title: 'A title', upvotes: 3, keywords: [], url, ...arxivLinks(id), ...more };
}

describe('a paper', () => {
  it('is called by its title, or by its id', () => {
    expect(nameOf(aPaper({ title: ' A\ntitle\u200b ' }))).toBe('A title');
    expect(nameOf(aPaper({ title: '\u200b' }))).toBe('2608.19880');
  });

  it('is about its summary, or what its abstract begins with, or nothing', () => {
    const abstract = 'The first. The second.';
    expect(sentenceOf(aPaper({ summary: 'A\nsummary', abstract }))).toBe('A summary');
    expect(sentenceOf(aPaper({ summary: ' ', abstract }))).toBe('The first.');
    expect(sentenceOf(aPaper())).toBe('');
  });

  it('was first published on a day, where that is known', () => {
    expect(dates(aPaper({ publishedAt: '2026-08-20T17:59:00.000Z' }))).toEqual(['2026-08-20']);
    expect(dates(aPaper({ publishedAt: 'August' }))).toEqual([]);
    expect(dates(aPaper())).toEqual([]);
  });
});

describe('figures', () => {
  it('are votes alone where nothing else is known', () => {
    expect(figures(aPaper(), TEXTS, PEN)).toEqual([TEXTS.card.votes(3)]);
    expect(figures(aPaper({ comments: 0 }), TEXTS, PEN)).toHaveLength(1);
  });

  it('are all that is known, in one order, written inert', () => {
    const paper = aPaper({
      comments: 2,
      githubUrl: 'https://github.com/a/b',
      githubStars: 12,
      organization: { name: 'org', displayName: '<An organisation' },
    });
    expect(figures(paper, TEXTS, PEN)).toEqual([
      TEXTS.card.votes(3),
      TEXTS.card.comments(2),
      `[${TEXTS.card.codeWithStars(12)}](https://github.com/a/b)`,
      'An organisation',
    ]);
  });

  it('lead to no unsafe address', () => {
    const { card } = TEXTS;
    const githubUrl = 'javascript:x';
    expect(figures(aPaper({ githubUrl, githubStars: 1 }), TEXTS, PEN)[1]).toBe(card.codeWithStars(1));
    expect(figures(aPaper({ githubUrl }), TEXTS, PEN)).toEqual([card.votes(3)]);
  });

  it('name an organisation by its login where it has no other name', () => {
    const organization = { name: 'org', displayName: '' };
    expect(figures(aPaper({ organization }), TEXTS, PEN).at(-1)).toBe('org');
  });
});

it('authors are named up to six, or counted from two more on', () => {
  const line = (count: number) => {
    const authors = Array.from({ length: count }, (_, index) => ({ name: `A${index + 1}` }));
    return authorsLine(aPaper({ authors }), TEXTS, PEN);
  };
  expect(line(2)).toBe('A1, A2');
  expect(line(7)).toBe('A1, A2, A3, A4, A5, A6, A7');
  expect(line(8)).toBe(`A1, A2, A3, A4, A5, A6 ${TEXTS.card.others(2)}`);
  expect(authorsLine(aPaper(), TEXTS, PEN)).toBe('');
  expect(authorsLine(aPaper({ authors: [{ name: '' }, { name: '<B' }] }), TEXTS, PEN)).toBe('B');
});

describe('links', () => {
  it('go to the page at the source, else to arXiv, else nowhere', () => {
    const paper = aPaper();
    expect(paperPage(paper, PEN)).toBe(paper.url);
    expect(paperPage({ ...paper, url: 'ftp://x' }, PEN)).toBe(paper.arxivUrl);
    expect(paperPage(paper, PEN, 20)).toBeUndefined();
  });

  it('stand in one order, also those that lead nowhere', () => {
    const paper = aPaper({ projectUrl: 'https://example.com/project' });
    const { card } = TEXTS;
    expect(linksOf(paper, TEXTS, PEN, 100)).toEqual([
      { label: card.page, url: paper.url },
      { label: card.arxiv, url: paper.arxivUrl },
      { label: card.pdf, url: paper.pdfUrl },
      { label: card.codeLink, url: undefined },
      { label: card.project, url: 'https://example.com/project' },
    ]);
  });
});

it('each action on a paper names it', () => {
  const actions = paperActions('2608.19880', TEXTS);
  expect(actions.map(({ command }) => command)).toEqual(['save', 'similar', 'rate', 'rate']);
  expect(actions.every(({ options }) => options.paper === '2608.19880')).toBe(true);
});
