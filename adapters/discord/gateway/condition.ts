import type { ConfigProblem } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';

/** How we stand with Discord's gateway. */
export type Condition =
  | { kind: 'closed' | 'connecting' | 'connected' }
  /** Only a person can mend it. */
  | { kind: 'refused'; problem: ConfigProblem };

/** Keeps how we stand, and tells of it when we are let in and when a person must see to it. */
export interface KeptCondition {
  now(): Condition;
  /** What nobody need be told. */
  put(kind: 'closed' | 'connecting'): void;
  letIn(): void;
  /** Said once, whatever else comes. */
  refuse(problem: ConfigProblem): void;
  /** The connection of a shard broke; it is restored without us. */
  breakOff(shard: number): void;
  restore(shard: number): void;
}

export interface ConditionDependencies {
  log: Log;
  /** Must not throw. */
  onCondition: (condition: Condition) => void;
  /** Aborts when the bot stops: what breaks then is to break. */
  signal: AbortSignal;
}

export function keepCondition({ log, onCondition, signal }: ConditionDependencies): KeptCondition {
  const broken = new Set<number>();
  let condition: Condition = { kind: 'closed' };

  function become(next: Condition): void {
    condition = next;
    onCondition(condition);
  }

  return {
    now: () => condition,
    put(kind) {
      condition = { kind };
    },
    letIn: () => become({ kind: 'connected' }),
    refuse(problem) {
      if (condition.kind === 'refused') return;
      log.error('Discord does not let the bot in any more', { ...problem });
      become({ kind: 'refused', problem });
    },
    breakOff(shard) {
      if (signal.aborted) return;
      if (broken.size === 0) log.info('A connection to Discord broke and is restored', { shard });
      broken.add(shard);
      if (condition.kind === 'connected') condition = { kind: 'connecting' };
    },
    restore(shard) {
      const wasBroken = broken.delete(shard);
      if (!wasBroken || broken.size > 0 || condition.kind !== 'connecting') return;
      log.info('All connections to Discord are restored');
      become({ kind: 'connected' });
    },
  };
}
