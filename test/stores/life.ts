import { addMs, HOUR_MS, type Instant } from '../../src/domain/calendar.ts';
import { type Listing, listingId } from '../../src/domain/listing.ts';
import { DeliveryUnavailableError } from '../../src/errors.ts';
import { installationKey } from '../../src/installations.ts';
import { feedClaim, type Store } from '../../src/store.ts';
import { ADA, aRating, aSubscription, aTopic, HERE, savedPaper } from '../contracts/people-samples.ts';
import { aSeenReaction, CARD, PANEL } from '../contracts/presence-samples.ts';
import { anAlarm } from '../contracts/store-alarms.ts';
import { aKeptInstallation } from '../contracts/store-installations.ts';
import { aMailbox, MAILBOX } from '../contracts/store-mailboxes.ts';
import { aNotice } from '../contracts/store-notices.ts';
import type { FakeClock } from '../fakes/clock.ts';
import { createMemoryAdapter } from '../fakes/memory-adapter.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { somePapers } from '../fixtures/papers.ts';
import { openWorld, PLACE } from '../world.ts';

/** When a life begins, and when its last editions are due. */
export const FRIDAY: Instant = '2026-11-20T09:00:00.000Z';
export const MONDAY: Instant = '2026-11-23T09:00:00.000Z';

/** How long a feed waits for the rest of lists as short as these. */
const PATIENCE_MS = 4 * HOUR_MS;

const listOf = (at: Instant): Listing => ({ kind: 'daily', key: at.slice(0, 10) });
const LISTS = [FRIDAY, MONDAY].map(listOf).map(listingId);

/**
 * Two days in the life of a bot: it writes something of everything that a store keeps. Two feeds post on Friday and on
 * Monday, where the fate of one message stays unknown; then people follow, save and judge. In: an empty store, whose
 * clock is the one given.
 */
export async function live(store: Store, clock: FakeClock): Promise<void> {
  await post(store, clock);
  const { alarms, ledger } = store;
  await alarms.raise(anAlarm({ subject: 'source/markup' }), aNotice('notice/a', 1, 'feed01'));
  await alarms.raise(anAlarm({ subject: 'source/shape' }));
  await alarms.clear(anAlarm({ subject: 'source/markup' }).id, addMs(MONDAY, HOUR_MS));
  await ledger.planNotice(aNotice('notice/z', 1, 'feed02'));
  await ledger.claim(feedClaim('feed01'), 'a run that died', HOUR_MS);
  await keepPeople(store);
  await keepPresence(store);
  await store.mailboxes.set(MAILBOX, aMailbox({ blocked: 'bounced' }));
}

async function post(store: Store, clock: FakeClock): Promise<void> {
  const adapter = createMemoryAdapter({ ...PLACE, kind: 'blind', clock });
  const { source, addFeed, tickAt } = await openWorld(FRIDAY, { store, clock, adapter });
  source.set(listOf(FRIDAY), somePapers('2611', [30, 20, 10, 2]));
  await addFeed({ limit: 2 });
  await addFeed({ limit: 2, layout: 'cards', filters: { minVotes: 15 } });
  for (const at of [FRIDAY, addMs(FRIDAY, PATIENCE_MS)]) await tickAt(at);
  source.set(listOf(MONDAY), [...somePapers('2611', [31]), ...somePapers('2611', [40, 25, 3], 11)]);
  await tickAt(MONDAY);
  const { platform, channel } = PLACE;
  const lost = new DeliveryUnavailableError('No answer.', { platform, channel, mayHaveArrived: true });
  adapter.failNext(lost, { hasArrived: true });
  await tickAt(addMs(MONDAY, PATIENCE_MS));
}

async function keepPeople(store: Store): Promise<void> {
  const { people } = store;
  await people.addTopic(HERE, aTopic('proteins'), 9);
  for (const key of ['proteins', 'agents']) await people.follow(ADA, aSubscription({ key }), 9);
  await people.save(ADA, savedPaper('2611.00001'));
  await people.rate(ADA, aRating('2611.00011', 'down'));
  const digest = aFeed({ id: 'digest', isDigest: true, alongside: 'feed01' });
  await store.saveFeed(digest, addMs(MONDAY, 23 * HOUR_MS));
}

async function keepPresence({ presence, installations }: Store): Promise<void> {
  for (const workspace of ['W', 'V']) await presence.joined({ ...HERE, workspace }, FRIDAY, FRIDAY);
  await installations.set(installationKey(HERE), aKeptInstallation());
  await presence.greeted(HERE);
  await presence.left({ ...HERE, workspace: 'V' }, MONDAY);
  await presence.watch(PANEL);
  for (const on of [CARD, PANEL]) await presence.see(on, [aSeenReaction()], MONDAY);
}

/** All that a store tells of such a life, as it goes into JSON. */
export async function toldBy(store: Store) {
  const { ledger, people, presence } = store;
  const paperIds = (await ledger.changedPapers(0, 99)).map(({ paperId }) => paperId);
  const feedIds = [...(await ledger.feedIds()), 'digest'];
  const of = async <T>(tell: (feedId: string) => Promise<T>) =>
    Object.fromEntries(await Promise.all(feedIds.map(async (id) => [id, await tell(id)] as const)));
  const planned = (await Promise.all(feedIds.map((id) => ledger.plannedSlots(id, 9)))).flat();
  const notices = await ledger.openNotices(9);
  const told = {
    papers: await store.papers.getMany(paperIds),
    listings: await store.listings.getMany(LISTS),
    feeds: await store.feeds.getMany(feedIds),
    wakes: await ledger.feedsToWake(addMs(MONDAY, 24 * HOUR_MS)),
    slots: await of((id) => ledger.slots(id, 9)),
    considered: await of((id) => ledger.considered(id, paperIds)),
    editions: await store.editions.getMany(planned),
    deliveries: await Promise.all([...planned, ...notices.map(({ id }) => id)].map(ledger.deliveries)),
    notices,
    alarms: await store.alarms.newest(9),
    untold: await store.alarms.untold(9),
    topics: await people.topics(HERE),
    followers: await people.followers(HERE),
    subscriptions: await people.subscriptions(ADA),
    saved: await people.saved(ADA, { offset: 0, limit: 9 }),
    ratings: await people.ratings(ADA, paperIds),
    present: await presence.present('slack'),
    departed: await presence.departed('slack'),
    panels: await presence.panels('slack'),
    reactions: [await presence.reactions(CARD), await presence.reactions(PANEL)],
    installation: await store.installations.get(installationKey(HERE)),
    mailbox: await store.mailboxes.get(MAILBOX),
    damaged: await store.damaged(),
  };
  return JSON.parse(
    JSON.stringify(told, (_, value) => (value instanceof Map ? Object.fromEntries(value) : value)),
  );
}
