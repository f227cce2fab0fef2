import type { Host } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import type { Log } from '../../src/log.ts';
import type { GatewayHooks } from './gateway/gateway.ts';
import type { Direct } from './posting/direct.ts';
import { createPatientAsk } from './posting/patience.ts';
import type { Places } from './posting/places.ts';
import type { Ask } from './posting/rest.ts';
import { type PostedPanel, preparePanel } from './reactions/panel.ts';
import { createReactions, type Reactions } from './reactions/reactions.ts';
import { createSigns } from './reactions/signs.ts';
import { createFirstContact, type FirstContact } from './welcome/first-contact.ts';

export interface PeopleDependencies {
  ask: Ask;
  /** At reactions, which anybody can make. */
  askToLook: Ask;
  direct: Direct;
  places: Places;
  /** Whether what happens in a server is told to this process. */
  hears: (server: string) => boolean;
  clock: Clock;
  log: Log;
}

/** What follows from what people do. It needs the host, so that it is made when there is one. */
export interface People {
  reactions: Reactions;
  firstContact: FirstContact;
  /** See `preparePanel`. */
  preparePanel(panel: PostedPanel): Promise<string | undefined>;
  /** Ends what is in hand. */
  stop(): Promise<void>;
}

export function createPeople(
  host: Host,
  { ask, askToLook, direct, places, hears, clock, log }: PeopleDependencies,
): People {
  const ending = new AbortController();
  const patient = createPatientAsk({ ask: askToLook, clock });
  const signs = createSigns({ ask: patient, places, commands: () => host.commands, clock });
  const given = { places, host, clock, log, signal: ending.signal };
  const reactions = createReactions({ ...given, ask: patient, signs, hears });
  return {
    reactions,
    firstContact: createFirstContact({ ...given, ask, direct }),
    preparePanel: (panel) => preparePanel(panel, { ask: patient, signs, host }),
    async stop() {
      ending.abort(new Error('The bot stops.'));
      await reactions.idle();
    },
  };
}

/** Has what the gateway tells taken by whoever is there by then. */
export function hooksOf(people: () => People | undefined): GatewayHooks {
  return {
    onReaction: (event, isAdded) => void people()?.reactions.take(event, isAdded),
    onReactionsCleared: (event) => void people()?.reactions.cleared(event),
    async onJoin({ server, outcome, adder }) {
      if (outcome === 'new') await people()?.firstContact.greet(server, adder);
    },
    onPanel: async (panel) => await people()?.preparePanel(panel),
    onPress: (press) => people()?.firstContact.press(press),
    onReady: () => void people()?.reactions.compare(),
  };
}
