import { Routes } from 'discord.js';
import type { Host } from '../../src/adapter.ts';
import type { Invocation } from '../../src/command.ts';
import type { Clock } from '../../src/clock.ts';
import type { Card } from '../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { DeliveryRefusedError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { textsFor } from '../../src/texts/index.ts';
import { mayManage } from './caller.ts';
import type { Direct } from './direct.ts';
import type { Press } from './incoming.ts';
import type { PressAnswer } from './interactions.ts';
import { localeOf } from './locale.ts';
import { nonceOf } from './nonce.ts';
import { neededPermissions } from './obstacles.ts';
import { missing } from './permissions.ts';
import { isForum, type Places } from './places.ts';
import type { Ask } from './rest.ts';
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
}

/** The one private message to whoever brings us to a server, and the presses on it. */
export interface FirstContact {
  /** Once for each server, for ever; nothing where direct messages are closed. */
  greet(server: string, adder: string | undefined): Promise<void>;
  /** Undefined for a press that is not on such a message. */
  press(press: Press): Promise<PressAnswer> | undefined;
}

/** Channels in which one message can be posted: a forum wants a post, which is a choice for later. */
const NEEDS = { destination: { platform: 'discord', workspace: '', channel: '' }, layout: 'digest' } as const;

export function createFirstContact(dependencies: FirstContactDependencies): FirstContact {
  const { ask, places, direct, host, clock, log } = dependencies;

  async function channelsOf(server: string): Promise<SetupChannel[]> {
    const all = await places.channelsOf(server);
    const open = all.filter(
      ({ channel, permissions }) =>
        [0, 5].includes(channel.type) &&
        !isForum(channel) &&
        missing(permissions, neededPermissions({ channel }, NEEDS)).length === 0,
    );
    return open.map(({ channel: { id, name } }) => ({ id, name: name ?? id }));
  }

  async function greet(server: string, adder: string | undefined): Promise<void> {
    const found = await places.server(server);
    const member = adder ?? found?.owner_id;
    if (!found || member === undefined) return;
    const { preferred_locale: language } = found;
    const shown = { home: server, server: found.name, channels: await channelsOf(server) };
    const body = renderSetup(firstSetup(language), shown, localeOf(language));
    await direct.pace();
    const channel = await direct.channelOf(member);
    const nonce = { nonce: nonceOf(`first-contact:${server}`), enforce_nonce: true };
    const message = { ...body, ...nonce } as unknown as { [name: string]: never };
    await ask({ method: 'POST', route: Routes.channelMessages(channel), body: message, channel });
  }

  async function run(command: string, options: Invocation['options'], press: Press, home: string) {
    const id = memberOf(press);
    const channel = String(options.channel ?? press.channel_id ?? '');
    const locale = localeOf(press.locale);
    return await host.run({
      command,
      options,
      place: { platform: 'discord', workspace: home, channel },
      member: { id, isManager: true },
      at: clock.now(),
      ...(locale === undefined ? {} : { locale }),
    });
  }

  function refuse(sentence: string): PressAnswer {
    const cards: Card[] = [{ kind: 'text', title: sentence, paragraphs: [] }];
    return { kind: 'reply', reply: { visibility: 'private', cards, outcome: 'refused' } };
  }

  async function answer(press: Press, { part, home }: { part: SetupPart; home: string }): Promise<PressAnswer> {
    const locale = localeOf(press.locale);
    const texts = textsFor(locale).setup;
    const rights = await places.rightsOf(home, memberOf(press));
    if (rights === undefined || !mayManage(rights)) return refuse(texts.notYours);
    const setup = readSetup(press.message.components ?? []);
    if (part === 'preview') return { kind: 'reply', reply: await run('today', { limit: 5 }, press, home) };
    if (part === 'start' && setup.channel === undefined) return refuse(texts.chooseChannel);
    if (part === 'start') return { kind: 'reply', reply: await run('feed add', optionsOf(setup), press, home) };
    const server = await places.server(home);
    const shown = { home, server: server?.name ?? '', channels: await channelsOf(home) };
    const chosen = withChoice(setup, part, press.data.values ?? []);
    return { kind: 'update', body: renderSetup(chosen, shown, locale) };
  }

  return {
    async greet(server, adder) {
      try {
        await greet(server, adder);
      } catch (error) {
        const isClosed = error instanceof DeliveryRefusedError;
        if (isClosed) log.info('Whoever added the bot takes no direct messages', { server });
        else log.warn('Whoever added the bot could not be greeted', { server, error });
      }
    },
    press(press) {
      const found = readSetupPress(press.data.custom_id);
      return found && answer(press, found);
    },
  };
}

function memberOf({ member, user }: Press): string {
  return member?.user.id ?? user?.id ?? '';
}

/** As `feed add` takes them. */
function optionsOf({ channel = '', time, zone, topics }: Setup): Invocation['options'] {
  const isAll = topics.length === 0 || topics.length === BUILT_IN_TOPICS.length;
  return { channel, time, zone, ...(isAll ? {} : { topics: topics.join(',') }) };
}
