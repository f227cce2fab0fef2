import type { APIButtonComponent, APIMessageTopLevelComponent } from 'discord.js';
import type { CardAction, PaperCard } from '../../../src/domain/card.ts';
import type { Paper, PaperId } from '../../../src/domain/paper.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { firstFitting } from '../../../src/text/fitting.ts';
import { plain } from '../../../src/text/line.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fits, fitted } from './budget.ts';
import { inert, inertLines, safeUrl } from './inert.ts';
import { buttonRows, frame, linkButton, pictured, small, smallPrint, text } from './parts.ts';
import { helpRow, showActions } from './render-actions.ts';
import { figures, pageOf, thumbnailOf, titleOf } from './render-entry.ts';
import { followSelect } from './render-panel.ts';

/** More authors than this are counted. */
const AUTHORS_SHOWN = 6;
/** As written. */
const ROOM = {
  title: 300,
  author: 60,
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
    authorsText(paper, texts),
    `-# ${[...title.page, ...figures(paper, texts), ...dates(paper)].join(' · ')}`,
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

/** What one may do about a paper where its card does not say. */
function paperActions(id: PaperId, { action }: Texts): CardAction[] {
  return [
    { label: action.save, command: 'save', options: { paper: id } },
    { label: action.similar, command: 'similar', options: { paper: id } },
    { label: action.up, command: 'rate', options: { paper: id, verdict: 'up' } },
    { label: action.down, command: 'rate', options: { paper: id, verdict: 'down' } },
  ];
}

function authorsText({ authors = [] }: Paper, { card }: Texts): string {
  const rest = authors.length - AUTHORS_SHOWN;
  const shown = rest > 1 ? authors.slice(0, AUTHORS_SHOWN) : authors;
  const names = shown.map(({ name }) => fitted(name, ROOM.author, inert)).filter((name) => name !== '');
  return [names.join(', '), ...(rest > 1 ? [card.others(rest)] : [])].join(' ').trim();
}

function dates({ publishedAt }: Paper): string[] {
  const day = /^\d{4}-\d\d-\d\d/.exec(publishedAt ?? '')?.[0];
  return day === undefined ? [] : [day];
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

function links(paper: Paper, { card }: Texts): APIButtonComponent[] {
  const all: [string, string | undefined][] = [
    [card.page, pageOf(paper, ROOM.url)],
    [card.arxiv, safeUrl(paper.arxivUrl, ROOM.url)],
    [card.pdf, safeUrl(paper.pdfUrl, ROOM.url)],
    [card.codeLink, safeUrl(paper.githubUrl, ROOM.url)],
    [card.project, safeUrl(paper.projectUrl, ROOM.url)],
  ];
  return all.flatMap(([label, url]) => (url === undefined ? [] : [linkButton(label, url)]));
}
