import type { APIButtonComponent, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { PaperCard } from '../../../src/domain/card.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { authorsLine, dates, figures, linksOf } from '../../../src/paper-lines.ts';
import { firstFitting } from '../../../src/text/fitting.ts';
import { plain } from '../../../src/text/line.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { paperActions } from '../../../src/texts/paper.ts';
import { fits, fitted } from './budget.ts';
import { inert, inertLines } from './inert.ts';
import { buttonRows, frame, linkButton, pictured, small, smallPrint, text } from './parts.ts';
import { PEN } from './pen.ts';
import { helpRow, showActions } from './render-actions.ts';
import { thumbnailOf, titleOf } from './render-entry.ts';
import { followSelect } from './render-panel.ts';

/** As written. */
const ROOM = {
  title: 300,
  keywords: 250,
  reason: 200,
  summary: 500,
  notes: 1200,
  url: 300,
} as const;
/** Of an abstract there is as much as fits; beyond the first it is no card any more. */
const ABSTRACTS = [2000, 1600, 1200, 900, 600, 400, 200, 0] as const;

/**
 * One paper whole, without its number: it stands alone. The select under one of an edition has the built-in topics only,
 * as what is sent is the same whenever it is rendered; those of a workspace are followed there by their emoji.
 */
export function renderPaper(card: PaperCard, texts: Texts): APIMessageTopLevelComponent[] {
  return firstFitting(ABSTRACTS, (room) => build(card, room, texts), fits);
}

function build(
  { entry: { paper, reason }, notes, actions, under }: PaperCard,
  room: number,
  texts: Texts,
): APIMessageTopLevelComponent[] {
  const title = titleOf(paper, ROOM.title, texts);
  const head = text(
    `### ${title.shown}`,
    authorsLine(paper, texts, PEN),
    `-# ${[...title.page, ...figures(paper, texts, PEN), ...dates(paper)].join(' · ')}`,
    reason === undefined ? undefined : small(`↳ ${reason}`, ROOM.reason),
  );
  const thumbnail = thumbnailOf(paper, texts);
  const { rows, typed } = showActions(actions ?? paperActions(paper.id, texts));
  return [
    frame([
      ...(thumbnail ? [pictured(head, thumbnail)] : head),
      ...text(fitted(paper.summary ?? '', ROOM.summary, inert)),
      ...abstractText(paper, room, texts),
      ...text(keywordsText(paper), ...smallPrint(notes, ROOM.notes), ...typed),
      ...buttonRows(links(paper, texts)),
      ...(rows.length > 0 ? rows : helpRow(texts)),
      ...(under === undefined ? [] : followSelect(BUILT_IN_TOPICS, texts)),
    ]),
  ];
}

function abstractText({ abstract = '' }: Paper, room: number, { card }: Texts) {
  const shown = fitted(abstract, room, inertLines);
  return shown === '' ? [] : text(`**${card.abstract}**`, shown);
}

function keywordsText({ keywords }: Paper): string | undefined {
  return small(
    keywords
      .map(plain)
      .filter((word) => word !== '')
      .join(' · '),
    ROOM.keywords,
  );
}

function links(paper: Paper, texts: Texts): APIButtonComponent[] {
  const all = linksOf(paper, texts, PEN, ROOM.url);
  return all.flatMap(({ label, url }) => (url === undefined ? [] : [linkButton(label, url)]));
}
