import type { Clock } from '../../src/clock.ts';
import { MINUTE_MS } from '../../src/domain/calendar.ts';
import type { Log } from '../../src/log.ts';
import type { Hooks } from './gateway/told.ts';

/** Slack holds events back for a minute; what is looked at after two is not looked at in vain. */
const HELD_BACK_MS = 2 * MINUTE_MS;

export interface HeldBackDependencies {
  /** Looks at what was not told. Never rejects. */
  look: () => Promise<void>;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

/** Makes good what Slack holds back: once, however often it says that it does. */
export function createHeldBack({ look, clock, log, signal }: HeldBackDependencies): Hooks['onLimited'] {
  let isLookingLater = false;

  async function lookLater(): Promise<void> {
    if (isLookingLater) return;
    isLookingLater = true;
    await clock.sleep(HELD_BACK_MS, signal).catch(() => {});
    isLookingLater = false;
    if (!signal.aborted) await look();
  }

  return (team) => {
    log.warn('Slack holds back the events of a team that has too many; its messages are looked at later', {
      team,
    });
    void lookLater();
  };
}
