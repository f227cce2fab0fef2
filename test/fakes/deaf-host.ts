import type { Host } from '../../src/adapter.ts';

/** A host that nobody should ask anything: it knows nothing and keeps nothing. What a test looks at it puts over it. */
export const DEAF_HOST: Host = {
  commands: [],
  complete: async () => [],
  run: () => Promise.reject(new Error('Nobody asked.')),
  reactions: {
    emoji: async () => [],
    mayChange: async () => false,
    react: async () => {},
    watch: async () => {},
    unwatch: async () => {},
    watched: async () => ({ panels: [], editions: [] }),
    reconcile: async () => false,
  },
  workspaces: {
    joined: async () => 'known',
    left: async () => {},
    present: async () => [],
    greeted: async () => {},
    known: async () => [],
  },
  subscribers: {
    get: async () => undefined,
    put: async (address, order) => ({
      ...order,
      address,
      state: 'active',
      createdAt: '2026-11-23T00:00:00.000Z',
    }),
    change: async () => undefined,
    remove: async () => false,
  },
  isFirst: async () => true,
  report: async () => {},
};
