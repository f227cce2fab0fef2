import type { Paper, PaperId } from './domain/paper.ts';
import type { Topic } from './domain/topic.ts';
import { type Html, html, inert, inertLines, PEN, raw, safeUrl } from './html.ts';
import { authorsLine, figures, linksOf, nameOf, sentenceOf } from './paper-lines.ts';
import { textsFor } from './texts/index.ts';

/** Pages are in English, as all that others may read. */
const TEXTS = textsFor(undefined);
/** As written; nobody's title is longer, and nobody reads more of a summary. */
const ROOM = { title: 400, sentence: 600, url: 2000 } as const;

/** What others have said, as one line that turns nothing round. */
export function said(text: string): Html {
  return raw(inert(text));
}

/** The same of a longer text: a paragraph for each of its lines; nothing where nothing is said. */
export function saidParagraphs(text: string): Html[] {
  return inertLines(text)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => html`<p>${raw(line)}</p>`);
}

/** Where the archive shows a paper. */
export function paperPath(id: PaperId): string {
  return `/papers/${id}`;
}

/** The title, as a link to the paper in the archive. */
export function paperTitle(paper: Paper): Html {
  return html`<a href="${paperPath(paper.id)}">${raw(PEN.text(nameOf(paper), ROOM.title))}</a>`;
}

/** Votes first, then comments, code with its stars and the organisation as far as they are known, as a list. */
export function paperFigures(paper: Paper): Html {
  const [votes = '', ...others] = figures(paper, TEXTS, PEN);
  return html`<ul class="figures"><li class="votes">${raw(votes)}<span class="unseen"> votes</span></li>${others.map((figure) => html`<li>${raw(figure)}</li>`)}</ul>`;
}

/** The authors in a paragraph, many of them counted; nothing where none is known. */
export function paperAuthors(paper: Paper): Html {
  const line = authorsLine(paper, TEXTS, PEN);
  return line === '' ? html`` : html`<p class="authors">${raw(line)}</p>`;
}

/** What the paper is about, in a paragraph; nothing where that is not known. */
export function paperSentence(paper: Paper): Html {
  const sentence = PEN.text(sentenceOf(paper), ROOM.sentence);
  return sentence === '' ? html`` : html`<p class="sentence">${raw(sentence)}</p>`;
}

/** Where else one can go, as buttons in a list: arXiv, PDF, code, project, and the source by its host. */
export function paperLinks(paper: Paper): Html {
  const [page, ...others] = linksOf(paper, TEXTS, PEN, ROOM.url);
  const source = page?.url === safeUrl(paper.arxivUrl) ? [] : [{ label: hostOf(page?.url), url: page?.url }];
  const links = [...others, ...source].map(({ label, url }) =>
    url === undefined ? [] : html`<li><a class="button" href="${url}" rel="noreferrer">${label}</a></li>`,
  );
  return html`<ul class="links" aria-label="Links">${links}</ul>`;
}

function hostOf(url: string | undefined): string {
  return url === undefined ? '' : new URL(url).hostname.replace(/^www\./, '');
}

/** Topics as chips in a list that lead to their papers; nothing for none. */
export function topicChips(topics: readonly Topic[]): Html {
  if (topics.length === 0) return html``;
  return html`<ul class="chips" aria-label="Topics">${topics.map((topic) => html`<li>${topicChip(topic)}</li>`)}</ul>`;
}

export function topicChip({ slug, name, emoji }: Topic): Html {
  return html`<a class="chip" href="/topics/${slug}"><span aria-hidden="true">${emoji}</span> ${name}</a>`;
}
