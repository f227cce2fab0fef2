import type { types } from '@slack/bolt';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Reply, ReplyFile } from '../../../src/command.ts';
import type { PanelCard } from '../../../src/domain/card.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import { DeliveryThrottledError, DeliveryUnavailableError } from '../../../src/errors.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import { pressButton } from '../cards/parts.ts';
import type { Told } from '../gateway/told.ts';
import type { Places } from '../posting/places.ts';
import { answersOf, bodiesOf, sentence, withButtons } from './answers.ts';
import { type Asked, writeAsked } from './asked.ts';
import { type Answered, type Asking, BUTTONS, isForbidden, refused, run } from './asking.ts';
import { type Barrier, barrierOf, feedOf } from './barrier.ts';
import type { Caller } from './caller.ts';
import { type FileDependencies, sendFile, shownFile } from './files.ts';
import { helpBody } from './help.ts';
import { shareButtons } from './share.ts';
import { troubleText } from './trouble.ts';

/**
 * Posts a topic panel. Out: what went wrong with its emoji, as a sentence. Errors: those of `Adapter.send`, `StoreError`.
 */
export type PostPanel = (place: Destination, card: PanelCard, texts: Texts) => Promise<string | undefined>;

/**
 * Opens the form of a feed with the trigger of what was done, which lasts three seconds. Out: why it could not be opened,
 * as a sentence, where the caller has not been told.
 */
export type OpenFeedForm = (
  told: Told,
  caller: Caller,
  which: { kind: 'add' } | { kind: 'edit'; id: string },
) => Promise<string | undefined>;

export interface RunDependencies extends FileDependencies {
  host: Host;
  places: Places;
  postPanel: PostPanel;
  openFeedForm: OpenFeedForm;
  clock: Clock;
}

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
  const { host, places, postPanel, openFeedForm, log } = dependencies;

  /** What a feed is to be, where it was not said, is asked for in a form; undefined where the command needs none. */
  async function form(
    asked: Asked,
    { told, caller, signal }: Asking,
  ): Promise<{ trouble?: string } | undefined> {
    const isBare = Object.keys(asked.options).every((name) => name === 'id');
    if (!isBare || !caller.member.isManager) return undefined;
    const feed =
      asked.command === 'feed edit' ? await feedOf(asked, caller, dependencies, signal) : undefined;
    if (!feed && asked.command !== 'feed add') return undefined;
    const trouble = await openFeedForm(told, caller, feed ? { kind: 'edit', id: feed.id } : { kind: 'add' });
    return trouble === undefined ? {} : { trouble };
  }

  async function replied(asked: Asked, asking: Asking): Promise<Answered> {
    const texts = textsFor(asking.caller.locale);
    if (isForbidden(asked, asking, dependencies)) return refused(texts.slackAnswers.stranger, texts);
    const reply = await run(asked, asking, dependencies);
    const isDone = reply.outcome === 'done';
    if (reply.visibility === 'channel') return await posted(reply, asking, texts);
    if (reply.file) return { bodies: await withFile(reply, reply.file, asked, asking), isDone };
    const bodies = answersOf(reply, texts, asked.command);
    const buttons = isDone ? shareButtons(asked, asking, host.commands) : [];
    return { bodies: withButtons(bodies, buttons), isDone };
  }

  async function withFile({ cards }: Reply, file: ReplyFile, asked: Asked, { caller, signal }: Asking) {
    const texts = textsFor(caller.locale);
    const isSent = await sendFile(file, caller, dependencies, signal);
    if (!isSent) {
      const words = answersOf({ cards }, texts, asked.command);
      return shownFile(words, file, texts, String(asked.options.format ?? ''));
    }
    const paragraphs = [texts.slackAnswers.fileSent(file.name)];
    const sent = { kind: 'text' as const, title: file.name, paragraphs };
    // The first card only says what is in the file.
    return answersOf({ cards: [sent, ...cards.slice(1)] }, texts, asked.command);
  }

  async function posted({ cards }: Reply, { caller }: Asking, texts: Texts): Promise<Answered> {
    const card = cards.find(({ kind }) => kind === 'panel');
    if (card?.kind !== 'panel') return { bodies: answersOf({ cards }, texts, ''), isDone: true };
    const title = texts.slackAnswers.panelPosted;
    try {
      const trouble = await postPanel(caller.place, card, texts);
      const paragraphs = trouble === undefined ? [] : [trouble];
      return { bodies: bodiesOf({ kind: 'text', title, paragraphs }, texts), isDone: true };
    } catch (error) {
      return refused(troubleText(error, texts, log, texts.slack.hidden), texts);
    }
  }

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
    const opened = await form(asked, asking);
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
