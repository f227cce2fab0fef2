import type { types } from '@slack/bolt';
import type { CardEntry } from '../../../src/domain/card.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { plain } from '../../../src/text/line.ts';
import { firstSentence } from '../../../src/text/shorten.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fitted } from './budget.ts';
import { inert, inertBold, inertLabel, isLabel, link, safeUrl } from './inert.ts';
import { LIMITS } from './limits.ts';
import { image, section } from './parts.ts';

/** In characters as they are written; no title of a real paper comes near, and links longer than this are none of ours. */
const ROOM = { title: 300, url: 200, image: 400, organization: 80, reason: 200 } as const;

/** How much of a paper is shown in a list: characters of its summary, and its thumbnail, where it has one. */
export interface Detail {
  summary: number;
  isPictured: boolean;
}

/** One paper in a list, to be drawn in more or less detail. */
export function entryIn(
  { number, paper, reason }: CardEntry,
  texts: Texts,
): (detail: Detail) => types.SectionBlock[] {
  const title = titleOf(paper, ROOM.title, texts, `${number}. `);
  const line = [...title.page, ...figures(paper, texts)].join(' · ');
  const why = reasonLine(reason);
  const sentence = sentenceOf(paper);
  const thumbnail = thumbnailOf(paper, texts);
  return ({ summary, isPictured }) =>
    section([title.shown, line, fitted(sentence, summary, inert), why], isPictured ? thumbnail : undefined);
}

/**
 * A bold title that leads to the paper's page. One that cannot be the label of a link stands alone, and `page` is the
 * link, to be put among the figures. A paper without a title is called by its id.
 */
export function titleOf(
  paper: Paper,
  room: number,
  { card }: Texts,
  number = '',
): { shown: string; page: string[] } {
  const line = plain(paper.title) || paper.id;
  const url = pageOf(paper);
  const label = fitted(line, room, inertLabel);
  if (url !== undefined && isLabel(fitted(line, room, plain)))
    return { shown: `*${link(`${number}${label}`, url)}*`, page: [] };
  const bold = `*${number}${fitted(line, room, inertBold)}*`;
  return { shown: bold, page: url === undefined ? [] : [link(card.page, url)] };
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

/** Why a paper is here; undefined where that is plain. */
export function reasonLine(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : fitted(`↳ ${reason}`, ROOM.reason, inert);
}

/** The paper's page at the source, else at arXiv; undefined where neither is a safe address. */
export function pageOf(paper: Paper, max: number = ROOM.url): string | undefined {
  return safeUrl(paper.url, max) ?? safeUrl(paper.arxivUrl, max);
}

export function thumbnailOf(paper: Paper, { card }: Texts): types.ImageElement | undefined {
  const url = safeUrl(paper.thumbnailUrl, Math.min(ROOM.image, LIMITS.imageUrl));
  return url === undefined ? undefined : image({ url, altText: card.image(plain(paper.title) || paper.id) });
}

/** A paper as it is told to who listens. */
export function spokenEntry({ number, paper }: CardEntry, { card }: Texts): string {
  return `${number}. ${plain(paper.title) || paper.id} · ${card.votes(paper.upvotes)}`;
}

/** What the paper is about; the abstract begins with it where nobody has written a summary. */
function sentenceOf({ summary, abstract }: Paper): string {
  return plain(summary ?? '') || firstSentence(plain(abstract ?? ''), MAX_SENTENCE);
}

const MAX_SENTENCE = 400;
