import type { types } from '@slack/bolt';
import { DeliveryThrottledError, DeliveryUnavailableError } from '../../../src/errors.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import { pressButton } from '../cards/parts.ts';
import { sentence, withButtons } from './answers.ts';
import { type Asked, writeAsked } from './asked.ts';
import { type Answered, type Asking, BUTTONS, refused } from './asking.ts';
import { type Barrier, barrierOf } from './barrier.ts';
import { helpBody } from './help.ts';
import { type FormDependencies, opensForm } from './opens-form.ts';
import { createReplied, type RepliedDependencies } from './replied.ts';

export interface RunDependencies extends FormDependencies, RepliedDependencies {}

/** Carries out what is asked for. None of them rejects but with the signal's reason. */
export interface Runs {
  /** The answer for the caller; undefined where a form has been opened instead. */
  answer(asked: Asked, asking: Asking): Promise<Answered | undefined>;
  /** The same, also where everybody reads the channel. */
  answerHere(asked: Asked, asking: Asking): Promise<Answered | undefined>;
  /** Joins the channel that keeps it from being done, then does it. */
  join(asked: Asked, asking: Asking): Promise<Answered | undefined>;
}

export function createRuns(dependencies: RunDependencies): Runs {
  const { host, places } = dependencies;
  const replied = createReplied(dependencies);

  async function behindBarrier(
    asked: Asked,
    asking: Asking,
    isMeant: boolean,
  ): Promise<Answered | undefined> {
    const barrier = await barrierOf(asked, asking.caller, { ...dependencies, isMeant }, asking.signal);
    if (!barrier) return undefined;
    const texts = textsFor(asking.caller.locale);
    const buttons = waysOn(asked, barrier, texts);
    return { bodies: withButtons(sentence(barrier.sentence, texts), buttons), isDone: false };
  }

  async function answer(asked: Asked, asking: Asking, isMeant = false): Promise<Answered | undefined> {
    const texts = textsFor(asking.caller.locale);
    if (asked.command === 'help' && asked.options.command === undefined)
      return { bodies: [helpBody(asking.caller, host.commands, asking.appId, texts)], isDone: true };
    const opened = await opensForm(asked, asking, dependencies);
    if (opened) return opened.trouble === undefined ? undefined : refused(opened.trouble, texts);
    return (await behindBarrier(asked, asking, isMeant)) ?? (await replied(asked, asking));
  }

  return {
    answer: (asked, asking) => answer(asked, asking),
    answerHere: (asked, asking) => answer(asked, asking, true),
    async join(asked, asking) {
      const { caller, signal } = asking;
      // Whoever is offered to join has been told who reads the channel.
      const barrier = await barrierOf(asked, caller, { ...dependencies, isMeant: true }, signal);
      if (barrier?.joinable === undefined) return await answer(asked, asking, true);
      const texts = textsFor(caller.locale);
      try {
        await places.join(caller.place.workspace, barrier.joinable, signal);
      } catch (error) {
        signal.throwIfAborted();
        const { joinNotNow, joinRefused } = texts.slackAnswers;
        return refused(isPassing(error) ? joinNotNow : joinRefused, texts);
      }
      return await replied(asked, asking);
    },
  };
}

/** Buttons by which it is done all the same, or after we have joined its channel. */
function waysOn(
  asked: Asked,
  { joinable, isPassable }: Barrier,
  { slackAnswers: say }: Texts,
): types.Button[] {
  const value = writeAsked(asked);
  if (value === undefined) return [];
  if (isPassable) return [pressButton(say.postHere, BUTTONS.here, value)];
  if (joinable === undefined) return [];
  const label = asked.command === 'feed add' ? say.joinAndAdd : say.joinAndGoOn;
  return [pressButton(label, BUTTONS.join, value)];
}

function isPassing(error: unknown): boolean {
  return error instanceof DeliveryUnavailableError || error instanceof DeliveryThrottledError;
}
