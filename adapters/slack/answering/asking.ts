import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Reply } from '../../../src/command.ts';
import type { Texts } from '../../../src/texts/index.ts';
import type { SlackBody } from '../cards/payload.ts';
import type { Told } from '../gateway/told.ts';
import { sentence } from './answers.ts';
import { type Asked, commandOf } from './asked.ts';
import type { Caller } from './caller.ts';

/** Who asks, and how. */
export interface Asking {
  told: Told;
  caller: Caller;
  /** A member of another team. */
  isStranger: boolean;
  /** In the caller's direct messages with us. */
  isDirect: boolean;
  /** Our own id at Slack. */
  appId: string | undefined;
  signal: AbortSignal;
}

export interface Answered {
  /** At least one. */
  bodies: SlackBody[];
  isDone: boolean;
}

/** The `action_id`s of buttons of our own, whose value is what they ask for. */
export const BUTTONS = { share: 'share:0', join: 'join:0', run: 'run:0', here: 'here:0' } as const;

export interface RunningDependencies {
  host: Pick<Host, 'commands' | 'run'>;
  clock: Clock;
}

/** Has it carried out. Rejects with the signal's reason alone. */
export async function run(
  { command, options }: Asked,
  { caller, signal }: Asking,
  { host, clock }: RunningDependencies,
): Promise<Reply> {
  return await host.run({ command, options, ...caller, at: clock.now(), signal });
}

/** Members of another team hear nothing of this one. */
export function isForbidden(asked: Asked, { isStranger }: Asking, { host }: RunningDependencies): boolean {
  return isStranger && commandOf(asked, host.commands)?.isOfWorkspace === true;
}

export function refused(text: string, texts: Texts): Answered {
  return { bodies: sentence(text, texts), isDone: false };
}
