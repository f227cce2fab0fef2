import { Refusal } from './refusal.ts';
import type { Message, User, World } from './state.ts';

/** Different emoji that one message takes, and one person may put on it. */
const MOST_EMOJI = 50;
const MOST_OF_ONE = 23;

/** Slack's names for an emoji that has several; each is kept under the first. */
const ALIASES: Readonly<Record<string, string>> = { thumbsup: '+1', thumbsdown: '-1' };
const NAME = /^[\p{L}\p{N}_+'-]+(::skin-tone-[2-6])?$/u;

/** Puts an emoji on a message and tells it. */
export function react(world: World, message: Message, user: User, given: string): void {
  const name = nameOf(given);
  if (message.onlyFor !== undefined) throw new Refusal('message_not_found');
  const standing = message.reactions.get(name) ?? { name, users: new Set<string>() };
  if (standing.users.has(user.id)) throw new Refusal('already_reacted');
  if (!message.reactions.has(name) && message.reactions.size >= MOST_EMOJI)
    throw new Refusal('too_many_emoji');
  const own = [...message.reactions.values()].filter(({ users }) => users.has(user.id)).length;
  if (own >= MOST_OF_ONE) throw new Refusal('too_many_reactions');
  standing.users.add(user.id);
  message.reactions.set(name, standing);
  tellReaction(world, 'reaction_added', message, user, name);
}

export function unreact(world: World, message: Message, user: User, given: string): void {
  const name = nameOf(given);
  const standing = message.reactions.get(name);
  if (!standing?.users.delete(user.id)) throw new Refusal('no_reaction');
  if (standing.users.size === 0) message.reactions.delete(name);
  tellReaction(world, 'reaction_removed', message, user, name);
}

function nameOf(given: string): string {
  const name = given.replace(/^:|:$/g, '');
  if (!NAME.test(name)) throw new Refusal('invalid_name');
  const [base = '', ...tone] = name.split('::');
  return [ALIASES[base] ?? base, ...tone].join('::');
}

function tellReaction(world: World, type: string, message: Message, user: User, reaction: string): void {
  const { channel, ts, author } = message;
  world.changed();
  if (!channel.members.has(channel.team.bot.id)) return;
  world.tell(channel.team, {
    type,
    user: user.id,
    reaction,
    item_user: author.id,
    item: { type: 'message', channel: channel.id, ts },
    event_ts: world.newTs(),
  });
}
