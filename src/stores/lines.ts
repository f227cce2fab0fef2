import { z } from 'zod';
import { DELIVERY_STATES } from '../domain/delivery.ts';
import { FATES, OUTCOMES } from '../domain/edition.ts';
import { PLATFORMS } from '../domain/feed.ts';
import { LISTING_KINDS } from '../domain/listing.ts';
import { INTEREST_KINDS, VERDICTS } from '../domain/subscription.ts';
import { StoreError } from '../errors.ts';
import type { TransferLine } from '../transfer.ts';

/**
 * What the lines of a transfer hold, the same for every kind of store.
 *
 * A record moves as the text under which it lies, so that no byte changes and one that cannot be read moves too; its
 * kind is its namespace. Everything else has a kind of its own, named here. A value with a property that is not
 * spelled here was written by a newer version and is refused: taken in, it would be lost.
 */
const text = z.union([z.strictObject({ text: z.string() }), z.strictObject({ base64: z.base64() })]);

const instant = z.iso.datetime();
const day = z.iso.date();
const workspace = z.strictObject({ platform: z.enum(PLATFORMS), workspace: z.string() });
const member = z.strictObject({ ...workspace.shape, id: z.string() });
const place = z.strictObject({ ...workspace.shape, channel: z.string() });
const message = z.strictObject({ place, messageId: z.string() });

export const RECORD_LINE = z.strictObject({
  record: text,
  /** Milliseconds since 1970. */
  expires: z.number().exactOptional(),
});

/** In the order of reading, in which each row finds those that it builds on. */
export const LINES = {
  /** By paper: its place in the archive's sequence. */
  sequence: z.int().min(1),
  /** By name: the highest number that was ever given, as none comes twice. */
  counters: z.int(),
  /** By `namespace:key`: the day, in UTC, on which it was last brought. */
  seen: day,
  /** By feed, in the order they were made: the index of feeds. */
  wakes: z.strictObject({
    ...workspace.shape,
    wakeAt: instant,
    isDigest: z.literal(true).exactOptional(),
    alongside: z.string().exactOptional(),
    manager: z.string().exactOptional(),
  }),
  /** By `feed/paper`. */
  considered: z.strictObject({
    feedId: z.string(),
    paperId: z.string(),
    fate: z.enum(FATES),
    listing: z.strictObject({ kind: z.enum(LISTING_KINDS), key: z.string() }),
    consideredOn: day,
  }),
  /** By id. */
  slots: z.strictObject({
    feedId: z.string(),
    day,
    dueAt: instant,
    state: z.enum(['due', 'waiting', ...OUTCOMES]),
    sentence: z.string(),
    changedAt: instant,
    waitingSinceAt: instant.exactOptional(),
    lookAgainAt: instant.exactOptional(),
    isPlanned: z.literal(true).exactOptional(),
  }),
  /** By slot or notice. */
  plans: z.strictObject({
    feedId: z.string(),
    isNotice: z.literal(true).exactOptional(),
    refreshAt: instant.exactOptional(),
  }),
  /** By id, in the order of planning. */
  deliveries: z.strictObject({
    id: z.string(),
    slotId: z.string(),
    position: z.int(),
    destination: place,
    /** As it lies in the store, compressed or as text; never unpacked, so that a damaged one moves too. */
    payload: z.union([z.strictObject({ deflated: z.base64() }), text]),
    state: z.enum(DELIVERY_STATES),
    messageId: z.string().exactOptional(),
    reason: z.string().exactOptional(),
    changedAt: instant,
  }),
  /** By id, in the order of raising. */
  alarms: z.strictObject({
    alarm: z.strictObject({
      id: z.string(),
      subject: z.string(),
      feedId: z.string().exactOptional(),
      sentence: z.string(),
      raisedAt: instant,
      clearedAt: instant.exactOptional(),
    }),
    isRaiseTold: z.boolean(),
    isClearTold: z.boolean(),
  }),
  /** By workspace and slug, in the order they were made. */
  topics: z.strictObject({
    workspace,
    topic: z.strictObject({
      slug: z.string(),
      name: z.string(),
      emoji: z.string(),
      meaning: z.string(),
      query: z.string(),
      createdAt: instant,
    }),
  }),
  /** By member and interest, in the order of following. */
  subscriptions: z.strictObject({
    member,
    subscription: z.strictObject({
      kind: z.enum(INTEREST_KINDS),
      key: z.string(),
      label: z.string(),
      followedAt: instant,
    }),
  }),
  /** By member and paper. */
  saved: z.strictObject({ member, saved: z.strictObject({ paperId: z.string(), savedAt: instant }) }),
  /** By member and paper. */
  ratings: z.strictObject({
    member,
    rating: z.strictObject({ paperId: z.string(), verdict: z.enum(VERDICTS), ratedAt: instant }),
  }),
  /** By workspace. */
  workspaces: z.strictObject({
    workspace,
    joinedAt: instant,
    leftAt: instant.exactOptional(),
    isGreeted: z.literal(true).exactOptional(),
  }),
  /** By message, in the order of posting. */
  panels: z.strictObject({ panel: message }),
  /** By message, emoji and mark. */
  reactions: z.strictObject({
    on: message,
    reaction: z.strictObject({ emoji: z.string(), mark: z.string(), member: z.string().exactOptional() }),
    seenAt: instant.exactOptional(),
  }),
  /** By number, in the order of setting aside. */
  damaged: z.strictObject({
    namespace: z.string(),
    key: z.string(),
    record: text,
    reason: z.string(),
    setAsideAt: instant,
  }),
} satisfies Record<string, z.ZodType>;

export type LineKind = keyof typeof LINES;
/** The value of a line. */
export type LineValue<K extends LineKind> = z.infer<(typeof LINES)[K]>;

/** Checks the value of a line. Errors: `StoreError` that names the line. */
export function checkedValue<T>(schema: z.ZodType<T>, { kind, key, value }: TransferLine): T {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const message = 'the line does not fit: it was damaged, or a newer version of Paperwire wrote it.';
  throw new StoreError('transfer', { key: `${kind}:${key}`, cause: checked.error, message });
}

type LineText = z.infer<typeof text>;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text as it moves; bytes that are no text move as such. */
export function lineText(bytes: Uint8Array): LineText {
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}

export function bytesOf(text: LineText): Uint8Array {
  return 'text' in text ? Buffer.from(text.text) : Buffer.from(text.base64, 'base64');
}
