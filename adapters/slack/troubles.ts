import type { Host } from '../../src/adapter.ts';
import type { Log } from '../../src/log.ts';
import { type AgainConfig, again } from './installing/again.ts';

export interface TroublesDependencies extends AgainConfig {
  host: Pick<Host, 'report'>;
  log: Log;
}

/** What only the operator can mend may be about the way Slack reaches us, or about the tokens that we ask with. */
type About = 'hearing' | 'renewing' | 'membership';

/**
 * Tells the host of one trouble at a time, as it has one alarm for a platform: undefined says that one is over, and the
 * next one is told then. Never throws; what the store cannot take is told again.
 */
export type Troubles = (about: About, trouble: string | undefined) => void;

export function createTroubles(dependencies: TroublesDependencies): Troubles {
  const { host, log } = dependencies;
  const open = new Map<About, string>();
  let told: string | undefined;
  let queue: Promise<void> = Promise.resolve();

  async function tell(): Promise<void> {
    const [first] = open.values();
    // An alarm keeps its sentence as long as it is open.
    if (told !== undefined && first !== told) await host.report('slack', undefined);
    await host.report('slack', first);
    told = first;
  }

  /** One after the other, as it happened. */
  function next(): Promise<void> {
    const done = queue.then(tell);
    queue = done.catch(() => {});
    return done;
  }

  return (about, trouble) => {
    const wasOpen = open.has(about);
    if (trouble === undefined) open.delete(about);
    else open.set(about, trouble);
    // That Slack reaches us ends what was told before this start; of all else only a change counts.
    if (trouble === undefined && !wasOpen && about !== 'hearing') return;
    next().catch((error: unknown) => {
      log.error('How we stand with Slack could not be kept', { error });
      void again(next, dependencies);
    });
  };
}
