import type { CardEntry } from '../../../src/domain/card.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { picture } from '../../../src/drawing.ts';
import { type Html, html, PEN, raw, safeUrl } from '../../../src/html.ts';
import { paperSentence } from '../../../src/paper-html.ts';
import { dates, figures, nameOf, paperPage } from '../../../src/paper-lines.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { writePress } from './press.ts';

/** The playground speaks English, as the other pages do. */
export const TEXTS = textsFor(undefined);
/** As written; nobody's title is longer. */
const ROOM = { title: 400, reason: 300, url: 2000 } as const;

/** One paper of a list: what it is, and a button that shows it whole. */
export function drawEntry({ number, paper, reason }: CardEntry): Html {
  return html`<li class="entry" data-number="${number}">
<span class="number">${number}.</span>
<div class="entry-words">
<p class="entry-title">${drawTitle(paper)}</p>
${drawFigures(paper)}${paperSentence(paper)}${drawReason(reason)}
</div>
<div class="entry-side">${drawThumbnail(paper, '')}${drawDetails(paper)}</div>
</li>`;
}

/** The title, as a link to the paper's page where it has one; a paper without a title is called by its id. */
export function drawTitle(paper: Paper): Html {
  const title = raw(PEN.text(nameOf(paper), ROOM.title));
  const url = paperPage(paper, PEN, ROOM.url);
  if (url === undefined) return html`<span class="paper-title">${title}</span>`;
  return html`<a class="paper-title" href="${url}" rel="noreferrer">${title}</a>`;
}

/** Votes first, then what else is counted, and what comes behind as it is given. */
export function drawFigures(paper: Paper, isDated = false): Html {
  const [votes = '', ...others] = figures(paper, TEXTS, PEN);
  const all = isDated ? [...others, ...dates(paper)] : others;
  return html`<ul class="figures"><li><data class="votes" value="${paper.upvotes}">${raw(votes)}</data><span class="unseen"> votes</span></li>${all.map((figure) => html`<li>${raw(figure)}</li>`)}</ul>`;
}

export function drawReason(reason: string | undefined): Html {
  const why = reason === undefined ? '' : PEN.text(reason, ROOM.reason);
  return why === '' ? html`` : html`<p class="reason"><span aria-hidden="true">↳</span> ${raw(why)}</p>`;
}

/** Where the title stands beside it the picture says nothing more, and `alt` is empty. */
export function drawThumbnail({ thumbnailUrl = '' }: Paper, alt: string): Html {
  if (!safeUrl(thumbnailUrl)?.startsWith('https:')) return html``;
  const shown = raw(picture(thumbnailUrl));
  if (alt === '') return html`<span class="thumbnail">${shown}</span>`;
  return html`<span class="thumbnail" role="img" aria-label="${alt}">${shown}</span>`;
}

function drawDetails(paper: Paper): Html {
  const press = writePress({ command: 'show', options: { paper: paper.id } });
  if (press === undefined) return html``;
  const of = raw(PEN.text(nameOf(paper), ROOM.title));
  return html`<button type="button" class="button small" data-press="${press}">Details<span class="unseen"> of ${of}</span></button>`;
}
