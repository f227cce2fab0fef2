import { isObject } from '../../slack-checks/read.ts';
import { contentOf, withoutAbsent } from './content.ts';
import { dmWith, edit, post, remove } from './messages.ts';
import { type Call, type Method, textArg } from './method.ts';
import { Refusal } from './refusal.ts';
import { messageShape } from './shapes.ts';
import type { Channel, Message, Shape } from './state.ts';

const CONTENT = [
  'channel',
  'text',
  'blocks',
  'attachments',
  'as_user',
  'link_names',
  'parse',
  'markdown_text',
];

export const CHAT_METHODS: readonly Method[] = [
  {
    name: 'chat.postMessage',
    tier: 'message',
    scopes: ['chat:write'],
    args: [
      ...CONTENT,
      'thread_ts',
      'reply_broadcast',
      'metadata',
      'unfurl_links',
      'unfurl_media',
      'mrkdwn',
      'username',
      'icon_emoji',
      'icon_url',
    ],
    run(call) {
      const channel = writableChannel(call);
      const content = contentOf(call, 'chat.postMessage');
      const threadTs = textArg(call, 'thread_ts');
      const thread = threadTs === '' ? undefined : threadOf(channel, threadTs);
      const message = post(call.world, {
        channel,
        author: call.bot,
        content,
        ...(thread === undefined ? {} : { threadTs: thread }),
      });
      return { channel: channel.id, ts: message.ts, message: messageShape(call.world, message, true) };
    },
  },
  {
    name: 'chat.update',
    tier: 3,
    scopes: ['chat:write'],
    args: [...CONTENT, 'ts', 'metadata', 'reply_broadcast', 'file_ids'],
    run(call) {
      const message = ownMessage(call, 'cant_update_message');
      const { world } = call;
      if (world.now() - message.sentAtMs > world.editWindowMs) throw new Refusal('edit_window_closed');
      const content = contentOf(call, 'chat.update');
      for (const exchange of world.exchanges) if (exchange.source === message) exchange.shown += 1;
      edit(world, message, withoutAbsent(call, content));
      const { channel, ts, text } = message;
      return { channel: channel.id, ts, text, message: messageShape(world, message) };
    },
  },
  {
    name: 'chat.delete',
    tier: 3,
    scopes: ['chat:write'],
    args: ['channel', 'ts', 'as_user'],
    run(call) {
      const message = ownMessage(call, 'cant_delete_message');
      remove(call.world, message);
      return { channel: message.channel.id, ts: message.ts };
    },
  },
  {
    name: 'chat.postEphemeral',
    tier: 4,
    scopes: ['chat:write'],
    args: [...CONTENT, 'user', 'thread_ts', 'username', 'icon_emoji', 'icon_url'],
    run(call) {
      const channel = writableChannel(call);
      const user = textArg(call, 'user');
      if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
      const threadTs = textArg(call, 'thread_ts');
      const content = contentOf(call, 'chat.postEphemeral');
      const { ts } = post(call.world, {
        channel,
        author: call.bot,
        content,
        onlyFor: user,
        ...(threadTs === '' ? {} : { threadTs }),
      });
      return { message_ts: ts };
    },
  },
  {
    name: 'chat.getPermalink',
    tier: 'free',
    args: ['channel', 'message_ts'],
    run(call) {
      const { channel, ts } = messageAt(call, 'message_ts');
      const permalink = `https://${call.team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
      return { channel: channel.id, permalink };
    },
  },
  {
    name: 'chat.unfurl',
    tier: 3,
    scopes: ['links:write'],
    args: [
      'channel',
      'ts',
      'unfurls',
      'unfurl_id',
      'source',
      'user_auth_required',
      'user_auth_message',
      'user_auth_url',
      'user_auth_blocks',
      'metadata',
    ],
    run: unfurl,
  },
];

function unfurl(call: Call): Shape {
  const { world, args } = call;
  if (!isObject(args.unfurls)) throw new Refusal('cannot_parse_attachment');
  const unfurls = Object.entries(args.unfurls);
  for (const [link, one] of unfurls) {
    const body = { text: link, ...(isObject(one) ? { blocks: one.blocks } : {}) };
    const wrong = world.check('message', body, `chat.unfurl of ${link}`);
    if (wrong.length > 0)
      throw new Refusal('cannot_unfurl_message', { response_metadata: { messages: wrong } });
  }
  const preview = world.previews.get(textArg(call, 'unfurl_id'));
  if (textArg(call, 'unfurl_id') !== '') {
    if (!preview) throw new Refusal('cannot_find_message');
    for (const [link, one] of unfurls) preview.set(link, one as Shape);
    return {};
  }
  const message = call.team.channels.get(textArg(call, 'channel'))?.messages.get(textArg(call, 'ts'));
  if (!message) throw new Refusal('cannot_find_message');
  for (const [link, one] of unfurls) {
    if (!message.text.includes(link)) throw new Refusal('cannot_unfurl_url');
    message.unfurls.set(link, one as Shape);
  }
  world.notice(message, 'edited');
  return {};
}

/** Where a message may go: a channel by id or name, or somebody by id. Refuses as Slack does, in its order. */
export function writableChannel(call: Call): Channel {
  const { bot, installation } = call;
  const name = textArg(call, 'channel');
  const channel = found(call, name);
  const isHidden =
    !channel || channel.isDeleted || (channel.kind !== 'public' && !channel.members.has(bot.id));
  if (isHidden) throw new Refusal('channel_not_found');
  if (channel.isArchived) throw new Refusal('is_archived');
  const isIn = channel.members.has(bot.id) || installation.scopes.has('chat:write.public');
  if (!isIn) throw new Refusal('not_in_channel');
  if (channel.isRestricted) throw new Refusal('restricted_action');
  return channel;
}

function found({ world, team }: Call, name: string): Channel | undefined {
  const user = team.users.get(name);
  if (user) return user.isBot ? undefined : dmWith(world, team, user);
  if (!name.startsWith('#')) return team.channels.get(name);
  return [...team.channels.values()].find((channel) => `#${channel.name}` === name);
}

/** Threads are one deep: what is said under a reply stands under its first. */
function threadOf(channel: Channel, ts: string): string {
  if (!/^\d+\.\d{6}$/.test(ts)) throw new Refusal('invalid_thread_ts');
  return channel.messages.get(ts)?.threadTs ?? ts;
}

function messageAt(call: Call, name: string): Message {
  const channel = call.team.channels.get(textArg(call, 'channel'));
  if (!channel || channel.isDeleted) throw new Refusal('channel_not_found');
  const message = channel.messages.get(textArg(call, name));
  if (!message) throw new Refusal('message_not_found');
  return message;
}

function ownMessage(call: Call, refusal: string): Message {
  const message = messageAt(call, 'ts');
  if (message.channel.kind !== 'public' && !message.channel.members.has(call.bot.id))
    throw new Refusal('channel_not_found');
  if (message.channel.isArchived && refusal === 'cant_update_message') throw new Refusal('is_archived');
  if (message.author !== call.bot) throw new Refusal(refusal);
  return message;
}
