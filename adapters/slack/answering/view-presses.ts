import type { Host } from '../../../src/adapter.ts';
import type { Log } from '../../../src/log.ts';
import { readAction } from '../cards/press.ts';
import type { Told } from '../gateway/told.ts';
import type { AskingOf } from './asking-of.ts';
import { idsOf } from './caller.ts';
import type { Press, View } from './incoming.ts';
import type { PressOnce } from './press-once.ts';
import type { SearchModal } from './search-modal.ts';
import { BACK_BUTTON, channelOfView, SEARCH_VIEW } from './search-view.ts';

export interface ViewPressDependencies {
  host: Pick<Host, 'commands'>;
  search: Pick<SearchModal, 'show' | 'excuse'>;
  askingOf: AskingOf;
  once: PressOnce;
  log: Log;
}

/** Shows in the search what a press in it asks for. Rejects with the signal's reason alone. */
export async function pressInView(
  { press, view, told }: { press: Press; view: View; told: Told },
  { host, search, askingOf, once, log }: ViewPressDependencies,
  signal: AbortSignal,
): Promise<void> {
  if (view.callback_id !== SEARCH_VIEW) return log.debug('A press is in no view of ours');
  const [action] = press.actions;
  const ids = idsOf(press, channelOfView(view));
  const asked = readAction(action, host.commands);
  if (!asked && action.action_id !== BACK_BUTTON) return log.debug('A press in the search asks for nothing');
  const wanted = asked ?? { command: 'search', options: {} };
  try {
    const { caller } = await askingOf({ ids, told, appId: press.api_app_id }, signal);
    await once(press, { action, asked: wanted }, () => search.show(asked, view, caller, signal));
  } catch (error) {
    signal.throwIfAborted();
    await search.excuse(error, view, ids, signal);
  }
}
