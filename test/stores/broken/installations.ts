import { installationKey } from '../../../src/installations.ts';
import type { Store } from '../../../src/store.ts';
import { type BrokenStore, withPresence, withTransfer } from './kit.ts';

type Installations = Store['installations'];

function withInstallations(store: Store, change: (of: Installations) => Partial<Installations>): Store {
  return { ...store, installations: { ...store.installations, ...change(store.installations) } };
}

const workspaceOf = (key: string) => key.split(':')[1] ?? '';

export const INSTALLATIONS: BrokenStore[] = [
  {
    fault: 'the first installation of a workspace stays',
    noticedBy: 'the last one stays',
    breaks: (store) =>
      withInstallations(store, ({ get, set }) => ({
        async set(key, one) {
          if ((await get(key)) === undefined) await set(key, one);
        },
      })),
  },
  {
    fault: 'a workspace is known by its id alone, whatever its platform',
    noticedBy: 'for its workspace alone',
    breaks: (store) =>
      withInstallations(store, ({ get, set }) => ({
        get: (key) => get(workspaceOf(key)),
        set: (key, one) => set(workspaceOf(key), one),
      })),
  },
  {
    fault: 'what is removed is still there',
    noticedBy: 'that is removed is gone',
    breaks: (store) => withInstallations(store, () => ({ delete: async () => true })),
  },
  {
    fault: 'tokens outlive their workspace',
    noticedBy: 'one that comes back too late',
    breaks: (store) =>
      withPresence(store, ({ joined }) => ({
        async joined(workspace, at, keptSince) {
          const key = installationKey(workspace);
          const kept = await store.installations.get(key);
          const how = await joined(workspace, at, keptSince);
          if (kept) await store.installations.set(key, kept);
          return how;
        },
      })),
  },
  {
    fault: 'whoever installs us anew after long loses what they just gave',
    noticedBy: 'kept since its workspace let us go',
    breaks: (store) =>
      withPresence(store, ({ joined }) => ({
        async joined(workspace, at, keptSince) {
          const how = await joined(workspace, at, keptSince);
          if (how === 'new') await store.installations.delete(installationKey(workspace));
          return how;
        },
      })),
  },
  {
    fault: 'damaged tokens outlive their workspace',
    noticedBy: 'a damaged installation is set aside',
    breaks(store) {
      let known: Awaited<ReturnType<Store['damaged']>> = [];
      return {
        ...store,
        async damaged() {
          const now = await store.damaged();
          known = now.length > 0 ? now : known;
          return known;
        },
      };
    },
  },
  {
    fault: 'what cannot be read was never installed',
    noticedBy: 'never taken for none',
    breaks: (store) =>
      withInstallations(store, ({ get }) => ({ get: (key) => get(key).catch(() => undefined) })),
  },
  {
    fault: 'installations stay behind',
    noticedBy: 'is the same store',
    breaks: (store) =>
      withTransfer(store, ({ write }) => ({
        write: (lines) => write(lines.filter(({ kind }) => kind !== 'installations')),
      })),
  },
];
