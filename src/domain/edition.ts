import type { Day, Instant } from './calendar.ts';
import type { FeedId, Layout } from './feed.ts';
import type { Listing } from './listing.ts';
import type { PaperId } from './paper.ts';

/** One due moment of a feed. */
export interface Slot {
  feedId: FeedId;
  /** The date in the feed's zone. */
  day: Day;
  /** When the feed's time comes on that date. */
  dueAt: Instant;
}

/** `<feed>@<day>`: names a slot and its edition for ever. */
export type SlotId = string;

export function slotId({ feedId, day }: Pick<Slot, 'feedId' | 'day'>): SlotId {
  return `${feedId}@${day}`;
}

/** The feed that a slot belongs to. */
export function feedOf(id: SlotId): FeedId {
  return id.slice(0, id.lastIndexOf('@'));
}

/** Before its outcome a slot is `due` or `waiting` (for a list that is short or a source that is down). */
export const OUTCOMES = ['posted', 'posted-so-far', 'nothing-new', 'incomplete', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type SlotState = 'due' | 'waiting' | Outcome;

/** A slot as it stands, with the reason as a sentence. */
export interface SlotRecord extends Slot {
  state: SlotState;
  sentence: string;
  changedAt: Instant;
  /** When it was first looked at without success; its patience counts from here. */
  waitingSinceAt?: Instant;
  /** While waiting: look again from this instant on. */
  lookAgainAt?: Instant;
  /** Its edition is planned: from then on it is finished, however late. */
  isPlanned?: true;
}

/** True once nothing more will happen in the slot. */
export function isDone(state: SlotState): state is Outcome {
  return state !== 'due' && state !== 'waiting';
}

/** True once every message of its edition has come to something, or there was none to send. */
export function isOut(state: SlotState): boolean {
  return isDone(state) && state !== 'failed';
}

/** True for an outcome with which everybody can be content. */
export function wentWell(state: SlotState): boolean {
  return isOut(state) && state !== 'incomplete';
}

/**
 * What became of a paper that an edition looked at. `left-out` by the limit, `filtered` by the feed's filters,
 * `below-votes` for want of votes; only the first and last may still be posted.
 */
export const FATES = ['posted', 'left-out', 'filtered', 'below-votes'] as const;
export type Fate = (typeof FATES)[number];

/** One paper that an edition looked at. */
export interface Consideration {
  paperId: PaperId;
  listing: Listing;
  fate: Fate;
}

/**
 * Why a group of papers is in an edition: `list` has the papers of a list's first edition, `late` those that joined it
 * afterwards, `rising` those that the limit left out and that overtook a posted one since, `reached` those that have
 * gathered the votes the feed asks for.
 */
export type SectionKind = 'list' | 'late' | 'rising' | 'reached';

export interface Section {
  kind: SectionKind;
  /** The list that the papers stand on; a `rising` or `reached` section may mix lists and has none. */
  listing?: Listing;
  /** Most votes first; never empty. */
  paperIds: PaperId[];
}

/** The ordered choice of papers for one slot. Frozen once planned: neither votes nor settings change it. */
export interface Edition {
  id: SlotId;
  slot: Slot;
  plannedAt: Instant;
  layout: Layout;
  /** Posted although a list was short: the rest follows as late additions. */
  isSoFar: boolean;
  /** In the order shown; empty when there is nothing new. */
  sections: Section[];
  /** Every list that it took, also those without papers. */
  listings: Listing[];
  /** Every earlier list that it looked at again; one that could not be read is not among them. */
  revisited: Listing[];
  /** Every list with a paper that it looked at and found to have too few votes. */
  awaited: Listing[];
}

/** All papers of an edition, in the order shown. */
export function papersOf(edition: Pick<Edition, 'sections'>): PaperId[] {
  return edition.sections.flatMap(({ paperIds }) => paperIds);
}
