import type { Clock } from '../clock.ts';
import type { Json } from '../domain/delivery.ts';
import { StoreError } from '../errors.ts';
import { type Installations, installationKey, UNSEALING } from '../installations.ts';
import type { Workspace } from '../people.ts';
import { withClaim } from '../pipeline/claim.ts';
import type { Seal } from '../sealing.ts';
import type { Store } from '../store.ts';

export interface InstallationsDependencies {
  store: Pick<Store, 'installations'> & { ledger: Pick<Store['ledger'], 'claim' | 'release'> };
  seal: Seal;
  clock: Clock;
}

/** Installations in a store, sealed under their own names. */
export function createInstallations({ store, seal, clock }: InstallationsDependencies): Installations {
  const inHand = new Set<string>();
  return {
    async get(workspace) {
      const key = installationKey(workspace);
      const kept = await store.installations.get(key);
      return kept && read(seal.open(kept.sealed, key), workspace);
    },
    async put(workspace, installation) {
      const key = installationKey(workspace);
      const sealed = seal.close(JSON.stringify(installation), key);
      await store.installations.set(key, { sealed, keptAt: clock.now() });
    },
    remove: (workspace) => store.installations.delete(installationKey(workspace)),
    async alone(workspace, work) {
      const key = `installation:${installationKey(workspace)}`;
      // A claim runs out; work of our own that has not ended by then must still not be met.
      if (inHand.has(key)) return undefined;
      inHand.add(key);
      try {
        return await withClaim(key, { store, clock }, async () => ({ done: await work() }));
      } finally {
        inHand.delete(key);
      }
    },
  };
}

function read(text: string | undefined, workspace: Workspace): Json {
  if (text !== undefined) return JSON.parse(text) as Json;
  const message =
    'it was sealed with another SECRET_KEY, or changed since. Start with the key of before, or install the app there again.';
  throw new StoreError(UNSEALING, { key: `installations:${installationKey(workspace)}`, message });
}
