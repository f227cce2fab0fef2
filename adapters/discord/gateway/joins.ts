import { type Clock, within } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';

/** A server has let us in. */
export interface Join {
  server: string;
  /** `back`: it had shown us out before; `known`: it had not. */
  outcome: 'new' | 'back' | 'known';
  /** The member who added us; absent when Discord does not tell. */
  adder?: string;
}

export interface JoinDependencies {
  /** Rejects where it is to be called again with the next start. */
  onJoin: (join: Join) => Promise<void>;
  /** Is told of each new server once its `onJoin` is over. */
  onGreeted: (server: string) => void;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

/** Tells of the servers that let us in, with who added us: that Discord tells before or after the server. Nothing here throws. */
export interface Joins {
  tell(server: string, outcome: Join['outcome']): Promise<void>;
  addedBy(server: string, member: string): void;
  /** We are not there any more. */
  forget(server: string): void;
}

/** Who added us is waited for so long. */
const ADDER_MS = 5 * SECOND_MS;

export function createJoins({ onJoin, onGreeted, clock, log, signal }: JoinDependencies): Joins {
  const adders = new Map<string, PromiseWithResolvers<string>>();

  function adderOf(server: string): PromiseWithResolvers<string> {
    const asked = adders.get(server) ?? Promise.withResolvers<string>();
    adders.set(server, asked);
    return asked;
  }

  return {
    async tell(server, outcome) {
      try {
        const adder = await within(ADDER_MS, adderOf(server).promise, clock);
        adders.delete(server);
        await onJoin({ server, outcome, ...(adder === undefined ? {} : { adder }) });
        if (outcome === 'new') onGreeted(server);
      } catch (error) {
        if (!signal.aborted) log.warn('Whoever added the bot could not be welcomed', { server, error });
      }
    },
    addedBy: (server, member) => adderOf(server).resolve(member),
    forget: (server) => void adders.delete(server),
  };
}
