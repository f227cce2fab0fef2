import { z } from 'zod';
import type { Instant } from '../../domain/calendar.ts';
import type { Destination, Platform } from '../../domain/feed.ts';
import { type Member, memberAt } from '../../domain/member.ts';
import type { ReactedMessage } from '../../domain/reaction.ts';
import type { Workspace } from '../../people.ts';
import type { SeenReaction } from '../../presence.ts';
import type { Work } from './connection.ts';
import { memberKey, messageKey, type PeopleKeys } from './keys-people.ts';
import { type Members, memberOf } from './members.ts';
import { byBytes, joinParts, rangeOf, splitParts } from './parts.ts';
import type { Reads } from './reads.ts';

/** `seenAt`: when it may be forgotten by; absent for one that stays with its message. */
export interface KeptReaction {
  reaction: SeenReaction;
  seenAt?: Instant;
}

/** What was seen on our messages; see `Presence`. */
export interface Reactions {
  /** By emoji and mark. */
  on(reads: Reads, message: ReactedMessage): Promise<KeptReaction[]>;
  has(reads: Reads, message: ReactedMessage, reaction: SeenReaction): Promise<boolean>;
  /** Those that are there already stay as they are. */
  put(tx: Work, message: ReactedMessage, kept: readonly KeptReaction[]): Promise<void>;
  remove(tx: Work, message: ReactedMessage, reactions: readonly SeenReaction[]): Promise<void>;
  removeOn(tx: Work, message: ReactedMessage): Promise<void>;
  /** Some of a workspace, those of `limit` messages at most. Out: how many messages there were. */
  removeIn(tx: Work, workspace: Workspace, limit: number): Promise<number>;
  /** Some that were seen before, `limit` at most. Out: how many there were. */
  removeOld(tx: Work, before: Instant, limit: number): Promise<number>;
  /** Whoever it was: only the mark stays. Without a look at the member's other entries. */
  forgetMember(tx: Work, member: Member): Promise<void>;
}

/** In the hash of a message, by `joinParts(emoji, mark)`: the member, and when it was seen. */
const ROW = z.tuple([z.string().nullable(), z.string().nullable()]);

/** A reaction and its message, by name. */
interface Named {
  message: ReactedMessage;
  /** In the hash of the message. */
  name: string;
}

export function createReactions(keys: PeopleKeys, members: Members): Reactions {
  const allOn = async (reads: Reads, message: ReactedMessage) =>
    [...(await reads.hgetall(keys.reactions(message))).keys()].map((name) => ({ message, name }));
  const remove = createRemoving(keys, members);
  return {
    async on(reads, message) {
      const rows = [...(await reads.hgetall(keys.reactions(message)))];
      return rows.sort(([one], [other]) => byBytes(one, other)).map(keptOf);
    },
    has: async (reads, message, reaction) =>
      (await reads.hget(keys.reactions(message), nameOf(reaction))) !== undefined,
    put: createPutting(keys, members),
    remove: (tx, message, reactions) =>
      remove(
        tx,
        reactions.map((one) => ({ message, name: nameOf(one) })),
      ),
    removeOn: async (tx, message) => remove(tx, await allOn(tx, message)),
    async removeIn(tx, { platform, workspace }, limit) {
      const [from, to] = rangeOf(platform, workspace);
      const messages = await tx.zrange(keys.messages, { by: 'lex', from, to, limit });
      const all = await Promise.all(messages.map((one) => allOn(tx, messageOf(one))));
      await remove(tx, all.flat());
      return messages.length;
    },
    async removeOld(tx, before, limit) {
      const to = `(${Date.parse(before)}`;
      const old = await tx.zrange(keys.ageing, { by: 'score', to, limit });
      await remove(tx, old.map(namedOf));
      return old.length;
    },
    forgetMember: createForgetting(keys),
  };
}

function createPutting(keys: PeopleKeys, members: Members): Reactions['put'] {
  return async (tx, message, kept) => {
    const named = new Map([...kept].reverse().map((one) => [nameOf(one.reaction), one]));
    const rows = await tx.hmget(keys.reactions(message), [...named.keys()]);
    for (const [index, [name, { reaction, seenAt }]] of [...named].entries()) {
      if (rows[index] !== undefined) continue;
      const { member = null } = reaction;
      const row = JSON.stringify([member, seenAt ?? null]);
      tx.hset(keys.reactions(message), { [name]: row });
      tx.zadd(keys.messages, 0, messageKey(message));
      if (seenAt !== undefined) tx.zadd(keys.ageing, Date.parse(seenAt), reactionKey({ message, name }));
      if (member === null) continue;
      const who = memberAt(message.place, member);
      tx.sadd(keys.reacted(who), reactionKey({ message, name }));
      members.enter(tx, who);
    }
  };
}

/** Those that are not there are none. */
function createRemoving(
  keys: PeopleKeys,
  members: Members,
): (tx: Work, reactions: readonly Named[]) => Promise<void> {
  return async (tx, reactions) => {
    const onMessages = new Map<string, { message: ReactedMessage; going: number }>();
    const ofMembers = new Map<string, number>();
    const unique = new Map(reactions.map((one) => [reactionKey(one), one]));
    const removing = [...unique].map(async ([key, { message, name }]) => {
      const row = await tx.hget(keys.reactions(message), name);
      if (row === undefined) return;
      tx.hdel(keys.reactions(message), name);
      tx.zrem(keys.ageing, key);
      const on = messageKey(message);
      onMessages.set(on, { message, going: (onMessages.get(on)?.going ?? 0) + 1 });
      const { member } = keptOf([name, row]).reaction;
      if (member === undefined) return;
      const who = memberAt(message.place, member);
      tx.srem(keys.reacted(who), key);
      ofMembers.set(memberKey(who), (ofMembers.get(memberKey(who)) ?? 0) + 1);
    });
    await Promise.all(removing);
    await Promise.all([
      ...[...onMessages.values()].map(async ({ message, going }) => {
        const count = await tx.hlen(keys.reactions(message));
        if (count === going) tx.zrem(keys.messages, messageKey(message));
      }),
      ...[...ofMembers].map(([member, going]) => members.leave(tx, memberOf(member), going)),
    ]);
  };
}

function createForgetting(keys: PeopleKeys): Reactions['forgetMember'] {
  return async (tx, member) => {
    const named = (await tx.smembers(keys.reacted(member))).map(namedOf);
    const forgetting = named.map(async ({ message, name }) => {
      const row = await tx.hget(keys.reactions(message), name);
      if (row === undefined) return;
      const { seenAt } = keptOf([name, row]);
      tx.hset(keys.reactions(message), { [name]: JSON.stringify([null, seenAt ?? null]) });
    });
    await Promise.all(forgetting);
    tx.del(keys.reacted(member));
  };
}

function nameOf({ emoji, mark }: SeenReaction): string {
  return joinParts(emoji, mark);
}

/** The parts of the message and those of the name, one after the other. */
function reactionKey({ message, name }: Named): string {
  return joinParts(...splitParts(messageKey(message)), ...splitParts(name));
}

function namedOf(key: string): Named {
  const parts = splitParts(key);
  return { message: messageOf(joinParts(...parts.slice(0, -2))), name: joinParts(...parts.slice(-2)) };
}

/** In: what `messageKey` made. */
export function messageOf(key: string): ReactedMessage {
  const [platform = '', workspace = '', channel = '', messageId = ''] = splitParts(key);
  const place: Destination = { platform: platform as Platform, workspace, channel };
  return { place, messageId };
}

function keptOf([name, row]: [string, string]): KeptReaction {
  const [emoji = '', mark = ''] = splitParts(name);
  const [member, seenAt] = ROW.parse(JSON.parse(row));
  return {
    reaction: { emoji, mark, ...(member === null ? {} : { member }) },
    ...(seenAt === null ? {} : { seenAt }),
  };
}
