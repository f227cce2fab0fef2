import type { Paper } from '../../src/domain/paper.ts';
import { safeUrl } from './inert.ts';
import { type Span, span } from './spans.ts';

const numbers = new Intl.NumberFormat('en-US');

/**
 * Votes, comments, code with its stars and the organisation, as far as they are known. Signs are ones that every
 * terminal draws one column wide; emoji are two here and one there.
 */
export function figures(paper: Paper): Span[] {
  const { upvotes, comments = 0, githubUrl, githubStars, organization } = paper;
  const stars = githubStars === undefined ? '' : ` ★ ${numbers.format(githubStars)}`;
  return [
    span(`▲ ${numbers.format(upvotes)}`, 'votes'),
    ...(comments > 0 ? [span(comments === 1 ? '1 comment' : `${numbers.format(comments)} comments`)] : []),
    ...(safeUrl(githubUrl) || stars !== '' ? [span(`code${stars}`, undefined, safeUrl(githubUrl))] : []),
    ...(organization ? [span(organization.displayName || organization.name)] : []),
  ];
}

/** The paper's page at the source, else at arXiv; undefined where neither is a safe address. */
export function pageOf(paper: Paper): string | undefined {
  return safeUrl(paper.url) ?? safeUrl(paper.arxivUrl);
}

/** The title; a paper without one is called by its id. */
export function titleOf(paper: Paper): Span {
  const title = span(paper.title, 'title', pageOf(paper));
  return title.text === '' ? span(paper.id, 'title', pageOf(paper)) : title;
}
