import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import { createPace } from '../../../src/pace.ts';
import { rest } from './again.ts';
import type { ManyTokens } from './many-tokens.ts';

/** A token that rotates is renewed in its last two hours: four looks fall into them. */
const LOOK_EVERY_MS = 30 * MINUTE_MS;
/** Slack takes some hundred renewals a minute; the others are for editions that are due. */
const RENEWALS_PER_MINUTE = 60;

export interface AheadDependencies {
  many: ManyTokens;
  workspaces: Pick<Host['workspaces'], 'known'>;
  clock: Clock;
  log: Log;
  /** Ends it. */
  signal: AbortSignal | undefined;
}

/**
 * Renews the tokens of all workspaces before they end, so that an edition that is due finds one: a thousand that have ended
 * take ten minutes. Keeps no process alive. Never rejects.
 */
export async function renewAhead(dependencies: AheadDependencies): Promise<void> {
  const { clock, log, signal } = dependencies;
  for (;;) {
    await rest(LOOK_EVERY_MS, { clock, signal });
    if (signal?.aborted) return;
    try {
      await renewDue(dependencies);
    } catch (error) {
      if (!signal?.aborted) log.warn('The tokens of Slack workspaces are looked at later', { error });
    }
  }
}

async function renewDue({ many, workspaces, clock, log, signal }: AheadDependencies): Promise<void> {
  const pace = createPace({ limit: RENEWALS_PER_MINUTE, windowMs: MINUTE_MS, clock });
  for (const { workspace, hasUs } of await workspaces.known('slack')) {
    if (!hasUs) continue;
    try {
      if (!(await many.isDue(workspace))) continue;
      await pace(signal);
      await many.of(workspace, '', signal);
    } catch (error) {
      signal?.throwIfAborted();
      // Whoever needs it hears of it; the next look tries again.
      log.debug('A token was not renewed ahead of its end', { workspace, error });
    }
  }
}
