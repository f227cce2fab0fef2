import type { types } from '@slack/bolt';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { directTo } from '../../../src/domain/feed.ts';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import { answersOf, sentence } from '../answering/answers.ts';
import { type Caller, callerOf } from '../answering/caller.ts';
import { give } from '../answering/give.ts';
import { troubleText } from '../answering/trouble.ts';
import { actionsBlocks, context, header, mrkdwn, pressButton } from '../cards/parts.ts';
import type { SlackBody } from '../cards/payload.ts';
import type { Forms } from '../forms/forms.ts';
import { type Press, readPress } from '../forms/incoming.ts';
import type { Told } from '../gateway/told.ts';
import type { Ask } from '../posting/ask.ts';
import { patiently } from '../posting/patience.ts';
import type { Places } from '../posting/places.ts';

export interface WelcomeDependencies {
  host: Host;
  places: Places;
  ask: Ask;
  forms: Pick<Forms, 'open'>;
  clock: Clock;
  log: Log;
  /** Ends what is in hand. */
  signal: AbortSignal;
}

/** The one direct message to whoever installs us, and what begins with `setup:`. */
export interface Welcome {
  /**
   * Greets the installer. Nothing is sent again that may have arrived, and nothing to whom Slack lets us not write. Rejects
   * where it is to be tried again later: `DeliveryUnavailableError`, `DeliveryThrottledError`, or the signal's reason.
   */
  greet(workspace: string, installer: string): Promise<void>;
  onPress(told: Told): Promise<void>;
}

/** Slack asks for pauses of seconds; as whoever greets has it to themselves for two minutes, longer ones are for another time. */
const PATIENCE = { mostPauses: 4, longestPauseMs: 10 * SECOND_MS } as const;
const PREVIEWED = 5;

export function createWelcome(dependencies: WelcomeDependencies): Welcome {
  const { host, places, ask, forms, clock, log, signal } = dependencies;

  async function post(workspace: string, installer: string): Promise<void> {
    const known = await places.member(workspace, installer, signal).catch(() => undefined);
    const { text, blocks } = renderWelcome(textsFor(known?.locale));
    const args = { channel: installer, text, blocks: blocks as unknown as Json };
    const { channel } = directTo({ platform: 'slack', workspace }, installer);
    const question = { method: 'chat.postMessage', args, workspace, channel, signal };
    await patiently(() => ask(question), { ...PATIENCE, clock, signal });
  }

  async function press(told: Told, { ids, action }: Press): Promise<void> {
    const caller = await callerOf(ids, places);
    if (action.action_id === 'setup:preview') await preview(told, caller);
    if (action.action_id === 'setup:feed') await forms.open(told, caller, { kind: 'add' });
  }

  /** Shows the newest papers to whoever pressed, and to nobody else. */
  async function preview(told: Told, caller: Caller): Promise<void> {
    const texts = textsFor(caller.locale);
    const options = { limit: PREVIEWED };
    const reply = await host.run({ command: 'today', options, ...caller, at: clock.now() });
    await give(told, answersOf(reply, texts, 'today'), 'private', { texts, clock, log, signal });
  }

  return {
    async greet(workspace, installer) {
      try {
        await post(workspace, installer);
      } catch (error) {
        const mayHaveArrived = error instanceof DeliveryUnavailableError && error.mayHaveArrived;
        if (!mayHaveArrived && !(error instanceof DeliveryRefusedError)) throw error;
        log.info('Whoever installed the app may not have got the first message', { workspace, error });
      }
    },
    async onPress(told) {
      await told.ack();
      try {
        await press(told, readPress(told.body));
      } catch (error) {
        const texts = textsFor(undefined);
        const bodies = sentence(troubleText(error, texts, log), texts);
        await give(told, bodies, 'private', { texts, clock, log, signal });
      }
    },
  };
}

/** The first message. */
export function renderWelcome({ slackWelcome: say, setup }: Texts): SlackBody {
  const start: types.Button = { ...pressButton(say.setUp, 'setup:feed', 'feed'), style: 'primary' };
  return {
    text: `${say.title}. ${say.words}`,
    blocks: [
      header(say.title),
      { type: 'section', text: mrkdwn(say.words) },
      ...actionsBlocks([start, pressButton(setup.preview, 'setup:preview', 'today')]),
      ...context([say.home]),
    ],
  };
}
