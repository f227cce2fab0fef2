import type { Clock } from '../../../src/clock.ts';
import type { Command } from '../../../src/command.ts';
import { createRecent } from '../../../src/domain/recent.ts';
import type { Sign } from '../../../src/reacting/sign.ts';
import { signOf } from '../cards/sign.ts';
import { patiently } from '../posting/patience.ts';
import type { Address, Looks } from './message.ts';

/** Messages whose sign is remembered, those without one too: some 150 bytes each. */
const MOST_KNOWN = 10_000;

/** Reads signs off messages. Errors: those of `Ask`. */
export interface Signs {
  /** Undefined for a message that is gone, or on which emoji mean nothing. */
  of(address: Address, signal?: AbortSignal): Promise<Sign | undefined>;
  remember(address: Address, sign: Sign | undefined): void;
}

export interface SignDependencies {
  looks: Looks;
  commands: () => readonly Command[];
  clock: Clock;
}

export function createSigns({ looks, commands, clock }: SignDependencies): Signs {
  const known = createRecent<{ sign: Sign | undefined }>(MOST_KNOWN);

  function remember(address: Address, sign: Sign | undefined): void {
    known.put(keyOf(address), { sign });
  }

  return {
    remember,
    async of(address, signal) {
      const before = known.get(keyOf(address));
      if (before) return before.sign;
      const message = await patiently(() => looks.at(address, signal), { clock, signal });
      const sign = message && signOf(message.blocks, commands());
      remember(address, sign);
      return sign;
    },
  };
}

/** A `ts` is one message's in its channel only. */
function keyOf({ place: { workspace, channel }, messageId }: Address): string {
  return `${workspace} ${channel} ${messageId}`;
}
