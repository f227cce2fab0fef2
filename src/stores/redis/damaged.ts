import type { FeedId } from '../../domain/feed.ts';
import type { DamagedRecord } from '../../store.ts';
import { EDITIONS, editionPrefix, FEEDS } from '../kinds.ts';
import { LINES, type LineValue, lineText } from '../lines.ts';
import { nameOf } from '../record-text.ts';
import type { Damage } from '../records.ts';
import type { Connection, Work } from './connection.ts';
import { createKeys } from './keys.ts';
import type { RedisStorage } from './storage.ts';

/** Where damaged records lie, text and all, for whoever wants to mend them. */
export interface Damaged {
  /** See `RecordsDependencies`. */
  setAside(damage: Damage, storage: RedisStorage): Promise<boolean>;
  /** Newest first. */
  all(): Promise<DamagedRecord[]>;
  /** Takes one more in under its number. */
  put(tx: Work, number: string, record: LineValue<'damaged'>): void;
  /** Removes those whose `namespace:key` fits. There are few: a person looks after each. */
  removeWhere(tx: Work, isIt: (name: string) => boolean): Promise<void>;
  removeOf(tx: Work, feedId: FeedId): Promise<void>;
}

export function createDamaged(connection: Connection): Damaged {
  const keys = createKeys(connection.prefix);

  function put(tx: Work, number: string, record: LineValue<'damaged'>): void {
    tx.set(keys.damage(number), JSON.stringify(record));
    tx.zadd(keys.damaged, Number(number), number);
    tx.hset(keys.damagedNames, { [number]: nameOf({ namespace: record.namespace }, record.key) });
  }

  async function removeWhere(tx: Work, isIt: (name: string) => boolean): Promise<void> {
    const numbers = await tx.zrange(keys.damaged);
    const names = await tx.hmget(keys.damagedNames, numbers);
    const gone = numbers.filter((_, index) => isIt(names[index] ?? ''));
    tx.del(...gone.map(keys.damage));
    tx.zrem(keys.damaged, ...gone);
    tx.hdel(keys.damagedNames, ...gone);
  }

  return {
    setAside: ({ namespace, key, reason, setAsideAt, isDamaged }, storage) =>
      connection.transaction(async (tx) => {
        const [bytes] = await storage.readMany(tx, [key]);
        if (!bytes || !isDamaged(bytes.toString())) return false;
        const number = String(await tx.reserve('damaged'));
        // Bytes that are not even UTF-8 are kept as they were.
        put(tx, number, { namespace, key, record: lineText(bytes), reason, setAsideAt });
        storage.remove(tx, key);
        return true;
      }),
    async all() {
      const numbers = await connection.zrange(keys.damaged, { isReversed: true });
      const texts = await connection.getMany(numbers.map(keys.damage));
      return texts.filter((text) => text !== undefined).map(damagedOf);
    },
    put,
    removeWhere,
    removeOf: (tx, feedId) => {
      const [feed, editions] = [nameOf(FEEDS, feedId), nameOf(EDITIONS, editionPrefix(feedId))];
      return removeWhere(tx, (name) => name === feed || name.startsWith(editions));
    },
  };
}

function damagedOf(text: string): DamagedRecord {
  const { namespace, key, reason, setAsideAt } = LINES.damaged.parse(JSON.parse(text));
  return { key: nameOf({ namespace }, key), reason, setAsideAt };
}
