import { createDiscordAdapter } from '../../../adapters/discord/index.ts';
import type { Adapter } from '../../../src/adapter.ts';
import { DAY_MS } from '../../../src/domain/calendar.ts';
import { type Destination, directTo } from '../../../src/domain/feed.ts';
import { silentLog } from '../../../src/log.ts';
import {
  type AdapterBench,
  type AdapterSubject,
  type Fault,
  type Operation,
  RETRY_AFTER_MS,
} from '../../contracts/adapter.ts';
import { assertInert } from '../../discord-checks/inert.ts';
import { readShown, readText } from '../../discord-checks/read.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';
import {
  type Channel,
  type Fault as DiscordFault,
  type FakeDiscord,
  type Guild,
  type Person,
  type SeenRequest,
  startDiscord,
} from '../../fakes/discord/index.ts';
import { type Front, openFront } from '../../fakes/front.ts';

/** One Discord for many benches, each with a channel and a member of its own. */
export interface DiscordSite {
  fake: FakeDiscord;
  front: Front;
  clock: FakeClock;
  guild: Guild;
  owner: Person;
}

export async function openDiscordSite(): Promise<DiscordSite> {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  const fake = await startDiscord({ clock, limits: false });
  const front = await openFront(Number(new URL(fake.url).port));
  const owner = fake.addPerson({ name: 'Owner' });
  return { fake, front, clock, guild: fake.addGuild({ name: 'Lab', owner }), owner };
}

export async function closeDiscordSite({ fake, front }: DiscordSite): Promise<void> {
  await front.stop();
  await fake.stop();
}

/** The faults of the contract as Discord has them. */
const FAULTS: Readonly<Record<Exclude<Fault, 'not-arrived'>, DiscordFault>> = {
  throttled: { kind: 'throttle', retryAfterMs: RETRY_AFTER_MS },
  'request-lost': { kind: 'cut-before' },
  'answer-lost': { kind: 'reset-after' },
  forbidden: { kind: 'status', status: 403, code: 50013, message: 'Missing Permissions' },
  gone: { kind: 'status', status: 404, code: 10003, message: 'Unknown Channel' },
  rejected: { kind: 'status', status: 400, code: 50035, message: 'Invalid Form Body' },
  hang: { kind: 'hang-before' },
};

const METHODS = { send: 'POST', find: 'GET', edit: 'PATCH' } as const satisfies Record<Operation, string>;

/** The Discord adapter as the contract suite sees it; `site` is asked for when a case begins. */
export function discordSubject(
  name: string,
  kind: 'text' | 'forum',
  site: () => DiscordSite,
): AdapterSubject {
  return {
    name,
    cannot: kind === 'forum' ? { repeat: 'a post of a forum has no nonce' } : {},
    create: () => createBench(kind, site()),
  };
}

function createBench(kind: 'text' | 'forum', site: DiscordSite): AdapterBench {
  const { fake, front, clock, guild, owner } = site;
  // Nonces are the bot's and not a channel's: those of the bench before are to be forgotten.
  clock.advance(DAY_MS);
  fake.skew(0);
  fake.mend();
  const channel = fake.addChannel(guild, { name: 'papers', kind });
  const member = fake.addPerson({ name: 'Ada' });
  fake.join(guild, member);
  const destination: Destination = { platform: 'discord', workspace: guild.id, channel: channel.id };
  const isDown = createDown(front);
  const apiUrl = `http://127.0.0.1:${front.port}/api`;
  const create = (): Adapter =>
    isDown.at(createDiscordAdapter({ token: fake.token, apiUrl, clock, log: silentLog }));
  const count = (operation: Operation) => fake.count(pattern(operation, kind, channel));
  // Those of the benches before, where a pattern names no channel.
  const before = { send: count('send'), find: count('find'), edit: count('edit') };
  const seen = (operation: Operation) =>
    count(operation) -
    before[operation] +
    (operation === 'send' ? fake.count(`POST /channels/${member.dm().id}/messages`) : 0);
  const posted = (at?: Destination) => channelsAt(at).flatMap((one) => fake.messages(one));

  /** What was asked to be posted, as only that says who may be called. */
  function bodies(): unknown[] {
    const ids = new Set(channelsAt().map(({ id }) => id));
    const isPost = ({ method, path }: SeenRequest) => method === 'POST' && ids.has(path.split('/')[2] ?? '');
    return fake.requests.filter(isPost).map(({ body }) => (body as { message?: unknown }).message ?? body);
  }

  function channelsAt(at?: Destination): Channel[] {
    const isDirect = at && at.channel === directTo(destination, member.id).channel;
    const places = isDirect ? [] : [channel, ...fake.threads(channel)];
    return at && !isDirect ? places : [...places, member.dm()];
  }

  return {
    adapter: create(),
    restarted: create,
    destination,
    member: member.id,
    installer: owner.id,
    pageSize: 100,
    now: clock.now,
    skew: (byMs) => fake.skew(byMs),
    calls: (operation = 'send') => seen(operation) + isDown.count(operation),
    failNext(fault, operation = 'send') {
      if (fault === 'not-arrived') isDown.next(operation);
      else fake.fail(pattern(operation, kind, channel), FAULTS[fault], { times: 1 });
    },
    shown: () => posted().flatMap(readShown),
    text: (at) => posted(at).map(readText).join(' '),
    assertInert: () => bodies().forEach(assertInert),
  };
}

/** Which requests an operation makes in a channel. */
function pattern(operation: Operation, kind: 'text' | 'forum', { id }: Channel): string {
  if (kind === 'forum' && operation === 'send') return `POST /channels/${id}/threads`;
  // Where it posted in a forum is asked first.
  if (kind === 'forum' && operation === 'find') return 'GET /guilds/*/threads/active';
  const place = kind === 'forum' ? '*' : id;
  return `${METHODS[operation]} /channels/${place}/messages${operation === 'edit' ? '/*' : ''}`;
}

/** Takes the network away for the next call of an operation. */
function createDown(front: Front) {
  const due: Operation[] = [];
  const failures: Operation[] = [];

  async function call<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
    if (due[0] !== operation) return await work();
    due.shift();
    failures.push(operation);
    await front.down();
    return await work().finally(front.up);
  }

  return {
    next: (operation: Operation) => void due.push(operation),
    count: (operation: Operation) => failures.filter((one) => one === operation).length,
    at: (adapter: Adapter): Adapter => ({
      ...adapter,
      send: (message, signal) => call('send', () => adapter.send(message, signal)),
      find: (message, sinceAt, signal) => call('find', () => adapter.find(message, sinceAt, signal)),
      edit: (message, signal) => call('edit', async () => await adapter.edit?.(message, signal)),
    }),
  };
}
