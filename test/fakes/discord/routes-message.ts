import { composeEdit, composeNew } from './compose.ts';
import { countOldEdit, demandWriting, findMessage, post, readable, remove, rewrite } from './messages.ts';
import { demand, may } from './permissions.ts';
import { invalidForm, refusal } from './refusal.ts';
import { answer, bodyOf, type Call, done, parameter, type Route } from './route.ts';
import { messageShape } from './shapes.ts';
import type { Channel, Message, World } from './state.ts';

const MOST_LISTED = 100;
const MESSAGE = '/channels/{channel_id}/messages/{message_id}';

/** The channel that a path names. Errors: 10003, 50001 where it cannot be seen. */
export function channelOf(call: Call): Channel {
  const { world } = call;
  const channel = world.channels.get(parameter(call, 'channel_id'));
  if (!channel || (channel.person && channel.person === world.app.user)) throw refusal(10003);
  if (channel.guild && !channel.guild.hasBot) throw refusal(50001);
  demand(world, channel, world.app.user.id);
  return channel;
}

/** What was posted with the same nonce a few minutes ago. Errors: 10008 when that was deleted. */
function sameNonce(world: World, nonce: unknown): Message | undefined {
  const known = world.nonces.get(String(nonce));
  if (!known || world.now() - known.sentAtMs > world.nonceWindowMs) return undefined;
  if (known.isDeleted) throw refusal(10008);
  return known;
}

/** The message that a new one answers. Errors: 160002, or a form error where it is not there. */
function referenced(world: World, channel: Channel, reference: unknown): { reference?: Message } {
  const { message_id, fail_if_not_exists = true } = (reference ?? {}) as Record<string, unknown>;
  if (message_id === undefined) return {};
  if (!may(world, channel, world.app.user.id, 'ReadMessageHistory')) throw refusal(160002);
  const found = channel.messages.get(String(message_id));
  if (found) return { reference: found };
  if (!fail_if_not_exists) return {};
  const error = {
    path: 'message_reference',
    code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE',
    message: 'Unknown message',
  };
  throw invalidForm([error]);
}

function create(call: Call) {
  const { world, files } = call;
  const body = bodyOf(call);
  const channel = channelOf(call);
  const { user } = world.app;
  demandWriting(world, channel, user);
  if (files.length > 0) demand(world, channel, user.id, 'AttachFiles');
  const isEnforced = body.enforce_nonce === true && body.nonce !== undefined && body.nonce !== null;
  const same = isEnforced ? sameNonce(world, body.nonce) : undefined;
  if (same) return answer(messageShape(world, same));
  const reply = referenced(world, channel, body.message_reference);
  const message = post(world, {
    channel,
    author: user,
    content: composeNew(world, channel, body, files),
    type: reply.reference ? 19 : 0,
    ...reply,
    ...(body.nonce === undefined || body.nonce === null ? {} : { nonce: body.nonce as string | number }),
  });
  if (isEnforced) world.nonces.set(String(body.nonce), message);
  return answer(messageShape(world, message));
}

/** How many were asked for. Errors: a form error out of 1 to `most`. */
export function limitOf(query: URLSearchParams, usual: number, most: number): number {
  const limit = Number(query.get('limit') ?? usual);
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return limit;
  const message = `int value should be between 1 and ${most}.`;
  throw invalidForm([{ path: 'limit', code: 'NUMBER_TYPE_MAX', message }]);
}

/** A page, newest first: the last ones, those just before, just after or around an id. */
function page(messages: readonly Message[], query: URLSearchParams, limit: number): Message[] {
  const [before, after, around] = ['before', 'after', 'around'].map((name) => query.get(name));
  const sorted = messages.toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
  if (after)
    return sorted
      .filter(({ id }) => BigInt(id) > BigInt(after))
      .slice(0, limit)
      .reverse();
  if (!around)
    return sorted
      .filter(({ id }) => !before || BigInt(id) < BigInt(before))
      .slice(-limit)
      .reverse();
  const middle = sorted.findIndex(({ id }) => BigInt(id) >= BigInt(around));
  const start = Math.max(0, (middle < 0 ? sorted.length : middle) - Math.floor(limit / 2));
  return sorted.slice(start, start + limit).reverse();
}

function list(call: Call) {
  const { world, query } = call;
  const channel = channelOf(call);
  const limit = limitOf(query, 50, MOST_LISTED);
  if (!may(world, channel, world.app.user.id, 'ReadMessageHistory')) return answer([]);
  return answer(
    page([...channel.messages.values()], query, limit).map((message) => readable(world, message)),
  );
}

function get(call: Call) {
  const { world } = call;
  const channel = channelOf(call);
  demand(world, channel, world.app.user.id, 'ReadMessageHistory');
  return answer(readable(world, findMessage(channel, parameter(call, 'message_id'))));
}

function edit(call: Call) {
  const { world, files } = call;
  const channel = channelOf(call);
  const message = findMessage(channel, parameter(call, 'message_id'));
  if (message.author !== world.app.user) throw refusal(50005);
  if (channel.thread?.isArchived) throw refusal(50083);
  const content = composeEdit(world, message, bodyOf(call), files);
  countOldEdit(world, message, world.mostOldEdits);
  rewrite(world, message, content);
  return answer(messageShape(world, message));
}

function erase(call: Call) {
  const { world } = call;
  const channel = channelOf(call);
  const message = findMessage(channel, parameter(call, 'message_id'));
  if (message.author !== world.app.user) {
    if (channel.person) throw refusal(50003);
    demand(world, channel, world.app.user.id, 'ManageMessages');
  }
  remove(world, message);
  return done;
}

export const MESSAGE_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/channels/{channel_id}/messages', run: create },
  { method: 'GET', path: '/channels/{channel_id}/messages', run: list },
  { method: 'GET', path: MESSAGE, run: get },
  { method: 'PATCH', path: MESSAGE, run: edit },
  { method: 'DELETE', path: MESSAGE, run: erase },
];
