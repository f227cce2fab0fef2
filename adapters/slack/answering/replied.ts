import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Reply, ReplyFile } from '../../../src/command.ts';
import type { PanelCard } from '../../../src/domain/card.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import type { SlackBody } from '../cards/payload.ts';
import { answersOf, bodiesOf, withButtons } from './answers.ts';
import type { Asked } from './asked.ts';
import { type Answered, type Asking, isForbidden, refused, run } from './asking.ts';
import { type FileDependencies, sendFile, shownFile } from './files.ts';
import { shareButtons } from './share.ts';
import { troubleText } from './trouble.ts';

/**
 * Posts a topic panel. Out: what went wrong with its emoji, as a sentence. Errors: those of `Adapter.send`, `StoreError`.
 */
export type PostPanel = (place: Destination, card: PanelCard, texts: Texts) => Promise<string | undefined>;

export interface RepliedDependencies extends FileDependencies {
  host: Host;
  postPanel: PostPanel;
  clock: Clock;
}

/** Has a command carried out, and answers with its reply, wherever that goes. Rejects with the signal's reason alone. */
export type Replied = (asked: Asked, asking: Asking) => Promise<Answered>;

export function createReplied(dependencies: RepliedDependencies): Replied {
  const { host, postPanel, log } = dependencies;

  async function withFile(
    { cards }: Reply,
    file: ReplyFile,
    asked: Asked,
    { caller, signal }: Asking,
  ): Promise<SlackBody[]> {
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

  return async (asked, asking) => {
    const texts = textsFor(asking.caller.locale);
    if (isForbidden(asked, asking, dependencies)) return refused(texts.slackAnswers.stranger, texts);
    const reply = await run(asked, asking, dependencies);
    const isDone = reply.outcome === 'done';
    if (reply.visibility === 'channel') return await posted(reply, asking, texts);
    if (reply.file) return { bodies: await withFile(reply, reply.file, asked, asking), isDone };
    const bodies = answersOf(reply, texts, asked.command);
    const buttons = isDone ? shareButtons(asked, asking, host.commands) : [];
    return { bodies: withButtons(bodies, buttons), isDone };
  };
}
