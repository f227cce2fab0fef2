import { emptyChannel, remove } from './messages.ts';
import type { Person } from './person.ts';
import { repliesOf } from './shapes.ts';
import type { Channel, ChannelKind, Message, Shape, Team, World } from './state.ts';
import { generalOf } from './teams.ts';

/** Channels and what stands in them; the app is told as Slack would tell it. */
export interface Places {
  /**
   * Default: a public channel of the first workspace with everybody in it, who joins later too, and the bot (`hasBot`);
   * another kind has its `members` and the bot only.
   */
  addChannel(fields: {
    name: string;
    team?: Team;
    kind?: ChannelKind;
    members?: readonly Person[];
    hasBot?: boolean;
  }): Channel;
  general(team?: Team): Channel;
  invite(channel: Channel, whom: Person | 'bot'): void;
  /** Removes somebody: the bot is told by `member_left_channel` of itself, or `channel_left`/`group_left`. */
  kick(channel: Channel, whom: Person | 'bot'): void;
  rename(channel: Channel, name: string): void;
  archive(channel: Channel): void;
  unarchive(channel: Channel): void;
  removeChannel(channel: Channel): void;
  makePrivate(channel: Channel): void;
  /** Only admins may post there, or everybody again. */
  restrict(channel: Channel, isRestricted?: boolean): void;
  removeMessage(message: Message): void;
  /** All that stands in a channel for everybody, oldest first, replies too. */
  messages(channel: Channel): readonly Message[];
  /** What stands under a message, oldest first, without itself. */
  replies(message: Message): readonly Message[];
  channel(id: string): Channel | undefined;
  message(channel: Channel, ts: string): Message | undefined;
}

export function createPlaces(world: World, first: Team): Places {
  return {
    addChannel: (fields) => addChannel(world, { team: first, ...fields }),
    general: (team = first) => generalOf(team),
    invite(channel, whom) {
      const id = idOf(channel, whom);
      channel.members.add(id);
      tellMember(world, channel, 'member_joined_channel', id);
    },
    kick(channel, whom) {
      const id = idOf(channel, whom);
      tellMember(world, channel, 'member_left_channel', id);
      channel.members.delete(id);
      if (whom === 'bot') world.tell(channel.team, { type: eventOf(channel, 'left'), channel: channel.id });
      world.changed();
    },
    rename(channel, name) {
      channel.name = name;
      tell(world, channel, 'rename', {
        channel: { id: channel.id, name, name_normalized: name, created: 0 },
      });
    },
    archive(channel) {
      tell(world, channel, 'archive', { channel: channel.id, user: channel.team.bot.id });
      channel.isArchived = true;
      // Slack takes bots out of what is archived.
      channel.members.delete(channel.team.bot.id);
    },
    unarchive(channel) {
      channel.isArchived = false;
      tell(world, channel, 'unarchive', { channel: channel.id, user: channel.team.bot.id });
    },
    removeChannel(channel) {
      tell(world, channel, 'deleted', { channel: channel.id });
      channel.isDeleted = true;
    },
    makePrivate(channel) {
      channel.kind = 'private';
      world.changed();
    },
    restrict: (channel, isRestricted = true) => void Object.assign(channel, { isRestricted }),
    removeMessage: (message) => remove(world, message),
    messages: ({ messages }) => [...messages.values()],
    replies: (message) => repliesOf(message),
    channel: (id) => [...world.teams.values()].map(({ channels }) => channels.get(id)).find(Boolean),
    message: (channel, ts) => channel.messages.get(ts),
  };
}

function addChannel(
  world: World,
  {
    name,
    team,
    kind = 'public',
    members,
    hasBot = true,
  }: Parameters<Places['addChannel']>[0] & { team: Team },
): Channel {
  const channel = emptyChannel(world, team, kind, name);
  channel.hasEverybody = kind === 'public' && members === undefined;
  const everybody = [...team.users.values()].filter(({ isBot }) => !isBot).map(({ id }) => id);
  const ids = members?.map(({ id }) => id) ?? (kind === 'public' ? everybody : []);
  for (const id of [...ids, ...(hasBot ? [team.bot.id] : [])]) channel.members.add(id);
  team.channels.set(channel.id, channel);
  return channel;
}

function idOf({ team }: Channel, whom: Person | 'bot'): string {
  return whom === 'bot' ? team.bot.id : whom.id;
}

function eventOf({ kind }: Channel, what: string): string {
  return `${kind === 'public' ? 'channel' : 'group'}_${what}`;
}

/** Of a public channel every app hears, of a private one only who is in it. */
function tell(world: World, channel: Channel, what: string, fields: Shape): void {
  const isHeard = channel.kind === 'public' || channel.members.has(channel.team.bot.id);
  if (isHeard) world.tell(channel.team, { type: eventOf(channel, what), ...fields });
  world.changed();
}

function tellMember(world: World, channel: Channel, type: string, user: string): void {
  const { kind, team, id, members } = channel;
  if (!members.has(team.bot.id)) return;
  const channel_type = kind === 'public' ? 'C' : 'G';
  world.tell(team, { type, user, channel: id, channel_type, team: team.id });
}
