import { Routes } from 'discord.js';
import type { Clock } from '../../../src/clock.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { localeOf } from '../../../src/domain/locale.ts';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { growingPauseMs } from '../../../src/pace.ts';
import type { Direct } from '../posting/direct.ts';
import { nonceOf } from '../posting/nonce.ts';
import type { Places } from '../posting/places.ts';
import type { Ask } from '../posting/rest.ts';
import { openChannels } from './open-channels.ts';
import { firstSetup, renderSetup } from './setup.ts';

export interface GreetDependencies {
  ask: Ask;
  places: Places;
  direct: Direct;
  clock: Clock;
  log: Log;
  /** Ends what is in hand. */
  signal: AbortSignal;
  /** From 0 to below 1; default `Math.random`. */
  random?: () => number;
}

/**
 * Writes to whoever brings us to a server, else to its owner. Told again within minutes it comes once; nothing comes where
 * direct messages are closed. Rejects where it is to be tried again with the next start.
 */
export type Greet = (server: string, adder: string | undefined) => Promise<void>;

/** Repetitions leave within the time in which nonces are compared (`REPEATABLE_MS`). */
const MOST_REPETITIONS = 3;

export function createGreet(dependencies: GreetDependencies): Greet {
  const { ask, places, direct, clock, log, signal, random = Math.random } = dependencies;

  async function greetOnce(server: string, adder: string | undefined): Promise<void> {
    const found = await places.server(server);
    const member = adder ?? found?.owner_id;
    if (!found || member === undefined) return;
    const { name, preferred_locale: language } = found;
    const shown = { home: server, server: name, channels: await openChannels(server, places) };
    const body = renderSetup(firstSetup(language), shown, localeOf(language));
    await direct.pace(signal);
    const channel = await direct.channelOf(member, signal);
    const content = { ...body, nonce: nonceOf(`first-contact:${server}`), enforce_nonce: true };
    const route = Routes.channelMessages(channel);
    await ask({ method: 'POST', route, body: content as unknown as Json, channel, signal });
  }

  /** What may have arrived is said again: by its nonce it is known for the same. */
  async function greet(server: string, adder: string | undefined): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await greetOnce(server, adder);
      } catch (error) {
        if (!(error instanceof DeliveryUnavailableError) || failures >= MOST_REPETITIONS) throw error;
        await clock.sleep(growingPauseMs(failures, random), signal);
      }
    }
  }

  return async (server, adder) => {
    try {
      await greet(server, adder);
    } catch (error) {
      if (!(error instanceof DeliveryRefusedError)) throw error;
      log.info('Whoever added the bot takes no direct messages', { server });
    }
  };
}
