import type { CardEntry } from '../../../src/domain/card.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { plain } from '../../../src/text/line.ts';
import { firstSentence } from '../../../src/text/shorten.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fitted } from './budget.ts';
import { inert, isLabel, link, safeUrl } from './inert.ts';
import { type Part, pictured, small, text } from './parts.ts';

/** In characters as they are written; no title of a real paper comes near, and links longer than this are none of ours. */
const ROOM = { title: 300, url: 200, organization: 80, reason: 200 } as const;

/** How much of a paper is shown in a list: characters of its summary, and its thumbnail, where it has one. */
export interface Detail {
  summary: number;
  isPictured: boolean;
}

/** One paper in a list, to be drawn in more or less detail. */
export function entryIn({ number, paper, reason }: CardEntry, texts: Texts): (detail: Detail) => Part {
  const title = titleOf(paper, ROOM.title, texts);
  const head = `**${number}\\. ${title.shown}**\n-# ${[...title.page, ...figures(paper, texts)].join(' · ')}`;
  const why = small(reason === undefined ? undefined : `↳ ${reason}`, ROOM.reason);
  const sentence = sentenceOf(paper);
  const thumbnail = thumbnailOf(paper, texts);
  return ({ summary, isPictured }) => {
    const lines = text(head, fitted(sentence, summary, inert), why);
    return thumbnail && isPictured ? pictured(lines, thumbnail) : (lines[0] as Part);
  };
}

/**
 * A title that leads to the paper's page. One that cannot be the label of a link stands alone, and `page` is the link,
 * to be put among the figures. A paper without a title is called by its id.
 */
export function titleOf(paper: Paper, room: number, { card }: Texts): { shown: string; page: string[] } {
  const line = fitted(plain(paper.title) || paper.id, room, plain);
  const url = pageOf(paper);
  if (url === undefined) return { shown: fitted(line, room, inert), page: [] };
  if (isLabel(line)) return { shown: link(line, url), page: [] };
  return { shown: fitted(line, room, inert), page: [link(card.page, url)] };
}

/** Votes, comments, code with its stars and the organisation, as far as they are known. */
export function figures(paper: Paper, { card }: Texts): string[] {
  const { upvotes, comments = 0, githubUrl, githubStars, organization } = paper;
  const code = githubStars === undefined ? card.code : card.codeWithStars(githubStars);
  const url = safeUrl(githubUrl, ROOM.url);
  const name = organization ? organization.displayName || organization.name : '';
  return [
    card.votes(upvotes),
    ...(comments > 0 ? [card.comments(comments)] : []),
    ...(url !== undefined ? [link(code, url)] : githubStars !== undefined ? [code] : []),
    fitted(name, ROOM.organization, inert),
  ].filter((figure) => figure !== '');
}

/** The paper's page at the source, else at arXiv; undefined where neither is a safe address. */
export function pageOf(paper: Paper, max: number = ROOM.url): string | undefined {
  return safeUrl(paper.url, max) ?? safeUrl(paper.arxivUrl, max);
}

export function thumbnailOf(paper: Paper, { card }: Texts): { url: string; altText: string } | undefined {
  const url = safeUrl(paper.thumbnailUrl);
  return url === undefined ? undefined : { url, altText: card.image(plain(paper.title) || paper.id) };
}

/** What the paper is about; the abstract begins with it where nobody has written a summary. */
function sentenceOf({ summary, abstract }: Paper): string {
  return plain(summary ?? '') || firstSentence(plain(abstract ?? ''), MAX_SENTENCE);
}

const MAX_SENTENCE = 400;
