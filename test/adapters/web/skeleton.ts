import type { CheerioAPI } from 'cheerio/slim';
import type { Card } from '../../../src/domain/card.ts';
import { inertLines, safeUrl } from '../../../src/html.ts';
import { dates } from '../../../src/paper-lines.ts';
import { aPaper } from '../../fixtures/papers.ts';

/** What a fragment is made of, without what it says: elements in their nesting, with the names of their attributes. */
export function skeletonOf($: CheerioAPI): string[] {
  return $('*')
    .toArray()
    .map((element) => {
      const depth = $(element).parents().length;
      const names = Object.keys($(element).attr() ?? {}).sort();
      return [depth, $(element).prop('tagName'), $(element).attr('class') ?? '', ...names].join(' ');
    });
}

const ADDRESSES = new Set(['url', 'arxivUrl', 'pdfUrl', 'githubUrl', 'projectUrl', 'thumbnailUrl']);
/** A text that is one, and says nothing. */
const UNSEEN = '\u200b';
/** Options of an action are in no words that are shown. */
const OURS = new Set(['id', 'kind', 'command', 'options']);

/** The same card with words that mean nothing in the place of all that others have said, where it says anything. */
export function harmless(card: Card): Card {
  const addresses = new Map<string, string>();
  return calmed('', card) as Card;

  function calmed(name: string, value: unknown): unknown {
    if (OURS.has(name)) return value;
    if (Array.isArray(value)) return value.map((one) => calmed(name, one));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, calmed(key, one)]));
    if (typeof value !== 'string') return value;
    if (ADDRESSES.has(name)) return addressLike(value);
    if (name === 'publishedAt') return dates(aPaper({ id: '', publishedAt: value })).join('');
    return inertLines(value).replace(/.+/g, 'word') || (value && UNSEEN);
  }

  /** As long, and the same for the same; none where there is no safe one. */
  function addressLike(address: string): string {
    const safe = safeUrl(address);
    if (safe === undefined) return '';
    const known = addresses.get(safe) ?? `https://example.com/${addresses.size}`.padEnd(safe.length, 'x');
    addresses.set(safe, known);
    return known;
  }
}
