import { createHash } from 'node:crypto';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { readAction } from '../cards/press.ts';
import type { Told } from '../gateway/told.ts';
import { sentence } from './answers.ts';
import { type Asked, commandOf, readAsked } from './asked.ts';
import { type Answered, type Asking, BUTTONS } from './asking.ts';
import { type CallerIds, idsOf } from './caller.ts';
import { type Giving, give } from './give.ts';
import { SEARCH_BUTTON } from './help.ts';
import { createInHand } from './in-hand.ts';
import { type Press, type PressedAction, pressSchema, type View } from './incoming.ts';
import type { Runs } from './runs.ts';
import type { SearchModal } from './search-modal.ts';
import { BACK_BUTTON, channelOfView, SEARCH_VIEW } from './search-view.ts';
import { share } from './share.ts';

export interface PressDependencies {
  host: Pick<Host, 'commands' | 'run' | 'isFirst'>;
  clock: Clock;
  runs: Runs;
  search: SearchModal;
  asking(ids: CallerIds, told: Told, signal: AbortSignal, appId?: string): Promise<Asking>;
  log: Log;
}

/** Answers presses on messages and in the search. */
export interface Presses {
  /** Errors: `ZodError` for what is no press. */
  press(told: Told, signal: AbortSignal): Promise<void>;
}

/** Commands by which a notice in direct messages is settled: the outcome takes its place. */
const SETTLING: ReadonlySet<string> = new Set(['delivery resend', 'delivery dismiss', 'following']);

/** Kinds of buttons that are ours, and no card's: what they do twice is there twice. */
const OWN: ReadonlySet<string> = new Set(Object.keys(BUTTONS));
/** Who presses one of these again so soon has pressed twice, and another process may have heard of it. */
const TWICE_MS = 5 * SECOND_MS;

export function createPresses({
  host,
  clock,
  runs,
  search,
  asking: askingOf,
  log,
}: PressDependencies): Presses {
  const inHand = createInHand();

  /** What changes nothing may be done as often as one likes. */
  async function once(press: Press, action: PressedAction, asked: Asked, work: () => Promise<void>) {
    const isReading = commandOf(asked, host.commands)?.isReading === true;
    if (isReading && !action.action_id.startsWith('share')) return await work();
    const { action_id: id, value, selected_option: one, selected_options: some } = action;
    const key = [press.user.id, press.container?.message_ts, press.view?.id, id, value, one, some];
    const letBe = () => log.debug('A press came twice and is done once', { command: asked.command });
    const isNew = await inHand.once(key, async () => {
      const isFirst = !isOwn(action) || (await host.isFirst(nameOf(press, key), TWICE_MS));
      await (isFirst ? work() : letBe());
    });
    if (!isNew) letBe();
  }

  async function pressOnMessage(press: Press, told: Told, signal: AbortSignal): Promise<void> {
    const [action] = press.actions;
    const channel = press.channel?.id ?? press.container?.channel_id;
    const ids = idsOf(press, channel);
    const asking = await askingOf(ids, told, signal, press.api_app_id);
    const texts = textsFor(asking.caller.locale);
    const given = { texts, clock, log, signal, thread: threadOf(press) };
    if (action.action_id === SEARCH_BUTTON) {
      const trouble = await search.open(press.trigger_id, asking.caller, signal);
      return trouble === undefined ? undefined : await give(told, sentence(trouble, texts), 'private', given);
    }
    const [kind] = action.action_id.split(':');
    const asked = isOwn(action) ? readAsked(action.value, host.commands) : readAction(action, host.commands);
    if (!asked) return await give(told, sentence(texts.gateway.tooOld, texts), 'private', given);
    await once(press, action, asked, async () => {
      if (kind === 'share') return await shareNow(asked, asking, given);
      const answered = await runs[doingOf(kind)](asked, asking);
      if (!answered) return;
      const how = isOwn(action) || takesPlace(asked, press) ? whereDone(answered) : 'private';
      await give(told, answered.bodies, how, given);
    });
  }

  async function shareNow(asked: Asked, asking: Asking, given: Giving): Promise<void> {
    const { bodies, aside, isDone } = await share(asked, asking, { host, clock });
    await give(asking.told, bodies, isDone ? 'channel' : 'private', given);
    await give(asking.told, aside, 'private', given);
  }

  async function pressInView(press: Press, view: View, told: Told, signal: AbortSignal): Promise<void> {
    if (view.callback_id !== SEARCH_VIEW) return log.debug('A press is in no view of ours');
    const [action] = press.actions;
    const ids = idsOf(press, channelOfView(view));
    const asked = readAction(action, host.commands);
    if (!asked && action.action_id !== BACK_BUTTON)
      return log.debug('A press in the search asks for nothing');
    const wanted = asked ?? { command: 'search', options: {} };
    try {
      const { caller } = await askingOf(ids, told, signal, press.api_app_id);
      await once(press, action, wanted, async () => await search.show(asked, view, caller, signal));
    } catch (error) {
      signal.throwIfAborted();
      await search.excuse(error, view, ids, signal);
    }
  }

  return {
    async press(told, signal) {
      const press = pressSchema.parse(told.body);
      const [action] = press.actions;
      // A link leads elsewhere by itself, and who chooses nothing wants nothing.
      if (action.url || isEmpty(action)) return;
      if (press.view) await pressInView(press, press.view, told, signal);
      else await pressOnMessage(press, told, signal);
    },
  };
}

function isOwn({ action_id: id }: PressedAction): boolean {
  return OWN.has(id.split(':')[0] ?? '');
}

/** A press among those of all teams; hashed, as who pressed what is nobody's business. */
function nameOf({ team, channel }: Press, key: readonly unknown[]): string {
  const written = JSON.stringify([team?.id, channel?.id, ...key]);
  return `slack press ${createHash('sha256').update(written).digest('base64url')}`;
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
