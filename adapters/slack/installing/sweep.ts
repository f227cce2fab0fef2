import type { KnownWorkspace } from '../../../src/adapter.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import { createPace } from '../../../src/pace.ts';
import { type AgainConfig, again } from './again.ts';
import type { Greet } from './greeting.ts';
import type { LetGo } from './letting-go.ts';
import type { ManyTokens } from './many-tokens.ts';

/** Ours: a thousand workspaces within some minutes, beside all else that is asked at a start. */
const LOOKS_PER_SECOND = 5;

export interface SweepDependencies extends AgainConfig {
  many: ManyTokens;
  letGo: LetGo;
  /** A workspace that was away takes our token again. Errors: `StoreError`. */
  rejoin: (workspace: string, token: string) => Promise<void>;
  greet: Greet;
  log: Log;
}

/**
 * Asks Slack of each workspace whether it has us still, one after the other, and does what came of it as if it happened now;
 * again later where there was no answer. Never rejects.
 */
export type Sweep = (workspaces: readonly KnownWorkspace[]) => Promise<void>;

export function createSweep(dependencies: SweepDependencies): Sweep {
  const { many, letGo, rejoin, greet, clock, log, signal } = dependencies;
  const pace = createPace({ limit: LOOKS_PER_SECOND, windowMs: SECOND_MS, clock });

  /** Errors: what keeps it from being known, which is to be looked at again. */
  async function look({ workspace, hasUs, isGreeted }: KnownWorkspace): Promise<void> {
    // One that has us is renewed when it is needed: those that are due now come first.
    const found = await many.standing(workspace, { isRenewed: !hasUs });
    // What broke off while it was let go is brought to its end.
    if (!found) return hasUs ? await letGo(workspace, undefined, 'revoked') : undefined;
    const { standing, token } = found;
    if (standing === 'revoked' || standing === 'inactive') return await letGo(workspace, token, standing);
    if (standing === 'refused' || (standing === 'expired' && !hasUs))
      return log.warn('Slack takes nothing of what a workspace gave us; it must install the app again', {
        workspace,
        standing,
      });
    if (!hasUs) await rejoin(workspace, token);
    if (!isGreeted) await greet(workspace);
  }

  /** Out: those of which nothing is known yet. */
  async function round(workspaces: readonly KnownWorkspace[]): Promise<KnownWorkspace[]> {
    const later: KnownWorkspace[] = [];
    for (const one of workspaces) {
      if (signal?.aborted) return [];
      try {
        await pace(signal);
        await look(one);
      } catch (error) {
        log.info('Whether a workspace has the bot still is looked at later', {
          workspace: one.workspace,
          error,
        });
        later.push(one);
      }
    }
    return later;
  }

  return async (workspaces) => {
    let left = await round(workspaces);
    const goOn = async () => {
      left = await round(left);
      if (left.length > 0) throw new Error('Some are left.');
    };
    if (left.length > 0) await again(goOn, dependencies);
  };
}
