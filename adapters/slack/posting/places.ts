import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { type Instant, MINUTE_MS, msBetween } from '../../../src/domain/calendar.ts';
import { type Locale, localeOf } from '../../../src/domain/locale.ts';
import { createRecent } from '../../../src/domain/recent.ts';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../../src/errors.ts';
import type { Tokens } from '../installing/tokens.ts';
import type { Ask } from './ask.ts';
import { isCode, read } from './failures.ts';

/** A channel as `conversations.info` tells of it. */
export interface SlackChannel {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'direct' | 'group';
  isGeneral: boolean;
  isArchived: boolean;
  /** We are in it. */
  isMember: boolean;
}

/** A member as `users.info` tells of them. */
export interface SlackMember {
  /** Admins and owners of the team. */
  isAdmin: boolean;
  isBot: boolean;
  /** IANA. */
  zone: string | undefined;
  locale: Locale | undefined;
}

/** What we know of a team's channels and members, a minute old at most. Errors: those of `Ask`. */
export interface Places {
  /** Undefined for a channel that is not there, or that we cannot see. */
  channel(workspace: string, id: string, signal?: AbortSignal): Promise<SlackChannel | undefined>;
  /** Undefined for one who is not there. */
  member(workspace: string, id: string, signal?: AbortSignal): Promise<SlackMember | undefined>;
  /** Joins a public channel. */
  join(workspace: string, channel: string, signal?: AbortSignal): Promise<void>;
  /** Who installed us, where that is known. Errors: `DeliveryUnavailableError`. */
  installer(workspace: string): Promise<string | undefined>;
  /** Our own user id there. */
  me(workspace: string, signal?: AbortSignal): Promise<string>;
}

export interface PlacesDependencies {
  ask: Ask;
  tokens: Tokens;
  clock: Clock;
}

/**
 * What was asked is known for so long: who has just lost a right must not use it for longer. A channel that is closed to us
 * is asked about anew, as somebody may have let us in by another process, or by hand.
 */
const KNOWN_FOR_MS = MINUTE_MS;
const MOST_KNOWN = 5000;

const channelSchema = z.object({
  channel: z.object({
    id: z.string(),
    name: z.string().default(''),
    is_private: z.boolean().default(false),
    is_im: z.boolean().default(false),
    is_mpim: z.boolean().default(false),
    is_general: z.boolean().default(false),
    is_archived: z.boolean().default(false),
    /** Of a direct message there is none: we are in it. */
    is_member: z.boolean().optional(),
  }),
});
const memberSchema = z.object({
  user: z.object({
    is_admin: z.boolean().default(false),
    is_owner: z.boolean().default(false),
    is_bot: z.boolean().default(false),
    tz: z.string().nullish(),
    locale: z.string().nullish(),
  }),
});

export function createPlaces({ ask, tokens, clock }: PlacesDependencies): Places {
  const channels = remembered<SlackChannel | undefined>(clock, isOpen);
  const members = remembered<SlackMember | undefined>(clock);

  async function readChannel(workspace: string, channel: string, signal?: AbortSignal) {
    try {
      const args = { channel };
      const { data } = await ask({ method: 'conversations.info', args, workspace, channel, signal });
      return channelOf(read(channelSchema, data, { channel }).channel);
    } catch (error) {
      if (isCode(error, 'channel_not_found')) return undefined;
      throw error;
    }
  }

  async function readMember(workspace: string, id: string, signal?: AbortSignal) {
    const channel = `@${id}`;
    try {
      const args = { user: id, include_locale: true };
      const { data } = await ask({ method: 'users.info', args, workspace, channel, signal });
      return memberOf(read(memberSchema, data, { channel }).user);
    } catch (error) {
      if (isCode(error, 'user_not_found', 'users_not_found', 'user_not_visible')) return undefined;
      throw error;
    }
  }

  return {
    channel: (workspace, id, signal) =>
      channels.get(`${workspace} ${id}`, () => readChannel(workspace, id, signal)),
    member: (workspace, id, signal) =>
      members.get(`${workspace} ${id}`, () => readMember(workspace, id, signal)),
    async join(workspace, channel, signal) {
      await ask({ method: 'conversations.join', args: { channel }, workspace, channel, signal });
    },
    async installer(workspace) {
      try {
        return (await tokens.of(workspace, '')).installer;
      } catch (cause) {
        // Of a workspace that let us go nobody is known.
        if (cause instanceof DeliveryRefusedError) return undefined;
        const failure = { platform: 'slack', channel: '', mayHaveArrived: false, cause } as const;
        throw new DeliveryUnavailableError((cause as Error).message, failure);
      }
    },
    me: async (workspace, signal) => (await tokens.of(workspace, '', signal)).me,
  };
}

function channelOf(given: z.infer<typeof channelSchema>['channel']): SlackChannel {
  const { id, name, is_private, is_im, is_mpim, is_general, is_archived, is_member } = given;
  const kind = is_im ? 'direct' : is_mpim ? 'group' : is_private ? 'private' : 'public';
  const isMember = is_member ?? is_im;
  return { id, name, kind, isGeneral: is_general, isArchived: is_archived, isMember };
}

function memberOf(given: z.infer<typeof memberSchema>['user']): SlackMember {
  const { is_admin, is_owner, is_bot, tz, locale } = given;
  return {
    isAdmin: is_admin || is_owner,
    isBot: is_bot,
    zone: tz ?? undefined,
    locale: localeOf(locale ?? undefined),
  };
}

function isOpen(channel: SlackChannel | undefined): boolean {
  return channel?.isMember === true && !channel.isArchived;
}

/**
 * Answers for a while, as far as they are to be kept; what failed is asked anew, and what is asked twice at once is asked
 * once.
 */
function remembered<T>(clock: Clock, isKept: (answer: T) => boolean = () => true) {
  const known = createRecent<{ answer: Promise<T>; askedAt: Instant }>(MOST_KNOWN);
  return {
    async get(key: string, ask: () => Promise<T>): Promise<T> {
      const before = known.get(key);
      const isFresh = before && Math.abs(msBetween(before.askedAt, clock.now())) < KNOWN_FOR_MS;
      if (isFresh) return await before.answer;
      const answer = ask();
      known.put(key, { answer, askedAt: clock.now() });
      const forget = () => void (known.get(key)?.answer === answer && known.forget(key));
      try {
        const given = await answer;
        if (!isKept(given)) forget();
        return given;
      } catch (error) {
        forget();
        throw error;
      }
    },
  };
}
