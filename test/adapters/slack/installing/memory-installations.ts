import type { Json } from '../../../../src/domain/delivery.ts';
import type { Installations } from '../../../../src/installations.ts';

/** Installations that outlive nothing. */
export function createMemoryInstallations(): Installations {
  const kept = new Map<string, Json>();
  const busy = new Set<string>();
  const keyOf = ({ platform, workspace }: Parameters<Installations['get']>[0]) => `${platform}:${workspace}`;
  return {
    get: async (workspace) => kept.get(keyOf(workspace)),
    put: async (workspace, installation) => void kept.set(keyOf(workspace), installation),
    remove: async (workspace) => kept.delete(keyOf(workspace)),
    async alone(workspace, work) {
      const key = keyOf(workspace);
      if (busy.has(key)) return undefined;
      busy.add(key);
      try {
        return { done: await work() };
      } finally {
        busy.delete(key);
      }
    },
  };
}
