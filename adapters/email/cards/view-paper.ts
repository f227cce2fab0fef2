import type { CardEntry } from '../../../src/domain/card.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import {
  authorsLine,
  dates,
  figures,
  linksOf,
  nameOf,
  paperPage,
  sentenceOf,
} from '../../../src/paper-lines.ts';
import { isLikeAddress } from '../../../src/text/address.ts';
import { visible } from '../../../src/text/characters.ts';
import { plain } from '../../../src/text/line.ts';
import { shorten } from '../../../src/text/shorten.ts';
import { textsFor } from '../../../src/texts/index.ts';
import type { MailPen } from './pens.ts';
import { remembered } from './remember.ts';
import type { Values } from './template.ts';

/** What an edition says is English. */
const TEXTS = textsFor(undefined);

/** In UTF-16 code units; no real paper has more. An address that is longer is none of ours. */
export const ROOM = {
  name: 400,
  alt: 140,
  author: 60,
  sentence: 600,
  reason: 300,
  abstract: 4000,
  paragraph: 8000,
  keywords: 400,
  url: 500,
} as const;
/** More authors than this are counted. */
export const AUTHORS_SHOWN = 3;

/** Papers of a day are in the mails of many readers; each takes some 5 kB. */
const MOST_KEPT = 300;

/** How papers of a list are shown; what is said of a paper is written once for all mails that it is in. */
export function createEntryView(pen: MailPen): (entry: CardEntry, others: number) => Values {
  const entryView = remembered(
    ({ paper, others }: { paper: Paper; others: number }): Values => ({
      ...paperView(paper, others, pen),
      sentence: pen.text(sentenceOf(paper), ROOM.sentence),
    }),
    MOST_KEPT,
  );
  return ({ number, paper, reason = '' }, others) => ({
    ...entryView({ paper, others }),
    number: String(number),
    reason: pen.text(reason, ROOM.reason),
  });
}

/** A paper that stands alone, with its abstract and keywords. */
export function wholePaperView({ paper, reason = '' }: CardEntry, pen: MailPen): Values {
  const { summary = '', abstract = '', keywords } = paper;
  const words = keywords.map(plain).filter((word) => word !== '');
  return {
    ...paperView(paper, 0, pen),
    reason: pen.text(reason, ROOM.reason),
    sentence: pen.text(summary, ROOM.sentence),
    abstract: paragraphsOf(shorten(visible(abstract), ROOM.abstract, 'characters'), pen),
    keywords: pen.text(words.join(' · '), ROOM.keywords),
  };
}

/** A text as paragraphs, one for each of its lines. */
export function paragraphsOf(text: string, pen: MailPen): Values[] {
  return linesOf(text).flatMap((line) => {
    const paragraph = pen.text(line, ROOM.paragraph);
    return paragraph === '' ? [] : [{ paragraph }];
  });
}

/** The lines of a text that say something. */
export function linesOf(text: string): string[] {
  return visible(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** `others`: how many authors it has beside those that it names. */
function paperView(paper: Paper, others: number, pen: MailPen): Values {
  const name = nameOf(paper);
  const page = paperPage(paper, pen, ROOM.url);
  // A title that names an address would forge the link.
  const leads = page !== undefined && !isLikeAddress(name);
  const [votes = '', ...rest] = figures(paper, TEXTS, pen);
  return {
    name: pen.text(name, ROOM.name),
    page: leads ? pen.address(page) : undefined,
    thumbnail: thumbnailOf(paper, pen),
    votes,
    figures: rest.map((figure) => ({ figure })),
    date: dates(paper)[0],
    authors: authorsOf(paper, others, pen),
    links: otherLinks(paper, leads, pen),
  };
}

function thumbnailOf(paper: Paper, pen: MailPen): Values[] {
  const url = pen.url(paper.thumbnailUrl, ROOM.url);
  if (!url?.startsWith('https:')) return [];
  return [{ url: pen.address(url), alt: pen.text(TEXTS.card.image(nameOf(paper)), ROOM.alt) }];
}

function authorsOf(paper: Paper, others: number, pen: MailPen): string {
  const authors = paper.authors ?? [];
  const rest = authors.length - AUTHORS_SHOWN + others;
  const named = authorsLine({ ...paper, authors: authors.slice(0, AUTHORS_SHOWN) }, TEXTS, pen);
  return [named, ...(rest > 0 ? [TEXTS.card.others(rest)] : [])].join(' ').trim();
}

/** Where else one can go, each address once; the code has its link among the figures. */
function otherLinks(paper: Paper, isTitleLink: boolean, pen: MailPen): Values[] {
  const [page, arxiv, pdf, , project] = linksOf(paper, TEXTS, pen, ROOM.url);
  const shown = new Set(isTitleLink ? [page?.url] : []);
  return [page, arxiv, pdf, project].flatMap((link) => {
    if (link?.url === undefined || shown.has(link.url)) return [];
    shown.add(link.url);
    return [{ label: link.label, url: pen.address(link.url) }];
  });
}
