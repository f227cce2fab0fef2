import { expect } from 'vitest';
import { addMs, HOUR_MS } from '../../src/domain/calendar.ts';
import { installationKey } from '../../src/installations.ts';
import type { Store } from '../../src/store.ts';
import type { TransferLine } from '../../src/transfer.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { aPaper } from '../fixtures/papers.ts';
import { ADA, aRating, aSubscription, aTopic, HERE, savedPaper } from './people-samples.ts';
import { aSeenReaction, CARD, PANEL } from './presence-samples.ts';
import { anAlarm } from './store-alarms.ts';
import { aKeptInstallation } from './store-installations.ts';
import { aMailbox, MAILBOX } from './store-mailboxes.ts';
import { aNotice } from './store-notices.ts';
import {
  anArchivedListing,
  anEdition,
  archived,
  deliveriesOf,
  planEdition,
  RICH_PAPER,
  START,
} from './store-samples.ts';
import type { StorePlace } from './store-world.ts';

/** Something of everything that a store keeps, made in an order that is not that of the names. */
export async function fill(store: Store, place: Pick<StorePlace, 'writeText'>): Promise<void> {
  const { ledger, alarms } = store;
  const papers = ['2611.00003', '2611.00001'].map((id) => archived(aPaper({ id })));
  await store.archive(anArchivedListing(), [archived(RICH_PAPER), ...papers]);
  await store.archive(undefined, [archived(aPaper({ id: '2611.00003', upvotes: 7 }))]);
  for (const id of ['zeta', 'alpha']) {
    await store.saveFeed(aFeed({ id }), addMs(START, HOUR_MS));
    const edition = anEdition(id);
    const deliveries = deliveriesOf(edition, 2);
    await planEdition(store, edition, { deliveries, ...(id === 'zeta' ? { refreshAt: START } : {}) });
    const change = { state: 'sent', changedAt: addMs(START, 1000), messageId: 'm1' } as const;
    await ledger.moveDelivery(deliveries[0]?.id ?? '', 'planned', change);
  }
  await ledger.putSlot({ ...anEdition('alpha', '2026-11-24').slot, ...WAITING });
  await ledger.planNotice(aNotice('notice/z', 1, 'zeta'));
  await alarms.raise(anAlarm({ subject: 'feed/zeta', feedId: 'zeta' }), aNotice('notice/a', 1, 'zeta'));
  await alarms.raise(anAlarm({ subject: 'source/shape' }));
  await alarms.setTold(anAlarm({ subject: 'feed/zeta' }).id, 'raised');
  await alarms.clear(anAlarm({ subject: 'feed/zeta' }).id, addMs(START, HOUR_MS));
  await place.writeText('papers', '2611.00001', 'overwritten');
  await store.papers.get('2611.00001');
  await place.writeText('papers', '2611.00009', '{"cut short');
  await place.writeText('editions', 'zeta@2027-01-01', '{"value":{"v":99,"record":{"b":1,"a":2.50}}}');
  await fillPeople(store);
  await fillPresence(store);
  for (const key of [MAILBOX, `0${MAILBOX}`])
    await store.mailboxes.set(key, aMailbox({ blocked: 'bounced' }));
  await place.writeText('settings', 'zeta/mood', '{"value":{"v":1,"record":{"of":"a later version"}}}');
}

const QUOTED = { ...ADA, id: 'a"d,a' };

/** Members who follow, keep and judge, in an order that is not that of the names, and a digest. */
async function fillPeople(store: Store): Promise<void> {
  const { people } = store;
  for (const slug of ['proteins', 'chess']) await people.addTopic(HERE, aTopic(slug), 9);
  for (const member of [QUOTED, ADA]) {
    for (const key of ['proteins', 'agents']) await people.follow(member, aSubscription({ key }), 9);
    for (const id of ['2611.00003', '2611.00001']) await people.save(member, savedPaper(id));
    await people.rate(member, aRating(RICH_PAPER.id, 'down'));
  }
  await people.follow(ADA, aSubscription({ kind: 'author', key: 'a. author', label: 'A. Author' }), 9);
  const digest = aFeed({ id: 'digest', isDigest: true, alongside: 'zeta' });
  await store.saveFeed(digest, addMs(START, HOUR_MS));
}

/** A workspace that has us and one that let us go, panels, and reactions of members of whom one is forgotten. */
async function fillPresence({ presence, people, installations }: Store): Promise<void> {
  for (const workspace of ['W', 'V'])
    await installations.set(installationKey({ ...HERE, workspace }), aKeptInstallation());
  for (const workspace of ['W', 'V'])
    await presence.joined({ ...HERE, workspace }, START, addMs(START, -HOUR_MS));
  await presence.greeted(HERE);
  await presence.left({ ...HERE, workspace: 'V' }, addMs(START, HOUR_MS));
  for (const messageId of ['m2', 'm1']) await presence.watch({ ...PANEL, messageId });
  const eve = aSeenReaction({ mark: 'mark of eve', member: 'eve' });
  for (const on of [CARD, PANEL]) await presence.see(on, [eve, aSeenReaction()], START);
  await people.forgetMember({ ...ADA, id: 'eve' });
}

const WAITING = {
  state: 'waiting',
  sentence: 'The list is short.',
  changedAt: START,
  waitingSinceAt: START,
  lookAgainAt: addMs(START, 600_000),
} as const;

export async function linesOf(store: Store): Promise<TransferLine[]> {
  const lines: TransferLine[] = [];
  for await (const line of store.transfer.read()) lines.push(line);
  return lines;
}

/** Lines as a file would have them: to the letter. */
export const written = (lines: readonly TransferLine[]): string[] =>
  lines.map((line) => JSON.stringify(line));

export async function writeInParts(
  store: Store,
  lines: readonly TransferLine[],
  size: number,
): Promise<void> {
  expect(await store.transfer.begin('export')).toBe(true);
  for (let from = 0; from < lines.length; from += size)
    await store.transfer.write(lines.slice(from, from + size));
}
