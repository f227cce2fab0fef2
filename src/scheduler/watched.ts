import type { WatchedMessages } from '../adapter.ts';
import type { Clock } from '../clock.ts';
import { addMs, DAY_MS } from '../domain/calendar.ts';
import type { Platform } from '../domain/feed.ts';
import { CARDS_WATCHED_DAYS } from '../domain/reaction.ts';
import type { SentEdition } from '../presence.ts';
import type { Store } from '../store.ts';

/** See `Reactions.watched`. */
export async function watchedMessages(
  platform: Platform,
  { store, clock }: { store: Pick<Store, 'presence' | 'editions'>; clock: Clock },
): Promise<WatchedMessages> {
  const { presence } = store;
  const since = addMs(clock.now(), -CARDS_WATCHED_DAYS * DAY_MS).slice(0, 10);
  const [panels, sent] = await Promise.all([presence.panels(platform), presence.editions(platform, since)]);
  const editions = await store.editions.getMany(sent.map(({ slotId }) => slotId));
  const cards = sent.filter(({ slotId }) => editions.get(slotId)?.layout === 'cards');
  const watched = cards.map(watchedEdition).filter(({ messageIds }) => messageIds.length > 0);
  return { panels, editions: watched };
}

function watchedEdition({ destination, messageIds }: SentEdition): WatchedMessages['editions'][number] {
  const first = messageIds.get(0);
  const under = [...messageIds].filter(([position]) => position > 0).map(([, id]) => id);
  return { destination, ...(first === undefined ? {} : { first }), messageIds: under };
}
