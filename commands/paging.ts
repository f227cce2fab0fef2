import type { Invocation } from '../src/command.ts';
import type { CardAction } from '../src/domain/card.ts';
import { FEED_DEFAULTS, MAX_LIMIT } from '../src/domain/feed.ts';
import type { Page } from '../src/domain/page.ts';
import { textsFor } from '../src/texts/index.ts';
import type { WrittenOption } from './command.ts';

/** Nobody turns more pages; better words lead there faster. */
const MAX_PAGE = 100;

export const PAGE: WrittenOption = { name: 'page', type: 'integer', min: 1, max: MAX_PAGE };

/** How many papers to show. */
export const LIMIT: WrittenOption = { name: 'limit', type: 'integer', min: 1, max: MAX_LIMIT };

/** The page that was asked for. */
export function askedPage({ options }: Invocation): Page & { number: number } {
  const number = Number(options.page ?? 1);
  const limit = Number(options.limit ?? FEED_DEFAULTS.limit);
  return { number, limit, offset: (number - 1) * limit };
}

/** Presses for the page before and the page after; none where there is none. */
export function turnPages(
  { command, options, locale }: Invocation,
  number: number,
  hasMore: boolean,
): CardAction[] {
  const { back, more } = textsFor(locale).action;
  const turn = (label: string, page: number) => ({ label, command, options: { ...options, page } });
  return [
    ...(number > 1 ? [turn(back, number - 1)] : []),
    ...(hasMore && number < MAX_PAGE ? [turn(more, number + 1)] : []),
  ];
}
