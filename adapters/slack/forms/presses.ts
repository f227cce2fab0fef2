import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Log } from '../../../src/log.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { type CallerIds, callerOf } from '../answering/caller.ts';
import { troubleText } from '../answering/trouble.ts';
import type { Ask } from '../posting/ask.ts';
import type { Places } from '../posting/places.ts';
import type { GivenView, Press } from './incoming.ts';
import { outcomeView } from './outcomes.ts';
import { resultView } from './result-view.ts';
import { type Sent, type Submit, sentBy } from './submission.ts';
import { troubleView, updateView, workingView } from './views.ts';

export interface FormPressDependencies {
  host: Host;
  places: Places;
  ask: Ask;
  submit: Submit;
  clock: Clock;
  log: Log;
}

/** Does what is pressed in a form, and shows what came of it there. Errors: those of `updateView`. */
export type PressInForm = (press: Press) => Promise<void>;

export function createFormPresses(dependencies: FormPressDependencies): PressInForm {
  const { host, places, ask, submit, clock, log } = dependencies;

  /** Goes into the channel and saves then. */
  async function join(ids: CallerIds, view: GivenView): Promise<void> {
    const sent = await sentBy(ids, view, places);
    const closed = await joined(sent, dependencies);
    const outcome =
      closed === undefined ? await submit(sent) : { kind: 'refused' as const, sentence: closed };
    await updateView(view.id, ids, await outcomeView(sent, outcome, dependencies), ask);
  }

  /** The preview takes the place of what was said about the feed. */
  async function preview(ids: CallerIds, view: GivenView, id: string): Promise<void> {
    const caller = await callerOf(ids, places);
    const texts = textsFor(caller.locale);
    await updateView(view.id, ids, workingView(texts), ask);
    const reply = await host.run({ command: 'feed preview', options: { id }, ...caller, at: clock.now() });
    await updateView(view.id, ids, resultView(reply, texts.action.preview, texts), ask);
  }

  return async ({ ids, action, view }) => {
    if (!view) return;
    try {
      if (action.action_id === 'form:join') await join(ids, view);
      if (action.action_id === 'form:preview') await preview(ids, view, action.value ?? '');
    } catch (error) {
      const known = await callerOf(ids, places).catch(() => undefined);
      const texts = textsFor(known?.locale);
      await updateView(view.id, ids, troubleView(troubleText(error, texts, log), texts), ask);
    }
  };
}

/** Out: why we are not in the channel, as a sentence. */
async function joined(
  { caller, about, values }: Sent,
  { places, log }: Pick<FormPressDependencies, 'places' | 'log'>,
): Promise<string | undefined> {
  const texts = textsFor(caller.locale);
  if (!caller.member.isManager)
    return texts.host.managersOnly(about.id === undefined ? 'feed add' : 'feed edit');
  try {
    await places.join(caller.place.workspace, String(values.channel));
    return undefined;
  } catch (error) {
    return troubleText(error, texts, log, texts.slackForms.joinFailed);
  }
}
