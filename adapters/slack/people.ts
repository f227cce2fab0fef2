import { randomUUID } from 'node:crypto';
import type { Host, Message } from '../../src/adapter.ts';
import { SECOND_MS } from '../../src/domain/calendar.ts';
import type { Card } from '../../src/domain/card.ts';
import type { MessageId } from '../../src/domain/delivery.ts';
import type { Destination } from '../../src/domain/feed.ts';
import { createAnswering } from './answering/answering.ts';
import { createUpload } from './answering/upload.ts';
import { keptAs } from './cards/payload.ts';
import { render } from './cards/render.ts';
import { createForms } from './forms/forms.ts';
import { createHearing } from './gateway/hearing.ts';
import { createHeldBack } from './held-back.ts';
import { createHome } from './home/home.ts';
import { createHooks } from './hooks.ts';
import type { SlackAdapterConfig, SlackLine } from './index.ts';
import { createMembership, type Membership, type MembershipDependencies } from './installing/membership.ts';
import { createLinks } from './links/links.ts';
import { createReactions } from './reactions/reactions.ts';
import { createTroubles } from './troubles.ts';
import { createWelcome } from './welcome/welcome.ts';

export interface PeopleDependencies
  extends Pick<SlackAdapterConfig, 'apiUrl' | 'hearing' | 'route' | 'clock' | 'log'>,
    SlackLine {
  host: Host;
  oauth: MembershipDependencies['oauth'];
  /** Posts one message, as `Adapter.send` does. */
  send: (message: Message) => Promise<MessageId>;
}

/** Everything that answers people. */
export interface SlackPeople {
  /** Errors: `ConfigError`. */
  start(): Promise<void>;
  /** Slack takes a token of a workspace no more. Never rejects. */
  gone: Membership['gone'];
  /** What only the operator can mend of renewing tokens; undefined once it is mended. Never throws. */
  onTrouble(trouble: string | undefined): void;
  stop(patienceMs: number): Promise<void>;
}

/** What Slack did not tell while no connection stood is told again within minutes; after longer we look ourselves. */
const MISSED_MS = 30 * SECOND_MS;

export function createPeople(dependencies: PeopleDependencies): SlackPeople {
  const { send } = dependencies;
  const ending = new AbortController();
  const given = { ...dependencies, signal: ending.signal };
  const reactions = createReactions({ ...given, post: (place, card) => postApart(place, card, send) });
  const forms = createForms(given);
  const answering = createAnswering({
    ...given,
    postPanel: reactions.postPanel,
    openFeedForm: forms.open,
    upload: createUpload(),
  });
  const home = createHome({ ...given, forms });
  const links = createLinks(given);
  const welcome = createWelcome({ ...given, forms });
  const troubles = createTroubles(given);
  const membership = createMembership({
    ...given,
    greet: welcome.greet,
    onTrouble: (trouble) => troubles('membership', trouble),
  });

  const hooks = {
    ...createHooks({ answering, forms, home, welcome, links, reactions, membership }),
    onLimited: createHeldBack({ ...given, look: reactions.compare }),
  };
  const hearing = createHearing({
    ...given,
    hooks,
    onTrouble: (trouble) => troubles('hearing', trouble),
    onBack: (missedMs) => void (missedMs >= MISSED_MS && reactions.compare()),
  });

  return {
    async start() {
      await membership.start();
      await hearing.start();
      void reactions.compare();
    },
    gone: membership.gone,
    onTrouble: (trouble) => troubles('renewing', trouble),
    async stop(patienceMs) {
      await Promise.all([hearing.stop(patienceMs), answering.stop(patienceMs)]);
      ending.abort(new Error('The bot stops.'));
      await reactions.idle();
    },
  };
}

/** Posts a card that belongs to no edition. */
async function postApart(
  destination: Destination,
  card: Card,
  send: PeopleDependencies['send'],
): Promise<MessageId> {
  const [payload] = render(card);
  return await send({ id: `apart:${randomUUID()}`, destination, payload: payload ? keptAs(payload) : null });
}
