import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { Command, OptionValue, Reply } from '../../../src/command.ts';
import type { TextCard } from '../../../src/domain/card.ts';
import { CommandError } from '../../../src/errors.ts';
import { optionValue, readPressText } from '../../../src/press.ts';
import { textsFor } from '../../../src/texts/index.ts';
import type { Typed } from '../../../src/typed.ts';
import type { Asked } from '../playground.ts';
import { lineText, type ReadLine, readLine } from './line.ts';
import { memberOf, type PlaygroundParts } from './parts.ts';
import { drawReply } from './reply.ts';
import { suggest } from './suggesting.ts';
import { withWayOn } from './way-on.ts';

/** In characters; nothing that is meant is longer. */
const ROOM = { line: 4000, press: 8000, chosen: 200, emoji: 120, id: 200 } as const;

/** Names one wish: what comes twice, as its answer was lost, is done once. */
const id = z
  .string()
  .regex(/^[\w-]{16,64}$/)
  .exactOptional();
const commandSchema = z.object({ id, text: z.string().max(ROOM.line) });
const pressSchema = z.object({
  id,
  press: z.string().max(ROOM.press),
  chosen: z.array(z.string().max(ROOM.chosen)).max(25).optional(),
});
const reactionSchema = z.object({
  message: z.string().max(ROOM.id),
  emoji: z.string().max(ROOM.emoji),
  isAdded: z.boolean(),
});

/**
 * Adds what a page asks for. Answers are fragments of HTML for their caller alone, or 204 where what comes of it is on
 * the board; what cannot be read is a sentence with status 400.
 */
export function addAnswering(app: Hono, parts: PlaygroundParts): void {
  const { playground } = parts;
  const { commands } = playground;

  app.post('/commands', async (context) => {
    const given = await bodyOf(context, commandSchema);
    if (!given) return refused(context);
    const read = readLine(given.text, commands);
    if (read.kind === 'unread') return context.html(drawReply(mistyped(read), { line: given.text.trim() }));
    return await answer(context, named(read.asked, given), parts);
  });

  app.post('/presses', async (context) => {
    const given = await bodyOf(context, pressSchema);
    if (!given) return refused(context);
    const asked = askedBy(given.press, given.chosen, commands);
    return asked
      ? await answer(context, named(asked, given), parts)
      : context.html(drawReply(tooOld(), { line: '' }));
  });

  app.post('/reactions', async (context) => {
    const given = await bodyOf(context, reactionSchema);
    if (!given) return refused(context);
    const { message: messageId, emoji, isAdded } = given;
    try {
      await playground.react({ messageId, emoji, isAdded }, memberOf(context, parts));
    } catch (error) {
      if (error instanceof CommandError) return context.text(error.message, 409);
      throw error;
    }
    return context.body(null, 204);
  });

  app.get('/completions', async (context) => {
    const member = memberOf(context, parts);
    const line = (context.req.query('text') ?? '').slice(0, ROOM.line);
    const suggestions = await suggest(line, commands, (asked) => playground.complete(asked, member));
    return context.json({ suggestions });
  });

  app.get('/welcome', (context) =>
    answer(context, { command: 'today', options: { limit: WELCOMED_BY } }, parts),
  );
}

/** Papers that somebody who is new is shown. */
const WELCOMED_BY = 5;

function named(asked: Typed, { id }: { id?: string }): Asked {
  return { ...asked, ...(id === undefined ? {} : { key: id }) };
}

async function answer(context: Context, asked: Asked, parts: PlaygroundParts): Promise<Response> {
  const { playground } = parts;
  try {
    const member = memberOf(context, parts);
    const run = (one: Asked) => playground.run(one, member, playground.ending);
    const reply = await run(asked);
    if (reply.visibility === 'channel') return context.body(null, 204);
    const question = { line: lineText(asked), command: asked.command };
    return await context.html(drawReply(await withWayOn(reply, asked, run), question));
  } catch (error) {
    if (!playground.ending.aborted) throw error;
    return context.text('Paperwire is stopping. Please try again in a minute.', 503);
  }
}

/** Undefined for a body that is not what was asked for. */
async function bodyOf<T>(context: Context, schema: z.ZodType<T>): Promise<T | undefined> {
  const body: unknown = await context.req.json().catch(() => undefined);
  return schema.safeParse(body).data;
}

function refused(context: Context): Response {
  return context.text('This cannot be read. Load the page again.', 400);
}

/** What a press means; `chosen` fills the option that it leaves open. */
function askedBy(
  press: string,
  chosen: readonly string[] = [],
  commands: readonly Command[],
): Typed | undefined {
  const read = readPressText(press, commands);
  if (!read) return undefined;
  const { command, options, choose } = read;
  if (choose === undefined) return { command, options };
  const option = commands.find(({ name }) => name === command)?.options.find(({ name }) => name === choose);
  const value: OptionValue | undefined = option && optionValue(chosen.join(','), option);
  return value === undefined ? undefined : { command, options: { ...options, [choose]: value } };
}

function mistyped({ sentence, meant }: Extract<ReadLine, { kind: 'unread' }>): Omit<Reply, 'visibility'> {
  const actions = meant ? [{ label: lineText(meant), ...meant }] : [];
  return { cards: [{ ...failure(sentence), actions }], outcome: 'refused' };
}

function tooOld(): Omit<Reply, 'visibility'> {
  return { cards: [failure(textsFor(undefined).gateway.tooOld)], outcome: 'refused' };
}

function failure(sentence: string): TextCard {
  return { kind: 'text', title: textsFor(undefined).host.failed, paragraphs: [sentence] };
}
