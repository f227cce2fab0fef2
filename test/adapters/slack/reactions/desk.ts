import { WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';
import type { Answer, Ask, Question } from '../../../../adapters/slack/posting/ask.ts';
import { failureOf } from '../../../../adapters/slack/posting/failures.ts';
import type { Clock } from '../../../../src/clock.ts';
import type { Destination } from '../../../../src/domain/feed.ts';

/** Our own user there. */
export const US = 'UPAPERWIRE';

/** A message as it stands, with everybody who put something there, in the order they did. */
export interface DeskMessage {
  place: Destination;
  ts: string;
  blocks: unknown;
  reactions: Map<string, Set<string>>;
}

/** `reaction_added` or `reaction_removed`, as an envelope holds it. */
export type ReactionEvent = ReturnType<ReturnType<typeof createDesk>['react']>;

const askedSchema = z.object({ channel: z.string(), timestamp: z.string(), name: z.string().optional() });

/** What Slack knows of messages and their reactions, as far as the drawer of reactions asks. */
export function createDesk({ clock }: { clock: Clock }) {
  const messages = new Map<string, DeskMessage>();
  const asked: Question[] = [];
  const faults: { method: string; error: unknown; left: number; team: string | undefined }[] = [];
  const unknownNames = new Set<string>();
  let most = Number.POSITIVE_INFINITY;
  let stamps = 0;
  let held: Promise<void> | undefined;

  function newTs(): string {
    stamps += 1;
    return `${Math.floor(Date.parse(clock.now()) / 1000)}.${String(stamps).padStart(6, '0')}`;
  }

  function find(team: string, channel: string, ts: string): DeskMessage | undefined {
    return messages.get(`${team} ${channel} ${ts}`);
  }

  function get({ ts, blocks, reactions }: DeskMessage) {
    const all = [...reactions].map(([name, users]) => ({
      name,
      users: [...users].filter((user, index) => user === US || index < most),
      count: users.size,
    }));
    return { type: 'message', message: { type: 'message', user: US, ts, blocks, reactions: all } };
  }

  function add({ reactions }: DeskMessage, name: string, user: string): boolean {
    const users = reactions.get(name) ?? new Set();
    if (users.has(user)) return false;
    reactions.set(name, users.add(user));
    return true;
  }

  function eventOf(type: 'reaction_added' | 'reaction_removed', on: DeskMessage, user: string, name: string) {
    const item = { type: 'message', channel: on.place.channel, ts: on.ts };
    return { type, user, reaction: name, item_user: US, item, event_ts: newTs() };
  }

  function answer({ method, args, workspace, channel }: Question): unknown {
    const refuse = (error: string) => failureOf(new WebAPIPlatformError({ ok: false, error }), { channel });
    const { timestamp, name = '' } = askedSchema.parse(args);
    const message = find(workspace, channel, timestamp);
    if (!message) throw refuse('message_not_found');
    if (method === 'reactions.get') return get(message);
    if (method !== 'reactions.add') throw refuse('unknown_method');
    if (unknownNames.has(name)) throw refuse('invalid_name');
    if (!add(message, name, US)) throw refuse('already_reacted');
    return {};
  }

  const ask: Ask = async (question): Promise<Answer> => {
    question.signal?.throwIfAborted();
    asked.push(question);
    await Promise.resolve();
    const fault = faults.find(
      ({ method, left, team = question.workspace }) =>
        method === question.method && team === question.workspace && left > 0,
    );
    if (fault) {
      fault.left -= 1;
      throw fault.error;
    }
    const data = { ok: true, ...(answer(question) as object) };
    // What was read is on its way: things may change meanwhile.
    await held;
    return { data, at: clock.now(), scopes: [] };
  };

  return {
    ask,
    /** Every question since the last `forget`. */
    asked,
    count: (method: string) => asked.filter((one) => one.method === method).length,
    forget: () => void asked.splice(0),
    /** The next questions of a method fail, in one team or all, in the order in which faults were set. */
    fail: (method: string, error: unknown, left = Number.POSITIVE_INFINITY, team?: string) =>
      void faults.push({ method, error, left, team }),
    mend: () => void faults.splice(0),
    /** Answers are given, and arrive once they are let go by what is given back. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    /** Slack does not know this emoji. */
    unknow: (name: string) => void unknownNames.add(name),
    /** No more users of an emoji are named than this; we always are. */
    nameAtMost: (users: number) => {
      most = users;
    },
    post(place: Destination, blocks: unknown): DeskMessage {
      const message = { place, ts: newTs(), blocks, reactions: new Map() };
      messages.set(`${place.workspace} ${place.channel} ${message.ts}`, message);
      return message;
    },
    find: ({ workspace, channel }: Destination, ts: string) => find(workspace, channel, ts),
    remove: ({ place, ts }: DeskMessage) => void messages.delete(`${place.workspace} ${place.channel} ${ts}`),
    /** Somebody reacts, once; out: what Slack tells of it. */
    react(on: DeskMessage, user: string, name: string) {
      add(on, name, user);
      return eventOf('reaction_added', on, user, name);
    },
    unreact(on: DeskMessage, user: string, name: string) {
      on.reactions.get(name)?.delete(user);
      if (on.reactions.get(name)?.size === 0) on.reactions.delete(name);
      return eventOf('reaction_removed', on, user, name);
    },
    /** What a question is refused with, as the adapter's callers see it. */
    refusal: (error: string, channel = 'C1') =>
      failureOf(new WebAPIPlatformError({ ok: false, error }), { channel }),
  };
}
