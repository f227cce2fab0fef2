import type { PaperCard } from '../../../src/domain/card.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { type Html, html, PEN, raw } from '../../../src/html.ts';
import { paperAuthors, paperLinks, said, saidParagraphs } from '../../../src/paper-html.ts';
import { nameOf } from '../../../src/paper-lines.ts';
import { plain } from '../../../src/text/line.ts';
import { shorten } from '../../../src/text/shorten.ts';
import { paperActions } from '../../../src/texts/paper.ts';
import { drawActions } from './actions.ts';
import { drawFigures, drawReason, drawThumbnail, drawTitle, TEXTS } from './entry.ts';
import { drawNotes } from './parts.ts';

/** As written; no real abstract is longer. */
const ROOM = { summary: 800, abstract: 8000, keywords: 400, under: 200 } as const;

/** One paper whole, without its number: it stands alone. */
export function drawPaper({ entry: { paper, reason }, notes, under, actions }: PaperCard): Html {
  return html`${drawUnder(under)}<h3 class="card-title">${drawTitle(paper)}</h3>
<div class="paper-head">
<div>${paperAuthors(paper)}${drawFigures(paper, true)}${drawReason(reason)}${drawSummary(paper)}</div>
${drawThumbnail(paper, TEXTS.card.image(plain(nameOf(paper))))}</div>
${drawAbstract(paper)}${drawKeywords(paper)}${drawNotes(notes)}${paperLinks(paper)}${drawActions(actions ?? paperActions(paper.id, TEXTS))}`;
}

/** A paper of an edition names it, as it hangs under it elsewhere. */
function drawUnder(under: string | undefined): Html {
  const title = under === undefined ? '' : PEN.text(under, ROOM.under);
  return title === '' ? html`` : html`<p class="under">${raw(title)}</p>`;
}

function drawSummary({ summary = '' }: Paper): Html {
  const shown = PEN.text(summary, ROOM.summary);
  return shown === '' ? html`` : html`<p class="summary">${raw(shown)}</p>`;
}

function drawAbstract({ abstract = '' }: Paper): Html {
  const paragraphs = saidParagraphs(shorten(abstract, ROOM.abstract));
  if (paragraphs.length === 0) return html``;
  return html`<h4 class="section-title">${TEXTS.card.abstract}</h4><div class="abstract">${paragraphs}</div>`;
}

function drawKeywords({ keywords }: Paper): Html {
  const line = keywords
    .map(plain)
    .filter((word) => word !== '')
    .join(' · ');
  return line === '' ? html`` : html`<p class="keywords">${said(shorten(line, ROOM.keywords))}</p>`;
}
