import type { Services } from '../../src/abilities.ts';
import type { Command } from '../../src/command.ts';
import { silentLog } from '../../src/log.ts';
import { blindObserver } from '../../src/observer.ts';
import { createFakeClock } from '../fakes/clock.ts';

export function failing(error: unknown): Command {
  const run = async () => {
    throw error;
  };
  return { name: 'fail', summary: 'Fail', options: [], audience: 'member', example: 'fail', run };
}

/** Services of which only that nobody has trouble is asked. */
export const NOTHING = { people: { trouble: async () => undefined } } as unknown as Services;

export const NEEDS = {
  clock: createFakeClock('2026-11-23T12:00:00.000Z'),
  log: silentLog,
  observer: blindObserver,
};
