import { isDay } from '../../domain/calendar.ts';
import type { Paper } from '../../domain/paper.ts';
import type { Topic } from '../../domain/topic.ts';
import { type Html, type HtmlEscapedString, html } from '../../html.ts';
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
export async function paperList(papers: readonly Paper[], list: PaperList): Promise<HtmlEscapedString> {
  const { start = 1 } = list;
  const topics = await list.archive.topicsOf(papers);
  const items = papers.map((paper, index) =>
    paperItem(paper, topics.get(paper.id), { number: start + index, ...list }),
  );
  return html`<ol class="papers" start="${start}">\n${items}</ol>`;
}

function paperItem(
  paper: Paper,
  topics: readonly Topic[] = [],
  { number, level, hasDays }: PaperList & { number: number },
): Html {
  const title = html`<span class="number" aria-hidden="true">${number}</span> ${paperTitle(paper)}`;
  return html`<li class="card paper">
${level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`}
${paperAuthors(paper)}
${paperSentence(paper)}
${paperFigures(paper)}
${topicChips(topics)}
${hasDays && dayOf(paper)}
</li>
`;
}

function dayOf({ listedOn }: Paper): Html {
  if (listedOn === undefined || !isDay(listedOn)) return html``;
  return html`<p class="muted small">On the list of <a href="/days/${listedOn}">${listedOn}</a></p>`;
}
