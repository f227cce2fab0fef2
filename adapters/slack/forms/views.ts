import type { types } from '@slack/bolt';
import { z } from 'zod';
import { type Clock, within } from '../../../src/clock.ts';
import type { Reply } from '../../../src/command.ts';
import { localTime, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import {
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../../src/errors.ts';
import type { Texts } from '../../../src/texts/index.ts';
import type { CallerIds } from '../answering/caller.ts';
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
}

/** Whom a view is for, and what opens it. */
export interface Opening {
  trigger: string;
  ids: Pick<CallerIds, 'team' | 'user'>;
}

/**
 * Opens a view; one that takes long to make comes a little later, and meanwhile there is one that says so. Errors: those of
 * `Ask`, for which `closedSentence` has words.
 */
export async function openView(
  { trigger, ids }: Opening,
  making: Promise<types.ModalView>,
  texts: Texts,
  { ask, clock }: ViewsDependencies,
): Promise<void> {
  const prompt = await within(PROMPT_MS, making, clock);
  const view = (prompt ?? workingView(texts)) as unknown as Json;
  const where = { workspace: ids.team, channel: `@${ids.user}` };
  const { data } = await ask({ method: 'views.open', args: { trigger_id: trigger, view }, ...where });
  if (!prompt) await updateView(read(openedSchema, data, where).view.id, ids, await making, ask);
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

/** Slack waits no longer for a view to be opened, or it has been opened (docs.slack.dev/reference/methods/views.open). */
const LATE = ['expired_trigger_id', 'exchanged_trigger_id', 'trigger_expired', 'trigger_exchanged'] as const;

/** What to say where Slack does not let us do something, or not now. Throws what is a fault of ours. */
export function closedSentence(error: unknown, texts: Texts, refused = texts.host.platformClosed): string {
  if (isCode(error, ...LATE)) return texts.slackForms.late;
  if (error instanceof DeliveryRefusedError) return refused;
  if (error instanceof DeliveryUnavailableError || error instanceof DeliveryThrottledError)
    return texts.host.platformClosed;
  throw error;
}

/** What is shown while something is made. */
export function workingView({ slackForms: say }: Texts): types.ModalView {
  return wordsView(say.workTitle, [section(say.working)], say.close);
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
