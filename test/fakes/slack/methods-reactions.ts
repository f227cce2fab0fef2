import { type Call, flagArg, type Method, page, textArg } from './method.ts';
import { react, unreact } from './reactions.ts';
import { Refusal } from './refusal.ts';
import { messageShape, standingShape } from './shapes.ts';
import type { Message, Shape } from './state.ts';

/** So many people stand in an answer that is not asked for `full`. */
const USUAL_PEOPLE = 50;

export const REACTION_METHODS: readonly Method[] = [
  {
    name: 'reactions.add',
    tier: 3,
    scopes: ['reactions:write'],
    args: ['channel', 'timestamp', 'name'],
    run(call) {
      const message = messageOf(call);
      if (!message.channel.members.has(call.bot.id)) throw new Refusal('not_in_channel');
      if (message.channel.isArchived) throw new Refusal('is_archived');
      react(call.world, message, call.bot, textArg(call, 'name'));
      return {};
    },
  },
  {
    name: 'reactions.remove',
    tier: 2,
    scopes: ['reactions:write'],
    args: ['channel', 'timestamp', 'name', 'file', 'file_comment'],
    run(call) {
      unreact(call.world, messageOf(call), call.bot, textArg(call, 'name'));
      return {};
    },
  },
  {
    name: 'reactions.get',
    tier: 3,
    scopes: ['reactions:read'],
    args: ['channel', 'timestamp', 'full', 'file', 'file_comment'],
    run(call) {
      const message = messageOf(call);
      const most = flagArg(call, 'full') ? Number.POSITIVE_INFINITY : USUAL_PEOPLE;
      return {
        type: 'message',
        channel: message.channel.id,
        message: { ...messageShape(call.world, message), ...reactionsOf(message, most) },
      };
    },
  },
  {
    name: 'reactions.list',
    tier: 2,
    scopes: ['reactions:read'],
    args: ['user', 'full', 'limit', 'cursor', 'count', 'page'],
    run(call) {
      const user = textArg(call, 'user') || call.bot.id;
      const channels = [...call.team.channels.values()].filter(({ members }) => members.has(call.bot.id));
      const messages = channels.flatMap((channel) => [...channel.messages.values()]);
      const own = messages.filter((message) =>
        [...message.reactions.values()].some(({ users }) => users.has(user)),
      );
      const { items, response_metadata } = page(call, own.reverse(), { usual: 100, most: 1000 });
      const item = (message: Message) => ({
        type: 'message',
        channel: message.channel.id,
        message: messageShape(call.world, message),
      });
      return { items: items.map(item), response_metadata };
    },
  },
];

function reactionsOf(message: Message, most: number): Shape {
  if (message.reactions.size === 0) return {};
  const reactions = [...message.reactions.values()].map((standing) => ({
    ...standingShape(standing),
    users: [...standing.users].slice(0, most),
  }));
  return { reactions };
}

function messageOf(call: Call): Message {
  const channel = call.team.channels.get(textArg(call, 'channel'));
  const isHidden =
    !channel || channel.isDeleted || (channel.kind !== 'public' && !channel.members.has(call.bot.id));
  if (isHidden) throw new Refusal('channel_not_found');
  const ts = textArg(call, 'timestamp');
  if (ts === '') throw new Refusal('no_item_specified');
  const message = channel.messages.get(ts);
  if (!message) throw new Refusal('message_not_found');
  return message;
}
