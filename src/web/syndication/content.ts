import type { Paper } from '../../domain/paper.ts';
import { inertLines, link, PEN } from '../../html.ts';
import { authorsLine, dates, linksOf } from '../../paper-lines.ts';
import { shorten } from '../../text/shorten.ts';
import { textsFor } from '../../texts/index.ts';

const TEXTS = textsFor(undefined);
/** In characters; far more than a real paper takes. */
const ROOM = { text: 10_000, organization: 120, url: 2000 } as const;

/** What a paper is about and where it is found, as paragraphs of HTML in which nothing acts; never empty. */
export function contentOf(paper: Paper): string {
  return [
    ...about(paper),
    [authorsLine(paper, TEXTS, PEN), organizationOf(paper), ...dates(paper)],
    linksOf(paper, TEXTS, PEN, ROOM.url).flatMap(({ label, url }) => (url ? [link(label, url)] : [])),
  ]
    .map((parts) => parts.filter((part) => part !== '').join(' · '))
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join('\n');
}

function about({ summary, abstract }: Paper): string[][] {
  const paragraphs = [summary, abstract].flatMap((text) =>
    inertLines(shorten(text ?? '', ROOM.text, 'characters')).split('\n'),
  );
  const known = [...new Set(paragraphs)].filter((paragraph) => paragraph !== '');
  return known.length > 0 ? known.map((paragraph) => [paragraph]) : [['Its abstract is not known yet.']];
}

function organizationOf({ organization }: Paper): string {
  return organization ? PEN.text(organization.displayName || organization.name, ROOM.organization) : '';
}
