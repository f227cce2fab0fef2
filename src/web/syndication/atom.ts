import { type AtomFeed, generateAtomFeed } from 'feedsmith';
import { type Format, LANGUAGE, MAKER, type SyndicationDocument } from './document.ts';
import type { Entry } from './entry.ts';

const TYPE = 'application/atom+xml';

/** Atom (RFC 4287). Entries without authors take the maker, as the format wants one for each. */
export const ATOM: Format = {
  ending: 'atom',
  type: TYPE,
  write: (document) =>
    generateAtomFeed<true>({
      id: document.url,
      title: { value: document.title, type: 'text' },
      subtitle: { value: document.subtitle, type: 'text' },
      updated: new Date(document.updatedAt),
      links: [
        { rel: 'self', type: TYPE, href: document.url },
        { rel: 'alternate', type: 'text/html', href: document.pageUrl },
      ],
      authors: [{ name: MAKER, uri: document.homeUrl }],
      generator: { text: MAKER, uri: document.homeUrl },
      icon: document.iconUrl,
      xml: { lang: LANGUAGE },
      entries: document.entries.map((entry) => written(entry, document)),
    }),
};

function written(entry: Entry, { topicsUrl }: SyndicationDocument): AtomFeed.Entry<Date, true> {
  const seen = new Date(entry.seenAt);
  return {
    id: entry.id,
    title: { value: entry.title, type: 'text' },
    links: [
      { rel: 'alternate', type: 'text/html', href: entry.url },
      { rel: 'related', type: 'text/html', href: entry.id },
    ],
    authors: entry.authors.map((name) => ({ name })),
    categories: entry.topics.map(({ slug, name }) => ({ term: slug, scheme: topicsUrl, label: name })),
    published: seen,
    updated: seen,
    ...(entry.summary !== undefined && { summary: { value: entry.summary, type: 'text' } }),
    content: { value: entry.content, type: 'html' },
  };
}
