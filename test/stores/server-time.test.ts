import { expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { START } from '../contracts/store-samples.ts';
import { expectStoreError, type StoreSubject } from '../contracts/store-world.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { describeWith } from '../servers/index.ts';
import { sqliteFile } from './subjects.ts';
import { postgres } from './subjects-postgres.ts';
import { redis } from './subjects-redis.ts';

const dependencies = () => ({ clock: createFakeClock(START), log: silentLog });

/** That what it tells is right the contract says. */
function tells(subject: StoreSubject): void {
  it('is told, and is an error of the store once that is closed', async () => {
    const place = await subject.makePlace();
    try {
      const store = await place.open(dependencies());
      const { serverTime } = store;
      if (!serverTime) throw new Error('It tells no time.');
      const told = await serverTime();
      expect(new Date(told).toISOString()).toBe(told);
      await store.close();
      const { message } = await expectStoreError(serverTime());
      expect(message).toMatch(/^The store's read of time failed: /);
    } finally {
      await place.remove();
    }
  });
}

describeWith('postgres', 'the time of Postgres', () => tells(postgres));
describeWith('redis', 'the time of Redis', () => tells(redis));

it('an embedded store has no server’s time', async () => {
  const place = await sqliteFile.makePlace();
  try {
    expect(await place.open(dependencies())).not.toHaveProperty('serverTime');
  } finally {
    await place.remove();
  }
});
