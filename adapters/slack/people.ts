import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Host, Message } from '../../src/adapter.ts';
import { MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import type { MessageId } from '../../src/domain/delivery.ts';
import type { Destination } from '../../src/domain/feed.ts';
import { createAnswering } from './answering/answering.ts';
import { createUpload } from './answering/upload.ts';
import { keptAs, type SlackPayload } from './cards/payload.ts';
import { render } from './cards/render.ts';
import { createForms } from './forms/forms.ts';
import { envelopeSchema } from './gateway/envelope.ts';
import { createHearing } from './gateway/hearing.ts';
import type { Hooks, Told } from './gateway/told.ts';
import { createHome } from './home/home.ts';
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

/** Slack holds events back for a minute; what is looked at after two is not looked at in vain. */
const HELD_BACK_MS = 2 * MINUTE_MS;

/** What a payload says of where it belongs: what was pressed, or submitted. */
const ownerSchema = z.object({
  actions: z.array(z.object({ action_id: z.string() })).optional(),
  action_id: z.string().optional(),
  view: z.object({ callback_id: z.string().optional() }).optional(),
});

export function createPeople(dependencies: PeopleDependencies): SlackPeople {
  const { clock, log, send } = dependencies;
  let isLookingLater = false;
  const ending = new AbortController();
  const given = { ...dependencies, signal: ending.signal };
  /** What belongs to no edition: a panel, a greeting. */
  const post = (destination: Destination, payload: SlackPayload | undefined) =>
    send({ id: `apart:${randomUUID()}`, destination, payload: payload ? keptAs(payload) : null });
  const reactions = createReactions({ ...given, post: (place, card) => post(place, render(card)[0]) });
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

  const hooks: Hooks = {
    onCommand: answering.onCommand,
    onShortcut: answering.onShortcut,
    onPress: (told) => (ownerOf(told)?.onPress ?? answering.onPress)(told),
    onSubmit: (told) => (ownerOf(told)?.onSubmit ?? answering.onSubmit)(told),
    onSuggest: (told) => (ownerOf(told)?.onSuggest ?? answering.onSuggest)(told),
    onLimited(team) {
      log.warn('Slack holds back the events of a team that has too many; its messages are looked at later', {
        team,
      });
      void lookLater();
    },
    async onEvent(envelope) {
      const heard = envelopeSchema.parse(envelope);
      const { team_id: team, event } = heard;
      switch (event.type) {
        case 'reaction_added':
        case 'reaction_removed':
          return await reactions.take(event, team);
        case 'app_home_opened':
          return await home.onOpened(heard);
        case 'link_shared':
          return await links.onShared(heard);
        default:
          return await membership.onEvent(event, team);
      }
    },
  };

  /** Once, however often Slack says that it holds something back. */
  async function lookLater(): Promise<void> {
    if (isLookingLater) return;
    isLookingLater = true;
    await clock.sleep(HELD_BACK_MS, ending.signal).catch(() => {});
    isLookingLater = false;
    if (!ending.signal.aborted) await reactions.compare();
  }

  /** Whose a press is tells how its name begins; what is not of a form, the Home tab or the greeting is an answer's. */
  function ownerOf({ body }: Told): Partial<Pick<Hooks, 'onPress' | 'onSubmit' | 'onSuggest'>> | undefined {
    const { data } = ownerSchema.safeParse(body);
    const name = data?.actions?.[0]?.action_id ?? data?.action_id ?? data?.view?.callback_id ?? '';
    if (name.startsWith('form:')) return forms;
    if (name.startsWith('home:')) return home;
    return name.startsWith('setup:') ? welcome : undefined;
  }

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
