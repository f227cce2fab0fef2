import { ChannelType } from 'discord-api-types/v10';
import { composeNew } from './compose.ts';
import {
  addThread,
  findMessage,
  openThread,
  post,
  removeChannel,
  setArchived,
  tellChannel,
} from './messages.ts';
import { demand, isThread, may } from './permissions.ts';
import { invalidForm, refusal } from './refusal.ts';
import { answer, bodyOf, type Call, done, parameter, type Route } from './route.ts';
import { channelOf, limitOf } from './routes-message.ts';
import { channelShape, isForum, messageShape, threadMemberShape } from './shapes.ts';
import type { Channel, Shape, World } from './state.ts';

const CHANNEL = '/channels/{channel_id}';

function shown(world: World, channel: Channel): Shape {
  return channelShape(channel, { viewer: world.app.user.id });
}

function threadOf(call: Call): Channel {
  const channel = channelOf(call);
  if (!isThread(channel)) throw refusal(50024);
  return channel;
}

function durationOf(body: Shape): { autoArchiveMinutes?: number } {
  const minutes = body.auto_archive_duration;
  return typeof minutes === 'number' ? { autoArchiveMinutes: minutes } : {};
}

function startFromMessage(call: Call) {
  const { world } = call;
  const channel = channelOf(call);
  const body = bodyOf(call);
  const isText = [ChannelType.GuildText, ChannelType.GuildAnnouncement].includes(channel.type);
  if (!isText) throw refusal(50024);
  demand(world, channel, world.app.user.id, 'CreatePublicThreads', 'ReadMessageHistory');
  const message = findMessage(channel, parameter(call, 'message_id'));
  if (message.hasThread) throw refusal(160004);
  const { autoArchiveMinutes } = durationOf(body);
  const thread = openThread(world, message, world.app.user, String(body.name), autoArchiveMinutes);
  return answer(shown(world, thread), 201);
}

function start(call: Call) {
  const { world } = call;
  const channel = channelOf(call);
  const body = bodyOf(call);
  if (isForum(channel)) return startPost(call, channel, body);
  const isPrivate = Number(body.type ?? ChannelType.PrivateThread) === ChannelType.PrivateThread;
  const isText =
    channel.type === ChannelType.GuildText || (channel.type === ChannelType.GuildAnnouncement && !isPrivate);
  if (!isText) throw refusal(50024);
  demand(world, channel, world.app.user.id, isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads');
  const thread = addThread(world, channel, {
    id: world.newId(),
    type: isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread,
    name: String(body.name),
    owner: world.app.user,
    ...durationOf(body),
  });
  return answer(shown(world, thread), 201);
}

function startPost(call: Call, forum: Channel, body: Shape) {
  const { world, files } = call;
  demand(world, forum, world.app.user.id, 'SendMessages');
  const first = body.message;
  if (typeof first !== 'object' || first === null) {
    throw invalidForm([{ path: 'message', code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }]);
  }
  const tags = ((body.applied_tags ?? []) as unknown[]).map(String);
  if (forum.requiresTag && tags.length === 0) throw refusal(40067);
  if (tags.some((tag) => !forum.tags.has(tag))) {
    throw invalidForm([{ path: 'applied_tags', code: 'UNKNOWN_TAG', message: 'Unknown tag' }]);
  }
  const content = composeNew(world, forum, first as Shape, files);
  const id = world.newId();
  const thread = addThread(world, forum, {
    id,
    type: ChannelType.PublicThread,
    name: String(body.name),
    owner: world.app.user,
    appliedTags: tags,
    ...durationOf(body),
  });
  const message = post(world, { channel: thread, author: world.app.user, content, id });
  return answer({ ...shown(world, thread), message: messageShape(world, message) }, 201);
}

function archived(call: Call) {
  const { world, query } = call;
  const channel = channelOf(call);
  demand(world, channel, world.app.user.id, 'ReadMessageHistory');
  const limit = limitOf(query, 50, 100);
  const before = query.get('before');
  const all = [...(channel.guild?.channels.values() ?? [])]
    .filter(
      ({ parentId, thread, type }) =>
        parentId === channel.id && thread?.isArchived && type !== ChannelType.PrivateThread,
    )
    .filter(({ thread }) => !before || (thread?.archivedAtMs ?? 0) < Date.parse(before))
    .sort((one, other) => (other.thread?.archivedAtMs ?? 0) - (one.thread?.archivedAtMs ?? 0));
  return answer(threadList(world, all.slice(0, limit), all.length > limit));
}

/** Threads as lists of them are answered. */
export function threadList(world: World, threads: readonly Channel[], hasMore: boolean): Shape {
  const { id } = world.app.user;
  return {
    threads: threads.map((thread) => shown(world, thread)),
    members: threads
      .filter(({ thread }) => thread?.members.has(id))
      .map((thread) => threadMemberShape(thread, id)),
    has_more: hasMore,
  };
}

function change(call: Call) {
  const { world } = call;
  const channel = channelOf(call);
  const body = bodyOf(call);
  const isOwn = channel.thread?.ownerId === world.app.user.id && body.locked === undefined;
  if (!isOwn)
    demand(world, channel, world.app.user.id, isThread(channel) ? 'ManageThreads' : 'ManageChannels');
  if (typeof body.name === 'string') channel.name = body.name;
  if (channel.thread && (body.archived !== undefined || body.locked !== undefined)) {
    const isLocked = typeof body.locked === 'boolean' ? body.locked : undefined;
    setArchived(world, channel, Boolean(body.archived ?? channel.thread.isArchived), isLocked);
  } else tellChannel(world, isThread(channel) ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE', channel);
  return answer(shown(world, channel));
}

function erase(call: Call) {
  const { world } = call;
  const channel = channelOf(call);
  if (!channel.person)
    demand(world, channel, world.app.user.id, isThread(channel) ? 'ManageThreads' : 'ManageChannels');
  const shape = shown(world, channel);
  if (!channel.person) removeChannel(world, channel);
  return answer(shape);
}

function join(call: Call) {
  const { world } = call;
  const thread = threadOf(call);
  if (thread.thread?.isArchived) throw refusal(50083);
  thread.thread?.members.add(world.app.user.id);
  return done;
}

function addMember(call: Call) {
  const { world } = call;
  const thread = threadOf(call);
  const user = world.users.get(parameter(call, 'user_id'));
  if (!user) throw refusal(10013);
  if (!thread.guild?.members.has(user.id)) throw refusal(10007);
  if (thread.thread?.isArchived) throw refusal(50083);
  if (!may(world, thread, world.app.user.id, 'SendMessagesInThreads')) throw refusal(50013);
  const parent = world.channels.get(thread.parentId ?? '');
  if (!parent || !may(world, parent, user.id, 'ViewChannel')) throw refusal(50001);
  thread.thread?.members.add(user.id);
  return done;
}

function members(call: Call) {
  const thread = threadOf(call);
  return answer([...(thread.thread?.members ?? [])].map((id) => threadMemberShape(thread, id)));
}

function leave(call: Call) {
  threadOf(call).thread?.members.delete(call.world.app.user.id);
  return done;
}

function type(call: Call) {
  channelOf(call);
  return done;
}

export const CHANNEL_ROUTES: readonly Route[] = [
  { method: 'GET', path: CHANNEL, run: (call) => answer(shown(call.world, channelOf(call))) },
  { method: 'PATCH', path: CHANNEL, run: change },
  { method: 'DELETE', path: CHANNEL, run: erase },
  { method: 'POST', path: `${CHANNEL}/messages/{message_id}/threads`, run: startFromMessage },
  { method: 'POST', path: `${CHANNEL}/threads`, run: start },
  { method: 'GET', path: `${CHANNEL}/threads/archived/public`, run: archived },
  { method: 'GET', path: `${CHANNEL}/thread-members`, run: members },
  { method: 'PUT', path: `${CHANNEL}/thread-members/@me`, run: join },
  { method: 'DELETE', path: `${CHANNEL}/thread-members/@me`, run: leave },
  { method: 'PUT', path: `${CHANNEL}/thread-members/{user_id}`, run: addMember },
  { method: 'POST', path: `${CHANNEL}/typing`, run: type },
];
