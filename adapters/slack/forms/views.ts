import type { types } from '@slack/bolt';
import { z } from 'zod';
import { type Clock, within } from '../../../src/clock.ts';
import type { Reply } from '../../../src/command.ts';
import { localTime, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import type { Log } from '../../../src/log.ts';
import type { Texts } from '../../../src/texts/index.ts';
import type { CallerIds } from '../answering/caller.ts';
import { troubleText } from '../answering/trouble.ts';
import { header, plainText, pressButton } from '../cards/parts.ts';
import type { Ask } from '../posting/ask.ts';
import { isCode, read } from '../posting/failures.ts';
import { feedSchema } from './feed-options.ts';
import { asideBlocks, section, VIEW_LIMITS } from './parts.ts';
import { sentenceOf } from './replies.ts';

/** A view is opened within 3 s of what was done; a part of them has gone by. */
const PROMPT_MS = SECOND_MS;
const openedSchema = z.object({ view: z.object({ id: z.string() }) });
/** Answers by which a view is there no more: it was closed meanwhile (docs.slack.dev/reference/methods/views.update). */
const CLOSED = ['not_found', 'view_not_found'] as const;

export interface ViewsDependencies {
  ask: Ask;
  clock: Clock;
  log: Log;
}

/** Whom a view is for, and what opens it. */
export interface Opening {
  trigger: string;
  ids: Pick<CallerIds, 'team' | 'user'>;
}

/**
 * Opens a view; one that takes long to make comes a little later, and meanwhile there is one that says so. What cannot be
 * made is told in its place. Errors: those of `Ask`.
 */
export async function openView(
  { trigger, ids }: Opening,
  making: Promise<types.ModalView>,
  texts: Texts,
  { ask, clock, log }: ViewsDependencies,
): Promise<void> {
  const made = making.catch((error: unknown) => troubleView(troubleText(error, texts, log), texts));
  const prompt = await within(PROMPT_MS, made, clock);
  const view = (prompt ?? workingView(texts)) as unknown as Json;
  const where = { workspace: ids.team, channel: `@${ids.user}` };
  const { data } = await ask({ method: 'views.open', args: { trigger_id: trigger, view }, ...where });
  if (!prompt) await updateView(read(openedSchema, data, where).view.id, ids, await made, ask);
}

/** Gives a view other content; one that was closed meanwhile stays closed. Errors: those of `Ask`. */
export async function updateView(
  id: string,
  { team, user }: Opening['ids'],
  view: types.ModalView,
  ask: Ask,
): Promise<void> {
  const args = { view_id: id, view: view as unknown as Json };
  try {
    await ask({ method: 'views.update', args, workspace: team, channel: `@${user}` });
  } catch (error) {
    if (!isCode(error, ...CLOSED)) throw error;
  }
}

/** What is shown while something is made. */
export function workingView({ slackForms: say }: Texts): types.ModalView {
  return wordsView(say.workTitle, [section(say.working)], say.close);
}

/** That something came to nothing, and why. */
export function troubleView(sentence: string, { host, slackForms: say }: Texts): types.ModalView {
  return wordsView(host.failed, [section(sentence)], say.close);
}

const doneSchema = z.object({ feed: feedSchema, nextDueAt: z.string().optional() });

/** What was done with a feed, and when it posts next. */
export function doneView(reply: Reply, texts: Texts, aside?: string): types.ModalView {
  const say = texts.slackForms;
  const { data } = doneSchema.safeParse(reply.data);
  const title = reply.cards[0]?.kind === 'text' ? reply.cards[0].title : sentenceOf(reply);
  const told: types.KnownBlock[] = [header(title), ...asideBlocks(aside, texts)];
  if (!data) return wordsView(say.done, told, say.close);
  const { feed, nextDueAt } = data;
  if (nextDueAt === undefined) told.push(section(say.rests));
  else {
    const { day, time } = localTime(nextDueAt, feed.zone);
    told.push(section(say.next(day, time, feed.zone)));
  }
  const elements = [pressButton(texts.action.preview, 'form:preview', feed.id)];
  return wordsView(say.done, [...told, { type: 'actions', elements }], say.close);
}

export function wordsView(title: string, blocks: types.KnownBlock[], close: string): types.ModalView {
  return {
    type: 'modal',
    title: plainText(title, VIEW_LIMITS.title),
    close: plainText(close, VIEW_LIMITS.title),
    blocks,
  };
}
