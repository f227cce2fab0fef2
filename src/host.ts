import type { Services } from './abilities.ts';
import type { Host } from './adapter.ts';
import type { Clock } from './clock.ts';
import type { Command, Invocation, Option, OptionValue, Reply } from './command.ts';
import { complete } from './completion.ts';
import { msBetween } from './domain/calendar.ts';
import type { TextCard } from './domain/card.ts';
import { memberAt } from './domain/member.ts';
import {
  CommandError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
  isSourceError,
  RefusedError,
  StoreError,
} from './errors.ts';
import type { Log } from './log.ts';
import type { Answered, Observer } from './observer.ts';
import { type Texts, textsFor } from './texts/index.ts';

/** What becomes of invocations. */
export type CommandHost = Pick<Host, 'commands' | 'complete' | 'run'>;

export interface HostDependencies {
  clock: Clock;
  log: Log;
  observer: Observer;
}

/** Carries invocations out: checks who may, checks the options, and turns every error into a private reply. */
export function createHost(
  commands: readonly Command[],
  services: Services,
  { clock, log, observer }: HostDependencies,
): CommandHost {
  return {
    commands,
    complete: (asked) => complete(asked, commands, services),
    async run(invocation) {
      const begunAt = clock.now();
      const reply = await runChecked(invocation, commands, services, log);
      const tookMs = Math.max(0, msBetween(begunAt, clock.now()));
      observer.answered({ ...namesOf(invocation, commands), outcome: reply.outcome, tookMs });
      // What is for the caller alone must not be shown to a channel: it is told with their next command.
      if (reply.visibility === 'channel') return reply;
      const trouble = await troubleOf(invocation, services, log);
      return trouble ? { ...reply, cards: [...reply.cards, trouble] } : reply;
    },
  };
}

/** A command that is not in the list goes without its name: anybody may have made that up. */
function namesOf(
  { command: given, place }: Invocation,
  commands: readonly Command[],
): Pick<Answered, 'platform' | 'command'> {
  const command = commands.find(({ name }) => name === given)?.name;
  return { platform: place.platform, ...(command === undefined ? {} : { command }) };
}

async function runChecked(
  invocation: Invocation,
  commands: readonly Command[],
  services: Services,
  log: Log,
): Promise<Reply> {
  const { host: say } = textsFor(invocation.locale);
  try {
    return await check(invocation, commands, say).run(invocation, services);
  } catch (error) {
    if (invocation.signal?.aborted) throw invocation.signal.reason;
    const sentence = sentenceFor(error, invocation, say, log);
    const card = { kind: 'text' as const, title: say.failed, paragraphs: [sentence] };
    if (!(error instanceof CommandError)) return { visibility: 'private', cards: [card], outcome: 'failed' };
    const option = optionAtFault(error, invocation, commands);
    const fault = option === undefined ? {} : { option };
    return { visibility: 'private', cards: [card], outcome: 'refused', ...fault };
  }
}

/** Where the command has none of that name there is nothing to put right. */
function optionAtFault(
  { option }: CommandError,
  { command }: Invocation,
  commands: readonly Command[],
): string | undefined {
  const options = commands.find(({ name }) => name === command)?.options ?? [];
  return options.some(({ name }) => name === option) ? option : undefined;
}

/**
 * What the caller must be told beside the answer, once: that their digest could not be delivered. Where that cannot be
 * known just now it is told another time; what was done stays done.
 */
async function troubleOf(
  { command, place, member, locale }: Invocation,
  { people }: Services,
  log: Log,
): Promise<TextCard | undefined> {
  const { host, action } = textsFor(locale);
  const trouble = await people.trouble(memberAt(place, member.id)).catch((error: unknown) => {
    log.error('Nobody could tell whether the caller has trouble', { command, error });
    return undefined;
  });
  if (trouble === undefined) return undefined;
  const thread = { label: action.threadHere, command: 'following', options: { thread: true } };
  const actions = trouble === 'full' ? [] : [thread];
  return { kind: 'text', title: host.byTheWay, paragraphs: [host.troubles[trouble]], actions };
}

/** The command that was meant, when it exists, is open to the caller and its options fit. */
function check(
  { command: name, options, member, isHomeless }: Invocation,
  commands: readonly Command[],
  say: Texts['host'],
): Command {
  const command = commands.find((one) => one.name === name);
  if (!command) throw new CommandError(say.noCommand(name));
  if (command.audience === 'manager' && isHomeless) throw new CommandError(say.homeless);
  if (command.audience === 'manager' && !member.isManager) throw new CommandError(say.managersOnly(name));
  for (const option of command.options) checkOption(option, options[option.name], say);
  const unknown = Object.keys(options).find(
    (given) => !command.options.some((option) => option.name === given),
  );
  if (unknown !== undefined) throw new CommandError(say.noOption(name, unknown));
  return command;
}

function checkOption(option: Option, value: OptionValue | undefined, say: Texts['host']): void {
  const { name, type, isRequired, choices } = option;
  if (value === undefined || value === '') {
    if (isRequired) throw new CommandError(say.missing(name), name);
    if (value === undefined) return;
  }
  if (choices && !choices.includes(String(value)))
    throw new CommandError(say.oneOf(name, choices.join(', '), String(value)), name);
  if (type === 'integer') checkInteger(option, value, say);
  else if (type !== 'flag' && typeof value !== 'string') throw new CommandError(say.noText(name), name);
}

function checkInteger(
  { name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: Option,
  value: OptionValue,
  say: Texts['host'],
): void {
  const fits = Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  if (!fits) throw new CommandError(say.wholeNumber(name, min, max, String(value)), name);
}

/** What a service did not do, and the platform's own words for it where it has some. */
export function refusalText({ refusal, reason }: RefusedError, say = textsFor(undefined).host): string {
  return [say.refusals[refusal], reason].join(' ').trim();
}

function sentenceFor(error: unknown, { command }: Invocation, say: Texts['host'], log: Log): string {
  if (error instanceof RefusedError) return refusalText(error, say);
  if (error instanceof CommandError) return error.message;
  if (isSourceError(error)) {
    log.warn('A command found the source closed', { command, code: error.code, error: error.message });
    return say.sourceClosed(error.message);
  }
  if (error instanceof DeliveryUnavailableError || error instanceof DeliveryThrottledError) {
    log.warn('A command found the platform closed', { command, code: error.code, error: error.message });
    return say.platformClosed;
  }
  log.error('A command failed', { command, error });
  return error instanceof StoreError ? say.storeClosed : say.ourFault;
}
