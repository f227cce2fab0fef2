import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Invocation } from '../../../src/command.ts';
import type { Log } from '../../../src/log.ts';
import type { Texts } from '../../../src/texts/index.ts';
import type { Caller } from '../answering/caller.ts';
import { troubleText } from '../answering/trouble.ts';
import type { Forms } from '../forms/forms.ts';
import type { Press, State } from '../forms/incoming.ts';
import { resultView } from '../forms/result-view.ts';
import { openView } from '../forms/views.ts';
import type { Told } from '../gateway/told.ts';
import type { Ask } from '../posting/ask.ts';
import { type Changes, createChanges } from './changes.ts';
import { createTicks } from './ticks.ts';

/** A press with who did it. */
export interface Pressed {
  press: Press;
  told: Told;
  caller: Caller;
  texts: Texts;
}

/** What became of a press. */
export interface Outcome {
  /** The tab is to be shown anew. */
  isChanged: boolean;
  /** What the member does not see anyway, as a sentence. */
  notice?: string | undefined;
}

export interface PressingDependencies {
  host: Host;
  ask: Ask;
  forms: Pick<Forms, 'open'>;
  clock: Clock;
  log: Log;
}

const NOTHING: Outcome = { isChanged: false };

/** Does what is pressed on a Home tab. */
export function createPressing(dependencies: PressingDependencies): (pressed: Pressed) => Promise<Outcome> {
  const changes = createChanges(dependencies);
  const readTicks = createTicks(dependencies.host);

  return async (pressed) => {
    const { action } = pressed.press;
    const [, verb = ''] = action.action_id.split(':');
    const [kind, of = ''] = verb.split('-');
    const { caller } = pressed;
    switch (kind) {
      case 'topics':
        return changed(await changes.tick(caller, await readTicks(pressed.press)));
      case 'unfollow':
        return changed(await changes.unfollow(caller, action.value ?? action.selected_option?.value ?? ''));
      case 'page':
        return changed(undefined);
      case 'saved':
        return await pressSaved(pressed, changes, dependencies);
      case 'feed':
        return await pressFeed(of, pressed, changes, dependencies);
      case 'delivery':
        return changed(await changes.tell(caller, `delivery ${of}`, { id: action.value ?? '' }));
      case 'forget':
        return changed(await changes.tell(caller, 'forget-me', { confirm: true }));
      default:
        return await setDigest(verb, pressed, changes);
    }
  };
}

function changed(notice: string | undefined): Outcome {
  return { isChanged: true, notice };
}

/** Of what only opens something: the tab is shown anew where it could not be opened. */
function opened(notice: string | undefined): Outcome {
  return { isChanged: notice !== undefined, notice };
}

async function setDigest(verb: string, { caller, press }: Pressed, changes: Changes): Promise<Outcome> {
  const { selected_option: chosen, selected_time: time } = press.action;
  const set = async (options: Invocation['options']) =>
    changed(await changes.give(caller, 'following', options));
  switch (verb) {
    case 'every':
    case 'zone':
      return await set({ [verb]: chosen?.value ?? '' });
    case 'time':
      return await set({ time: time ?? '' });
    case 'quiet-off':
      return await set({ quiet: 'none' });
    case 'quiet-from':
    case 'quiet-to': {
      // The end that is chosen first waits for the other one, and shown anew it would be lost.
      const quiet = quietIn(press.view?.state?.values ?? {});
      return quiet === undefined ? NOTHING : await set({ quiet });
    }
    default:
      return NOTHING;
  }
}

/** Both ends of the quiet hours, once both are chosen: `22:00-07:00`. */
function quietIn(state: State): string | undefined {
  const timeOf = (name: string) =>
    Object.values(state).flatMap((fields) => fields[`home:${name}`]?.selected_time ?? [])[0];
  const [from, to] = [timeOf('quiet-from'), timeOf('quiet-to')];
  return from === undefined || to === undefined ? undefined : `${from}-${to}`;
}

async function pressFeed(
  verb: string,
  pressed: Pressed,
  changes: Changes,
  dependencies: PressingDependencies,
): Promise<Outcome> {
  const { caller, press, told } = pressed;
  const id = press.action.value ?? '';
  switch (verb) {
    case 'add':
      return opened(await dependencies.forms.open(told, caller, { kind: 'add' }));
    case 'edit':
      return opened(await dependencies.forms.open(told, caller, { kind: 'edit', id }));
    case 'preview':
      return opened(await openResult('feed preview', { id }, pressed, dependencies));
    case 'pause':
    case 'resume':
      return changed(await changes.give(caller, `feed ${verb}`, { id }));
    case 'run':
      return changed(await changes.tell(caller, 'feed run', { id }));
    default:
      return NOTHING;
  }
}

/** What is chosen of a saved paper: `similar 2608.19880`. Slack opens its page by itself. */
async function pressSaved(
  pressed: Pressed,
  changes: Changes,
  dependencies: PressingDependencies,
): Promise<Outcome> {
  const [verb, paper = ''] = pressed.press.action.selected_option?.value?.split(' ') ?? [];
  if (verb === 'similar') return opened(await openResult('similar', { paper }, pressed, dependencies));
  if (verb !== 'remove') return NOTHING;
  return changed(await changes.give(pressed.caller, 'save', { paper, remove: true }));
}

/** Opens an answer to be read. Out: why it could not be opened. */
async function openResult(
  command: 'similar' | 'feed preview',
  options: Invocation['options'],
  { caller, press, texts }: Pressed,
  { host, ask, clock, log }: PressingDependencies,
): Promise<string | undefined> {
  const { trigger, ids } = press;
  if (trigger === undefined) return texts.slackForms.late;
  const title = command === 'similar' ? texts.action.similar : texts.action.preview;
  const reading = host.run({ command, options, ...caller, at: clock.now() });
  const making = reading.then((reply) => resultView(reply, title, texts));
  try {
    await openView({ trigger, ids }, making, texts, { ask, clock, log });
    return undefined;
  } catch (error) {
    return troubleText(error, texts, log);
  }
}
