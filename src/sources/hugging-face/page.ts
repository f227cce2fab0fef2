import { isDay, monthOf, weekOf } from '../../domain/calendar.ts';
import type { Listing, ListingWarning } from '../../domain/listing.ts';
import { isTooNested } from '../nesting.ts';
import { type Node, rootOf } from '../tree.ts';

/** A page as it arrived. */
export interface Page {
  /** After redirects. */
  url: string;
  html: string;
}

/** What a page consists of, in the order of the document. Text inside scripts, styles and comments is left out. */
export type PageEvent =
  | { kind: 'open' | 'close'; name: string; attributes: Readonly<Record<string, string>> }
  | { kind: 'text'; text: string };

/**
 * Walks through a page once, without recursion and without selectors, so that no nesting makes it slow or deep.
 *
 * Errors: RangeError for a page that is nested deeper than any real one.
 */
export function* walk(html: string): Generator<PageEvent> {
  if (isTooNested(html)) throw new RangeError('the page is nested without end');
  const root = rootOf(html, 'html');
  const open: { node: Node; next: number }[] = [{ node: root, next: 0 }];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const child = top.node.children?.[top.next++];
    if (!child) {
      open.pop();
      if (top.node.type === 'tag') yield edge('close', top.node);
    } else if (child.type === 'text') {
      yield { kind: 'text', text: child.data ?? '' };
    } else if (child.type === 'tag') {
      yield edge('open', child);
      open.push({ node: child, next: 0 });
    }
  }
}

function edge(kind: 'open' | 'close', { name = '', attribs = {} }: Node): PageEvent {
  return { kind, name, attributes: attribs };
}

/** What a page says it shows: the kind, a key in whatever form the page uses, or both. */
export interface Claim {
  kind?: Listing['kind'];
  key?: string;
}

/** Reads the period out of an address of the site: `/papers/date/2026-08-07`, `/papers?date=…`, `/papers/trending`. */
export function claimOfAddress(address: string): Claim | undefined {
  if (!URL.canParse(address, 'https://huggingface.co')) return undefined;
  const { pathname, searchParams } = new URL(address, 'https://huggingface.co');
  if (/\/papers\/trending\/?$/.test(pathname)) return { kind: 'trending' };
  const [, word, key] = /\/papers\/(date|week|month)\/([^/]+)\/?$/.exec(pathname) ?? [];
  const kind = ({ date: 'daily', week: 'weekly', month: 'monthly' } as const)[word ?? ''];
  if (kind && key) return { kind, key };
  const day = /\/papers\/?$/.test(pathname) ? searchParams.get('date') : null;
  return day === null ? undefined : { kind: 'daily', key: day };
}

/**
 * True when a page shows what was asked for, false when it shows something else; undefined when the claim does not
 * tell.
 */
export function agrees(listing: Listing, { kind, key }: Claim): boolean | undefined {
  if (listing.kind === 'search') return undefined;
  if (kind !== undefined && kind !== listing.kind) return false;
  if (listing.kind === 'trending') return kind === undefined ? undefined : true;
  if (key === undefined) return undefined;
  const day = key.slice(0, 10);
  if (!isDay(day)) return key === listing.key;
  const periods = { daily: day, weekly: weekOf(day), monthly: monthOf(day) };
  return periods[listing.kind] === listing.key;
}

/** Listings that are of no period: whatever the page shows is what was asked for. */
export function isUndatedKind({ kind }: Listing): boolean {
  return kind === 'trending' || kind === 'search';
}

/** Says that the page asked for showed another period: then there is no list of the one asked for. */
export function otherPeriod({ kind, key }: Listing, shown: Claim): ListingWarning {
  const told = shown.key?.slice(0, 10) ?? shown.kind ?? 'another';
  return { code: 'other-period', message: `Asked for the ${kind} list of ${key}, the page shows ${told}.` };
}

/** Says that nothing on the page tells which period it shows. */
export function undated({ kind, key }: Listing): ListingWarning {
  return { code: 'undated', message: `The page does not say that it shows the ${kind} list of ${key}.` };
}
