import type { FeedSettings } from '../../src/abilities.ts';
import type { ListCard, TextCard } from '../../src/domain/card.ts';
import type { Feed } from '../../src/domain/feed.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { StoreError } from '../../src/errors.ts';
import type { Store } from '../../src/store.ts';
import type { PostedMessage } from '../fakes/memory-adapter.ts';
import { somePapers } from '../fixtures/papers.ts';
import { type Given, openWorld, type World } from '../world.ts';

/** Sunday, so that the first slot is Monday's. */
export const SUNDAY = '2026-11-22T12:00:00.000Z';
export const MONDAY = '2026-11-23T09:00:00.000Z';
export const TUESDAY = '2026-11-24T09:00:00.000Z';
export const OF_MONDAY: Listing = { kind: 'daily', key: '2026-11-23' };
export const OF_TUESDAY: Listing = { kind: 'daily', key: '2026-11-24' };
/** The slot of Monday, as the only feed has it. */
export const SLOT = 'feed01@2026-11-23';

/** Monday's list: 40 votes down to 21. */
export const TWENTY = somePapers(
  '2611',
  Array.from({ length: 20 }, (_, index) => 40 - index),
);
/** Tuesday's. */
export const TWENTY_MORE = somePapers('2611', new Array(20).fill(2), 101);

/** A world on Sunday with one feed, whose list of Monday is there. */
export async function openMonday(settings: FeedSettings = {}, given: Given = {}) {
  const world = await openWorld(SUNDAY, given);
  const feed: Feed = await world.addFeed(settings);
  world.source.set(OF_MONDAY, TWENTY);
  return { ...world, feed };
}

/** A process that is started after those that worked with these parts. */
export async function restart(
  { clock, source, store, adapter }: Pick<World, 'clock' | 'source' | 'store' | 'adapter'>,
  given: Given = {},
): Promise<World> {
  return await openWorld(clock.now(), { clock, source, store, adapter, ...given });
}

/** The list that was posted as the nth message, from 0. */
export function listCard({ posted }: World['adapter'], index: number): ListCard {
  const card = posted[index]?.card;
  if (card?.kind !== 'list') throw new Error(`Message ${index} is no list.`);
  return card;
}

/** What was told in private, in order. */
export function notices({ posted }: World['adapter']): (PostedMessage & { card: TextCard })[] {
  return posted.flatMap((message) => {
    const { card, destination } = message;
    return card.kind === 'text' && destination.channel.startsWith('@') ? [{ ...message, card }] : [];
  });
}

/** What was posted in channels, in order. */
export function messages({ posted }: World['adapter']): PostedMessage[] {
  return posted.filter(({ destination }) => !destination.channel.startsWith('@'));
}

/** The store of a process that is killed when it has moved so many deliveries: from then on it does nothing more. */
export function dying(store: Store, moves: number): Store {
  let left = moves;
  const ledger = new Proxy(store.ledger, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
      return async (...given: unknown[]) => {
        if (name === 'moveDelivery') left -= 1;
        if (left < 0) throw new StoreError('write', { message: 'killed' });
        return await method.apply(target, given);
      };
    },
  });
  return { ...store, ledger };
}
