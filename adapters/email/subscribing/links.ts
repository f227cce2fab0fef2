import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { addMs, DAY_MS, type Instant, isTimeOfDay, isZone } from '../../../src/domain/calendar.ts';
import { INTEREST_KINDS } from '../../../src/domain/subscription.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import type { Seal } from '../../../src/sealing.ts';
import { MAIL_LISTINGS, type MailOrder } from '../../../src/subscribers.ts';
import type { MailLinks } from '../cards/draw.ts';

/** What a link of ours is for; under which path it leads to us. */
export const LINK_KINDS = ['confirm', 'manage', 'unsubscribe'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Whose link it is. */
export interface Addressed {
  address: string;
  /** When the link ends; absent where it never does. */
  until?: Instant;
}

/** Of a link to confirm: also what was ordered. */
export interface Ordered extends Addressed {
  order: MailOrder;
}

/** What a token says: `over` once its link has ended, undefined for what is none of ours. */
export type Reading<T> = T | 'over' | undefined;

/**
 * Links that let their holder do one thing for one address, which is sealed in them with all else that they need, so that
 * nothing is kept of an address that has confirmed nothing. A token opens for its own kind alone.
 */
export interface Links {
  /** Those of a mail: the one to manage ends after a year, the one to unsubscribe never. */
  of(address: string): MailLinks;
  /** Ends after two days; undefined where the order would make it longer than mail programs carry. */
  confirm(address: string, order: MailOrder): string | undefined;
  read(kind: 'confirm', token: string): Reading<Ordered>;
  read(kind: 'manage' | 'unsubscribe', token: string): Reading<Addressed>;
}

export interface LinksConfig {
  /** Where people reach this bot (`PUBLIC_URL`), without a slash at the end. */
  publicUrl: string;
  seal: Seal;
  clock: Clock;
}

/** For so long a link to confirm opens. */
export const CONFIRM_MS = 2 * DAY_MS;
const MANAGE_MS = 365 * DAY_MS;
/** Outlook opens none beyond 2,048 characters (netdata/netdata-cloud#769, 2026-11-26), and mail filters put their own before it. */
const MAX_LINK = 1800;

export function createLinks({ publicUrl, seal, clock }: LinksConfig): Links {
  const link = (kind: LinkKind, said: readonly unknown[]) =>
    `${publicUrl}/email/${kind}/${seal.close(JSON.stringify(said), nameOf(kind))}`;

  function read(kind: 'confirm', token: string): Reading<Ordered>;
  function read(kind: LinkKind, token: string): Reading<Addressed>;
  function read(kind: LinkKind, token: string): Reading<Addressed> {
    const text = seal.open(token, nameOf(kind));
    // Whoever has the key wrote it, if perhaps another version of ours.
    const said = text === undefined ? undefined : SAID[kind].safeParse(JSON.parse(text)).data;
    return said?.until !== undefined && clock.now() >= said.until ? 'over' : said;
  }

  return {
    of: (address) => ({
      manage: link('manage', [address, addMs(clock.now(), MANAGE_MS)]),
      unsubscribe: link('unsubscribe', [address]),
    }),
    confirm(address, { listing, time, zone, interests }) {
      const until = addMs(clock.now(), CONFIRM_MS);
      const made = link('confirm', [address, until, listing, time, zone, interests.map(writeInterest)]);
      return made.length <= MAX_LINK ? made : undefined;
    },
    read,
  };
}

/** What it is sealed as, so that it opens for nothing else. */
function nameOf(kind: LinkKind): string {
  return `mail ${kind}`;
}

type OrderedInterest = MailOrder['interests'][number];

const interestSchema = z
  .union([
    z.string().transform((key) => ['topic', nameOfTopic(key), key] as const),
    z.tuple([z.enum(INTEREST_KINDS), z.string()]),
    z.tuple([z.enum(INTEREST_KINDS), z.string(), z.string()]),
  ])
  .transform(([kind, label, key = keyOf(label)]): OrderedInterest => ({ kind, key, label }));

/** What the token of each kind holds; lists, as each character makes the link longer. */
const SAID: Readonly<Record<LinkKind, z.ZodType<Addressed>>> = {
  confirm: z
    .tuple([
      z.string(),
      z.string(),
      z.enum(MAIL_LISTINGS),
      z.string().refine(isTimeOfDay),
      z.string().refine(isZone),
      z.array(interestSchema),
    ])
    .transform(
      ([address, until, listing, time, zone, interests]): Ordered => ({
        address,
        until,
        order: { listing, time, zone, interests },
      }),
    ),
  manage: z.tuple([z.string(), z.string()]).transform(([address, until]) => ({ address, until })),
  unsubscribe: z.tuple([z.string()]).transform(([address]) => ({ address })),
};

/** As short as it can be: `agents`, `['author', 'Ada Lovelace']`, and what it is known by where that cannot be told. */
function writeInterest({ kind, key, label }: OrderedInterest): unknown {
  if (kind === 'topic' && nameOfTopic(key) === label) return key;
  return key === keyOf(label) ? [kind, label] : [kind, label, key];
}

function keyOf(label: string): string {
  return label.toLowerCase();
}

function nameOfTopic(key: string): string {
  return BUILT_IN_TOPICS.find(({ slug }) => slug === key)?.name ?? key;
}
