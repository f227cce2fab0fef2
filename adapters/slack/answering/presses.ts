import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Log } from '../../../src/log.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { readAction } from '../cards/press.ts';
import type { Told } from '../gateway/told.ts';
import { sentence } from './answers.ts';
import { type Asked, readAsked } from './asked.ts';
import type { Answered, Asking } from './asking.ts';
import type { AskingOf } from './asking-of.ts';
import { idsOf } from './caller.ts';
import { type Giving, give } from './give.ts';
import { SEARCH_BUTTON } from './help.ts';
import { type Press, type PressedAction, pressSchema } from './incoming.ts';
import { createPressOnce, isOwn } from './press-once.ts';
import type { Runs } from './runs.ts';
import type { SearchModal } from './search-modal.ts';
import { share } from './share.ts';
import { pressInView } from './view-presses.ts';

export interface PressDependencies {
  host: Pick<Host, 'commands' | 'run' | 'isFirst'>;
  clock: Clock;
  runs: Runs;
  search: SearchModal;
  askingOf: AskingOf;
  log: Log;
}

/** Answers presses on messages and in the search. */
export interface Presses {
  /** Errors: `ZodError` for what is no press. */
  press(told: Told, signal: AbortSignal): Promise<void>;
}

/** Commands by which a notice in direct messages is settled: the outcome takes its place. */
const SETTLING: ReadonlySet<string> = new Set(['delivery resend', 'delivery dismiss', 'following']);

export function createPresses(dependencies: PressDependencies): Presses {
  const { host, clock, runs, search, askingOf, log } = dependencies;
  const once = createPressOnce({ host, log });

  async function pressOnMessage(press: Press, told: Told, signal: AbortSignal): Promise<void> {
    const [action] = press.actions;
    const channel = press.channel?.id ?? press.container?.channel_id;
    const ids = idsOf(press, channel);
    const asking = await askingOf({ ids, told, appId: press.api_app_id }, signal);
    const texts = textsFor(asking.caller.locale);
    const given = { texts, clock, log, signal, thread: threadOf(press) };
    if (action.action_id === SEARCH_BUTTON) {
      const trouble = await search.open(press.trigger_id, asking.caller, signal);
      return trouble === undefined ? undefined : await give(told, sentence(trouble, texts), 'private', given);
    }
    const [kind] = action.action_id.split(':');
    const asked = isOwn(action) ? readAsked(action.value, host.commands) : readAction(action, host.commands);
    if (!asked) return await give(told, sentence(texts.gateway.tooOld, texts), 'private', given);
    await once(press, { action, asked }, async () => {
      if (kind === 'share') return await shareNow(asked, asking, host, given);
      const answered = await runs[doingOf(kind)](asked, asking);
      if (!answered) return;
      const how = isOwn(action) || takesPlace(asked, press) ? whereDone(answered) : 'private';
      await give(told, answered.bodies, how, given);
    });
  }

  return {
    async press(told, signal) {
      const press = pressSchema.parse(told.body);
      const [action] = press.actions;
      // A link leads elsewhere by itself, and who chooses nothing wants nothing.
      if (action.url || isEmpty(action)) return;
      if (press.view) await pressInView({ press, view: press.view, told }, { ...dependencies, once }, signal);
      else await pressOnMessage(press, told, signal);
    },
  };
}

async function shareNow(
  asked: Asked,
  asking: Asking,
  host: PressDependencies['host'],
  given: Giving,
): Promise<void> {
  const { bodies, aside, isDone } = await share(asked, asking, { host, clock: given.clock });
  await give(asking.told, bodies, isDone ? 'channel' : 'private', given);
  await give(asking.told, aside, 'private', given);
}

/** What does it. */
function doingOf(kind: string | undefined): keyof Runs {
  if (kind === 'join') return 'join';
  return kind === 'here' ? 'answerHere' : 'answer';
}

/** The thread that a message stands in; a message with a thread under it stands in the channel itself. */
function threadOf({ container }: Press): string | undefined {
  return container?.thread_ts === container?.message_ts ? undefined : container?.thread_ts;
}

function isEmpty({ selected_options: chosen }: PressedAction): boolean {
  return Array.isArray(chosen) && chosen.length === 0;
}

/** A message that only the caller sees turns its page in place, and so is a notice settled; all others stay. */
function takesPlace({ command, options }: Asked, { container, channel }: Press): boolean {
  if (container?.is_ephemeral) return options.page !== undefined || command === 'forget-me';
  return (channel?.id ?? container?.channel_id ?? '').startsWith('D') && SETTLING.has(command);
}

/** A page that cannot be shown does not take away the one that is there. */
function whereDone({ isDone }: Answered): 'in-place' | 'private' {
  return isDone ? 'in-place' : 'private';
}
