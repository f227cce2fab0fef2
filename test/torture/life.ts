/** One simulated process: counts its awaits and can be killed at any of them. */
export interface Life {
  readonly steps: number;
  readonly isDead: boolean;
  readonly isFrozen: boolean;
  /** Resolves when it is killed or frozen. */
  readonly end: Promise<void>;
  /** A frozen process goes on where it was. */
  thaw(): void;
  /**
   * One await on the world. A process that is killed never sees another answer, and whatever it would have done next
   * is not done. `limbo`: what becomes of the call when it is under way at that moment.
   */
  step<T>(work: () => Promise<T>, limbo?: () => void): Promise<T>;
}

export interface LifeOptions {
  /** Killed at this await, from 1; 0 never. */
  dieAt: number;
  /** It is not killed but stopped, as by SIGSTOP or a sleeping machine. */
  isFreezing: boolean;
  random: () => number;
  /** Most turns of the event loop that a call is held back, so that two processes interleave. */
  jitter: number;
}

export function createLife({ dieAt, isFreezing, random, jitter }: LifeOptions): Life {
  const { promise: end, resolve: tell } = Promise.withResolvers<void>();
  const { promise: thawed, resolve: thaw } = Promise.withResolvers<void>();
  const never = new Promise<never>(() => {});
  let steps = 0;
  let isDead = false;
  let isFrozen = false;

  async function kill(work: () => Promise<unknown>, limbo?: () => void): Promise<never> {
    const chance = random();
    if (chance < 0.4) await work().catch(() => undefined);
    else if (chance < 0.6) limbo?.();
    isDead = true;
    tell();
    return await never;
  }

  return {
    get steps() {
      return steps;
    },
    get isDead() {
      return isDead;
    },
    get isFrozen() {
      return isFrozen;
    },
    end,
    thaw() {
      isFrozen = false;
      thaw();
    },
    async step(work, limbo) {
      if (isDead) return await never;
      steps += 1;
      if (steps === dieAt && !isFreezing) return await kill(work, limbo);
      if (steps === dieAt) {
        isFrozen = true;
        tell();
      }
      if (isFrozen) await thawed;
      for (let turns = Math.floor(random() * (jitter + 1)); turns > 0; turns -= 1) await undefined;
      if (isDead) return await never;
      try {
        const result = await work();
        return isDead ? await never : result;
      } catch (error) {
        if (isDead) return await never;
        throw error;
      }
    },
  };
}

/** An object whose asynchronous methods, and those of the objects in it, are awaits of a life. */
export function mortal<T extends object>(subject: T, life: Life, fail: () => Failure = () => undefined): T {
  return new Proxy(subject, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value === 'object' && value !== null) return mortal(value, life, fail);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => life.step(() => tryTo(() => value.apply(target, given), fail()));
    },
  });
}

/** An error that a call meets, before it has done its work or after. */
export type Failure = { error: Error; isDone: boolean } | undefined;

async function tryTo(work: () => Promise<unknown>, failure: Failure): Promise<unknown> {
  if (failure && !failure.isDone) throw failure.error;
  const result = await work();
  if (failure) throw failure.error;
  return result;
}
