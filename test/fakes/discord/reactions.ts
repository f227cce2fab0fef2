import { GatewayIntentBits } from 'discord-api-types/v10';
import { guildOf } from './messages.ts';
import { may } from './permissions.ts';
import { refusal } from './refusal.ts';
import { memberShape } from './shapes.ts';
import type { Message, Standing, User, World } from './state.ts';

/** Discord's limit of different emoji under one message. */
const MOST_EMOJI = 20;

/**
 * An emoji as an address or a person names it: `🤖`, `name:id`, `<:name:id>`. Errors: 10014 for what is none, or one of
 * no server that the bot is in. A sign that is text by itself needs U+FE0F after it: `👁️`.
 */
export function readEmoji(world: World, written: string): Omit<Standing, 'users'> & { key: string } {
  const [, name = '', id] = /^(?:<a?:)?(\w+):(\d+)>?$/.exec(written) ?? [];
  if (id) {
    const isKnown = [...world.guilds.values()].some(({ emoji, hasBot }) => hasBot && emoji.has(id));
    if (!isKnown) throw refusal(10014);
    return { id, name, key: id };
  }
  if (!/^\p{RGI_Emoji}$/v.test(written)) throw refusal(10014);
  return { id: null, name: written, key: written };
}

/** Puts an emoji under a message; one that stands already changes nothing. Errors: 10014, 30010, 50013. */
export function react(world: World, message: Message, user: User, written: string): void {
  const { key, ...emoji } = readEmoji(world, written);
  const { channel, reactions } = message;
  const standing = reactions.get(key) ?? { ...emoji, users: new Set<string>() };
  if (standing.users.has(user.id)) return;
  if (channel.thread?.isArchived) throw refusal(50083);
  const isNew = standing.users.size === 0;
  if (isNew && !may(world, channel, user.id, 'AddReactions')) throw refusal(50013);
  if (isNew && reactions.size >= MOST_EMOJI) throw refusal(30010);
  standing.users.add(user.id);
  reactions.set(key, standing);
  tell(world, 'MESSAGE_REACTION_ADD', message, user, standing);
}

/** Takes an emoji away again. Errors: 10014 when it does not stand. */
export function unreact(world: World, message: Message, user: User, written: string): void {
  const { key } = readEmoji(world, written);
  const standing = message.reactions.get(key);
  if (!standing?.users.delete(user.id)) throw refusal(10014);
  if (standing.users.size === 0) message.reactions.delete(key);
  tell(world, 'MESSAGE_REACTION_REMOVE', message, user, standing);
}

/** Takes one emoji, or every one, away from everybody. */
export function clearReactions(world: World, message: Message, written?: string): void {
  const key = written === undefined ? undefined : readEmoji(world, written).key;
  const standing = key === undefined ? undefined : message.reactions.get(key);
  if (key === undefined) message.reactions.clear();
  else message.reactions.delete(key);
  const { channel, id } = message;
  const place = {
    channel_id: channel.id,
    message_id: id,
    ...(channel.guild ? { guild_id: channel.guild.id } : {}),
  };
  const emoji = standing ? { emoji: { id: standing.id, name: standing.name } } : {};
  world.tell({
    event: standing ? 'MESSAGE_REACTION_REMOVE_EMOJI' : 'MESSAGE_REACTION_REMOVE_ALL',
    data: { ...place, ...emoji },
    intents: GatewayIntentBits.GuildMessageReactions,
    ...guildOf(channel),
  });
}

function tell(
  world: World,
  event: 'MESSAGE_REACTION_ADD' | 'MESSAGE_REACTION_REMOVE',
  message: Message,
  user: User,
  { id, name }: Standing,
): void {
  const { channel, author } = message;
  if (!may(world, channel, world.app.user.id, 'ViewChannel')) return;
  const isAdded = event === 'MESSAGE_REACTION_ADD';
  const member = isAdded ? channel.guild?.members.get(user.id) : undefined;
  world.tell({
    event,
    data: {
      user_id: user.id,
      channel_id: channel.id,
      message_id: message.id,
      emoji: { id, name },
      burst: false,
      type: 0,
      ...(channel.guild ? { guild_id: channel.guild.id } : {}),
      ...(member ? { member: memberShape(member) } : {}),
      ...(isAdded ? { message_author_id: author.id } : {}),
    },
    intents: channel.guild
      ? GatewayIntentBits.GuildMessageReactions
      : GatewayIntentBits.DirectMessageReactions,
    ...guildOf(channel),
  });
}
