import { dmWith, emptyChannel } from './messages.ts';
import {
  type Call,
  demandScope,
  flagArg,
  type Method,
  numberArg,
  page,
  scopeFor,
  textArg,
  visibleChannel,
} from './method.ts';
import { Refusal } from './refusal.ts';
import { channelShape, messageShape, repliesOf } from './shapes.ts';
import type { Channel, ChannelKind, Message, Shape, User } from './state.ts';

const KINDS: Readonly<Record<string, ChannelKind>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
};
/** Objects that a commercial app outside the Marketplace gets at most (docs.slack.dev/apis/web-api/rate-limits, 2026-11). */
const MOST_COMMERCIAL = 15;

export const CONVERSATION_METHODS: readonly Method[] = [
  {
    name: 'conversations.open',
    tier: 3,
    args: ['users', 'channel', 'return_im', 'prevent_creation'],
    run: open,
  },
  {
    name: 'conversations.info',
    tier: 3,
    args: ['channel', 'include_locale', 'include_num_members'],
    run(call) {
      const channel = visibleChannel(call, 'read');
      return { channel: channelShape(channel, call.bot) };
    },
  },
  {
    name: 'conversations.join',
    tier: 3,
    scopes: ['channels:join'],
    args: ['channel'],
    run(call) {
      const channel = visibleChannel(call);
      if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
      if (channel.isArchived) throw new Refusal('is_archived');
      const isIn = channel.members.has(call.bot.id);
      channel.members.add(call.bot.id);
      call.world.changed();
      const shape = { channel: channelShape(channel, call.bot) };
      return isIn
        ? { ...shape, warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } }
        : shape;
    },
  },
  {
    name: 'conversations.list',
    tier: 2,
    args: ['types', 'exclude_archived', 'limit', 'cursor'],
    run: list,
  },
  {
    name: 'conversations.members',
    tier: 4,
    args: ['channel', 'limit', 'cursor'],
    run(call) {
      const channel = visibleChannel(call, 'read');
      const { items, response_metadata } = page(call, [...channel.members], { usual: 100, most: 1000 });
      return { members: items, response_metadata };
    },
  },
  {
    name: 'conversations.history',
    tier: 'history',
    args: ['channel', 'oldest', 'latest', 'inclusive', 'limit', 'cursor', 'include_all_metadata'],
    run(call) {
      const channel = readableChannel(call);
      const top = [...channel.messages.values()].filter(({ threadTs }) => threadTs === undefined);
      return historyOf(call, top.reverse());
    },
  },
  {
    name: 'conversations.replies',
    tier: 'history',
    args: ['channel', 'ts', 'oldest', 'latest', 'inclusive', 'limit', 'cursor', 'include_all_metadata'],
    run(call) {
      const channel = readableChannel(call);
      const first = channel.messages.get(textArg(call, 'ts'));
      if (!first) throw new Refusal('thread_not_found');
      const thread = first.threadTs === undefined ? [first, ...repliesOf(first)] : [first];
      return historyOf(call, thread, first);
    },
  },
];

function readableChannel(call: Call): Channel {
  const channel = visibleChannel(call, 'history');
  if (!channel.members.has(call.bot.id)) throw new Refusal('not_in_channel');
  return channel;
}

/** Messages within the bounds, in the order given; the one that a thread hangs on always comes first. */
function historyOf(call: Call, messages: readonly Message[], first?: Message): Shape {
  const [oldest, latest] = [
    numberArg(call, 'oldest', 0),
    numberArg(call, 'latest', Number.POSITIVE_INFINITY),
  ];
  if (Number.isNaN(oldest)) throw new Refusal('invalid_ts_oldest');
  if (Number.isNaN(latest)) throw new Refusal('invalid_ts_latest');
  const isInclusive = flagArg(call, 'inclusive');
  const isWithin = (message: Message) => {
    if (message === first) return true;
    const ts = Number(message.ts);
    return isInclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
  };
  const bounds = call.world.isCommercial
    ? { usual: MOST_COMMERCIAL, most: MOST_COMMERCIAL }
    : { usual: 100, most: 999 };
  const { items, response_metadata } = page(call, messages.filter(isWithin), bounds);
  const isWhole = flagArg(call, 'include_all_metadata');
  return {
    messages: items.map((message) => messageShape(call.world, message, isWhole)),
    has_more: response_metadata.next_cursor !== '',
    ...(response_metadata.next_cursor === '' ? {} : { response_metadata }),
  };
}

function open(call: Call): Shape {
  const { world, team, bot } = call;
  const ids = textArg(call, 'users').split(',').filter(Boolean);
  if (ids.length === 0) throw new Refusal('users_list_not_supplied');
  demandScope(call, ids.length === 1 ? 'im:write' : 'mpim:write');
  const people = ids.map((id) => personOf(call, id));
  if (people.some(({ isBot }) => isBot)) throw new Refusal('cannot_dm_bot');
  if (people.some(({ isDeleted }) => isDeleted)) throw new Refusal('user_disabled');
  const [only] = people;
  if (people.length === 1 && only) return { channel: opened(call, dmWith(world, team, only)) };
  const members = new Set([...people.map(({ id }) => id), bot.id]);
  const known = [...team.channels.values()].find(
    (one) =>
      one.kind === 'mpim' &&
      one.members.size === members.size &&
      [...members].every((id) => one.members.has(id)),
  );
  const channel = known ?? emptyChannel(world, team, 'mpim', `mpdm-${ids.join('--')}`);
  for (const member of members) channel.members.add(member);
  team.channels.set(channel.id, channel);
  return { channel: opened(call, channel) };
}

function opened(call: Call, channel: Channel): Shape {
  return flagArg(call, 'return_im') ? channelShape(channel, call.bot) : { id: channel.id };
}

function personOf({ team }: Call, id: string): User {
  const user = team.users.get(id);
  if (!user) throw new Refusal('user_not_found');
  return user;
}

function list(call: Call): Shape {
  const { team, bot } = call;
  const wanted = (textArg(call, 'types') || 'public_channel').split(',').map((name) => name.trim());
  const kinds = wanted.map((name) => {
    const kind = KINDS[name];
    if (!kind) throw new Refusal('invalid_types');
    demandScope(call, scopeFor({ kind }, 'read'));
    return kind;
  });
  const isShown = (channel: Channel) =>
    !channel.isDeleted &&
    kinds.includes(channel.kind) &&
    (channel.kind === 'public' || channel.members.has(bot.id)) &&
    !(flagArg(call, 'exclude_archived') && channel.isArchived);
  const all = [...team.channels.values()].filter(isShown);
  const { items, response_metadata } = page(call, all, { usual: 100, most: 1000 });
  return { channels: items.map((channel) => channelShape(channel, bot)), response_metadata };
}
