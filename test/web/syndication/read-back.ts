import { parseFeed } from '@rowanmanning/feed-parser';
import { ATOM } from '../../syndication-checks/atom.ts';
import { readJsonFeed } from '../../syndication-checks/json-feed.ts';
import { CONTENT, DC } from '../../syndication-checks/rss.ts';
import { children } from '../../syndication-checks/rules.ts';
import { readXml, type XmlElement } from '../../syndication-checks/xml.ts';

export const ENDINGS = ['atom', 'rss', 'json'] as const;
export type Ending = (typeof ENDINGS)[number];

/** An entry as a reader has it, whatever the format; what is not there is empty. */
export interface ReadEntry {
  id: string;
  url: string;
  title: string;
  /** As HTML in RSS, else as text. */
  summary: string;
  content: string;
  authors: string[];
  topics: string[];
  seenAt: string;
}

export interface ReadDocument {
  title: string;
  url: string;
  pageUrl: string;
  entries: ReadEntry[];
}

/** By the strict reader of the checks, to the letter. */
export function readExactly(ending: Ending, source: string): ReadDocument {
  switch (ending) {
    case 'atom':
      return fromAtom(readXml(source));
    case 'rss':
      return fromRss(readXml(source).elements[0] ?? readXml(source));
    case 'json':
      return fromJson(source);
    default:
      return ending satisfies never;
  }
}

/** By a library that has nothing to do with the one that writes. It takes references in plain text for HTML. */
export function readByOthers(source: string): ReadDocument {
  const { title, self, url, items } = parseFeed(source);
  return {
    title: title ?? '',
    url: self ?? '',
    pageUrl: url ?? '',
    entries: items.map((item) => ({
      id: item.id ?? '',
      url: item.url ?? '',
      title: item.title ?? '',
      summary: item.description ?? '',
      content: item.content ?? '',
      authors: item.authors.map(({ name }) => name ?? ''),
      topics: item.categories.map(({ label }) => label ?? ''),
      seenAt: item.published?.toISOString() ?? '',
    })),
  };
}

function fromAtom(feed: XmlElement): ReadDocument {
  const entries = children(feed, 'entry', ATOM).map((entry) => ({
    id: textOf(entry, 'id', ATOM),
    url: hrefOf(entry, 'alternate'),
    title: textOf(entry, 'title', ATOM),
    summary: textOf(entry, 'summary', ATOM),
    content: textOf(entry, 'content', ATOM),
    authors: children(entry, 'author', ATOM).map((author) => textOf(author, 'name', ATOM)),
    topics: children(entry, 'category', ATOM).map(({ attributes }) => attributes.get('label') ?? ''),
    seenAt: textOf(entry, 'published', ATOM),
  }));
  const title = textOf(feed, 'title', ATOM);
  return { title, url: hrefOf(feed, 'self'), pageUrl: hrefOf(feed, 'alternate'), entries };
}

function fromRss(channel: XmlElement): ReadDocument {
  const entries = children(channel, 'item', '').map((item) => ({
    id: textOf(item, 'guid'),
    url: textOf(item, 'link'),
    title: textOf(item, 'title'),
    summary: textOf(item, 'description'),
    content: textOf(item, 'encoded', CONTENT),
    authors: children(item, 'creator', DC).map(({ text }) => text.trim()),
    topics: children(item, 'category', '').map(({ text }) => text.trim()),
    seenAt: new Date(textOf(item, 'pubDate')).toISOString(),
  }));
  const title = textOf(channel, 'title');
  return { title, url: hrefOf(channel, 'self'), pageUrl: textOf(channel, 'link'), entries };
}

function fromJson(source: string): ReadDocument {
  const { title, feed_url: url, home_page_url: pageUrl = '', items } = readJsonFeed(source);
  const entries = items.map((item) => ({
    id: item.id,
    url: item.url ?? '',
    title: item.title ?? '',
    summary: item.summary ?? '',
    content: item.content_html,
    authors: (item.authors ?? []).map(({ name }) => name),
    topics: item.tags ?? [],
    seenAt: item.date_published ?? '',
  }));
  return { title, url, pageUrl, entries };
}

/** White space around a text means nothing in any of the formats. */
function textOf(parent: XmlElement, name: string, namespace = ''): string {
  return children(parent, name, namespace)[0]?.text.trim() ?? '';
}

function hrefOf(parent: XmlElement, rel: string): string {
  const link = children(parent, 'link', ATOM).find(({ attributes }) => attributes.get('rel') === rel);
  return link?.attributes.get('href') ?? '';
}
