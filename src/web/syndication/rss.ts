import { generateRssFeed, type RssFeed } from 'feedsmith';
import { escaped } from '../../html.ts';
import { type Format, LANGUAGE, MAKER, namesOf, type SyndicationDocument } from './document.ts';
import type { Entry } from './entry.ts';

const TYPE = 'application/rss+xml';

/**
 * RSS 2.0 with what its readers know of other vocabularies: authors as `dc:creator`, as its own `author` is an e-mail
 * address, and the content beside the description. No icon: its `image` may not be SVG.
 */
export const RSS: Format = {
  ending: 'rss',
  type: TYPE,
  write: (document) =>
    generateRssFeed<true>({
      title: document.title,
      link: document.pageUrl,
      description: escaped(document.subtitle),
      language: LANGUAGE,
      lastBuildDate: new Date(document.updatedAt),
      generator: MAKER,
      docs: 'https://www.rssboard.org/rss-specification',
      atom: { links: [{ rel: 'self', type: TYPE, href: document.url }] },
      items: document.entries.map((entry) => written(entry, document)),
    }),
};

function written(entry: Entry, { topicsUrl }: SyndicationDocument): RssFeed.Item<Date, true> {
  return {
    guid: { value: entry.id, isPermaLink: false },
    title: entry.title,
    link: entry.url,
    pubDate: new Date(entry.seenAt),
    // HTML by the custom of the format, unlike the title.
    ...(entry.summary !== undefined && { description: escaped(entry.summary) }),
    content: { encoded: entry.content },
    dc: { creators: entry.authors },
    categories: namesOf(entry.topics).map((name) => ({ name, domain: topicsUrl })),
  };
}
