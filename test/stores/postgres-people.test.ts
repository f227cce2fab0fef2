import { afterEach, beforeEach, expect, it } from 'vitest';
import { addMs, DAY_MS } from '../../src/domain/calendar.ts';
import { installationKey } from '../../src/installations.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { aKeptInstallation } from '../contracts/store-installations.ts';
import { aNotice } from '../contracts/store-notices.ts';
import { ADA, aSubscription, aTopic, HERE, savedPaper } from '../contracts/store-people.ts';
import { aSeenReaction, PANEL } from '../contracts/store-presence.ts';
import { anEdition, archived, deliveriesOf, planEdition, START } from '../contracts/store-samples.ts';
import { linesOf, written } from '../contracts/store-transfer.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { aPaper } from '../fixtures/papers.ts';
import { describeWith } from '../servers/index.ts';
import { type PostgresPlace, postgres } from './subjects-postgres.ts';

const LATER = addMs(START, DAY_MS);
const LONG_AGO = addMs(START, -90 * DAY_MS);
const TRIES = 20;
const WAIT_MS = 10_000;

describeWith('postgres', 'several processes on one Postgres', () => {
  let place: PostgresPlace;
  let stores: Store[];
  beforeEach(async () => {
    place = await postgres.makePlace();
    const clock = createFakeClock(START);
    const open = () => place.open({ clock, log: silentLog });
    stores = [await open(), await open(), await open()];
  });
  afterEach(() => place.remove());

  const first = () => stores[0] as Store;
  /** Asks all of them the same at once, many times over. */
  const atOnce = <T>(ask: (store: Store, index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(
      Array.from({ length: TRIES }, (_, index) => ask(stores[index % stores.length] as Store, index)),
    );
  const count = <T>(all: readonly T[], one: T) => all.filter((each) => each === one).length;

  it('let nobody follow, and no workspace make, more than the most', async () => {
    const followed = await atOnce(({ people }, index) =>
      people.follow(ADA, aSubscription({ key: `topic ${index}` }), 7),
    );
    expect([count(followed, 'followed'), count(followed, 'full')]).toEqual([7, TRIES - 7]);
    expect(await first().people.subscriptions(ADA)).toHaveLength(7);
    const made = await atOnce(({ people }, index) => people.addTopic(HERE, aTopic(`topic ${index % 8}`), 5));
    expect(count(made, 'added')).toBe(5);
    expect(await first().people.topics(HERE)).toHaveLength(5);
  });

  it('let one follow, save and see a thing once', async () => {
    const followed = await atOnce(({ people }) => people.follow(ADA, aSubscription(), 7));
    expect([count(followed, 'followed'), count(followed, 'already')]).toEqual([1, TRIES - 1]);
    const saved = await atOnce(({ people }) => people.save(ADA, savedPaper('a')));
    expect(count(saved, true)).toBe(1);
    const reactions = ['a', 'b', 'c', 'd'].map((mark) => aSeenReaction({ mark }));
    await atOnce(({ presence }, index) =>
      index % 3 === 0
        ? presence.unsee(PANEL, reactions)
        : presence.see(PANEL, index % 2 === 0 ? reactions : [...reactions].reverse(), START),
    );
    await first().presence.see(PANEL, reactions, START);
    expect(await first().presence.reactions(PANEL)).toEqual(reactions);
  });

  it('find a workspace new once, back once, and gone once', async () => {
    const join = (at: string, keptSince: string) =>
      atOnce(({ presence }) => presence.joined(HERE, at, keptSince));
    expect(count(await join(START, LONG_AGO), 'new')).toBe(1);
    const gone = await atOnce(({ presence }) => presence.left(HERE, START));
    expect(count(gone, true)).toBe(1);
    const back = await join(LATER, LONG_AGO);
    expect([count(back, 'back'), count(back, 'known')]).toEqual([1, TRIES - 1]);
    for (let index = 0; index < 50; index += 1)
      await first().saveFeed(aFeed({ id: `feed${index}`, destination: PANEL.place }), START);
    await first().presence.left(HERE, START);
    const late = await join(LATER, LATER);
    expect([count(late, 'new'), count(late, 'known')]).toEqual([1, TRIES - 1]);
    expect(await first().ledger.feedIds(HERE)).toEqual([]);
  });

  it('begin one transfer, and none into a store that is being written to', async () => {
    const begun = await atOnce(({ transfer }, index) => transfer.begin(`export ${index % 4}`));
    expect(count(begun, true)).toBe(TRIES / 4);
    await first().transfer.end();
    const writing = await place.hold("INSERT INTO panels VALUES (1, 'slack', 'W', 'C', 'm1')");
    const another = first().transfer.begin('another');
    await writing.isWaitedFor(WAIT_MS);
    await writing.commit();
    expect(await another).toBe(false);
  });

  it('take one transfer in together', async () => {
    await first().people.save(ADA, savedPaper('a'));
    await first().saveFeed(aFeed({ id: 'feed01' }), START);
    const lines = await linesOf(first());
    const other = await postgres.makePlace();
    try {
      const dependencies = { clock: createFakeClock(START), log: silentLog };
      const others = [await other.open(dependencies), await other.open(dependencies)] as const;
      for (const { transfer } of others) expect(await transfer.begin('export')).toBe(true);
      await Promise.all(
        Array.from({ length: 8 }, (_, index) => others[index % 2 === 0 ? 0 : 1].transfer.write(lines)),
      );
      const ending = await other.hold('DELETE FROM unfinished_transfer');
      const late = expectStoreError(others[1].transfer.write(lines));
      await ending.isWaitedFor(WAIT_MS);
      await ending.commit();
      expect((await late).message).toContain('no import was begun');
      expect(written(await linesOf(others[1]))).toEqual(written(lines));
    } finally {
      await other.remove();
    }
  });

  it('forget nothing that is just being sent again', async () => {
    const edition = anEdition('feed01', '2026-01-01');
    await planEdition(first(), edition, { deliveries: deliveriesOf(edition, 1) });
    const days = Array.from({ length: 14 }, (_, index) => `2026-02-${String(index + 10)}`);
    for (const day of days) await planEdition(first(), anEdition('feed01', day));
    await first().ledger.planNotice(aNotice('notice', 1, 'feed01'));
    const uncertain = { state: 'uncertain', changedAt: '2026-01-01T09:00:00.000Z' } as const;
    const ids = [`${edition.id}#0`, 'notice#0'];
    for (const id of ids) await first().ledger.moveDelivery(id, 'planned', uncertain);
    const posted = { ...edition.slot, state: 'posted', sentence: 'Posted.', changedAt: START } as const;
    await first().ledger.putSlot(posted);
    const resending = await place.hold("UPDATE deliveries SET state = 'planned'");
    const forgotten = first().forget({ outcomesBefore: '2026-08-25T09:00:00.000Z' });
    await resending.isWaitedFor(WAIT_MS);
    await resending.commit();
    await forgotten;
    for (const id of ids) expect(await first().ledger.delivery(id)).toMatchObject({ state: 'planned' });
    expect(await first().ledger.slot(edition.id)).toBeDefined();
    expect(await first().editions.get(edition.id)).toBeDefined();
  });

  it('forget no paper that is just being brought again', async () => {
    const paper = archived(aPaper({ id: 'a' }));
    await first().archive(undefined, [paper]);
    await place.query('UPDATE seen SET day = 0');
    const bringing = await place.hold(
      "SELECT 1 FROM counters WHERE name = 'sequence' FOR UPDATE",
      'UPDATE seen SET day = 30000',
    );
    const forgotten = first().forget({ outcomesBefore: START, archiveBefore: START });
    await bringing.isWaitedFor(WAIT_MS);
    await bringing.commit();
    await forgotten;
    expect(await first().papers.get('a')).toEqual(paper);
  });

  it('erase a workspace once between them, and never an installation that came meanwhile', async () => {
    const key = installationKey(HERE);
    await first().installations.set(key, aKeptInstallation());
    await first().presence.joined(HERE, START, LONG_AGO);
    await first().presence.left(HERE, START);
    const kept = { ...aKeptInstallation(), keptAt: LATER };
    const text = JSON.stringify({ value: { v: 1, record: kept } });
    const installing = await place.hold(
      `UPDATE records SET value = convert_to('${text}', 'UTF8') WHERE namespace = 'installations'`,
    );
    const joined = first().presence.joined(HERE, LATER, LATER);
    await installing.isWaitedFor(WAIT_MS);
    await installing.commit();
    expect(await joined).toBe('new');
    expect(await first().installations.get(key)).toEqual(kept);
  });

  it('forget together what one would forget alone', async () => {
    const ids = Array.from({ length: 1200 }, (_, index) => `2611.${10_000 + index}`);
    await first().archive(
      undefined,
      ids.map((id) => archived(aPaper({ id }))),
    );
    for (let index = 0; index < 40; index += 1)
      await first().saveFeed(aFeed({ id: `feed${index}`, destination: PANEL.place }), START);
    await first().presence.joined(HERE, START, LONG_AGO);
    await first().presence.left(HERE, START);
    await place.query('UPDATE seen SET day = 0');
    const limits = { outcomesBefore: LATER, archiveBefore: START };
    const forgetAll = async (store: Store) => {
      while (await store.forget(limits));
    };
    await Promise.all(stores.map(forgetAll));
    await forgetAll(first());
    expect(await first().ledger.changedPapers(0, 9)).toEqual([]);
    expect(await first().ledger.feedIds()).toEqual([]);
    expect(await first().presence.departed('slack')).toEqual([]);
  });
});
