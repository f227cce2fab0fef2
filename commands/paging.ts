import type { Invocation, Option } from '../src/command.ts';
import type { CardAction } from '../src/domain/card.ts';
import { FEED_DEFAULTS, MAX_LIMIT } from '../src/domain/feed.ts';
import type { Page } from '../src/domain/page.ts';

/** Nobody turns more pages; better words lead there faster. */
const MAX_PAGE = 100;

export const PAGE: Option = {
  name: 'page',
  summary: 'Which page, from 1',
  type: 'integer',
  min: 1,
  max: MAX_PAGE,
};

/** How many papers to show. */
export const LIMIT: Option = {
  name: 'limit',
  summary: `How many papers to show, 1 to ${MAX_LIMIT}`,
  type: 'integer',
  min: 1,
  max: MAX_LIMIT,
};

/** The page that was asked for. */
export function askedPage({ options }: Invocation): Page & { number: number } {
  const number = Number(options.page ?? 1);
  const limit = Number(options.limit ?? FEED_DEFAULTS.limit);
  return { number, limit, offset: (number - 1) * limit };
}

/** A press for the next page; none after the last one. */
export function morePages({ command, options }: Invocation, number: number, hasMore: boolean): CardAction[] {
  if (!hasMore || number >= MAX_PAGE) return [];
  return [{ label: 'More', command, options: { ...options, page: number + 1 } }];
}
