import type { types } from '@slack/bolt';
import type { Command } from '../../../src/command.ts';
import type { Card } from '../../../src/domain/card.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { pressButton } from '../cards/parts.ts';
import type { SlackBody } from '../cards/payload.ts';
import { answersOf, bodiesOf, withNote } from './answers.ts';
import { type Asked, commandOf, writeAsked } from './asked.ts';
import {
  type Answered,
  type Asking,
  BUTTONS,
  isForbidden,
  type RunningDependencies,
  refused,
  run,
} from './asking.ts';

/** A button that shares an answer with its channel; none for what is no channel's business, or where there is none. */
export function shareButtons(
  asked: Asked,
  { isDirect, caller: { place, locale } }: Asking,
  commands: readonly Command[],
): types.Button[] {
  const value = isShareable(asked, commands) ? writeAsked(asked) : undefined;
  if (value === undefined || isDirect || place.channel === '') return [];
  return [pressButton(textsFor(locale).slackAnswers.share, BUTTONS.share, value)];
}

/** The answer once more, for the whole channel; `aside` is for the caller alone. Rejects with the signal's reason alone. */
export async function share(
  asked: Asked,
  asking: Asking,
  dependencies: RunningDependencies,
): Promise<Answered & { aside: SlackBody[] }> {
  const texts = textsFor(asking.caller.locale);
  const isFit = isShareable(asked, dependencies.host.commands);
  if (!isFit) return { ...refused(texts.gateway.tooOld, texts), aside: [] };
  if (isForbidden(asked, asking, dependencies))
    return { ...refused(texts.slackAnswers.stranger, texts), aside: [] };
  const reply = await run(asked, asking, dependencies);
  const isDone = reply.outcome === 'done' && reply.visibility === 'private' && !reply.file;
  // What the host says beside the answer is for the caller alone.
  const isAside = (card: Card) => card.kind === 'text' && card.title === texts.host.byTheWay;
  const cards = reply.cards.filter((card) => !isAside(card));
  const bodies = answersOf({ cards }, texts, asked.command);
  const note = texts.slackAnswers.sharedBy(`<@${asking.caller.member.id}>`);
  return {
    bodies: isDone ? withNote(bodies, note) : bodies,
    aside: reply.cards.filter(isAside).flatMap((card) => bodiesOf(card, texts)),
    isDone,
  };
}

function isShareable(asked: Asked, commands: readonly Command[]): boolean {
  const command = commandOf(asked, commands);
  return command?.isReading === true && command.audience === 'member';
}
