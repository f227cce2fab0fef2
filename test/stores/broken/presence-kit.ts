import type { Store } from '../../../src/store.ts';
import { withPresence } from './kit.ts';

/** The store with workspaces that never rest: whoever leaves is back at once, and known. */
export function restless(store: Store): Store {
  return withPresence(store, () => ({ left: async () => true }));
}
