import { InteractionType, type REST } from 'discord.js';
import type { Clock } from '../../../src/clock.ts';
import { createRecent } from '../../../src/domain/recent.ts';
import type { Log } from '../../../src/log.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { sentenceAnswer } from './answers.ts';
import { callerOf } from './caller.ts';
import { suggest } from './completion.ts';
import { createInHand } from './in-hand.ts';
import { type Address, addressSchema, type Interaction, interactionSchema } from './incoming.ts';
import { type OnPanel, respond } from './respond.ts';
import { isClosed, openWayBack, reasonOf } from './way-back.ts';
import { createWorkOf, type WorkDependencies } from './work.ts';

/** After a broken connection Discord tells again what it may have told; so many are remembered. */
const MOST_REMEMBERED = 2000;

export interface InteractionDependencies extends WorkDependencies {
  /** Not the one of deliveries: an answer waits behind nothing. */
  rest: REST;
  /** Whether the bot is in a server. */
  isOurs: (server: string) => boolean;
  onPanel: OnPanel;
  clock: Clock;
  log: Log;
}

/** Answers what people type and press. */
export interface Interactions {
  /** Takes an interaction off the gateway; one that was taken before is let be. Never throws. */
  take(event: unknown): void;
  /** Takes no more, leaves those in hand so long to be answered, then ends them. */
  stop(patienceMs: number): Promise<void>;
}

export function createInteractions(dependencies: InteractionDependencies): Interactions {
  const { rest, host, isOurs, onPanel, clock, log } = dependencies;
  const workOf = createWorkOf(dependencies);
  const taken = createRecent<true>(MOST_REMEMBERED);
  const inHand = createInHand(clock);
  let isStopped = false;

  async function answer(interaction: Interaction, controller: AbortController): Promise<void> {
    const way = openWayBack(interaction, { rest, clock });
    const caller = callerOf(interaction, isOurs);
    if (interaction.type === InteractionType.ApplicationCommandAutocomplete)
      return await suggest(interaction.data, caller, way, { host, clock, log });
    const texts = textsFor(caller.locale);
    const work = workOf(interaction, caller, controller.signal);
    try {
      await respond({ way, ...work, place: caller.place, texts }, { onPanel, clock });
    } catch (error) {
      // Nobody waits for it any more, so what has not been done need not be.
      controller.abort(error);
      if (isClosed(error)) return log.info('An answer came too late', { error: reasonOf(error) });
      log.error('An answer could not be given', { error: reasonOf(error) });
      const last = sentenceAnswer(texts.gateway.away, texts);
      await (way.isTaken ? way.add(last, 'private') : way.reply(last, 'private'));
    }
  }

  return {
    take(event) {
      const { data: address } = addressSchema.safeParse(event);
      if (isStopped || !address || taken.has(address.id)) return;
      taken.put(address.id, true);
      const { data: interaction, error } = interactionSchema.safeParse(event);
      if (error) log.warn('An interaction was not understood', { error });
      inHand.begin(async (controller) => {
        const answering = interaction
          ? answer(interaction, controller)
          : answerUnknown(address, { rest, clock });
        await answering.catch((error: unknown) => {
          // Of two processes one comes too late with each of its suggestions.
          const level = isClosed(error) ? 'info' : 'warn';
          log[level]('An interaction stays without an answer from here', { error: reasonOf(error) });
        });
      });
    },
    async stop(patienceMs) {
      isStopped = true;
      await inHand.stop(patienceMs);
    },
  };
}

/** Also what we do not know is answered, by a sentence. */
async function answerUnknown(address: Address, given: Parameters<typeof openWayBack>[1]): Promise<void> {
  const texts = textsFor(undefined);
  const way = openWayBack(address, given);
  await way.reply(sentenceAnswer(texts.gateway.tooOld, texts), 'private');
}
