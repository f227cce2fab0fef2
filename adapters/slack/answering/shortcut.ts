import type { Log } from '../../../src/log.ts';
import type { Told } from '../gateway/told.ts';
import type { Places } from '../posting/places.ts';
import type { Asked } from './asked.ts';
import type { Asking } from './asking.ts';
import type { AskingOf } from './asking-of.ts';
import { anybody, callerOf, idsOf } from './caller.ts';
import { shortcutSchema } from './incoming.ts';
import { textOf } from './message-text.ts';
import type { SearchModal } from './search-modal.ts';
import { SHORTCUTS } from './shortcuts.ts';

export interface ShortcutDependencies {
  places: Places;
  search: Pick<SearchModal, 'open'>;
  askingOf: AskingOf;
  /** Answers a command to whoever asks, and to nobody else. */
  answer: (asked: Asked, asking: Asking) => Promise<void>;
  log: Log;
}

/** What a message without words is searched for: text must be given, and this names no paper. */
const NO_WORDS = ' ';

/** Opens the search, or finds the papers of a message. Errors: `ZodError` for what is no shortcut, those of `AskingOf`. */
export async function answerShortcut(
  told: Told,
  { places, search, askingOf, answer, log }: ShortcutDependencies,
  signal: AbortSignal,
): Promise<void> {
  const shortcut = shortcutSchema.parse(told.body);
  const { callback_id: id, channel, message, trigger_id: trigger, api_app_id: appId } = shortcut;
  const ids = idsOf(shortcut, channel?.id);
  if (id === SHORTCUTS.search) {
    // Who cannot be asked about can search all the same; why it does not open can be told to nobody.
    await search.open(trigger, await callerOf(ids, places).catch(() => anybody(ids)), signal);
    return;
  }
  if (id !== SHORTCUTS.find) return log.warn('A shortcut is none of ours', { id });
  const asked = { command: 'find', options: { text: textOf(message) || NO_WORDS } };
  await answer(asked, await askingOf({ ids, told, appId }, signal));
}
