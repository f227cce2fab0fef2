import { type PaperId, parsePaperId } from '../../domain/paper.ts';
import { tidyTitle } from '../../text/tidy.ts';
import { type Claim, claimOfAddress, walk } from './page.ts';

/** What there is to see on a page. */
export interface Sight {
  /** In the order of the page. */
  titles: Map<PaperId, string>;
  votes: Map<PaperId, number>;
  comments: Map<PaperId, number>;
  /** What the page says of the period that it shows. */
  claims: Claim[];
  /** As the browser's tab shows it. */
  pageTitle: string;
  /** Text of the first `h1`. */
  heading: string;
  /** The paper that the page itself is about. */
  shownId?: PaperId;
}

/** A link that is still open, and the text met inside it. */
interface OpenLink {
  id: PaperId;
  role: 'paper' | 'votes' | 'comments';
  text: string;
  /** The part of the text that stands in a heading. */
  title: string;
}

/** An `article` that is still open. The number after its check box is the votes, where no link tells. */
interface OpenCard {
  ids: Set<PaperId>;
  isAfterBox: boolean;
  votes?: number;
}

type Attributes = Readonly<Record<string, string>>;

/**
 * Looks at a page from top to bottom once. Cards differ from year to year; what has stayed is that a heading links to
 * the paper (or the link holds the heading), that the vote button leads to the login page and back to the paper, and
 * that the comments link to `#community`. What is printed twice, for narrow screens, counts once.
 */
export function look(html: string): Sight {
  const viewer = createViewer();
  for (const event of walk(html)) {
    if (event.kind === 'text') viewer.text(event.text);
    else viewer[event.kind](event.name, event.attributes);
  }
  return viewer.sight;
}

function createViewer() {
  const sight: Sight = {
    titles: new Map(),
    votes: new Map(),
    comments: new Map(),
    claims: [],
    pageTitle: '',
    heading: '',
  };
  const links: (OpenLink | undefined)[] = [];
  const cards: OpenCard[] = [];
  const headings: string[] = [];
  let isInTitle = false;
  let mainHeadings = 0;

  return {
    sight,
    open(name: string, attributes: Attributes): void {
      hear(name, attributes, sight);
      if (name === 'a') links.push(readLink(attributes.href ?? ''));
      if (name === 'article') cards.push({ ids: new Set(), isAfterBox: false });
      if (isHeading(name)) headings.push(name);
      if (name === 'h1') mainHeadings += 1;
      if (name === 'title') isInTitle = true;
      const card = cards.at(-1);
      if (card && name === 'input' && attributes.type === 'checkbox') card.isAfterBox = true;
    },
    close(name: string, _attributes: Attributes): void {
      if (name === 'a') keepLink(links.pop(), sight, cards.at(-1));
      if (name === 'article') keepCard(cards.pop(), sight);
      if (isHeading(name)) headings.pop();
      if (name === 'title') isInTitle = false;
    },
    text(text: string): void {
      const link = links.at(-1);
      if (link) link.text += text;
      if (link && headings.length > 0) link.title += text;
      if (isInTitle) sight.pageTitle += text;
      if (headings.at(-1) === 'h1' && mainHeadings === 1) sight.heading += text;
      const card = cards.at(-1);
      const count = card?.isAfterBox ? readCount(text) : undefined;
      if (card && count !== undefined) Object.assign(card, { votes: count, isAfterBox: false });
    },
  };
}

function isHeading(name: string): boolean {
  return /^h[1-6]$/.test(name);
}

/** What an element says of the page as a whole. */
function hear(name: string, attributes: Attributes, sight: Sight): void {
  const isCanonical = name === 'link' && attributes.rel === 'canonical';
  const isShared = name === 'meta' && attributes.property === 'og:url';
  const address = isCanonical ? attributes.href : isShared ? attributes.content : undefined;
  if (address !== undefined) {
    const claim = claimOfAddress(address);
    const id = readLink(address)?.id;
    if (claim) sight.claims.push(claim);
    if (id !== undefined) sight.shownId = id;
  }
  // A time above the first card is the page's own, one further down is a paper's.
  const isOwnTime = name === 'time' && sight.titles.size === 0;
  if (isOwnTime && attributes.datetime) sight.claims.push({ key: attributes.datetime });
  const told = claimOfProps(attributes['data-props'] ?? '');
  if (told) sight.claims.push(told);
}

/** The page's scripts may name the period even where the rest of their data has a shape that we do not know. */
function claimOfProps(props: string): Claim | undefined {
  const key = /"dateString":"(\d{4}-[\dW-]+)"/.exec(props)?.[1];
  const period = /"periodType":"(day|week|month)"/.exec(props)?.[1];
  const kind = ({ day: 'daily', week: 'weekly', month: 'monthly' } as const)[period ?? ''];
  return key === undefined ? undefined : { ...(kind ? { kind } : {}), key };
}

function keepLink(link: OpenLink | undefined, sight: Sight, card: OpenCard | undefined): void {
  if (!link) return;
  card?.ids.add(link.id);
  if (link.role === 'paper') {
    const title = tidyTitle(link.title);
    if (title !== '' && !sight.titles.has(link.id)) sight.titles.set(link.id, title);
  } else {
    const count = readCount(link.text);
    if (count !== undefined) sight[link.role].set(link.id, count);
  }
}

function keepCard(card: OpenCard | undefined, { votes }: Sight): void {
  const [id, another] = card?.ids ?? [];
  const isClear = id !== undefined && another === undefined && !votes.has(id);
  if (isClear && card?.votes !== undefined) votes.set(id, card.votes);
}

/** `/papers/<id>`, `/papers/<id>#community` or `/login?next=/papers/<id>`; undefined for every other address. */
function readLink(href: string): OpenLink | undefined {
  if (!URL.canParse(href, 'https://huggingface.co')) return undefined;
  const { pathname, searchParams, hash } = new URL(href, 'https://huggingface.co');
  const next = pathname.endsWith('/login') ? searchParams.get('next') : null;
  const path = /\/papers\/([^/?#]+)$/.exec(next ?? pathname)?.[1];
  const id = path === undefined ? undefined : parsePaperId(path);
  if (id === undefined) return undefined;
  const role = next !== null ? 'votes' : hash === '#community' ? 'comments' : 'paper';
  return { id, role, text: '', title: '' };
}

/** A count as the page writes it: `94`, `Upvote 566`, `1,204`, `3.29k`, `1.1M`; `-` stands for none. */
export function readCount(text: string): number | undefined {
  const trimmed = text.trim();
  if (/(^|\s)[-–]$/.test(trimmed)) return 0;
  const [, digits, unit] = /(\d[\d,]{0,12}(?:\.\d{1,6})?)\s?([km])?$/i.exec(trimmed) ?? [];
  if (digits === undefined) return undefined;
  const factor = { k: 1000, m: 1_000_000 }[unit?.toLowerCase() ?? ''] ?? 1;
  return Math.round(Number(digits.replaceAll(',', '')) * factor);
}
