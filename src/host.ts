import type { Services } from './abilities.ts';
import type { Host } from './adapter.ts';
import type { Command, Invocation, Option, Reply } from './command.ts';
import type { Card } from './domain/card.ts';
import { memberAt } from './domain/member.ts';
import { CommandError, isSourceError, StoreError } from './errors.ts';
import type { Log } from './log.ts';

/** Carries invocations out: checks who may, checks the options, and turns every error into a private reply. */
export function createHost(commands: readonly Command[], services: Services, log: Log): Host {
  return {
    commands,
    async complete({ command: name, option, typed, place }) {
      const command = commands.find((one) => one.name === name);
      const kinds = command?.options.find((one) => one.name === option)?.completedBy;
      return kinds ? await services.search.complete(typed, kinds, place) : [];
    },
    async run(invocation) {
      const troubles: Card[] = [];
      try {
        troubles.push(...(await troubleOf(invocation, services)));
        const command = check(invocation, commands);
        return withTroubles(await command.run(invocation, services), troubles);
      } catch (error) {
        if (invocation.signal?.aborted) throw invocation.signal.reason;
        const outcome = error instanceof CommandError ? 'refused' : 'failed';
        return withTroubles(refusal(outcome, sentenceFor(error, invocation, log)), troubles);
      }
    },
  };
}

/** What the caller must be told beside the answer, once: that their digest could not be delivered. */
async function troubleOf({ place, member }: Invocation, { people }: Services): Promise<Card[]> {
  const sentence = await people.trouble(memberAt(place, member.id));
  return sentence === undefined ? [] : [{ kind: 'text', title: 'By the way', paragraphs: [sentence] }];
}

function withTroubles(reply: Reply, troubles: readonly Card[]): Reply {
  // What is for the caller alone must not be shown to a channel.
  return troubles.length === 0
    ? reply
    : { ...reply, visibility: 'private', cards: [...reply.cards, ...troubles] };
}

/** The command that was meant, when it exists, is open to the caller and its options fit. */
function check({ command: name, options, member }: Invocation, commands: readonly Command[]): Command {
  const command = commands.find((one) => one.name === name);
  if (!command) throw new CommandError(`There is no command "${name}". "help" lists the ones there are.`);
  if (command.audience === 'manager' && !member.isManager) {
    throw new CommandError(`Only managers of this workspace may use "${name}". Ask one of them.`);
  }
  for (const option of command.options) checkOption(option, options[option.name]);
  const unknown = Object.keys(options).find(
    (given) => !command.options.some((option) => option.name === given),
  );
  if (unknown !== undefined)
    throw new CommandError(`"${name}" has no option "${unknown}". See "help ${name}".`);
  return command;
}

function checkOption({ name, type, isRequired, choices, min, max }: Option, value: unknown): void {
  if (value === undefined || value === '') {
    if (isRequired) throw new CommandError(`"${name}" is missing.`);
    if (value === undefined) return;
  }
  if (choices && !choices.includes(String(value))) {
    throw new CommandError(`"${name}" is one of ${choices.join(', ')}, not "${value}".`);
  }
  if (type !== 'integer') return;
  const low = min ?? Number.MIN_SAFE_INTEGER;
  const high = max ?? Number.MAX_SAFE_INTEGER;
  if (!Number.isInteger(value) || Number(value) < low || Number(value) > high) {
    throw new CommandError(`"${name}" is a whole number from ${low} to ${high}, not "${value}".`);
  }
}

function sentenceFor(error: unknown, { command }: Invocation, log: Log): string {
  if (error instanceof CommandError) return error.message;
  if (isSourceError(error)) {
    log.warn('A command found the source closed', { command, code: error.code, error: error.message });
    return `${error.message} Nothing of it is in the archive either. Please try again in a few minutes.`;
  }
  log.error('A command failed', { command, error });
  if (error instanceof StoreError)
    return 'Paperwire cannot reach its store just now. Please try again later.';
  return 'Something went wrong in Paperwire itself; its operator finds the reason in the log.';
}

function refusal(outcome: 'refused' | 'failed', sentence: string): Reply {
  const card = { kind: 'text' as const, title: 'That did not work', paragraphs: [sentence] };
  return { visibility: 'private', cards: [card], outcome };
}
