import { ATOM } from './atom.ts';
import { children, type Faults, htmlFaults, isAbsolute, isRfc822, repeated } from './rules.ts';
import { readXml, type XmlElement } from './xml.ts';

export const DC = 'http://purl.org/dc/elements/1.1/';
export const CONTENT = 'http://purl.org/rss/1.0/modules/content/';

/** How often an element may stand in its parent, by namespace and name. */
interface Rule {
  name: string;
  namespace?: string;
  least?: number;
  most?: number;
}

/** https://www.rssboard.org/rss-specification and https://www.rssboard.org/rss-profile, 2026-11-23. */
const IN_CHANNEL: readonly Rule[] = [
  { name: 'title', least: 1 },
  { name: 'link', least: 1 },
  { name: 'description', least: 1 },
  { name: 'language' },
  { name: 'lastBuildDate' },
  { name: 'generator' },
  { name: 'docs' },
  { name: 'link', namespace: ATOM, least: 1 },
  { name: 'item', most: Number.POSITIVE_INFINITY },
];
const IN_ITEM: readonly Rule[] = [
  { name: 'title' },
  { name: 'link' },
  { name: 'description' },
  { name: 'guid', least: 1 },
  { name: 'pubDate' },
  { name: 'category', most: Number.POSITIVE_INFINITY },
  { name: 'creator', namespace: DC, most: Number.POSITIVE_INFINITY },
  { name: 'encoded', namespace: CONTENT },
];

/** What an RSS document breaks of RSS 2.0 and its profile. */
export function rssFaults(source: string): Faults {
  let rss: XmlElement;
  try {
    rss = readXml(source);
  } catch (error) {
    return [`XML: ${error instanceof Error ? error.message : error}`];
  }
  const [channel, ...others] = rss.elements;
  if (rss.name !== 'rss' || rss.attributes.get('version') !== '2.0') return ['The root is no RSS 2.0.'];
  if (channel?.name !== 'channel' || others.length > 0) return ['rss: it has not one channel'];
  const items = children(channel, 'item', '');
  const ids = items.flatMap((item) => children(item, 'guid', '').map(({ text }) => text));
  return [
    ...counted('channel', channel, IN_CHANNEL),
    ...channel.elements.flatMap((part) => partFaults('channel', part)),
    ...repeated(ids).map((id) => `item: the guid ${id} stands twice`),
    ...items.flatMap(itemFaults),
  ];
}

function itemFaults(item: XmlElement): Faults {
  const isNamed = ['title', 'description'].some((name) => children(item, name, '').length > 0);
  return [
    ...(isNamed ? [] : ['item: it has no title and no description']),
    ...counted('item', item, IN_ITEM),
    ...item.elements.flatMap((part) => partFaults('item', part)),
  ];
}

function counted(where: string, parent: XmlElement, rules: readonly Rule[]): Faults {
  const isKnown = (one: XmlElement) =>
    rules.some(({ name, namespace = '' }) => one.name === name && one.namespace === namespace);
  const unknown = parent.elements.filter((one) => !isKnown(one));
  return [
    ...unknown.map(({ name }) => `${where}: <${name}> is not known`),
    ...rules.flatMap(({ name, namespace = '', least = 0, most = 1 }) => {
      const found = children(parent, name, namespace).length;
      return found < least || found > most ? [`${where}: it has ${found} of ${name}`] : [];
    }),
  ];
}

function partFaults(parent: string, part: XmlElement): Faults {
  const { name, namespace, text, attributes, elements } = part;
  const where = `${parent} ${name}`;
  if (name === 'item') return [];
  if (elements.length > 0) return [`${where}: it holds elements`];
  if (namespace === ATOM) return selfFaults(where, attributes);
  if (text.trim() === '') return [`${where}: it is empty`];
  switch (name) {
    case 'link':
    case 'docs':
      return isAbsolute(text) ? [] : [`${where}: "${text}" is no absolute address`];
    case 'pubDate':
    case 'lastBuildDate':
      return isRfc822(text) ? [] : [`${where}: "${text}" is no date of RFC 822`];
    case 'description':
    case 'encoded':
      return htmlFaults(where, text);
    case 'guid':
      return attributes.get('isPermaLink') === 'false' ? [] : [`${where}: it is not said to be no link`];
    default:
      return [];
  }
}

function selfFaults(where: string, attributes: ReadonlyMap<string, string>): Faults {
  const { href = '', rel, type } = Object.fromEntries(attributes);
  const isSelf = rel === 'self' && type === 'application/rss+xml' && isAbsolute(href);
  return isSelf ? [] : [`${where}: it is no link of the document to itself`];
}
