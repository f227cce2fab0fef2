import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Invocation, Reply } from '../../../src/command.ts';
import { type Locale, localeOf } from '../../../src/domain/locale.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { type Caller, mayManage } from '../answering/caller.ts';
import type { Press } from '../answering/incoming.ts';
import type { OnPress, PressAnswer } from '../answering/work.ts';
import { render } from '../cards/render.ts';
import { stamp } from '../cards/stamp.ts';
import type { Places } from '../posting/places.ts';
import { openChannels } from './open-channels.ts';
import { readSetup, readSetupPress, renderSetup, type Setup, type SetupPart, withChoice } from './setup.ts';

export interface SetupPressDependencies {
  places: Places;
  host: Host;
  clock: Clock;
}

/** Answers what is pressed on the first message. */
export function createSetupPress(dependencies: SetupPressDependencies): OnPress {
  const { places, host, clock } = dependencies;
  /** Feeds that were added or are being added, by message: who presses Start twice gets one. */
  const starting = new Map<string, Promise<PressAnswer>>();

  async function run(
    command: string,
    options: Invocation['options'],
    press: Press,
    home: string,
  ): Promise<Reply> {
    return await host.run({ command, options, ...managerOf(press, home), at: clock.now() });
  }

  async function answer(press: Press, part: SetupPart, home: string): Promise<PressAnswer> {
    const texts = textsFor(localeOf(press.locale)).setup;
    if (!mayManage((await places.rightsOf(home, memberOf(press))) ?? 0n)) return refuse(texts.notYours);
    const setup = readSetup(press.message.components ?? []);
    if (part === 'preview')
      return { kind: 'reply', reply: await run('today', { limit: 5 }, press, home), home };
    if (part !== 'start')
      return await show(withChoice(setup, part, press.data.values ?? []), { press, home, places });
    return setup.channel === undefined ? refuse(texts.chooseChannel) : await startOnce(setup, press, home);
  }

  async function startOnce(setup: Setup, press: Press, home: string): Promise<PressAnswer> {
    const { id } = press.message;
    const started = starting.get(id) ?? start(setup, press, home);
    starting.set(id, started);
    const { kind } = await started;
    if (kind === 'reply') starting.delete(id);
    return await started;
  }

  async function start(setup: Setup, press: Press, home: string): Promise<PressAnswer> {
    const reply = await run('feed add', optionsOf(setup), press, home);
    return startedBy(reply, localeOf(press.locale), home);
  }

  return (press) => {
    const found = readSetupPress(press.data.custom_id);
    return found && (() => answer(press, found.part, found.home));
  };
}

async function show(
  setup: Setup,
  { press, home, places }: { press: Press; home: string; places: Places },
): Promise<PressAnswer> {
  const server = (await places.server(home))?.name ?? '';
  const shown = { home, server, channels: await openChannels(home, places) };
  return { kind: 'update', body: renderSetup(setup, shown, localeOf(press.locale)) };
}

/** The feed that was added takes the place of the choices, so that nobody starts it again. */
function startedBy(reply: Reply, locale: Locale | undefined, home: string): PressAnswer {
  const [first] = reply.cards.flatMap((card) => render(card, textsFor(locale)));
  if (!first || reply.outcome !== 'done') return { kind: 'reply', reply, home };
  const { body } = first;
  return { kind: 'update', body: { ...body, components: stamp(body.components, { home }) } };
}

function refuse(title: string): PressAnswer {
  const cards = [{ kind: 'text' as const, title, paragraphs: [] }];
  return { kind: 'reply', reply: { visibility: 'private', cards, outcome: 'refused' } };
}

/** Whoever presses acts in the server that the message is about; that they manage it was asked before. */
function managerOf(press: Press, home: string): Caller {
  const locale = localeOf(press.locale);
  return {
    place: { platform: 'discord', workspace: home, channel: press.channel_id ?? '' },
    member: { id: memberOf(press), isManager: true },
    ...(locale === undefined ? {} : { locale }),
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
