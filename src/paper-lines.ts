import type { Paper } from './domain/paper.ts';
import { plain } from './text/line.ts';
import { firstSentence } from './text/shorten.ts';
import type { Texts } from './texts/index.ts';

/** How a platform with links in its text writes what others have said, so that it is shown and not obeyed. */
export interface Pen {
  /** Inert text that takes at most `room` as it is written. */
  text(said: string, room: number): string;
  /** `url` is one that `url` gave, `label` is ours. */
  link(label: string, url: string): string;
  /** The address as a link may carry it; undefined for none, and for one that is longer than `max`. */
  url(address: string | undefined, max: number): string | undefined;
}

/** As written; links longer than this are none of ours. */
const ROOM = { organization: 80, author: 60, url: 200 } as const;
/** More authors than this are counted. */
const AUTHORS_SHOWN = 6;
const MAX_SENTENCE = 400;

/** The title as plain text; a paper without one is called by its id. */
export function nameOf({ title, id }: Paper): string {
  return plain(title) || id;
}

/** What the paper is about, as plain text; the abstract begins with it where nobody has written a summary. */
export function sentenceOf({ summary, abstract }: Paper): string {
  return plain(summary ?? '') || firstSentence(plain(abstract ?? ''), MAX_SENTENCE);
}

/** Votes, comments, code with its stars and the organisation, as far as they are known. */
export function figures(paper: Paper, { card }: Texts, pen: Pen): string[] {
  const { upvotes, comments = 0, githubUrl, githubStars, organization } = paper;
  const code = githubStars === undefined ? card.code : card.codeWithStars(githubStars);
  const url = pen.url(githubUrl, ROOM.url);
  const name = organization ? organization.displayName || organization.name : '';
  return [
    card.votes(upvotes),
    ...(comments > 0 ? [card.comments(comments)] : []),
    ...(url !== undefined ? [pen.link(code, url)] : githubStars !== undefined ? [code] : []),
    pen.text(name, ROOM.organization),
  ].filter((figure) => figure !== '');
}

/** The authors by name, many of them counted; empty where none is known. */
export function authorsLine({ authors = [] }: Paper, { card }: Texts, pen: Pen): string {
  const rest = authors.length - AUTHORS_SHOWN;
  const some = rest > 1 ? authors.slice(0, AUTHORS_SHOWN) : authors;
  const names = some.map(({ name }) => pen.text(name, ROOM.author)).filter((name) => name !== '');
  return [names.join(', '), ...(rest > 1 ? [card.others(rest)] : [])].join(' ').trim();
}

/** The day of its first publication, as a list of one; empty where it is not known. */
export function dates({ publishedAt }: Paper): string[] {
  const day = /^\d{4}-\d\d-\d\d/.exec(publishedAt ?? '')?.[0];
  return day === undefined ? [] : [day];
}

/** The paper's page at the source, else at arXiv; undefined where neither is a safe address. */
export function paperPage({ url, arxivUrl }: Paper, pen: Pen, max: number = ROOM.url): string | undefined {
  return pen.url(url, max) ?? pen.url(arxivUrl, max);
}

/** Where else one can go, always in this order, with an address of at most `max` where there is one. */
export function linksOf(
  paper: Paper,
  { card }: Texts,
  pen: Pen,
  max: number,
): { label: string; url: string | undefined }[] {
  return [
    { label: card.page, url: paperPage(paper, pen, max) },
    { label: card.arxiv, url: pen.url(paper.arxivUrl, max) },
    { label: card.pdf, url: pen.url(paper.pdfUrl, max) },
    { label: card.codeLink, url: pen.url(paper.githubUrl, max) },
    { label: card.project, url: pen.url(paper.projectUrl, max) },
  ];
}
