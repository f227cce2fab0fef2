import { isObject } from '../../slack-checks/read.ts';
import type { Channel, Message, Shape, Team, User, World } from './state.ts';

/** What a message is made of. */
export interface Content {
  text: string;
  blocks: readonly Shape[];
  attachments: readonly Shape[];
  metadata?: Message['metadata'];
}

export function newMessage(
  world: World,
  {
    channel,
    author,
    content,
    threadTs,
    onlyFor,
  }: { channel: Channel; author: User; content: Content; threadTs?: string; onlyFor?: string },
): Message {
  return {
    ts: world.newTs(),
    channel,
    author,
    ...filled(world, content),
    files: [],
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(onlyFor === undefined ? {} : { onlyFor }),
    sentAtMs: world.now(),
    edits: 0,
    reactions: new Map(),
    unfurls: new Map(),
    isDeleted: false,
  };
}

/** Posts to everybody, or to one person. */
export function post(world: World, given: Parameters<typeof newMessage>[1]): Message {
  const message = newMessage(world, given);
  if (message.onlyFor === undefined) message.channel.messages.set(message.ts, message);
  else world.ephemerals.push(message);
  tellMessage(world, message);
  world.notice(message, 'posted');
  return message;
}

function tellMessage(world: World, message: Message): void {
  const { channel, author, text, ts, threadTs, onlyFor, blocks } = message;
  if (onlyFor !== undefined || !channel.members.has(channel.team.bot.id)) return;
  const types = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' } as const;
  world.tell(channel.team, {
    type: 'message',
    channel: channel.id,
    channel_type: types[channel.kind],
    user: author.id,
    text,
    ts,
    event_ts: ts,
    team: author.team.id,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(author.isBot ? { bot_id: `B${author.id.slice(1)}` } : {}),
  });
}

export function edit(world: World, message: Message, content: Partial<Content>): void {
  const { text = message.text, blocks = message.blocks, attachments = message.attachments } = content;
  Object.assign(message, filled(world, { text, blocks, attachments }));
  if (content.metadata) message.metadata = content.metadata;
  message.edits += 1;
  message.editedAtMs = world.now();
  world.notice(message, 'edited');
}

export function remove(world: World, message: Message): void {
  if (message.isDeleted) return;
  message.isDeleted = true;
  message.channel.messages.delete(message.ts);
  const index = world.ephemerals.indexOf(message);
  if (index >= 0) world.ephemerals.splice(index, 1);
  world.notice(message, 'removed');
}

/** Blocks and elements without ids get them, as Slack gives them. */
function filled(
  world: World,
  { text, blocks, attachments, metadata }: Content,
): Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata'> {
  return {
    text,
    blocks: withIds(world, blocks),
    attachments: attachments.map((one) =>
      Array.isArray(one.blocks) ? { ...one, blocks: withIds(world, one.blocks as Shape[]) } : one,
    ),
    ...(metadata ? { metadata } : {}),
  };
}

const INTERACTIVE =
  /^(button|overflow|checkboxes|radio_buttons|datepicker|timepicker|datetimepicker|(multi_)?(static|external|users|conversations|channels)_select|plain_text_input|number_input|email_text_input|url_text_input|rich_text_input|file_input|feedback_buttons|icon_button|workflow_button)$/;

export function withIds(world: World, blocks: readonly Shape[]): Shape[] {
  return structuredClone([...blocks]).map((block) => {
    block.block_id ??= world.newId('b');
    return withActionIds(world, block) as Shape;
  });
}

function withActionIds(world: World, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => withActionIds(world, one));
  if (!isObject(value)) return value;
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withActionIds(world, inner)]),
  );
  if (INTERACTIVE.test(String(copy.type))) copy.action_id ??= world.newId('a');
  if (copy.type === 'plain_text') copy.emoji ??= true;
  if (copy.type === 'mrkdwn') copy.verbatim ??= false;
  return copy;
}

/** The direct messages of somebody with the bot of a workspace; opened when there are none. */
export function dmWith(world: World, team: Team, person: User): Channel {
  const known = [...team.channels.values()].find(
    (channel) => channel.kind === 'im' && channel.person === person,
  );
  if (known) return known;
  const channel: Channel = {
    ...emptyChannel(world, team, 'im', ''),
    id: world.newId('D'),
    person,
    members: new Set([person.id, team.bot.id]),
  };
  team.channels.set(channel.id, channel);
  return channel;
}

export function emptyChannel(world: World, team: Team, kind: Channel['kind'], name: string): Channel {
  return {
    id: world.newId(kind === 'mpim' ? 'G' : 'C'),
    name,
    team,
    kind,
    isGeneral: false,
    isArchived: false,
    isDeleted: false,
    isRestricted: false,
    hasEverybody: false,
    members: new Set(),
    messages: new Map(),
    createdAtMs: world.now(),
  };
}
