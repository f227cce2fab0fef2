import type { Host } from '../../../src/adapter.ts';
import { type Clock, within } from '../../../src/clock.ts';
import { directTo } from '../../../src/domain/feed.ts';
import type { Log } from '../../../src/log.ts';
import { textsFor } from '../../../src/texts/index.ts';
import type { Hooks, Told } from '../gateway/told.ts';
import type { Ask } from '../posting/ask.ts';
import { createChannelOf } from '../posting/direct.ts';
import type { Places } from '../posting/places.ts';
import { sentence, withButtons } from './answers.ts';
import type { Asking } from './asking.ts';
import { anybody, type Caller, type CallerIds, callerOf, idsOf, isStranger } from './caller.ts';
import type { Upload } from './files.ts';
import { give, type How } from './give.ts';
import { type Slash, shortcutSchema, slashSchema, submissionSchema } from './incoming.ts';
import { textOf } from './message-text.ts';
import { createPresses } from './presses.ts';
import { createRuns, type OpenFeedForm, type PostPanel } from './runs.ts';
import { createSearchModal } from './search-modal.ts';
import { channelOfView, SEARCH_VIEW } from './search-view.ts';
import { SHORTCUTS } from './shortcuts.ts';
import { meantButton, readText } from './typed.ts';

export interface AnsweringDependencies {
  host: Host;
  places: Places;
  ask: Ask;
  postPanel: PostPanel;
  openFeedForm: OpenFeedForm;
  upload: Upload;
  clock: Clock;
  log: Log;
}

/** Answers what people type and press, and the search in a modal (callback id `search:…`). */
export interface Answering
  extends Pick<Hooks, 'onCommand' | 'onPress' | 'onShortcut' | 'onSubmit' | 'onSuggest'> {
  /** Takes no more, leaves what is in hand so long to be answered, then ends it. */
  stop(patienceMs: number): Promise<void>;
}

/** What a message without words is searched for: text must be given, and this names no paper. */
const NO_WORDS = ' ';

export function createAnswering(dependencies: AnsweringDependencies): Answering {
  const { host, places, ask, clock, log } = dependencies;
  const channelOf = createChannelOf(ask);
  const runs = createRuns({ ...dependencies, channelOf });
  const search = createSearchModal(dependencies);
  const presses = createPresses({ host, clock, runs, search, asking: askingOf, log });
  const working = new Map<Promise<void>, AbortController>();
  let isStopped = false;

  /**
   * Acknowledges what is not acknowledged by its answer, then does it. What comes once we stop is not acknowledged: nobody
   * shall wait for it in vain.
   */
  async function take(
    told: Told,
    work: (signal: AbortSignal) => Promise<void>,
    acknowledge = () => told.ack(),
  ): Promise<void> {
    if (isStopped) return;
    const controller = new AbortController();
    const done = (async () => {
      await acknowledge();
      await work(controller.signal);
    })().catch(async (error: unknown) => {
      if (controller.signal.aborted) return;
      log.error('An answer could not be given', { error });
      const texts = textsFor(undefined);
      const giving = { texts, clock, log, signal: controller.signal };
      if (told.respond) await give(told, sentence(texts.gateway.away, texts), 'private', giving);
      // A window that nobody can answer for is closed, rather than called broken by Slack.
      else await told.ack();
    });
    working.set(done, controller);
    await done;
    working.delete(done);
  }

  async function askingOf(ids: CallerIds, told: Told, signal: AbortSignal, appId?: string): Promise<Asking> {
    const caller = await callerOf(ids, places);
    return {
      told,
      caller,
      isStranger: isStranger(ids),
      isDirect: await isDirect(caller, signal),
      appId,
      signal,
    };
  }

  /** Between the caller and us; where Slack does not tell, too: there is nobody else then, or nothing to be lost. */
  async function isDirect({ place, member }: Caller, signal: AbortSignal): Promise<boolean> {
    if (!place.channel.startsWith('D')) return false;
    const own = await channelOf(directTo(place, member.id), signal).catch(() => place.channel);
    return own === place.channel;
  }

  async function answerSlash(slash: Slash, told: Told, signal: AbortSignal): Promise<void> {
    const ids = { team: slash.team_id, channel: slash.channel_id, user: slash.user_id };
    const asking = await askingOf(ids, told, signal, slash.api_app_id);
    const texts = textsFor(asking.caller.locale);
    const typed = readText(slash.text, host.commands, texts);
    if (typed.kind === 'asked') return await answer(typed.asked, asking, 'private');
    const bodies = sentence(typed.sentence, texts);
    await give(told, withButtons(bodies, meantButton(typed)), 'private', { texts, clock, log, signal });
  }

  async function answer(asked: Parameters<typeof runs.answer>[0], asking: Asking, how: How): Promise<void> {
    const answered = await runs.answer(asked, asking);
    const texts = textsFor(asking.caller.locale);
    const { signal } = asking;
    if (answered) await give(asking.told, answered.bodies, how, { texts, clock, log, signal });
  }

  async function answerShortcut(body: unknown, told: Told, signal: AbortSignal): Promise<void> {
    const shortcut = shortcutSchema.parse(body);
    const { callback_id: id, channel, message, trigger_id: trigger } = shortcut;
    const ids = idsOf(shortcut, channel?.id);
    if (id === SHORTCUTS.search) {
      // Who cannot be asked about can search all the same; why it does not open can be told to nobody.
      await search.open(trigger, await callerOf(ids, places).catch(() => anybody(ids)), signal);
      return;
    }
    if (id !== SHORTCUTS.find) return log.warn('A shortcut is none of ours', { id });
    const asked = { command: 'find', options: { text: textOf(message) || NO_WORDS } };
    await answer(asked, await askingOf(ids, told, signal, shortcut.api_app_id), 'private');
  }

  return {
    onCommand: (told) =>
      take(told, async (signal) => await answerSlash(slashSchema.parse(told.body), told, signal)),
    onPress: (told) => take(told, async (signal) => await presses.press(told, signal)),
    onShortcut: (told) => take(told, async (signal) => await answerShortcut(told.body, told, signal)),
    onSubmit: (told) =>
      take(
        told,
        async (signal) => {
          const submission = submissionSchema.parse(told.body);
          const { view } = submission;
          const ids = idsOf(submission, channelOfView(view));
          if (view.callback_id === SEARCH_VIEW)
            await search.submit(told, view, { ids, caller: callerOf(ids, places) }, signal);
          else await told.ack();
        },
        // With what comes in place of the modal.
        async () => {},
      ),
    // No field of ours asks how what is typed may go on.
    onSuggest: async (told) => await told.ack({ options: [] }),
    async stop(patienceMs) {
      isStopped = true;
      await within(patienceMs, Promise.all(working.keys()), clock);
      for (const controller of working.values()) controller.abort(new Error('The bot stops.'));
      await Promise.all(working.keys());
    },
  };
}
