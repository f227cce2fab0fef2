import type { CardEntry } from '../../../src/domain/card.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { figures, nameOf, paperPage, sentenceOf } from '../../../src/paper-lines.ts';
import { plain } from '../../../src/text/line.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fitted } from './budget.ts';
import { inert, isLabel, link, safeUrl } from './inert.ts';
import { type Part, pictured, small, text } from './parts.ts';
import { PEN } from './pen.ts';

/** In characters as they are written; no title of a real paper comes near. */
const ROOM = { title: 300, reason: 200 } as const;

/** How much of a paper is shown in a list: characters of its summary, and its thumbnail, where it has one. */
export interface Detail {
  summary: number;
  isPictured: boolean;
}

/** One paper in a list, to be drawn in more or less detail. */
export function entryIn({ number, paper, reason }: CardEntry, texts: Texts): (detail: Detail) => Part {
  const title = titleOf(paper, ROOM.title, texts);
  const head = `**${number}\\. ${title.shown}**\n-# ${[...title.page, ...figures(paper, texts, PEN)].join(' · ')}`;
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
  const line = fitted(nameOf(paper), room, plain);
  const url = paperPage(paper, PEN);
  if (url === undefined) return { shown: fitted(line, room, inert), page: [] };
  if (isLabel(line)) return { shown: link(line, url), page: [] };
  return { shown: fitted(line, room, inert), page: [link(card.page, url)] };
}

export function thumbnailOf(paper: Paper, { card }: Texts): { url: string; altText: string } | undefined {
  const url = safeUrl(paper.thumbnailUrl);
  return url === undefined ? undefined : { url, altText: card.image(nameOf(paper)) };
}
