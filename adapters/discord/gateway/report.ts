import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import type { ConfigProblem } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import type { Condition } from './condition.ts';

export interface ReportDependencies {
  host: Pick<Host, 'report'>;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

/** What is still so is told so often. */
const AGAIN_MS = 10 * MINUTE_MS;

/**
 * Tells the host how we stand with Discord, as the log alone would tell nobody that the bot has fallen silent.
 *
 * A platform has one alarm, and there may be several processes. That we are let in is told once in the life of a process:
 * it ends what was told before a restart, and no more, as a connection that comes and goes here mends nothing elsewhere.
 * What only a person can mend is told until we stop, as another process that starts well has ended it meanwhile.
 */
export function createReport({
  host,
  clock,
  log,
  signal,
}: ReportDependencies): (condition: Condition) => void {
  let isWellTold = false;

  async function tell(trouble: string | undefined): Promise<boolean> {
    try {
      await host.report('discord', trouble);
      return true;
    } catch (error) {
      log.error('How the bot stands with Discord could not be kept', { error });
      return false;
    }
  }

  async function tellWell(): Promise<void> {
    if (!isWellTold) isWellTold = await tell(undefined);
  }

  async function insist(trouble: string): Promise<void> {
    while (!signal.aborted) {
      await tell(trouble);
      await clock.sleep(AGAIN_MS, signal).catch(() => {});
    }
  }

  return (condition) => {
    if (condition.kind === 'connected') void tellWell();
    else if (condition.kind === 'refused') void insist(sentenceOf(condition.problem));
  };
}

function sentenceOf({ variable, problem }: ConfigProblem): string {
  return `Discord does not let the bot in any more. ${variable}: ${problem} Then restart the bot.`;
}
