import { feedSubject } from '../../src/domain/alarm.ts';
import { slotId } from '../../src/domain/edition.ts';
import { installationKey } from '../../src/installations.ts';
import type { Workspace } from '../../src/people.ts';
import type { Store } from '../../src/store.ts';
import { ADA, aRating, aSubscription, aTopic, ENOUGH, savedPaper } from './people-samples.ts';
import { aSeenReaction, CARD, CHANNEL, haveFeed, PANEL } from './presence-samples.ts';
import { anAlarm } from './store-alarms.ts';
import { aKeptInstallation } from './store-installations.ts';
import { aNotice } from './store-notices.ts';
import { anEdition, CONSIDERED_IDS, deliveriesOf, planEdition, START } from './store-samples.ts';

/** Something of everything that a workspace has. */
export async function settle(store: Store, where: Workspace): Promise<void> {
  const { people, presence } = store;
  const { platform, workspace } = where;
  const [feed, digest] = idsIn(where);
  await haveFeed(store, feed, where);
  await haveFeed(store, digest, where, true);
  const edition = anEdition(feed);
  await planEdition(store, edition, { deliveries: deliveriesOf(edition, 1) });
  const notice = aNotice(`notice of ${feed}`, 1, feed);
  await store.alarms.raise(anAlarm({ subject: feedSubject(feed), feedId: feed }), notice);
  const member = { ...ADA, ...where };
  await people.follow(member, aSubscription(), ENOUGH);
  await people.save(member, savedPaper('2611.00001'));
  await people.rate(member, aRating('2611.00001'));
  await people.addTopic(where, aTopic('proteins'), ENOUGH);
  await store.installations.set(installationKey(where), aKeptInstallation());
  const place = { platform, workspace, channel: 'C' };
  await presence.watch({ ...PANEL, place });
  for (const on of [PANEL, CARD]) await presence.see({ ...on, place }, [aSeenReaction()], START);
}

function idsIn({ platform, workspace }: Workspace): [feed: string, digest: string] {
  return [`feed-${platform}-${workspace}`, `digest-${platform}-${workspace}`];
}

/** How much there is of a workspace. */
export async function countsOf(store: Store, where: Workspace) {
  const { people, presence, ledger } = store;
  const [feed, digest] = idsIn(where);
  const member = { ...ADA, ...where };
  const place = { ...CHANNEL, ...where };
  const feeds = await store.feeds.getMany([feed, digest]);
  const panels = await presence.panels(where.platform);
  return {
    feeds: feeds.size,
    editions: (await store.editions.getMany([slotId({ feedId: feed, day: '2026-11-23' })])).size,
    considered: (await ledger.considered(feed, CONSIDERED_IDS)).size,
    deliveries: (await ledger.deliveries(anEdition(feed).id)).length,
    notices: (await ledger.deliveries(`notice of ${feed}`)).length,
    alarms: (await store.alarms.open(feedSubject(feed))) === undefined ? 0 : 1,
    subscriptions: (await people.subscriptions(member)).length,
    saved: (await people.saved(member, { offset: 0, limit: 9 })).total,
    ratings: (await people.ratings(member, ['2611.00001'])).size,
    topics: (await people.topics(where)).length,
    installations: (await store.installations.get(installationKey(where))) === undefined ? 0 : 1,
    panels: panels.filter((one) => one.place.workspace === where.workspace).length,
    reactions:
      (await presence.reactions({ ...PANEL, place })).length +
      (await presence.reactions({ ...CARD, place })).length,
  };
}

const NAMES = [
  ...['feeds', 'editions', 'considered', 'deliveries', 'notices', 'alarms', 'subscriptions', 'saved'],
  ...['ratings', 'topics', 'installations', 'panels', 'reactions'],
];

/** What there is of a workspace of which there is nothing. */
export const NOTHING = Object.fromEntries(NAMES.map((name) => [name, 0]));

/** What there is of one that has settled. */
export const ALL = {
  ...Object.fromEntries(NAMES.map((name) => [name, 1])),
  feeds: 2,
  considered: 3,
  reactions: 2,
};
