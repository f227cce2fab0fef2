import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Log } from '../../../src/log.ts';
import { textsFor } from '../../../src/texts/index.ts';
import type { Hooks, Told } from '../gateway/told.ts';
import type { Ask } from '../posting/ask.ts';
import { createChannelOf } from '../posting/direct.ts';
import type { Places } from '../posting/places.ts';
import { sentence, withButtons } from './answers.ts';
import type { Asked } from './asked.ts';
import type { Asking } from './asking.ts';
import { createAskingOf } from './asking-of.ts';
import { callerOf, idsOf } from './caller.ts';
import type { Upload } from './files.ts';
import { give } from './give.ts';
import { slashSchema, submissionSchema } from './incoming.ts';
import type { OpenFeedForm } from './opens-form.ts';
import { createPresses } from './presses.ts';
import type { PostPanel } from './replied.ts';
import { createRuns } from './runs.ts';
import { createSearchModal, type SearchModal } from './search-modal.ts';
import { channelOfView, SEARCH_VIEW } from './search-view.ts';
import { answerShortcut } from './shortcut.ts';
import { createTaking } from './taking.ts';
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

export function createAnswering(dependencies: AnsweringDependencies): Answering {
  const { host, places, ask, clock, log } = dependencies;
  const channelOf = createChannelOf(ask);
  const askingOf = createAskingOf({ places, channelOf });
  const runs = createRuns({ ...dependencies, channelOf });
  const search = createSearchModal(dependencies);
  const presses = createPresses({ host, clock, runs, search, askingOf, log });
  const { take, stop } = createTaking({ clock, log });

  async function answer(asked: Asked, asking: Asking): Promise<void> {
    const answered = await runs.answer(asked, asking);
    const texts = textsFor(asking.caller.locale);
    const { told, signal } = asking;
    if (answered) await give(told, answered.bodies, 'private', { texts, clock, log, signal });
  }

  async function answerSlash(told: Told, signal: AbortSignal): Promise<void> {
    const slash = slashSchema.parse(told.body);
    const ids = { team: slash.team_id, channel: slash.channel_id, user: slash.user_id };
    const asking = await askingOf({ ids, told, appId: slash.api_app_id }, signal);
    const texts = textsFor(asking.caller.locale);
    const typed = readText(slash.text, host.commands, texts);
    if (typed.kind === 'asked') return await answer(typed.asked, asking);
    const bodies = sentence(typed.sentence, texts);
    await give(told, withButtons(bodies, meantButton(typed)), 'private', { texts, clock, log, signal });
  }

  const forShortcuts = { places, search, askingOf, answer, log };
  return {
    onCommand: (told) => take(told, (signal) => answerSlash(told, signal)),
    onPress: (told) => take(told, (signal) => presses.press(told, signal)),
    onShortcut: (told) => take(told, (signal) => answerShortcut(told, forShortcuts, signal)),
    // Acknowledged with what comes in place of the modal.
    onSubmit: (told) =>
      take(
        told,
        (signal) => submit(told, { search, places }, signal),
        async () => {},
      ),
    // No field of ours asks how what is typed may go on.
    onSuggest: async (told) => await told.ack({ options: [] }),
    stop,
  };
}

async function submit(
  told: Told,
  { search, places }: { search: SearchModal; places: Places },
  signal: AbortSignal,
): Promise<void> {
  const submission = submissionSchema.parse(told.body);
  const { view } = submission;
  if (view.callback_id !== SEARCH_VIEW) return await told.ack();
  const ids = idsOf(submission, channelOfView(view));
  await search.submit(told, view, { ids, caller: callerOf(ids, places) }, signal);
}
