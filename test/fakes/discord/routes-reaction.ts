import { findMessage } from './messages.ts';
import { demand } from './permissions.ts';
import { clearReactions, react, readEmoji, unreact } from './reactions.ts';
import { refusal } from './refusal.ts';
import { answer, type Call, done, parameter, type Route } from './route.ts';
import { channelOf, limitOf } from './routes-message.ts';
import { userShape } from './shapes.ts';
import type { Message } from './state.ts';

const REACTIONS = '/channels/{channel_id}/messages/{message_id}/reactions';

function messageOf(call: Call): Message {
  return findMessage(channelOf(call), parameter(call, 'message_id'));
}

function add(call: Call) {
  const { world } = call;
  demand(world, channelOf(call), world.app.user.id, 'ReadMessageHistory');
  react(world, messageOf(call), world.app.user, parameter(call, 'emoji_name'));
  return done;
}

function takeAway(call: Call) {
  const { world } = call;
  unreact(world, messageOf(call), world.app.user, parameter(call, 'emoji_name'));
  return done;
}

function takeAwayFrom(call: Call) {
  const { world } = call;
  demand(world, channelOf(call), world.app.user.id, 'ManageMessages');
  const user = world.users.get(parameter(call, 'user_id'));
  if (!user) throw refusal(10013);
  unreact(world, messageOf(call), user, parameter(call, 'emoji_name'));
  return done;
}

/** People by id, rising, after the one that is named. */
function list(call: Call) {
  const { world, query } = call;
  demand(world, channelOf(call), world.app.user.id, 'ReadMessageHistory');
  const limit = limitOf(query, 25, 100);
  const { key } = readEmoji(world, parameter(call, 'emoji_name'));
  const after = BigInt(query.get('after') ?? 0);
  const users = [...(messageOf(call).reactions.get(key)?.users ?? [])]
    .map(BigInt)
    .filter((id) => id > after)
    .sort((one, other) => (one < other ? -1 : 1))
    .slice(0, limit);
  return answer(users.flatMap((id) => world.users.get(String(id)) ?? []).map(userShape));
}

function clear(call: Call) {
  const { world, parameters } = call;
  demand(world, channelOf(call), world.app.user.id, 'ManageMessages');
  clearReactions(world, messageOf(call), parameters.emoji_name);
  return done;
}

export const REACTION_ROUTES: readonly Route[] = [
  { method: 'PUT', path: `${REACTIONS}/{emoji_name}/@me`, run: add },
  { method: 'DELETE', path: `${REACTIONS}/{emoji_name}/@me`, run: takeAway },
  { method: 'DELETE', path: `${REACTIONS}/{emoji_name}/{user_id}`, run: takeAwayFrom },
  { method: 'GET', path: `${REACTIONS}/{emoji_name}`, run: list },
  { method: 'DELETE', path: `${REACTIONS}/{emoji_name}`, run: clear },
  { method: 'DELETE', path: REACTIONS, run: clear },
];
