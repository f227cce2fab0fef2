import {
  DiscordAPIError,
  HTTPError,
  MessageFlags,
  type RawFile,
  type REST,
  InteractionResponseType as ResponseType,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { MessageId } from '../../../src/domain/delivery.ts';
import { isCode } from '../posting/failures.ts';
import type { Answer } from './answers.ts';
import type { Choice } from './completion.ts';
import type { Interaction } from './incoming.ts';

/**
 * The way back to whoever gave an interaction. It is open for 15 minutes; the first step must be taken within 3 seconds.
 * Errors: those of discord.js.
 */
export interface WayBack {
  /** False until a first step has been taken. */
  readonly isTaken: boolean;
  /** First step: says that an answer will come, privately, or in place of the message that was pressed on. */
  putOff(how: 'private' | 'in-place'): Promise<void>;
  /** First step: the answer itself. */
  reply(answer: Answer, how: 'private' | 'channel' | 'in-place'): Promise<void>;
  /** First step: how the option that is being typed may go on. */
  suggest(choices: readonly Choice[]): Promise<void>;
  /** Puts an answer in the place of the first step's. */
  fill(answer: Answer): Promise<void>;
  /** Takes the first step's message away. */
  clear(): Promise<void>;
  /** One message more. Out: its id. */
  add(answer: Answer, how: 'private' | 'channel'): Promise<MessageId>;
}

const messageSchema = z.object({ id: z.string() });

/** A step that can be repeated without harm is tried so often, when it is not known whether it arrived. */
const TRIES = 3;
const PAUSE_MS = SECOND_MS / 4;

/** Opens the way back from an interaction. `rest` must not be the one of deliveries: an answer waits behind nothing. */
export function openWayBack(
  { id, token, application_id: application }: Pick<Interaction, 'id' | 'token' | 'application_id'>,
  { rest, clock }: { rest: REST; clock: Clock },
): WayBack {
  const first = Routes.webhookMessage(application, token);
  let isTaken = false;

  async function respond(type: ResponseType, data?: object, files?: RawFile[]): Promise<void> {
    const body = { type, ...(data ? { data } : {}) };
    const request = { auth: false, body, ...(files ? { files } : {}) };
    await repeat(() => rest.post(Routes.interactionCallback(id, token), request), clock);
    isTaken = true;
  }

  return {
    get isTaken() {
      return isTaken;
    },
    putOff: (how) =>
      how === 'in-place'
        ? respond(ResponseType.DeferredMessageUpdate)
        : respond(ResponseType.DeferredChannelMessageWithSource, { flags: MessageFlags.Ephemeral }),
    reply: ({ body, files }, how) =>
      how === 'in-place'
        ? respond(ResponseType.UpdateMessage, body, files)
        : respond(ResponseType.ChannelMessageWithSource, seenBy(body, how), files),
    suggest: (choices) => respond(ResponseType.ApplicationCommandAutocompleteResult, { choices }),
    async fill(answer) {
      await repeat(() => rest.patch(first, { auth: false, ...answer }), clock);
    },
    async clear() {
      await repeat(() => rest.delete(first, { auth: false }), clock);
    },
    async add({ body, files }, how) {
      const request = { auth: false, body: seenBy(body, how), ...(files ? { files } : {}) };
      return messageSchema.parse(await rest.post(Routes.webhook(application, token), request)).id;
    },
  };
}

function seenBy(body: Answer['body'], how: 'private' | 'channel'): Answer['body'] {
  return how === 'channel' ? body : { ...body, flags: body.flags | MessageFlags.Ephemeral };
}

/** The first step was taken: by us, as far as we repeat it, else by somebody else. */
const TAKEN = 40060;
/** The way back is closed: its 3 seconds or its 15 minutes are over. */
const CLOSED = [10062, 50027];

/** True when nobody waits for the answer any more, or somebody else has given it. */
export function isClosed(error: unknown): boolean {
  return isCode(error, TAKEN, ...CLOSED);
}

/** What a log may say of a failed request; its body is nobody's business. */
export function reasonOf(error: unknown): unknown {
  const isAnswer = error instanceof DiscordAPIError || error instanceof HTTPError;
  return isAnswer ? `${error.name}: ${error.message}` : error;
}

/** Tries again what may be done twice, where Discord gave no clear answer. */
async function repeat<T>(step: () => Promise<T>, clock: Clock): Promise<T | undefined> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await step();
    } catch (error) {
      if (tries > 1 && isCode(error, TAKEN)) return undefined;
      if (tries === TRIES || error instanceof DiscordAPIError) throw error;
    }
    await clock.sleep(PAUSE_MS * tries);
  }
}
