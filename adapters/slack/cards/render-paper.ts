import type { types } from '@slack/bolt';
import type { PaperCard } from '../../../src/domain/card.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { authorsLine, dates, figures, linksOf, nameOf } from '../../../src/paper-lines.ts';
import { firstFitting } from '../../../src/text/fitting.ts';
import { plain } from '../../../src/text/line.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { paperActions } from '../../../src/texts/paper.ts';
import { fits, fitted } from './budget.ts';
import { fallback } from './fallback.ts';
import { inert, inertLines } from './inert.ts';
import { actionsBlocks, context, linkButton, notesIn, section } from './parts.ts';
import type { SlackBody } from './payload.ts';
import { PEN } from './pen.ts';
import { showActions } from './render-actions.ts';
import { reasonLine, thumbnailOf, titleOf } from './render-entry.ts';
import { topicSelect } from './render-panel.ts';

/** As written. */
const ROOM = { title: 300, keywords: 250, summary: 600, notes: 1200, url: 300 } as const;
/** Of an abstract there is as much as fits into a section; beyond the first it is no card any more. */
const ABSTRACTS = [2800, 2000, 1200, 600, 0] as const;

/**
 * One paper whole, without its number: it stands alone. The select under one of an edition has the built-in topics only,
 * as what is sent is the same whenever it is rendered; those of a workspace are followed there by their emoji.
 */
export function renderPaper(card: PaperCard, texts: Texts): SlackBody {
  const { paper } = card.entry;
  return {
    text: fallback([nameOf(paper), texts.card.votes(paper.upvotes), paper.summary]),
    blocks: firstFitting(ABSTRACTS, (room) => build(card, room, texts), fits),
  };
}

function build(
  { entry: { paper, reason }, notes, actions, under }: PaperCard,
  room: number,
  texts: Texts,
): types.KnownBlock[] {
  const title = titleOf(paper, ROOM.title, texts);
  const line = [...title.page, ...figures(paper, texts, PEN), ...dates(paper)].join(' · ');
  const { buttons, typed } = showActions(actions ?? paperActions(paper.id, texts));
  const select = under === undefined ? undefined : topicSelect(BUILT_IN_TOPICS, texts, 0);
  return [
    ...section(
      [title.shown, line, authorsLine(paper, texts, PEN), reasonLine(reason)],
      thumbnailOf(paper, texts),
    ),
    ...section([fitted(paper.summary ?? '', ROOM.summary, inert)]),
    ...abstractBlocks(paper, room, texts),
    ...context([keywordsText(paper), ...notesIn(notes, ROOM.notes), ...typed]),
    ...actionsBlocks([...buttons, ...(select ? [select] : [])]),
    ...actionsBlocks(links(paper, texts)),
  ];
}

function abstractBlocks({ abstract = '' }: Paper, room: number, { card }: Texts): types.SectionBlock[] {
  const shown = fitted(abstract, room, (text) => inertLines(text).replaceAll('\n', '\n\n'));
  return shown === '' ? [] : section([`*${card.abstract}*`, shown]);
}

function keywordsText({ keywords }: Paper): string {
  const words = keywords.map(plain).filter((word) => word !== '');
  return fitted(words.join(' · '), ROOM.keywords, inert);
}

function links(paper: Paper, texts: Texts): types.Button[] {
  const all = linksOf(paper, texts, PEN, ROOM.url);
  return all.flatMap(({ label, url }, index) => (url === undefined ? [] : [linkButton(label, url, index)]));
}
