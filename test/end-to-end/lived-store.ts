import { DatabaseSync } from 'node:sqlite';
import { createTerminalAdapter } from '../../adapters/terminal/index.ts';
import { assembleBot } from '../../src/bot.ts';
import { systemClock } from '../../src/clock.ts';
import { addMs, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import type { FeedId } from '../../src/domain/feed.ts';
import { silentLog } from '../../src/log.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemorySource, unreachable } from '../fakes/memory-source.ts';
import { somePapers } from '../fixtures/papers.ts';
import { PLACE } from '../world.ts';
import { withStore } from './bot-store.ts';

/** More than an import takes in at once. */
const PAPERS = somePapers(
  '2611',
  Array.from({ length: 700 }, (_, index) => 800 - index),
);
/** Nobody knows whether they were seen: the third and fourth message of an edition. */
const DOUBTFUL = ['2611.00002', '2611.00003'];

/**
 * Lives some hours ago in the terminal and leaves what comes of that: a feed whose edition of a heading and four papers
 * has two messages that are uncertain, its alarm, and a waiting feed whose source is down. Out: their ids.
 */
export async function liveInTerminal(storeUrl: string): Promise<{ unsure: FeedId; waiting: FeedId }> {
  // From the full hour on, so that no midnight comes in between.
  const clock = createFakeClock(`${addMs(systemClock.now(), -2 * HOUR_MS).slice(0, 13)}:00:00.000Z`);
  const source = createMemorySource(clock);
  source.set({ kind: 'trending', key: 'now' }, PAPERS);
  const write = (text: string) => {
    if (DOUBTFUL.some((id) => text.includes(id))) throw new Error('The terminal is broken.');
  };
  const terminal = { columns: () => 80, isTty: false, hasColor: false, hasLinks: false };
  const adapters = [createTerminalAdapter({ ...terminal, write })];
  return await withStore(storeUrl, async (store) => {
    const bot = assembleBot({ source, store, adapters, clock, log: silentLog });
    const { feeds, upkeep } = bot;
    const settings = { listing: 'trending', layout: 'cards', limit: 4 } as const;
    const { feed: unsure } = await feeds.add(PLACE, 'operator', settings);
    // Whether each of the two has arrived can be asked two minutes later, and then nobody knows.
    for (let runs = 0; runs <= DOUBTFUL.length; runs += 1) {
      await feeds.run(PLACE, unsure.id);
      clock.advance(5 * MINUTE_MS);
    }
    await upkeep.tell();
    source.fail(unreachable());
    const { feed: waiting } = await feeds.add(PLACE, 'operator', { listing: 'trending', time: '00:00' });
    await feeds.run(PLACE, waiting.id);
    return { unsure: unsure.id, waiting: waiting.id };
  });
}

/** Spoils one paper's record behind the store's back. */
export function spoil(storeUrl: string): void {
  const raw = new DatabaseSync(storeUrl.slice('sqlite:'.length));
  raw.prepare("UPDATE records SET value = 'spoilt' WHERE namespace = 'papers' AND key LIKE '%.00700'").run();
  raw.close();
}
