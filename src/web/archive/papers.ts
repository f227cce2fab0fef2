import { isDay } from '../../domain/calendar.ts';
import type { Paper } from '../../domain/paper.ts';
import { type Html, html } from '../../html.ts';
import { paperAuthors, paperFigures, paperSentence, paperTitle, topicChips } from '../../paper-html.ts';
import type { ArchiveView } from '../../view.ts';

/** Knows the topics of papers. */
export type Topical = Pick<ArchiveView, 'topicsOf'>;

/** How a list shows its papers. */
export interface PaperList {
  archive: Topical;
  /** The heading of each paper: 2 under the title of the page, 3 under a heading. */
  level: 2 | 3;
  /** The number of the first. */
  start?: number;
  /** Says on which day each was listed; for lists of more than one day. */
  hasDays?: true;
}

/** Papers as a numbered list, each with a link to its page. */
export function paperList(papers: readonly Paper[], list: PaperList): Html {
  const { start = 1 } = list;
  const items = papers.map((paper, index) => paperItem(paper, start + index, list));
  return html`<ol class="papers" start="${start}">\n${items}</ol>`;
}

function paperItem(paper: Paper, number: number, { archive, level, hasDays }: PaperList): Html {
  const title = html`<span class="number" aria-hidden="true">${number}</span> ${paperTitle(paper)}`;
  return html`<li class="card paper">
${level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`}
${paperAuthors(paper)}
${paperSentence(paper)}
${paperFigures(paper)}
${topicChips(archive.topicsOf(paper).map(({ topic }) => topic))}
${hasDays && dayOf(paper)}
</li>
`;
}

function dayOf({ listedOn }: Paper): Html {
  if (listedOn === undefined || !isDay(listedOn)) return html``;
  return html`<p class="muted small">On the list of <a href="/days/${listedOn}">${listedOn}</a></p>`;
}
