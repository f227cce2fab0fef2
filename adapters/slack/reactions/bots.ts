import type { Clock } from '../../../src/clock.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import { createRecent } from '../../../src/domain/recent.ts';
import { createTally, type Tally } from '../../../src/pace.ts';
import type { Places } from '../posting/places.ts';

/** Members of whom it is remembered whether they are bots, which does not change. */
const MOST_KNOWN = 10_000;
/** Teams whose questions are counted. */
const MOST_TEAMS = 5000;
/** Slack takes some 100 a minute (tier 4); the rest is for those who wait for an answer. */
const MOST_ASKED_PER_MINUTE = 40;

/** Knows bots by their ids. */
export interface Bots {
  /**
   * Whether it is a bot. One of whom that cannot be known just now counts as a person: a bot that is followed up has no
   * direct messages, and that is the end of it. Rejects with the signal's reason.
   */
  isBot(workspace: string, user: string, signal?: AbortSignal): Promise<boolean>;
}

export function createBots({ places, clock }: { places: Pick<Places, 'member'>; clock: Clock }): Bots {
  const known = createRecent<boolean>(MOST_KNOWN);
  const asked = createRecent<Tally>(MOST_TEAMS);

  function mayAsk(workspace: string): boolean {
    const tally = asked.get(workspace) ?? createTally({ windowMs: MINUTE_MS, clock });
    asked.put(workspace, tally);
    if (tally.count() >= MOST_ASKED_PER_MINUTE) return false;
    tally.add();
    return true;
  }

  return {
    async isBot(workspace, user, signal) {
      const key = `${workspace} ${user}`;
      const before = known.get(key);
      if (before !== undefined || !mayAsk(workspace)) return before === true;
      try {
        const isBot = (await places.member(workspace, user, signal))?.isBot === true;
        known.put(key, isBot);
        return isBot;
      } catch {
        signal?.throwIfAborted();
        return false;
      }
    },
  };
}
