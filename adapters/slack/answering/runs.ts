import type { types } from '@slack/bolt';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Reply } from '../../../src/command.ts';
import type { Card, PanelCard } from '../../../src/domain/card.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import {
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
  StoreError,
} from '../../../src/errors.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import { pressButton } from '../cards/parts.ts';
import type { SlackBody } from '../cards/payload.ts';
import type { Told } from '../gateway/told.ts';
import type { Places } from '../posting/places.ts';
import { answersOf, bodiesOf, sentence, withButtons, withNote } from './answers.ts';
import { type Asked, commandOf, writeAsked } from './asked.ts';
import { barrierOf, feedOf } from './barrier.ts';
import type { Caller } from './caller.ts';
import { type FileDependencies, sendFile, shownFile } from './files.ts';
import { helpBody } from './help.ts';

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

/** Who asks, and how. */
export interface Asking {
  told: Told;
  caller: Caller;
  /** A member of another team. */
  isStranger: boolean;
  /** In the caller's direct messages with us. */
  isDirect: boolean;
  /** Our own id at Slack. */
  appId: string | undefined;
  signal: AbortSignal;
}

export interface Answered {
  /** At least one. */
  bodies: SlackBody[];
  isDone: boolean;
}

/** The `action_id`s of buttons of our own, whose value is what they ask for. */
export const BUTTONS = { share: 'share:0', join: 'join:0', run: 'run:0' } as const;

/** Carries out what is asked for. None of them rejects but with the signal's reason. */
export interface Runs {
  /** The answer for the caller; undefined where a form has been opened instead. */
  answer(asked: Asked, asking: Asking): Promise<Answered | undefined>;
  /** Joins the channel that keeps it from being done, then does it. */
  join(asked: Asked, asking: Asking): Promise<Answered | undefined>;
  /** The answer for a whole channel; `aside` is for the caller alone. */
  share(asked: Asked, asking: Asking): Promise<Answered & { aside: SlackBody[] }>;
}

export function createRuns(dependencies: RunDependencies): Runs {
  const { host, places, postPanel, openFeedForm, clock } = dependencies;

  async function run({ command, options }: Asked, { caller, signal }: Asking): Promise<Reply> {
    return await host.run({ command, options, ...caller, at: clock.now(), signal });
  }

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
    if (asking.isStranger && commandOf(asked, host.commands)?.isOfWorkspace)
      return refused(texts.slackAnswers.stranger, texts);
    const reply = await run(asked, asking);
    const isDone = reply.outcome === 'done';
    if (reply.visibility === 'channel') return await posted(reply, asking, texts);
    const bodies = answersOf(reply, texts, asked.command);
    if (reply.file) {
      const { name } = reply.file;
      const isSent = await sendFile(reply.file, asking.caller, dependencies, asking.signal);
      if (isSent) return { bodies: sentence(texts.slackAnswers.fileSent(name), texts, name), isDone };
      return { bodies: shownFile(bodies, reply.file, texts, String(asked.options.format ?? '')), isDone };
    }
    return { bodies: isDone ? withButtons(bodies, shareButton(asked, asking, texts)) : bodies, isDone };
  }

  function shareButton(asked: Asked, { isDirect, caller }: Asking, { slackAnswers }: Texts): types.Button[] {
    const value = isShareable(asked) ? writeAsked(asked) : undefined;
    // A modal stands in no channel.
    if (value === undefined || isDirect || caller.place.channel === '') return [];
    return [pressButton(slackAnswers.share, BUTTONS.share, value)];
  }

  function isShareable(asked: Asked): boolean {
    const command = commandOf(asked, host.commands);
    return command?.isReading === true && command.audience === 'member';
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
      return refused(troubleOf(error, texts), texts);
    }
  }

  async function behindBarrier(asked: Asked, asking: Asking): Promise<Answered | undefined> {
    const barrier = await barrierOf(asked, asking.caller, dependencies, asking.signal);
    if (!barrier) return undefined;
    const texts = textsFor(asking.caller.locale);
    const { joinAndAdd, joinAndGoOn } = texts.slackAnswers;
    const value = barrier.joinable === undefined ? undefined : writeAsked(asked);
    const label = asked.command === 'feed add' ? joinAndAdd : joinAndGoOn;
    const buttons = value === undefined ? [] : [pressButton(label, BUTTONS.join, value)];
    return { bodies: withButtons(sentence(barrier.sentence, texts), buttons), isDone: false };
  }

  async function answer(asked: Asked, asking: Asking): Promise<Answered | undefined> {
    const texts = textsFor(asking.caller.locale);
    if (asked.command === 'help' && asked.options.command === undefined)
      return { bodies: [helpBody(asking.caller, asking.appId, texts)], isDone: true };
    const opened = await form(asked, asking);
    if (opened) return opened.trouble === undefined ? undefined : refused(opened.trouble, texts);
    return (await behindBarrier(asked, asking)) ?? (await replied(asked, asking));
  }

  return {
    answer,
    async join(asked, asking) {
      const { caller, signal } = asking;
      const barrier = await barrierOf(asked, caller, dependencies, signal);
      if (barrier?.joinable === undefined) return await answer(asked, asking);
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
    async share(asked, asking) {
      const texts = textsFor(asking.caller.locale);
      if (!isShareable(asked)) return { ...refused(texts.gateway.tooOld, texts), aside: [] };
      const reply = await run(asked, asking);
      const isDone = reply.outcome === 'done' && reply.visibility === 'private' && !reply.file;
      // What the host says beside the answer is for the caller alone.
      const isAside = (card: Card) => card.kind === 'text' && card.title === texts.host.byTheWay;
      const shown = reply.cards.filter((card) => !isAside(card));
      const aside = reply.cards.filter(isAside);
      const bodies = answersOf({ cards: shown }, texts, asked.command);
      const note = texts.slackAnswers.sharedBy(`<@${asking.caller.member.id}>`);
      return {
        bodies: isDone ? withNote(bodies, note) : bodies,
        aside: aside.flatMap((card) => bodiesOf(card, texts)),
        isDone,
      };
    },
  };
}

function refused(text: string, texts: Texts): Answered {
  return { bodies: sentence(text, texts), isDone: false };
}

function isPassing(error: unknown): boolean {
  return error instanceof DeliveryUnavailableError || error instanceof DeliveryThrottledError;
}

/** Errors: what is none of Slack's. */
function troubleOf(error: unknown, texts: Texts): string {
  if (isPassing(error)) return texts.host.platformClosed;
  if (error instanceof StoreError) return texts.host.storeClosed;
  if (error instanceof DeliveryRefusedError) return texts.slack.hidden;
  throw error;
}
