import type { Log } from '../../../src/log.ts';

/** Reactions of one team that wait for their turn; anybody can set thousands. */
const MOST_WAITING = 1000;

/** Counts the reactions that wait, by team. */
export interface Waiting {
  /** False when too many wait already. */
  begin(team: string): boolean;
  end(team: string): void;
}

export function createWaiting(log: Log): Waiting {
  /** A team in which none waits is absent. */
  const waiting = new Map<string, number>();
  return {
    begin(team) {
      const before = waiting.get(team) ?? 0;
      if (before === MOST_WAITING) return false;
      waiting.set(team, before + 1);
      if (before + 1 === MOST_WAITING)
        log.warn('Too many reactions at once; some are looked at with the next start', { team });
      return true;
    },
    end(team) {
      const left = (waiting.get(team) ?? 0) - 1;
      if (left > 0) waiting.set(team, left);
      else waiting.delete(team);
    },
  };
}
