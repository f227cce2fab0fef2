import type { Host } from '../../../src/adapter.ts';
import { type Clock, within } from '../../../src/clock.ts';
import type { Completion } from '../../../src/command.ts';
import type { Log } from '../../../src/log.ts';
import { shorten } from '../../../src/text/shorten.ts';
import { readSlash } from './asked.ts';
import type { Caller } from './caller.ts';
import type { Slash } from './incoming.ts';
import { CHOICE_LENGTH, MOST_CHOICES } from './registration-command.ts';
import type { WayBack } from './way-back.ts';

/** Suggestions that are not there by then come too late: Discord waits 3 s. */
const COMPLETION_MS = 2000;

/** A choice as Discord shows it under an option that is being typed. */
export interface Choice {
  name: string;
  value: string;
}

/**
 * Completions as Discord takes them, in the same order. A value that is too long is left out: cut off it would mean
 * something else.
 */
export function choicesOf(completions: readonly Completion[]): Choice[] {
  const choices = new Map<string, Choice>();
  for (const { label, value } of completions) {
    const name = shorten(label.trim() || value, CHOICE_LENGTH, 'characters');
    const isShown = name !== '' && value !== '' && value.length <= CHOICE_LENGTH;
    if (isShown && !choices.has(value)) choices.set(value, { name, value });
  }
  return [...choices.values()].slice(0, MOST_CHOICES);
}

/** Tells how the option that is being typed may go on. Errors: those of `WayBack`. */
export async function suggest(
  data: Slash,
  caller: Caller,
  way: Pick<WayBack, 'suggest'>,
  { host, clock, log }: { host: Pick<Host, 'complete'>; clock: Clock; log: Log },
): Promise<void> {
  const { command, given } = readSlash(data);
  const typing = given.find(({ focused }) => focused);
  const asked = { command, ...caller, option: typing?.name ?? '', typed: String(typing?.value ?? '') };
  const completions = await within(COMPLETION_MS, host.complete(asked), clock).catch((error: unknown) => {
    log.warn('There are no suggestions', { command, error });
  });
  await way.suggest(choicesOf(completions ?? []));
}
