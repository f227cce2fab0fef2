import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import type { Store } from '../../src/store.ts';
import { openConnection } from '../../src/stores/postgres/open.ts';
import { testStore } from '../contracts/store.ts';
import {
  anEdition,
  aPlan,
  archived,
  deliveriesOf,
  haveFeeds,
  planEdition,
  START,
} from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { aPaper } from '../fixtures/papers.ts';
import { describeWith } from '../servers/index.ts';
import { inPlace } from './postgres-kit.ts';
import { postgres } from './subjects-postgres.ts';

const WAIT_MS = 10_000;

describeWith('postgres', 'the store on Postgres', () => {
  testStore(postgres);

  describe('several processes', () => {
    it('number the archive so that whoever has read up to a number has missed none', () =>
      inPlace(async ({ stores }) => {
        const [one, other, follower] = await stores(3);
        const write = async (store: Store, name: string) => {
          for (let round = 0; round < 25; round += 1) {
            const ids = [`${name}${round}`, `${name}x`, 'shared'];
            const papers = ids.map((id) => archived(aPaper({ id, upvotes: round, title: name })));
            await store.archive(undefined, papers);
          }
        };
        let isOver = false;
        const writing = Promise.all([write(one, 'a'), write(other, 'b')]).finally(() => {
          isOver = true;
        });
        const seen = new Map<string, number>();
        let after = 0;
        for (let isLast = false; !isLast; ) {
          isLast = isOver;
          for (const { sequence, paperId } of await follower.ledger.changedPapers(after, 7)) {
            seen.set(paperId, sequence);
            after = sequence;
            isLast = false;
          }
        }
        await writing;
        const all = await follower.ledger.changedPapers(0, 1000);
        expect(all).toHaveLength(53);
        expect(Object.fromEntries(seen)).toEqual(
          Object.fromEntries(all.map(({ paperId, sequence }) => [paperId, sequence])),
        );
      }));

    it('take a claim that another is planning under only once that is planned, or before: never between', () =>
      inPlace(async ({ stores, hold, query }) => {
        const [store] = await stores(1);
        const edition = anEdition();
        await planEdition(store, anEdition('feed01', '2026-11-20'));
        const holder = await hold("UPDATE claims SET owner = 'other run'");
        const planning = expectStoreError(store.plan(aPlan(edition)));
        await holder.isWaitedFor(WAIT_MS);
        await holder.commit();
        expect((await planning).message).toContain('another run has taken over');
        expect(await store.editions.get(edition.id)).toBeUndefined();
        expect(await query('SELECT 1 FROM plans WHERE slot_id = $1', [edition.id])).toEqual([]);
      }));

    it('write nothing of a feed that another is just removing', () =>
      inPlace(async ({ stores, hold }) => {
        const [store] = await stores(1);
        const { slot } = anEdition();
        const { ledger, alarms } = store;
        const alarm = { id: 'a', subject: 'feed/feed01', feedId: 'feed01', sentence: 'S.', raisedAt: START };
        const writes = [
          () => ledger.putSlot({ ...slot, state: 'due', sentence: 'It is time.', changedAt: START }),
          async () => expect(await alarms.raise(alarm)).toBe(false),
          async () =>
            expect((await expectStoreError(store.plan(aPlan(anEdition())))).key).toBe('feeds:feed01'),
        ];
        for (const write of writes) {
          await haveFeeds(store, 'feed01');
          await ledger.claim('feed:feed01', 'run', 60_000);
          const holder = await hold("DELETE FROM feeds WHERE feed_id = 'feed01'");
          const writing = write();
          await holder.isWaitedFor(WAIT_MS);
          await holder.commit();
          await writing;
          expect(await ledger.slots('feed01', 9)).toEqual([]);
          expect(await alarms.newest(9)).toEqual([]);
          await store.removeFeed('feed01');
        }
      }));

    it('may plan, change and remove the same feed at once, and leave the whole of it or nothing', () =>
      inPlace(async ({ stores, query }) => {
        const [one, other] = await stores(2);
        for (let day = '2026-11-23'; day < '2026-12-08'; day = addDays(day, 1)) {
          await haveFeeds(one, 'feed01');
          await one.ledger.claim('feed:feed01', 'run', 60_000);
          const edition = anEdition('feed01', day);
          const slot = { ...edition.slot, state: 'due', sentence: 'It is time.', changedAt: START } as const;
          const plan = aPlan(edition, { deliveries: deliveriesOf(edition, 3) });
          await Promise.allSettled([
            one.plan(plan),
            other.ledger.putSlot(slot),
            one.ledger.readdress('feed01', { platform: 'slack', workspace: 'W', channel: 'c' }),
            other.ledger.wakeAll(START),
            one.changeFeed('feed01', (feed) => ({ ...feed, limit: 3 }), START),
            other.removeFeed('feed01'),
          ]);
          expect(await one.feeds.get('feed01')).toBeUndefined();
          for (const table of ['feeds', 'plans', 'deliveries', 'slots', 'considered', 'claims', 'records'])
            expect(await query(`SELECT 1 FROM ${table}`), `${table} on ${day}`).toEqual([]);
        }
      }));

    it('that wait for each other in a circle: one begins anew, and both do all of their work', () =>
      inPlace(async ({ url, stores, query }) => {
        const [store] = await stores(1);
        for (const id of ['one', 'other']) await store.ledger.claim(id, '', 60_000);
        const connection = await openConnection(url);
        const both = Promise.withResolvers<void>();
        let begun = 0;
        const add = (first: string, second: string) =>
          connection.transaction(async (sql) => {
            const text = "UPDATE claims SET owner = owner || '+' WHERE key = $1";
            await sql.run(text, [first]);
            begun += 1;
            if (begun === 2) both.resolve();
            await both.promise;
            await sql.run(text, [second]);
          });
        await Promise.all([add('one', 'other'), add('other', 'one')]);
        expect(begun).toBe(3);
        expect(await query('SELECT DISTINCT owner FROM claims')).toEqual([{ owner: '++' }]);
        await connection.close();
      }));
  });

  describe('what is asked of the server', () => {
    it('is one statement for a claim, its release and each step of a delivery', () =>
      inPlace(async ({ counted }) => {
        const { store, statements } = await counted();
        const edition = anEdition();
        await planEdition(store, edition, { deliveries: deliveriesOf(edition, 1) });
        const change = { state: 'sending', changedAt: START } as const;
        expect(await statements(() => store.ledger.claim('key', 'run', 1000))).toBe(1);
        expect(await statements(() => store.ledger.release('key', 'run'))).toBe(1);
        const move = () => store.ledger.moveDelivery(`${edition.id}#0`, 'planned', change);
        expect(await statements(move)).toBe(1);
        expect((await store.ledger.delivery(`${edition.id}#0`))?.state).toBe('sending');
      }));

    it('is as much for many papers and deliveries as for few', () =>
      inPlace(async ({ counted }) => {
        const { store, statements } = await counted();
        const planOf = async (count: number, day: string) => {
          const edition = anEdition('feed01', day);
          await haveFeeds(store, 'feed01');
          await store.ledger.claim('feed:feed01', 'run', 60_000);
          const considered = Array.from({ length: count }, (_, index) => ({
            paperId: `${day}.${index}`,
            listing: { kind: 'daily', key: day } as const,
            fate: 'posted' as const,
          }));
          const plan = aPlan(edition, { considered, deliveries: deliveriesOf(edition, count) });
          return await statements(() => store.plan(plan));
        };
        expect(await planOf(50, '2026-11-23')).toBe(await planOf(1, '2026-11-24'));
        const archiveOf = (count: number, name: string) => {
          const papers = Array.from({ length: count }, (_, index) =>
            archived(aPaper({ id: `${name}${index}` })),
          );
          return statements(() => store.archive(undefined, papers));
        };
        expect(await archiveOf(50, 'many')).toBe(await archiveOf(1, 'few'));
        expect(await archiveOf(50, 'many')).toBeLessThanOrEqual(5);
      }));
  });

  describe('text', () => {
    it('with a character that Postgres does not take is kept without it, in whatever place', () =>
      inPlace(async ({ stores }) => {
        const [store] = await stores(1);
        const edition = anEdition();
        await planEdition(store, edition, { deliveries: deliveriesOf(edition, 1) });
        const id = `${edition.id}#0`;
        const change = { state: 'refused', changedAt: START, reason: 'It said \u0000 no.' } as const;
        expect(await store.ledger.moveDelivery(id, 'planned', change)).toBe(true);
        expect((await store.ledger.delivery(id))?.reason).toBe('It said \uFFFD no.');
        const paperId = 'a\u0000b';
        const considered = [{ paperId, listing: { kind: 'daily', key: 'k\u0000' }, fate: 'posted' }] as const;
        await planEdition(store, anEdition('feed01', '2026-11-24'), { considered });
        expect([...(await store.ledger.considered('feed01', ['c', paperId])).keys()]).toEqual([paperId]);
      }));
  });
});
