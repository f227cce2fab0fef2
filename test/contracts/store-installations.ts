import { expect } from 'vitest';
import { addMs } from '../../src/domain/calendar.ts';
import { installationKey, type KeptInstallation } from '../../src/installations.ts';
import { HERE } from './people-samples.ts';
import { START } from './store-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';

const KEY = installationKey(HERE);
/** It is not that workspace, however alike it looks. */
const OTHER = installationKey({ ...HERE, platform: 'discord' });

export function aKeptInstallation(given: Partial<KeptInstallation> = {}): KeptInstallation {
  return { sealed: 'v1.c2VhbGVk', keptAt: START, ...given };
}

export const INSTALLATION_CASES: readonly StoreCase[] = [
  {
    title: 'an installation is kept for its workspace alone, and the last one stays',
    async run({ store: { installations }, openAnother }) {
      expect(await installations.get(KEY)).toBeUndefined();
      await installations.set(KEY, aKeptInstallation());
      const later = aKeptInstallation({ sealed: 'v1.bGF0ZXI', keptAt: addMs(START, 1000) });
      await installations.set(KEY, later);
      expect(await installations.get(OTHER)).toBeUndefined();
      expect(await (await openAnother()).installations.get(KEY)).toEqual(later);
    },
  },
  {
    title: 'an installation that is removed is gone, and no other',
    async run({ store: { installations } }) {
      for (const key of [KEY, OTHER]) await installations.set(key, aKeptInstallation());
      expect(await installations.delete(KEY)).toBe(true);
      expect(await installations.delete(KEY)).toBe(false);
      expect(await installations.get(KEY)).toBeUndefined();
      expect(await installations.get(OTHER)).toEqual(aKeptInstallation());
    },
  },
  {
    title: 'an installation that was kept since its workspace let us go outlives what is erased of it',
    async run({ store, store: { presence, installations } }) {
      for (const [seconds, isNew] of [
        [-1, false],
        [1, true],
      ] as const) {
        const workspace = `W${seconds}`;
        const where = { ...HERE, workspace };
        await presence.joined(where, START, START);
        await presence.left(where, START);
        const kept = aKeptInstallation({ keptAt: addMs(START, seconds * 1000) });
        await installations.set(installationKey(where), kept);
        if (isNew) await presence.joined(where, addMs(START, 3000), addMs(START, 2000));
        else await store.forget({ outcomesBefore: addMs(START, 2000) });
        expect(await installations.get(installationKey(where))).toEqual(isNew ? kept : undefined);
      }
    },
  },
  {
    title: 'a damaged installation is set aside, and goes with its workspace',
    async run({ store, store: { presence, installations }, place }) {
      await presence.joined(HERE, START, START);
      await installations.set(KEY, aKeptInstallation());
      await place.writeText('installations', KEY, '{"value":{"v":1,"record":{"sealed":7}}}');
      expect(await installations.get(KEY)).toBeUndefined();
      expect((await store.damaged()).map(({ key }) => key)).toEqual([`installations:${KEY}`]);
      await presence.left(HERE, START);
      expect(await presence.joined(HERE, addMs(START, 2000), addMs(START, 1000))).toBe('new');
      expect(await store.damaged()).toEqual([]);
    },
  },
  {
    title: 'an installation that cannot be read is never taken for none',
    async run({ store: { installations }, place }) {
      await installations.set(KEY, aKeptInstallation());
      await place.breakReads();
      expect(await expectStoreError(installations.get(KEY))).toMatchObject({ key: `installations:${KEY}` });
      await expectStoreError(installations.set(KEY, aKeptInstallation()));
      await expectStoreError(installations.delete(KEY));
    },
  },
];
