import { z } from 'zod';
import { arxivLinks, type Paper, parsePaperId } from '../../domain/paper.ts';
import { SourceFormatError } from '../../errors.ts';
import { tidyText, tidyTitle } from '../../text/tidy.ts';
import { isTooNested } from '../nesting.ts';
import { type Node, rootOf } from '../tree.ts';

const ATOM = 'http://www.w3.org/2005/Atom';

/** What an answer holds. */
export interface Feed {
  /** In the order of the feed; entries that cannot be read are left out. */
  papers: Paper[];
  /** What arXiv complains about, for example `incorrect id format for abc`. */
  complaint?: string;
}

/** An element of the Atom namespace, whatever prefix it was written with. */
interface AtomElement {
  name: string;
  node: Node;
  /** Namespaces by prefix, '' for the default one. */
  scope: Readonly<Record<string, string>>;
}

const entrySchema = z.object({
  id: z.string(),
  title: z.string().transform(tidyTitle),
  summary: z.string().transform(tidyText),
  published: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT/)
    .transform((text) => Date.parse(text))
    .refine((ms) => !Number.isNaN(ms))
    .transform((ms) => new Date(ms).toISOString())
    .optional()
    .catch(undefined),
  authors: z.array(z.string().transform(tidyTitle)),
});

/**
 * Reads an answer of arXiv's query API, in the format until autumn 2025 and in the one since: they differ in order,
 * wrapping and addresses, not in the elements of the Atom namespace.
 *
 * Errors: `SourceFormatError` when it is no whole Atom feed.
 */
export function readFeed(xml: string): Feed {
  try {
    return readWhole(xml);
  } catch (error) {
    throw error instanceof SourceFormatError ? error : notAtom(error);
  }
}

function readWhole(xml: string): Feed {
  // A parser that forgives would show an answer that was cut off as a shorter one.
  if (!/<\/[\w:]{0,40}feed\s{0,40}>\s*$/.test(xml.slice(-400).trimEnd()) || isTooNested(xml)) throw notAtom();
  const root = rootOf(xml, 'xml');
  const feed = atomChildren({ name: '', node: root, scope: {} }).find(({ name }) => name === 'feed');
  if (!feed) throw notAtom();
  const papers: Paper[] = [];
  let complaint: string | undefined;
  for (const entry of atomChildren(feed).filter(({ name }) => name === 'entry')) {
    const fields = fieldsOf(entry);
    if (fields.id?.includes('/api/errors')) complaint = tidyTitle(String(fields.summary ?? 'unknown'));
    const paper = readEntry(fields);
    if (paper) papers.push(paper);
  }
  return complaint === undefined ? { papers } : { papers, complaint };
}

function fieldsOf(entry: AtomElement): { id?: string; authors: string[] } & Record<string, unknown> {
  const children = atomChildren(entry);
  const textOf = (name: string) => {
    const found = children.find((child) => child.name === name);
    return found && contentOf(found.node);
  };
  const authors = children
    .filter(({ name }) => name === 'author')
    .flatMap((author) => atomChildren(author).filter(({ name }) => name === 'name'))
    .map(({ node }) => contentOf(node));
  const id = textOf('id')?.trim();
  return {
    ...(id === undefined ? {} : { id }),
    title: textOf('title'),
    summary: textOf('summary'),
    published: textOf('published'),
    authors,
  };
}

function readEntry(fields: unknown): Paper | undefined {
  const read = entrySchema.safeParse(fields);
  const id = read.success ? parsePaperId(read.data.id) : undefined;
  if (!read.success || id === undefined || read.data.title === '') return undefined;
  const { title, summary, published, authors } = read.data;
  const links = arxivLinks(id);
  const named = authors.filter((name) => name !== '').map((name) => ({ name }));
  return {
    id,
    title,
    upvotes: 0,
    url: links.arxivUrl,
    ...links,
    keywords: [],
    ...(summary === '' ? {} : { abstract: summary }),
    ...(named.length === 0 ? {} : { authors: named }),
    ...(published === undefined ? {} : { publishedAt: published }),
  };
}

function atomChildren({ node, scope }: AtomElement): AtomElement[] {
  const found: AtomElement[] = [];
  for (const child of node.children ?? []) {
    if (child.name === undefined || child.type !== 'tag') continue;
    const declared = Object.entries(child.attribs ?? {})
      .filter(([key]) => key === 'xmlns' || key.startsWith('xmlns:'))
      .map(([key, value]) => [key.slice('xmlns:'.length), value]);
    const inner = { ...scope, ...Object.fromEntries(declared) };
    const [local = '', prefix = ''] = child.name.split(':').reverse();
    if (inner[prefix] === ATOM) found.push({ name: local, node: child, scope: inner });
  }
  return found;
}

/** All text inside a node, by a stack instead of recursion: nesting has no bound. */
function contentOf(node: Node): string {
  const waiting = [node];
  let text = '';
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.type === 'text') text += next.data ?? '';
    for (const child of (next.children ?? []).toReversed()) waiting.push(child);
  }
  return text;
}

function notAtom(cause?: unknown): SourceFormatError {
  return new SourceFormatError('arXiv did not answer with a whole Atom feed.', {
    source: 'arxiv',
    way: 'api',
    path: 'feed',
    cause,
  });
}
