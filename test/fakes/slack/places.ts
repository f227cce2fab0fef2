import type { Person } from './person.ts';
import type { Channel, ChannelKind, Message, Team } from './state.ts';

/** Channels and what stands in them; the app is told as Slack would tell it. */
export interface Places {
  /** Default: a public channel of the first workspace with everybody in it, the bot too (`hasBot`). */
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
