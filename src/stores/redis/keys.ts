import type { OPEN_STATES } from '../../domain/delivery.ts';
import { joinParts } from './parts.ts';

type OpenState = (typeof OPEN_STATES)[number];

/**
 * Every key of the records and the ledger, and what lies there; those of people and presence stand in `keys-people.ts`.
 * The free part comes last, so that no two keys can look alike whatever stands in an id.
 *
 * Sorted sets whose scores are all 0 are sorted by the bytes of their members. A place (of a feed, a delivery, an
 * alarm) is a number that `reserve` gave, in the order of making. A workspace is `workspaceKey` of it.
 */
export function createKeys(prefix: string) {
  const own: Own = (name) => `${prefix}:${name}`;
  return {
    /** Text: the version of the format. */
    format: own('format'),
    /** Hash: by name the highest number that was given. */
    counters: own('counters'),
    ...recordKeys(own),

    /** Hash: by claim its owner. */
    claims: own('claims'),
    /** By when they expire, in milliseconds: claims. */
    claimExpiries: own('claim-expiries'),

    ...feedKeys(own),
    ...outcomeKeys(own),
    ...alarmKeys(own),

    /** Hash: by the rest of the paper's id the number of a decision. */
    considered: (bucket: string, feedId: string) => own(`considered:${bucket}:${feedId}`),
    /** Set: the buckets of a feed, as whole numbers, which lie compact. */
    bucketsOf: (feedId: string) => own(`buckets-of:${feedId}`),
    /** Hashes: by number a decision, and by decision its number. */
    decisions: own('decisions'),
    decisionNumbers: own('decision-numbers'),

    /** By number: papers. */
    sequence: own('sequence'),
    /** By day number: `namespace:key` of what was brought. */
    seen: own('seen'),
  };
}

export type Keys = ReturnType<typeof createKeys>;

/** A key of our own on a server that may have others. */
type Own = (name: string) => string;

/** Records, and those that were set aside. */
function recordKeys(own: Own) {
  return {
    /** Text: a record, by namespace and key. */
    record: (namespace: string, key: string) => own(`record:${namespace}:${key}`),
    /** Sorted by bytes: the keys of a namespace. */
    records: (namespace: string) => own(`records:${namespace}`),
    /** Sorted by bytes: the namespaces that have records. */
    namespaces: own('namespaces'),
    /** By when they expire, in milliseconds: the keys of a namespace that do. */
    expiring: (namespace: string) => own(`expiring:${namespace}`),

    /** By number: the records that were set aside. */
    damaged: own('damaged'),
    /** Text: one of them, as `LINES.damaged` has it. */
    damage: (number: string) => own(`damage:${number}`),
    /** Hash: by number its `namespace:key`. */
    damagedNames: own('damaged-names'),
  };
}

/** The index of feeds. */
function feedKeys(own: Own) {
  return {
    /** By place: all feeds, digests among them. */
    feeds: own('feeds'),
    /** By place: those that are no digests. */
    listed: own('listed'),
    /** Hash: by feed what the index keeps of it, as JSON of `IndexedFeed`. */
    feedIndex: own('feed-index'),
    /** By place: the feeds of a workspace, and its digests. */
    feedsOf: (workspace: string) => own(`feeds-of:${workspace}`),
    digestsOf: (workspace: string) => own(`digests-of:${workspace}`),
    /** Sorted by bytes, as (workspace, feed): what a person manages on a platform. */
    managed: (platform: string, manager: string) => own(`managed:${joinParts(platform, manager)}`),
    /** By place: the digests that keep the time of a feed. */
    alongside: (feedId: string) => own(`alongside:${feedId}`),
    /** By wake time, in milliseconds: `wakeMember` of each feed; of workspaces that let us go in `resting`. */
    wake: own('wake'),
    resting: own('resting'),
    /** By when they let us go, in milliseconds: workspaces. */
    left: own('left'),
  };
}

/** Slots, and what was planned and sent for them. */
function outcomeKeys(own: Own) {
  return {
    /** Text: a slot as JSON. */
    slot: (slotId: string) => own(`slot:${slotId}`),
    /** By day number: all slots, those of a feed, and its unfinished ones. */
    slots: own('slots'),
    slotsOf: (feedId: string) => own(`slots-of:${feedId}`),
    unfinishedOf: (feedId: string) => own(`unfinished-of:${feedId}`),

    /** Hash: `feed`, the place of its first delivery as `number`, and `notice` for one. */
    plan: (slotId: string) => own(`plan:${slotId}`),
    /** By position: the deliveries of a plan. */
    deliveriesOf: (slotId: string) => own(`deliveries-of:${slotId}`),
    /** Sorted by bytes: the planned slots of a feed, its notices, and all notices. */
    plansOf: (feedId: string) => own(`plans-of:${feedId}`),
    noticesOf: (feedId: string) => own(`notices-of:${feedId}`),
    notices: own('notices'),
    /** By place: notices with something left to send. */
    unsentNotices: own('unsent-notices'),
    /** By refresh time, in milliseconds: slots. */
    refreshes: own('refreshes'),

    /** Hash: a delivery without what it says, as `fieldsOf` makes it. */
    delivery: (id: string) => own(`delivery:${id}`),
    /** Bytes: what it says, as `encodePayload` makes it. */
    payload: (id: string) => own(`payload:${id}`),
    /** By place: the open deliveries of editions: in a state, of a feed, and in a workspace. */
    open: (state: OpenState) => own(`open:${state}`),
    openOf: (feedId: string) => own(`open-of:${feedId}`),
    openIn: (workspace: string) => own(`open-in:${workspace}`),
  };
}

/** Alarms, each for a subject. */
function alarmKeys(own: Own) {
  return {
    /** Text: an alarm and whether it was told, as `LINES.alarms` has it. */
    alarm: (id: string) => own(`alarm:${id}`),
    /** By place: all alarms, those of which something is untold, and those of a feed. */
    alarms: own('alarms'),
    untold: own('untold'),
    alarmsOf: (feedId: string) => own(`alarms-of:${feedId}`),
    /** Hash: by subject the alarm that is open. */
    openAlarms: own('open-alarms'),
    /** By when they were raised, in milliseconds: alarms that have ended. */
    ended: own('ended'),
  };
}

/** A workspace as a part of keys and members. */
export function workspaceKey({ platform, workspace }: { platform: string; workspace: string }): string {
  return joinParts(platform, workspace);
}

/** Digits of a place in `wakeMember`. */
export const PLACE_DIGITS = 15;

/** A feed among those that wake: of one wake time the one that was made first comes first. */
export function wakeMember(place: number, feedId: string): string {
  return `${String(place).padStart(PLACE_DIGITS, '0')}/${feedId}`;
}

export function feedOfWake(member: string): string {
  return member.slice(PLACE_DIGITS + 1);
}
