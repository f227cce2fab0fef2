import type { types } from '@slack/bolt';
import type { CardEntry } from '../../../src/domain/card.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { figures, nameOf, paperPage, sentenceOf } from '../../../src/paper-lines.ts';
import { plain } from '../../../src/text/line.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fitted } from './budget.ts';
import { inert, inertBold, inertLabel, isLabel, link, safeUrl } from './inert.ts';
import { LIMITS } from './limits.ts';
import { image, section } from './parts.ts';
import { PEN } from './pen.ts';

/** In characters as they are written; no title of a real paper comes near. */
const ROOM = { title: 300, image: 400, reason: 200 } as const;

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
  const line = [...title.page, ...figures(paper, texts, PEN)].join(' · ');
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
  const line = nameOf(paper);
  const url = pageOf(paper);
  const label = fitted(line, room, inertLabel);
  if (url !== undefined && isLabel(fitted(line, room, plain)))
    return { shown: `*${link(`${number}${label}`, url)}*`, page: [] };
  const bold = `*${number}${fitted(line, room, inertBold)}*`;
  return { shown: bold, page: url === undefined ? [] : [link(card.page, url)] };
}

/** Why a paper is here; undefined where that is plain. */
export function reasonLine(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : fitted(`↳ ${reason}`, ROOM.reason, inert);
}

/** The paper's page at the source, else at arXiv; undefined where neither is a safe address. */
export function pageOf(paper: Paper): string | undefined {
  return paperPage(paper, PEN);
}

export function thumbnailOf(paper: Paper, { card }: Texts): types.ImageElement | undefined {
  const url = safeUrl(paper.thumbnailUrl, Math.min(ROOM.image, LIMITS.imageUrl));
  return url === undefined ? undefined : image({ url, altText: card.image(nameOf(paper)) });
}

/** A paper as it is told to who listens. */
export function spokenEntry({ number, paper }: CardEntry, { card }: Texts): string {
  return `${number}. ${nameOf(paper)} · ${card.votes(paper.upvotes)}`;
}
