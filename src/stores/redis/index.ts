import type { Clock } from '../../clock.ts';
import type { Feed } from '../../domain/feed.ts';
import { listingId } from '../../domain/listing.ts';
import type { Log } from '../../log.ts';
import type { Records, Store } from '../../store.ts';
import { EDITIONS, FEEDS, INSTALLATIONS, type Kind, LISTINGS, MAILBOXES, PAPERS } from '../kinds.ts';
import { nameOf } from '../record-text.ts';
import { createAlarmBook } from './alarms.ts';
import { attempt } from './attempt.ts';
import type { Connection, Work } from './connection.ts';
import { createDamaged } from './damaged.ts';
import type { Deliveries } from './deliveries.ts';
import { createErase } from './erase.ts';
import { figuresOf } from './figures.ts';
import { createForget } from './forget.ts';
import { createKeys } from './keys.ts';
import { createPeopleKeys } from './keys-people.ts';
import { createLedger, createTables } from './ledger.ts';
import { connectRedis } from './open.ts';
import { createPeople, createPeopleTables } from './people.ts';
import { createPresence } from './presence.ts';
import { serverTime } from './server-time.ts';
import { createTable, type Table } from './table.ts';
import { createTransfer } from './transfer.ts';
import { createUnits, type Units } from './units.ts';
import { addressOf } from './url.ts';

export interface StoreDependencies {
  clock: Clock;
  log: Log;
}

/**
 * Opens the store that a URL names, `redis:` or `rediss:`. Several processes may use one store; several bots one
 * server, each under its own `?prefix=`. Errors: `ConfigError` for a URL that is none; else as for `connectRedis`.
 */
export async function openRedis(url: string, dependencies: StoreDependencies): Promise<Store> {
  return createRedisStore(await connectRedis(addressOf(url), dependencies.log), dependencies);
}

/** A store over a connection with the present format; it closes the connection. */
export function createRedisStore(connection: Connection, dependencies: StoreDependencies): Store {
  const damaged = createDamaged(connection);
  const open = <T>(kind: Kind<T>) => createTable(kind, connection, { damaged, ...dependencies });
  const [papers, listings, feeds, editions] = [open(PAPERS), open(LISTINGS), open(FEEDS), open(EDITIONS)];
  const installations = open(INSTALLATIONS);
  const tables = createTables(connection, dependencies.clock);
  const units = createUnits({ papers, listings, feeds, editions, damaged }, tables);
  const keys = { ...createKeys(connection.prefix), ...createPeopleKeys(connection.prefix) };
  const people = createPeopleTables(keys);
  const shared = { ...tables, keys, tables: people };
  const erase = createErase({ ...shared, removeFeed: units.removeFeed, installations, damaged });
  const forget = createForget(connection, { ...shared, papers, listings, editions, erase });
  const together: Together = (operation, key, work) =>
    attempt(operation, key, () => connection.transaction(work));

  return {
    papers: papers.records,
    listings: listings.records,
    feeds: feeds.records,
    editions: editions.records,
    installations: writtenInSteps(INSTALLATIONS, installations.records),
    mailboxes: writtenInSteps(MAILBOXES, open(MAILBOXES).records),
    ledger: createLedger(connection, tables),
    alarms: createAlarmBook(connection, tables),
    people: createPeople(connection, shared),
    presence: createPresence(connection, { ...shared, erase }),
    transfer: createTransfer(connection, { ...shared, damaged }),

    archive: (listing, archived) =>
      together('archive', listing && nameOf(LISTINGS, listingId(listing.listing)), (tx) =>
        units.archive(tx, listing, archived),
      ),
    ...createFeedWriting({ ...units, feeds, deliveries: tables.deliveries }, together),
    plan: (one) => together('plan', nameOf(EDITIONS, one.edition.id), (tx) => units.plan(tx, one)),
    forget: (limits) => attempt('forget', undefined, () => forget(limits)),

    damaged: () => attempt('read', 'damaged', () => damaged.all()),
    figures: () => attempt('read', 'deliveries', () => figuresOf(connection, tables.deliveries)),
    serverTime: () => attempt('read', 'time', () => serverTime(connection)),
    close: () => attempt('closing', undefined, () => connection.close()),
  };
}

type Together = <T>(operation: string, key: string | undefined, work: (tx: Work) => Promise<T>) => Promise<T>;

interface FeedParts extends Pick<Units, 'saveFeed' | 'removeFeed'> {
  feeds: Pick<Table<Feed>, 'readNow'>;
  deliveries: Pick<Deliveries, 'planNotice'>;
}

function createFeedWriting(
  { saveFeed, removeFeed, feeds, deliveries }: FeedParts,
  together: Together,
): Pick<Store, 'saveFeed' | 'addFeed' | 'changeFeed' | 'removeFeed'> {
  return {
    saveFeed: (feed, wakeAt) => together('write', nameOf(FEEDS, feed.id), (tx) => saveFeed(tx, feed, wakeAt)),
    addFeed: (feed, wakeAt, notice) =>
      together('write', nameOf(FEEDS, feed.id), async (tx) => {
        if (await feeds.readNow(tx, feed.id)) return false;
        await saveFeed(tx, feed, wakeAt);
        if (notice) await deliveries.planNotice(tx, notice);
        return true;
      }),
    changeFeed: (id, change, wakeAt) =>
      together('write', nameOf(FEEDS, id), async (tx) => {
        const before = await feeds.readNow(tx, id);
        const feed = before && change(before);
        if (feed) await saveFeed(tx, feed, wakeAt);
        return feed;
      }),
    removeFeed: (id) => together('delete', nameOf(FEEDS, id), (tx) => removeFeed(tx, id)),
  };
}

/** Records that are written alone: each write takes several steps, unlike reading. */
function writtenInSteps<T>(kind: Kind<T>, records: Records<T>): Pick<Records<T>, 'get' | 'set' | 'delete'> {
  return {
    get: records.get,
    set: (key, record) => attempt('write', nameOf(kind, key), () => records.set(key, record)),
    delete: (key) => attempt('delete', nameOf(kind, key), () => records.delete(key)),
  };
}
