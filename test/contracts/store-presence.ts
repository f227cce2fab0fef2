import { expect } from 'vitest';
import { feedSubject } from '../../src/domain/alarm.ts';
import { addMs, DAY_MS, type Day, HOUR_MS } from '../../src/domain/calendar.ts';
import { slotId } from '../../src/domain/edition.ts';
import { type Destination, directTo } from '../../src/domain/feed.ts';
import type { ReactedMessage } from '../../src/domain/reaction.ts';
import { installationKey } from '../../src/installations.ts';
import type { Workspace } from '../../src/people.ts';
import type { SeenReaction } from '../../src/presence.ts';
import type { Store } from '../../src/store.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { anAlarm } from './store-alarms.ts';
import { aKeptInstallation } from './store-installations.ts';
import { aNotice } from './store-notices.ts';
import { ADA, aRating, aSubscription, aTopic, HERE, savedPaper } from './store-people.ts';
import { anEdition, CONSIDERED_IDS, deliveriesOf, planEdition, START } from './store-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';

export const CHANNEL: Destination = { ...HERE, channel: 'C' };
export const PANEL: ReactedMessage = { place: CHANNEL, messageId: 'm1' };
export const CARD: ReactedMessage = { ...PANEL, messageId: 'm2', paperId: '2611.00001' };
/** None of them is that workspace, however alike they look. */
const ELSEWHERE: readonly Workspace[] = [
  { ...HERE, workspace: 'X' },
  { ...HERE, platform: 'discord' },
];
const LATER = addMs(START, DAY_MS);
const LONG_AGO = addMs(START, -90 * DAY_MS);
const ENOUGH = 100;

export function aSeenReaction(given: Partial<SeenReaction> = {}): SeenReaction {
  return { emoji: '🤖', mark: 'mark of ada', member: 'ada', ...given };
}

/** Makes a feed in a workspace, to be looked at from the start on. */
async function haveFeed(store: Store, id: string, where: Workspace, isDigest = false): Promise<void> {
  const destination = { ...where, channel: 'C' };
  await store.saveFeed(aFeed({ id, destination, ...(isDigest ? { isDigest: true } : {}) }), START);
}

/** Something of everything that a workspace has. */
async function settle(store: Store, where: Workspace): Promise<void> {
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
async function countsOf(store: Store, where: Workspace) {
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
const NOTHING = Object.fromEntries(NAMES.map((name) => [name, 0]));
const ALL = {
  ...Object.fromEntries(NAMES.map((name) => [name, 1])),
  feeds: 2,
  considered: 3,
  reactions: 2,
};

const WORKSPACE_CASES: readonly StoreCase[] = [
  {
    title: 'a workspace is new once, known while it has us, and back after it let us go',
    async run({ store: { presence }, openAnother }) {
      const join = (at: string) => presence.joined(HERE, at, LONG_AGO);
      expect(await presence.left(HERE, START)).toBe(false);
      expect(await join(START)).toBe('new');
      expect(await join(LATER)).toBe('known');
      expect(await (await openAnother()).presence.joined(HERE, LATER, LONG_AGO)).toBe('known');
      for (const other of ELSEWHERE) expect(await presence.left(other, START)).toBe(false);
      expect(await presence.left(HERE, START)).toBe(true);
      expect(await presence.left(HERE, LATER)).toBe(false);
      expect(await presence.joined(HERE, LATER, START)).toBe('back');
      expect(await join(LATER)).toBe('known');
      for (const other of ELSEWHERE) expect(await presence.joined(other, LATER, LONG_AGO)).toBe('new');
    },
  },
  {
    title: 'the workspaces that have us are those that joined and have not left',
    async run({ store: { presence } }) {
      const join = (workspace: string) => presence.joined({ ...HERE, workspace }, START, LONG_AGO);
      for (const workspace of ['b', 'a', 'c']) await join(workspace);
      await presence.joined({ platform: 'discord', workspace: 'd' }, START, LONG_AGO);
      expect(await presence.departed('slack')).toEqual([]);
      await presence.left({ ...HERE, workspace: 'b' }, START);
      expect((await presence.present('slack')).sort()).toEqual(['a', 'c']);
      expect(await presence.departed('slack')).toEqual(['b']);
      expect(await presence.departed('discord')).toEqual([]);
      await join('b');
      expect((await presence.present('slack')).sort()).toEqual(['a', 'b', 'c']);
      expect(await presence.departed('slack')).toEqual([]);
      expect(await presence.present('discord')).toEqual(['d']);
      expect(await presence.present('web')).toEqual([]);
    },
  },
  {
    title: 'whoever let us in is greeted once, and again where the workspace is new again',
    async run({ store: { presence }, openAnother }) {
      const ungreeted = async () => (await presence.ungreeted('slack')).sort();
      const places = ['a', 'b', 'c'].map((workspace) => ({ ...HERE, workspace }));
      const [a, b, c] = places as [Workspace, Workspace, Workspace];
      for (const where of places) await presence.joined(where, START, LONG_AGO);
      await presence.joined({ ...HERE, platform: 'discord' }, START, LONG_AGO);
      await (await openAnother()).presence.greeted(a);
      await presence.greeted({ ...b, platform: 'discord' });
      await presence.joined(a, LATER, LONG_AGO);
      expect(await ungreeted()).toEqual(['b', 'c']);
      for (const where of [a, c]) await presence.left(where, START);
      expect(await ungreeted()).toEqual(['b']);
      expect(await presence.joined(a, LATER, LONG_AGO)).toBe('back');
      expect(await ungreeted()).toEqual(['b']);
      await presence.left(a, START);
      expect(await presence.joined(a, LATER, LATER)).toBe('new');
      expect(await ungreeted()).toEqual(['a', 'b']);
    },
  },
  {
    title: 'the feeds of a workspace that let us go rest, until it has us again',
    async run({ store, store: { presence, ledger } }) {
      await presence.joined(HERE, START, LONG_AGO);
      await haveFeed(store, 'mine', HERE);
      await haveFeed(store, 'digest', HERE, true);
      await haveFeed(store, 'other', ELSEWHERE[0] ?? HERE);
      const before = await store.feeds.get('mine');
      await presence.left(HERE, START);
      await ledger.wakeAll(START);
      expect(await ledger.feedsToWake(LATER)).toEqual(['other']);
      expect(await ledger.feedIds(HERE)).toEqual(['mine']);
      await presence.joined(HERE, LATER, LONG_AGO);
      expect(await ledger.feedsToWake(LATER)).toEqual(['other', 'mine', 'digest']);
      expect(await store.feeds.get('mine')).toEqual(before);
    },
  },
  {
    title: 'what waits is looked at as soon as its workspace has us again, and nothing elsewhere',
    async run({ store, store: { presence, ledger } }) {
      const [there] = ELSEWHERE as [Workspace];
      const waiting = { state: 'waiting', sentence: 'Closed.', changedAt: START } as const;
      const lookAgainAt = addMs(START, 30 * DAY_MS);
      for (const [id, where] of [['mine', HERE] as const, ['other', there] as const]) {
        await presence.joined(where, START, LONG_AGO);
        await haveFeed(store, id, where);
        await ledger.setWake(id, lookAgainAt);
        for (const state of ['waiting', 'posted'] as const) {
          const day = state === 'waiting' ? '2026-11-23' : '2026-11-20';
          await ledger.putSlot({ ...anEdition(id, day).slot, ...waiting, state, lookAgainAt });
        }
      }
      await presence.left(HERE, START);
      await presence.joined(HERE, LATER, LONG_AGO);
      expect(await ledger.feedsToWake(LATER)).toEqual(['mine']);
      const looks = async (id: string) =>
        (await ledger.slots(id, 9)).map((slot) => slot.lookAgainAt?.slice(0, 10));
      expect(await looks('mine')).toEqual(['2026-11-24', '2026-12-23']);
      expect(await looks('other')).toEqual(['2026-12-23', '2026-12-23']);
    },
  },
  {
    title: 'notices rest with the workspace of their manager',
    async run({ store: { presence, ledger } }) {
      const notice = (id: string, where: Workspace) => ({
        ...aNotice(id),
        deliveries: deliveriesOf({ id }, 1).map((one) => ({ ...one, destination: directTo(where, 'ada') })),
      });
      await presence.joined(HERE, START, LONG_AGO);
      await ledger.planNotice(notice('mine', HERE));
      await ledger.planNotice(notice('other', ELSEWHERE[1] ?? HERE));
      const open = async () => (await ledger.openNotices(9)).map(({ id }) => id);
      expect(await open()).toEqual(['mine', 'other']);
      await presence.left(HERE, START);
      expect(await open()).toEqual(['other']);
      await presence.joined(HERE, LATER, LONG_AGO);
      expect(await open()).toEqual(['mine', 'other']);
    },
  },
  {
    title: 'one that comes back too late is new, and nothing of it is left',
    async run({ store, store: { presence } }) {
      for (const where of [HERE, ...ELSEWHERE]) {
        await presence.joined(where, START, LONG_AGO);
        await settle(store, where);
        await presence.left(where, START);
      }
      expect(await presence.joined(HERE, LATER, addMs(START, 1))).toBe('new');
      expect(await countsOf(store, HERE)).toEqual(NOTHING);
      for (const where of ELSEWHERE) {
        expect(await presence.joined(where, LATER, START)).toBe('back');
        expect(await countsOf(store, where)).toEqual(ALL);
      }
    },
  },
  {
    title: 'workspaces that let us go before the limit are erased whole; those that are back or late stay',
    async run({ store, store: { presence } }) {
      const places = ['gone', 'back', 'late', 'never'].map((workspace) => ({ ...HERE, workspace }));
      const [gone, back, late, never] = places as [Workspace, Workspace, Workspace, Workspace];
      for (const where of places) await settle(store, where);
      for (const where of [gone, back, late]) await presence.joined(where, START, LONG_AGO);
      for (const where of [gone, back]) await presence.left(where, START);
      await presence.joined(back, START, LONG_AGO);
      await presence.left(late, LATER);
      for (let calls = 0; await store.forget({ outcomesBefore: addMs(START, 1000) }); calls += 1)
        expect(calls).toBeLessThan(20);
      await presence.joined(late, LATER, LONG_AGO);
      expect(await countsOf(store, gone)).toEqual(NOTHING);
      // A reaction to a paper goes by its own age.
      for (const where of [back, late, never])
        expect(await countsOf(store, where)).toEqual({ ...ALL, reactions: 1 });
      expect(await presence.joined(gone, LATER, LONG_AGO)).toBe('new');
    },
  },
  {
    title: 'a workspace of many is erased some at a time',
    async run({ store, store: { presence, people } }) {
      await presence.joined(HERE, START, LONG_AGO);
      for (let index = 0; index < 30; index += 1) await haveFeed(store, `feed${index}`, HERE);
      const members = Array.from({ length: 600 }, (_, index) => ({ ...HERE, id: `m${index}` }));
      for (const member of members) await people.follow(member, aSubscription(), ENOUGH);
      await presence.left(HERE, START);
      const left = async () =>
        (await store.ledger.feedIds(HERE)).length + ((await people.followers(HERE)).get('agents') ?? 0);
      const limits = { outcomesBefore: LATER };
      const counts = [630];
      while (await store.forget(limits)) counts.push(await left());
      expect(counts.at(-1)).toBe(0);
      const steps = counts.map((count, index) => count - (counts[index + 1] ?? count));
      expect(Math.max(...steps)).toBeLessThanOrEqual(500);
      expect(counts.length).toBeLessThan(12);
    },
  },
];

const PANEL_CASES: readonly StoreCase[] = [
  {
    title: 'panels are kept once, in the order they were posted, until they are gone',
    async run({ store: { presence }, openAnother }) {
      const panels = ['z', 'a', 'm'].map((messageId) => ({ ...PANEL, messageId }));
      for (const panel of [...panels, ...panels]) await presence.watch(panel);
      await presence.watch({ ...PANEL, place: { ...CHANNEL, platform: 'discord' } });
      expect(await (await openAnother()).presence.panels('slack')).toEqual(panels);
      await presence.unwatch(panels[1] ?? PANEL);
      await presence.unwatch({ ...PANEL, place: { ...CHANNEL, channel: 'D' }, messageId: 'z' });
      expect(await presence.panels('slack')).toEqual([panels[0], panels[2]]);
      expect(await presence.panels('web')).toEqual([]);
    },
  },
  {
    title: 'a message that is gone takes along what was seen on it, and nothing else',
    async run({ store: { presence } }) {
      await presence.watch(PANEL);
      const twin = { ...PANEL, place: { ...CHANNEL, channel: 'D' } };
      for (const on of [PANEL, CARD, twin]) await presence.see(on, [aSeenReaction()], START);
      await presence.unwatch(PANEL);
      await presence.unwatch(CARD);
      expect(await presence.reactions(PANEL)).toEqual([]);
      expect(await presence.reactions(CARD)).toEqual([]);
      expect(await presence.reactions(twin)).toEqual([aSeenReaction()]);
    },
  },
  {
    title: 'the panels of a workspace that let us go are not among them until it has us again',
    async run({ store: { presence } }) {
      const elsewhere = { ...PANEL, place: { ...CHANNEL, workspace: 'X' } };
      await presence.joined(HERE, START, LONG_AGO);
      for (const panel of [PANEL, elsewhere]) await presence.watch(panel);
      await presence.left(HERE, START);
      expect(await presence.panels('slack')).toEqual([elsewhere]);
      await presence.joined(HERE, LATER, LONG_AGO);
      expect(await presence.panels('slack')).toEqual([PANEL, elsewhere]);
    },
  },
  {
    title: 'the editions from a day on come with what is out of them, oldest first, and no digest',
    async run({ store, store: { presence } }) {
      await presence.joined(HERE, START, LONG_AGO);
      const days: Day[] = ['2026-11-23', '2026-11-19', '2026-11-20'];
      for (const day of days) await post(store, 'mine', day);
      await post(store, 'planned', '2026-11-20', 0);
      await post(store, 'digest', '2026-11-20', 2, { isDigest: true });
      await post(store, 'web', '2026-11-20', 2, { destination: { ...CHANNEL, platform: 'web' } });
      const ids = new Map([
        [0, 'mine@2026-11-20#0!'],
        [1, 'mine@2026-11-20#1!'],
      ]);
      const found = await presence.editions('slack', '2026-11-20');
      expect(found.map(({ slotId }) => slotId)).toEqual(['mine@2026-11-20', 'mine@2026-11-23']);
      expect(found[0]).toEqual({ slotId: 'mine@2026-11-20', destination: CHANNEL, messageIds: ids });
      await presence.left(HERE, START);
      expect(await presence.editions('slack', '2026-11-20')).toEqual([]);
    },
  },
];

/** Plans an edition of three messages, of which so many are out. */
async function post(
  store: Store,
  id: string,
  day: Day,
  sent = 2,
  given: Parameters<typeof aFeed>[0] = {},
): Promise<void> {
  const feed = aFeed({ id, destination: CHANNEL, ...given });
  await store.saveFeed(feed, START);
  const edition = anEdition(id, day);
  const { destination } = feed;
  const deliveries = deliveriesOf(edition, 3).map((one) => ({ ...one, destination }));
  await planEdition(store, edition, { deliveries });
  for (const one of deliveries.slice(0, sent).reverse()) {
    const change = { state: 'sent', messageId: `${one.id}!`, changedAt: START } as const;
    await store.ledger.moveDelivery(one.id, 'planned', change);
  }
}

const REACTION_CASES: readonly StoreCase[] = [
  {
    title: 'what was seen on a message is kept once, as it was, by emoji and mark',
    async run({ store: { presence }, openAnother }) {
      const [ada, bob] = [aSeenReaction(), aSeenReaction({ mark: 'mark of bob', member: 'bob' })];
      const video = aSeenReaction({ emoji: '🎬' });
      await presence.see(PANEL, [video], START);
      await presence.see(PANEL, [bob, ada], START);
      await presence.see(PANEL, [{ ...ada, member: 'eve' }], LATER);
      const seen = await (await openAnother()).presence.reactions(PANEL);
      expect(seen).toHaveLength(3);
      expect(seen).toEqual(expect.arrayContaining([ada, bob, video]));
      expect(await presence.hasSeen(PANEL, { ...ada, member: 'eve' })).toBe(true);
      expect(await presence.hasSeen(PANEL, { ...bob, emoji: '🎬' })).toBe(false);
      expect(await presence.hasSeen(PANEL, { ...bob, mark: 'another' })).toBe(false);
    },
  },
  {
    title: 'the same message id elsewhere is another message',
    async run({ store: { presence } }) {
      await presence.see(PANEL, [aSeenReaction()], START);
      const others = [
        { ...PANEL, messageId: 'm9' },
        ...[{ channel: 'D' }, { workspace: 'X' }, { platform: 'discord' as const }].map((more) => ({
          ...PANEL,
          place: { ...CHANNEL, ...more },
        })),
      ];
      for (const on of others) {
        expect(await presence.hasSeen(on, aSeenReaction())).toBe(false);
        expect(await presence.reactions(on)).toEqual([]);
        await presence.unsee(on, [aSeenReaction()]);
      }
      expect(await presence.hasSeen(PANEL, aSeenReaction())).toBe(true);
    },
  },
  {
    title: 'of many that are seen or gone at once none is where one cannot be kept',
    async run({ store: { presence } }) {
      const [ada, bob] = [aSeenReaction(), aSeenReaction({ mark: 'mark of bob', member: 'bob' })];
      const impossible = { emoji: '🎬', mark: {} } as never;
      await expectStoreError(presence.see(PANEL, [ada, impossible], START));
      expect(await presence.reactions(PANEL)).toEqual([]);
      await presence.see(PANEL, [ada, bob], START);
      await expectStoreError(presence.unsee(PANEL, [ada, impossible]));
      expect(await presence.reactions(PANEL)).toHaveLength(2);
    },
  },
  {
    title: 'one that is gone was never seen, and the others stand',
    async run({ store: { presence } }) {
      const bob = aSeenReaction({ mark: 'mark of bob', member: 'bob' });
      const video = aSeenReaction({ emoji: '🎬' });
      const audio = aSeenReaction({ emoji: '🎧' });
      await presence.see(CARD, [aSeenReaction(), bob, video, audio], START);
      await presence.unsee(CARD, [bob, audio]);
      await presence.unsee(CARD, [audio]);
      expect(await presence.hasSeen(CARD, bob)).toBe(false);
      const seen = await presence.reactions(CARD);
      expect(seen).toHaveLength(2);
      expect(seen).toEqual(expect.arrayContaining([aSeenReaction(), video]));
    },
  },
  {
    title: 'of a forgotten member only the marks stay, and those of others as they were',
    async run({ store: { presence, people } }) {
      const bob = aSeenReaction({ mark: 'mark of bob', member: 'bob' });
      const elsewhere = { ...PANEL, place: { ...CHANNEL, workspace: 'X' } };
      for (const on of [PANEL, CARD, elsewhere]) await presence.see(on, [aSeenReaction()], START);
      await presence.see(PANEL, [bob], START);
      await people.forgetMember(ADA);
      const marked = { emoji: '🤖', mark: 'mark of ada' };
      const seen = await presence.reactions(PANEL);
      expect(seen).toHaveLength(2);
      expect(seen).toEqual(expect.arrayContaining([marked, bob]));
      expect(await presence.reactions(CARD)).toEqual([marked]);
      expect(await presence.reactions(elsewhere)).toEqual([aSeenReaction()]);
      expect(await presence.hasSeen(PANEL, aSeenReaction())).toBe(true);
    },
  },
  {
    title: 'reactions to papers are forgotten by their age, those on panels stay',
    async run({ store, store: { presence } }) {
      const young = aSeenReaction({ emoji: '🎬' });
      for (const on of [PANEL, CARD]) {
        await presence.see(on, [aSeenReaction()], START);
        await presence.see(on, [young], LATER);
      }
      while (await store.forget({ outcomesBefore: addMs(START, HOUR_MS) }));
      expect(await presence.reactions(CARD)).toEqual([young]);
      expect(await presence.reactions(PANEL)).toHaveLength(2);
    },
  },
  {
    title: 'where we are and what was seen outlives its process',
    needsData: true,
    async run({ store, openAnother }) {
      await settle(store, HERE);
      await store.presence.joined(HERE, START, LONG_AGO);
      await store.close();
      const again = await openAnother();
      expect(await countsOf(again, HERE)).toEqual(ALL);
      expect(await again.presence.present('slack')).toEqual(['W']);
    },
  },
  {
    title: 'of where we are nothing that cannot be asked looks like nothing, and no error names anybody',
    async run({ store, store: { presence } }) {
      await settle(store, HERE);
      await store.close();
      for (const call of [
        () => presence.joined(HERE, START, LONG_AGO),
        () => presence.left(HERE, START),
        () => presence.present('slack'),
        () => presence.departed('slack'),
        () => presence.ungreeted('slack'),
        () => presence.greeted(HERE),
        () => presence.watch(PANEL),
        () => presence.unwatch(PANEL),
        () => presence.panels('slack'),
        () => presence.editions('slack', '2026-11-20'),
        () => presence.reactions(PANEL),
        () => presence.hasSeen(PANEL, aSeenReaction()),
        () => presence.see(PANEL, [aSeenReaction()], START),
        () => presence.unsee(PANEL, [aSeenReaction()]),
      ])
        expect((await expectStoreError(call())).message).not.toContain(ADA.id);
    },
  },
];

export const PRESENCE_CASES: readonly StoreCase[] = [...WORKSPACE_CASES, ...PANEL_CASES, ...REACTION_CASES];
