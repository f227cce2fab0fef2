import { generateJsonFeed, type JsonFeed } from 'feedsmith';
import { type Format, LANGUAGE, MAKER, namesOf } from './document.ts';
import type { Entry } from './entry.ts';

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
export const JSON_FEED: Format = {
  ending: 'json',
  type: 'application/feed+json',
  write({ entries, ...document }) {
    const generated = generateJsonFeed<true>({
      title: document.title,
      description: document.subtitle,
      home_page_url: document.pageUrl,
      feed_url: document.url,
      icon: document.iconUrl,
      favicon: document.iconUrl,
      language: LANGUAGE,
      authors: [{ name: MAKER, url: document.homeUrl }],
      items: entries.map(written),
    });
    // feedsmith leaves out an empty list, which this format wants to be there.
    return JSON.stringify(entries.length > 0 ? generated : Object.assign({ items: [] }, generated));
  },
};

function written(entry: Entry): JsonFeed.Item<Date, true> {
  const seen = new Date(entry.seenAt);
  return {
    id: entry.id,
    url: entry.url,
    external_url: entry.id,
    title: entry.title,
    ...(entry.summary !== undefined && { summary: entry.summary }),
    content_html: entry.content,
    date_published: seen,
    date_modified: seen,
    ...(entry.authors.length > 0 && { authors: entry.authors.map((name) => ({ name })) }),
    ...(entry.topics.length > 0 && { tags: namesOf(entry.topics) }),
  };
}
