import { children, type Faults, htmlFaults, isAbsolute, isMediaType, isRfc3339, repeated } from './rules.ts';
import { readXml, type XmlElement } from './xml.ts';

export const ATOM = 'http://www.w3.org/2005/Atom';

/** How often an element may stand in its parent: least and most. */
type Counts = Readonly<Record<string, readonly [least: number, most: number]>>;

const ANY = Number.POSITIVE_INFINITY;
/** RFC 4287 §4.1.1. */
const IN_FEED: Counts = {
  id: [1, 1],
  title: [1, 1],
  updated: [1, 1],
  subtitle: [0, 1],
  generator: [0, 1],
  icon: [0, 1],
  author: [0, ANY],
  link: [1, ANY],
  category: [0, ANY],
  entry: [0, ANY],
};
/** RFC 4287 §4.1.2. */
const IN_ENTRY: Counts = {
  id: [1, 1],
  title: [1, 1],
  updated: [1, 1],
  published: [0, 1],
  summary: [0, 1],
  content: [0, 1],
  author: [0, ANY],
  link: [0, ANY],
  category: [0, ANY],
};
const IN_PERSON: Counts = { name: [1, 1], uri: [0, 1], email: [0, 1] };

/** What an Atom document breaks of RFC 4287; a document that is no XML breaks that alone. */
export function atomFaults(source: string): Faults {
  const feed = parsed(source);
  if (typeof feed === 'string') return [feed];
  if (feed.name !== 'feed' || feed.namespace !== ATOM) return ['The root is no feed of Atom.'];
  const entries = children(feed, 'entry', ATOM);
  const ids = entries.flatMap((entry) => children(entry, 'id', ATOM).map(({ text }) => text));
  const isSigned = children(feed, 'author', ATOM).length > 0;
  return [
    ...counted('feed', feed, IN_FEED),
    ...parts('feed', feed),
    ...(linksOf(feed, 'self').length === 1 ? [] : ['feed: it has not one link to itself']),
    ...repeated(ids).map((id) => `entry: the id ${id} stands twice`),
    ...entries.flatMap((entry) => entryFaults(entry, isSigned)),
  ];
}

function parsed(source: string): XmlElement | string {
  try {
    return readXml(source);
  } catch (error) {
    return `XML: ${error instanceof Error ? error.message : error}`;
  }
}

function entryFaults(entry: XmlElement, isSigned: boolean): Faults {
  const hasContent = children(entry, 'content', ATOM).length > 0;
  return [
    ...counted('entry', entry, IN_ENTRY),
    ...parts('entry', entry),
    ...(hasContent || linksOf(entry, 'alternate').length > 0 ? [] : ['entry: it has no content and no link']),
    ...(isSigned || children(entry, 'author', ATOM).length > 0 ? [] : ['entry: nobody is its author']),
  ];
}

function counted(where: string, parent: XmlElement, counts: Counts): Faults {
  const faults: Faults = [];
  for (const { name, namespace } of parent.elements) {
    if (namespace !== ATOM || !Object.hasOwn(counts, name)) faults.push(`${where}: <${name}> is not known`);
  }
  for (const [name, [least, most]] of Object.entries(counts)) {
    const found = children(parent, name, ATOM).length;
    if (found < least || found > most) faults.push(`${where}: it has ${found} of ${name}`);
  }
  return faults;
}

function parts(where: string, parent: XmlElement): Faults {
  const faults = parent.elements.flatMap((part) => partFaults(`${where} ${part.name}`, part));
  const alternates = linksOf(parent, 'alternate').map(({ attributes }) => `${attributes.get('type')}`);
  if (repeated(alternates).length > 0) faults.push(`${where}: two links go to the same kind of page`);
  return faults;
}

function partFaults(where: string, part: XmlElement): Faults {
  const { name, text } = part;
  switch (name) {
    case 'id':
    case 'icon':
      return isAbsolute(text) ? [] : [`${where}: "${text}" is no absolute address`];
    case 'updated':
    case 'published':
      return isRfc3339(text) ? [] : [`${where}: "${text}" is no date of RFC 3339`];
    case 'title':
    case 'subtitle':
    case 'summary':
    case 'content':
      return textFaults(where, part);
    case 'author':
      return personFaults(where, part);
    case 'link':
      return linkFaults(where, part);
    case 'category':
      return categoryFaults(where, part);
    default:
      return [];
  }
}

function textFaults(where: string, { attributes, elements, text }: XmlElement): Faults {
  const type = attributes.get('type') ?? 'text';
  if (!['text', 'html'].includes(type)) return [`${where}: its type is ${type}`];
  if (elements.length > 0) return [`${where}: it holds elements`];
  if (text.trim() === '') return [`${where}: it is empty`];
  return type === 'html' ? htmlFaults(where, text) : [];
}

function personFaults(where: string, person: XmlElement): Faults {
  const empty = person.elements.filter(({ text }) => text.trim() === '');
  return [
    ...counted(where, person, IN_PERSON),
    ...empty.map(({ name }) => `${where}: its ${name} is empty`),
    ...children(person, 'uri', ATOM).flatMap(({ text }) => (isAbsolute(text) ? [] : [`${where}: ${text}`])),
  ];
}

function linkFaults(where: string, { attributes }: XmlElement): Faults {
  const { href = '', rel = 'alternate', type } = Object.fromEntries(attributes);
  return [
    ...(isAbsolute(href) ? [] : [`${where}: "${href}" is no absolute address`]),
    ...(/^[a-z]+$/.test(rel) ? [] : [`${where}: its relation is "${rel}"`]),
    ...(type === undefined || isMediaType(type) ? [] : [`${where}: "${type}" is no media type`]),
  ];
}

function categoryFaults(where: string, { attributes }: XmlElement): Faults {
  const scheme = attributes.get('scheme');
  return [
    ...(attributes.get('term') ? [] : [`${where}: it has no term`]),
    ...(scheme === undefined || isAbsolute(scheme) ? [] : [`${where}: "${scheme}" is no absolute address`]),
  ];
}

function linksOf(parent: XmlElement, rel: string): XmlElement[] {
  return children(parent, 'link', ATOM).filter(
    ({ attributes }) => (attributes.get('rel') ?? 'alternate') === rel,
  );
}
