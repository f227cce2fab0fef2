import { ChannelType, Routes } from 'discord.js';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Invocation, Reply } from '../../../src/command.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { localeOf } from '../../../src/domain/locale.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { growingPauseMs } from '../../../src/pace.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { mayManage } from '../answering/caller.ts';
import type { Press } from '../answering/incoming.ts';
import type { OnPress, PressAnswer } from '../answering/interactions.ts';
import { render } from '../cards/render.ts';
import { stamp } from '../cards/stamp.ts';
import type { Direct } from '../posting/direct.ts';
import { nonceOf } from '../posting/nonce.ts';
import { neededPermissions } from '../posting/obstacles.ts';
import { missing } from '../posting/permissions.ts';
import type { Place, Places } from '../posting/places.ts';
import type { Ask } from '../posting/rest.ts';
import {
  firstSetup,
  readSetup,
  readSetupPress,
  renderSetup,
  type Setup,
  type SetupChannel,
  type SetupPart,
  withChoice,
} from './setup.ts';

export interface FirstContactDependencies {
  ask: Ask;
  places: Places;
  direct: Direct;
  host: Host;
  clock: Clock;
  log: Log;
  /** Ends what is in hand. */
  signal: AbortSignal;
  /** From 0 to below 1; default `Math.random`. */
  random?: () => number;
}

/** The one private message to whoever brings us to a server, and the presses on it. */
export interface FirstContact {
  /**
   * Told again within minutes it comes once; nothing comes where direct messages are closed. Rejects where it is to be
   * tried again with the next start.
   */
  greet(server: string, adder: string | undefined): Promise<void>;
  /** Undefined for a press that is not on such a message. */
  press: OnPress;
}

/** Repetitions leave within the time in which nonces are compared (`REPEATABLE_MS`). */
const MOST_REPETITIONS = 3;

/** Channels in which one message can be posted: a forum wants a post, which is a choice for later. */
const OFFERED: ReadonlySet<number> = new Set([ChannelType.GuildText, ChannelType.GuildAnnouncement]);
const NEEDS = {
  destination: { platform: 'discord', workspace: '', channel: '' },
  layout: 'digest',
} as const;

export function createFirstContact(dependencies: FirstContactDependencies): FirstContact {
  const { ask, places, direct, host, clock, log, signal, random = Math.random } = dependencies;
  /** Feeds that were added or are being added, by message: who presses Start twice gets one. */
  const starting = new Map<string, Promise<PressAnswer>>();

  async function channelsOf(server: string): Promise<SetupChannel[]> {
    const open = (await places.channelsOf(server)).filter(isOpen);
    return open.map(({ channel: { id, name } }) => ({ id, name: name ?? id }));
  }

  async function greetOnce(server: string, adder: string | undefined): Promise<void> {
    const found = await places.server(server);
    const member = adder ?? found?.owner_id;
    if (!found || member === undefined) return;
    const { name, preferred_locale: language } = found;
    const shown = { home: server, server: name, channels: await channelsOf(server) };
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

  async function run(
    command: string,
    options: Invocation['options'],
    press: Press,
    home: string,
  ): Promise<Reply> {
    const locale = localeOf(press.locale);
    return await host.run({
      command,
      options,
      place: { platform: 'discord', workspace: home, channel: press.channel_id ?? '' },
      member: { id: memberOf(press), isManager: true },
      at: clock.now(),
      ...(locale === undefined ? {} : { locale }),
    });
  }

  async function answer(press: Press, part: SetupPart, home: string): Promise<PressAnswer> {
    const texts = textsFor(localeOf(press.locale)).setup;
    if (!mayManage((await places.rightsOf(home, memberOf(press))) ?? 0n)) return refuse(texts.notYours);
    const setup = readSetup(press.message.components ?? []);
    if (part === 'preview')
      return { kind: 'reply', reply: await run('today', { limit: 5 }, press, home), home };
    if (part !== 'start') return await show(withChoice(setup, part, press.data.values ?? []), press, home);
    return setup.channel === undefined ? refuse(texts.chooseChannel) : await startOnce(setup, press, home);
  }

  async function show(setup: Setup, press: Press, home: string): Promise<PressAnswer> {
    const server = (await places.server(home))?.name ?? '';
    const shown = { home, server, channels: await channelsOf(home) };
    return { kind: 'update', body: renderSetup(setup, shown, localeOf(press.locale)) };
  }

  async function startOnce(setup: Setup, press: Press, home: string): Promise<PressAnswer> {
    const { id } = press.message;
    const started = starting.get(id) ?? start(setup, press, home);
    starting.set(id, started);
    const { kind } = await started;
    if (kind === 'reply') starting.delete(id);
    return await started;
  }

  /** The feed that was added takes the place of the choices, so that nobody starts it again. */
  async function start(setup: Setup, press: Press, home: string): Promise<PressAnswer> {
    const reply = await run('feed add', optionsOf(setup), press, home);
    const [first] = reply.cards.flatMap((card) => render(card, textsFor(localeOf(press.locale))));
    if (!first || reply.outcome !== 'done') return { kind: 'reply', reply, home };
    const { body } = first;
    return { kind: 'update', body: { ...body, components: stamp(body.components, { home }) } };
  }

  return {
    async greet(server, adder) {
      try {
        await greet(server, adder);
      } catch (error) {
        if (!(error instanceof DeliveryRefusedError)) throw error;
        log.info('Whoever added the bot takes no direct messages', { server });
      }
    },
    press(press) {
      const found = readSetupPress(press.data.custom_id);
      return found && (() => answer(press, found.part, found.home));
    },
  };
}

function isOpen({ channel, permissions }: Place): boolean {
  return (
    OFFERED.has(channel.type) && missing(permissions, neededPermissions({ channel }, NEEDS)).length === 0
  );
}

function refuse(title: string): PressAnswer {
  const cards = [{ kind: 'text' as const, title, paragraphs: [] }];
  return { kind: 'reply', reply: { visibility: 'private', cards, outcome: 'refused' } };
}

function memberOf({ member, user }: Press): string {
  return member?.user.id ?? user?.id ?? '';
}

/** As `feed add` takes them. */
function optionsOf({ channel = '', time, zone, topics }: Setup): Invocation['options'] {
  const isAll = topics.length === 0 || topics.length === BUILT_IN_TOPICS.length;
  return { channel, time, zone, ...(isAll ? {} : { topics: topics.join(',') }) };
}
