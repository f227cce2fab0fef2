import type { Clock } from '../../clock.ts';
import type { Instant } from '../../domain/calendar.ts';
import type { Feed, FeedId } from '../../domain/feed.ts';
import { listingId } from '../../domain/listing.ts';
import type { Log } from '../../log.ts';
import type { ArchivedListing, Plan, Store } from '../../store.ts';
import { EDITIONS, FEEDS, INSTALLATIONS, type Kind, LISTINGS, MAILBOXES, PAPERS } from '../kinds.ts';
import { assertOwnSlot, missingFeed } from '../plan.ts';
import { nameOf } from '../record-text.ts';
import { createAlarmBook } from './alarms.ts';
import { archive, entriesOf } from './archive.ts';
import { attempt } from './attempt.ts';
import { createClaims } from './claims.ts';
import type { Connection, Sql } from './connection.ts';
import { createConsidered } from './considered.ts';
import { createDamaged } from './damaged.ts';
import { createDeliveries } from './deliveries.ts';
import { createErase } from './erase.ts';
import { createFeedIndex } from './feeds.ts';
import { figuresOf } from './figures.ts';
import { createForget } from './forget.ts';
import { createLedger } from './ledger.ts';
import { openConnection } from './open.ts';
import { createPeople } from './people.ts';
import { createPresence } from './presence.ts';
import { removeFeed } from './remove-feed.ts';
import { serverTime } from './server-time.ts';
import { createSlots } from './slots.ts';
import { createTable, type Table } from './table.ts';
import { createTransfer } from './transfer.ts';

export interface StoreDependencies {
  clock: Clock;
  log: Log;
}

/**
 * Opens the store of a `postgres:` URL; the driver is loaded here. Errors: `ConfigError` for what is wrong with STORE_URL
 * or missing beside it, `StoreError` when the store cannot be opened.
 */
export async function openPostgres(url: string, dependencies: StoreDependencies): Promise<Store> {
  return createPostgresStore(await openConnection(url), dependencies);
}

/** A store over a connection with the present schema; it closes the connection. */
export function createPostgresStore(connection: Connection, dependencies: StoreDependencies): Store {
  const { clock } = dependencies;
  const damaged = createDamaged(connection);
  const open = <T>(kind: Kind<T>) => createTable(kind, connection, { damaged, ...dependencies });
  const [papers, listings, feeds, editions] = [open(PAPERS), open(LISTINGS), open(FEEDS), open(EDITIONS)];
  const erase = createErase(removeFeed);
  const forget = createForget(connection, erase);
  const together = <T>(operation: string, key: string | undefined, work: (sql: Sql) => Promise<T>) =>
    attempt(operation, key, () => connection.transaction(work));
  return {
    papers: papers.records,
    listings: listings.records,
    feeds: feeds.records,
    editions: editions.records,
    installations: open(INSTALLATIONS).records,
    mailboxes: open(MAILBOXES).records,
    ledger: createLedger(connection, clock),
    alarms: createAlarmBook(connection),
    people: createPeople(connection),
    presence: createPresence(connection, erase),
    transfer: createTransfer(connection),

    archive: (listing, archived) =>
      attempt('archive', archiveKey(listing), async () => {
        const entries = entriesOf(listing, archived);
        await connection.transaction((sql) => archive(sql, entries, clock));
      }),
    ...createFeedWriting(feeds, together),
    plan: (one) =>
      together('plan', nameOf(EDITIONS, one.edition.id), (sql) => plan(sql, one, editions, clock)),
    forget: (limits) => attempt('forget', undefined, () => forget(limits)),

    damaged: () => attempt('read', 'damaged', () => damaged.all()),
    figures: () => attempt('read', 'deliveries', () => figuresOf(connection)),
    serverTime: () => attempt('read', 'time', () => serverTime(connection)),
    close: () => attempt('closing', undefined, () => connection.close()),
  };
}

function archiveKey(listing: ArchivedListing | undefined): string {
  return listing ? nameOf(LISTINGS, listingId(listing.listing)) : PAPERS.namespace;
}

type Together = <T>(operation: string, key: string, work: (sql: Sql) => Promise<T>) => Promise<T>;

/** Each under the lock of its feed: what is read cannot change before it is written. */
function createFeedWriting(
  feeds: Pick<Table<Feed>, 'readNow' | 'put'>,
  together: Together,
): Pick<Store, 'saveFeed' | 'addFeed' | 'changeFeed' | 'removeFeed'> {
  const alone = <T>(id: FeedId, work: (sql: Sql) => Promise<T>) =>
    together('write', nameOf(FEEDS, id), async (sql) => {
      await createFeedIndex(sql).lock(id);
      return await work(sql);
    });
  const put = async (sql: Sql, feed: Feed, wakeAt: Instant) => {
    await feeds.put(sql, feed.id, feed);
    await createFeedIndex(sql).put(feed, wakeAt);
  };
  return {
    saveFeed: (feed, wakeAt) => alone(feed.id, (sql) => put(sql, feed, wakeAt)),
    addFeed: (feed, wakeAt, notice) =>
      alone(feed.id, async (sql) => {
        if (await feeds.readNow(sql, feed.id)) return false;
        await put(sql, feed, wakeAt);
        if (notice) await createDeliveries(sql).planNotice(notice);
        return true;
      }),
    changeFeed: (id, change, wakeAt) =>
      alone(id, async (sql) => {
        const before = await feeds.readNow(sql, id);
        const feed = before && change(before);
        if (feed) await put(sql, feed, wakeAt);
        return feed;
      }),
    removeFeed: (id) => together('delete', nameOf(FEEDS, id), (sql) => removeFeed(sql, id)),
  };
}

async function plan(
  sql: Sql,
  one: Plan,
  editions: Pick<Table<Plan['edition']>, 'put'>,
  clock: Clock,
): Promise<void> {
  const { slot, edition, considered, deliveries, refreshAt, claim } = one;
  const { id, plannedAt } = edition;
  const feed = await createFeedIndex(sql).hold(slot.feedId);
  await createClaims(sql, clock).hold(claim);
  assertOwnSlot(one);
  if (feed === undefined) throw missingFeed(slot.feedId);
  await createDeliveries(sql).plan(id, slot.feedId, deliveries, refreshAt);
  await createConsidered(sql).put(feed, plannedAt, considered);
  await createSlots(sql).put({ ...slot, isPlanned: true });
  await editions.put(sql, id, edition);
}
