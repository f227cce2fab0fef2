import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../src/clock.ts';
import type { FeedId } from '../../src/domain/feed.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { FIRST_DAY } from './bot-source.ts';

/** Who manages every feed. */
export const MANAGER = 'ada';

/** Opens a store that no bot has open, or whose bots may wait, for a moment. */
export async function withStore<T>(storeUrl: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(storeUrl, { clock: systemClock, log: silentLog });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Feeds in cards layout on the loopback platform, each in `channel-of-<id>`, due at 09:00 UTC of both days. */
export async function addFeeds(storeUrl: string, count: number, limit: number): Promise<FeedId[]> {
  const ids = Array.from({ length: count }, (_, index) => `feed0${index + 1}`);
  const createdAt = `${FIRST_DAY}T06:00:00.000Z`;
  const settings = { layout: 'cards', limit, refreshHours: 0, manager: MANAGER, createdAt } as const;
  await withStore(storeUrl, async (store) => {
    for (const id of ids) {
      const destination = { platform: 'web', workspace: 'workspace', channel: `channel-of-${id}` } as const;
      await store.saveFeed(aFeed({ id, destination, ...settings }), createdAt);
    }
  });
  return ids;
}

/** What is wrong with a store's file: SQLite's own check, and work that is claimed though nobody works. */
export function faultsOfFile(storeUrl: string): string[] {
  const raw = new DatabaseSync(storeUrl.slice('sqlite:'.length), { readOnly: true });
  try {
    const check = raw.prepare('PRAGMA integrity_check').get()?.integrity_check;
    // A tick is claimed for its minute and never given back, and a run leaves one behind as its mark.
    const held = raw.prepare("SELECT key FROM claims WHERE key NOT LIKE 'tick:%' AND key <> 'ran'").all();
    return [
      ...(check === 'ok' ? [] : [`the file is damaged: ${check}`]),
      ...held.map(({ key }) => `${key} is still claimed`),
    ];
  } finally {
    raw.close();
  }
}
