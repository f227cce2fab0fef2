import { afterEach, beforeEach, expect, it } from 'vitest';
import { installationKey } from '../../src/installations.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { ADA, HERE, savedPaper } from '../contracts/people-samples.ts';
import { LATER, LONG_AGO, PANEL } from '../contracts/presence-samples.ts';
import { aKeptInstallation } from '../contracts/store-installations.ts';
import { archived, START } from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { linesOf, written } from '../contracts/transfer-samples.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { aPaper } from '../fixtures/papers.ts';
import { describeWith } from '../servers/index.ts';
import { atOnce, CROWD_CASES, count, expectKept, LONG_PAST, planUncertain, TRIES } from './crowd.ts';
import { type PostgresPlace, postgres } from './subjects-postgres.ts';

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

  it.each(CROWD_CASES)('%s', async (_, run) => run(stores));

  it('begin one transfer, and none into a store that is being written to', async () => {
    const begun = await atOnce(stores, ({ transfer }, index) => transfer.begin(`export ${index % 4}`));
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
    const planned = await planUncertain(first());
    const resending = await place.hold("UPDATE deliveries SET state = 'planned'");
    const forgotten = first().forget(LONG_PAST);
    await resending.isWaitedFor(WAIT_MS);
    await resending.commit();
    await forgotten;
    await expectKept(first(), planned);
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
