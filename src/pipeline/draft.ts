import type { Clock } from '../clock.ts';
import { addMs, HOUR_MS, type Instant, MINUTE_MS } from '../domain/calendar.ts';
import { type Consideration, type Edition, papersOf, slotId } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import type { PaperId } from '../domain/paper.ts';
import type { Store } from '../store.ts';
import { type ChosenListings, chooseListings } from './choose.ts';
import type { ShownPapers, ShownReasons } from './compose.ts';
import type { Find, Finding, Found } from './fetch.ts';
import { recall } from './recall.ts';
import type { SlotReport } from './record.ts';
import type { DueSlot } from './run.ts';
import { type Choice, type ListedPapers, select, type Wants } from './select.ts';

/** Editions that a choice looks back on; see `chooseListings`. */
const HISTORY_EDITIONS = 14;
/** A waiting slot looks again this often, unless the source asks for more time. */
const LOOK_AGAIN_MS = 10 * MINUTE_MS;

export interface DraftDependencies {
  store: Store;
  /** What a feed wants now, read once for an edition. */
  wantsOf: (feed: Feed) => Promise<Wants>;
  clock: Clock;
}

/** An edition to be planned. */
export interface Draft {
  edition: Edition;
  considered: Consideration[];
  /** Its papers as they are now. */
  papers: ShownPapers;
  /** Why each is in it, where that is told. */
  reasons: ShownReasons;
}

/**
 * Makes a slot's edition out of the listings that it takes, or says why it must wait or has failed.
 *
 * A slot waits while a list is short or cannot be read, up to its feed's patience; then it takes what there is and says
 * so. A list of which nothing is known stays untaken, for the next edition; so does an empty one that nobody confirms.
 */
export async function draftEdition(
  due: DueSlot,
  find: Find,
  dependencies: DraftDependencies,
): Promise<Draft | { report: SlotReport }> {
  const { store, clock } = dependencies;
  const { feed, slot } = due;
  const chosen = await choose(due, store);
  if (chosen.fresh.length === 0 && (feed.listing === 'weekly' || feed.listing === 'monthly')) {
    const sentence = `The last finished ${feed.listing === 'weekly' ? 'week' : 'month'} has been posted.`;
    return { report: { state: 'due', sentence } };
  }
  const wanted = await Promise.all(chosen.fresh.map(find));
  const again = await Promise.all(chosen.revisited.map(find));
  const at = clock.now();
  // With nothing fresh the edition lives by the lists looked at again, so one of them must have been read.
  const isBlind = wanted.length === 0 && again.length > 0 && listed(again).length === 0;
  const unready = isBlind ? again : wanted.filter((finding) => !isReady(finding, due));
  const patience = patienceOf(due, at);
  if (unready.length > 0 && at < patience.untilAt) {
    return { report: { state: 'waiting', sentence: reasons(unready), ...lookAgain(unready, at, patience) } };
  }
  const fresh = (await Promise.all(wanted.map((finding) => lastResort(finding, store)))).flat();
  if (isBlind || (wanted.length > 0 && fresh.length === 0)) {
    return { report: { state: 'failed', sentence: reasons(unready), waitingSinceAt: patience.sinceAt } };
  }
  const revisited = listed(again);
  const awaited = listed(await Promise.all(chosen.awaited.map(find)));
  const isSoFar = wanted.some((finding) => !('settlement' in finding && finding.settlement.isSettled));
  const draft = await draftFrom(due, { at, fresh, revisited, awaited, isSoFar }, dependencies);
  if (due.isRequested && at < slot.dueAt && draft.edition.sections.length === 0) {
    const sentence = 'There is nothing new yet. The edition comes at its time.';
    return { report: { state: 'due', sentence } };
  }
  return draft;
}

/** What there is of the chosen listings. */
interface Lists extends Pick<Choice, 'at' | 'fresh' | 'revisited' | 'awaited'> {
  isSoFar: boolean;
}

async function draftFrom(
  { feed, slot }: DueSlot,
  { isSoFar, ...lists }: Lists,
  { store, wantsOf }: DraftDependencies,
): Promise<Draft> {
  const listed = [...lists.fresh, ...lists.revisited, ...lists.awaited].flatMap(({ papers }) => papers);
  const papers = new Map(listed.map((paper) => [paper.id, paper]));
  const known = await store.ledger.considered(feed.id, [...papers.keys()]);
  const wants = await wantsOf(feed);
  const { considered, ...selection } = select({ feed, ...lists, considered: known, wants });
  const { layout } = feed;
  const edition = { id: slotId(slot), slot, plannedAt: lists.at, layout, isSoFar, ...selection };
  return { edition, considered, papers, reasons: reasonsOf(papersOf(edition), papers, wants) };
}

function reasonsOf(ids: readonly PaperId[], papers: ShownPapers, wants: Wants): ShownReasons {
  return new Map(
    ids.flatMap((id) => {
      const paper = papers.get(id);
      const reasons = paper ? (wants(paper) ?? []) : [];
      return reasons.length > 0 ? [[id, reasons.join('; ')] as const] : [];
    }),
  );
}

async function choose({ feed, asOf, beganAt }: DueSlot, store: Store): Promise<ChosenListings> {
  const ids = await store.ledger.plannedSlots(feed.id, HISTORY_EDITIONS);
  const editions = await store.editions.getMany(ids);
  const newestFirst = ids.flatMap((id) => editions.get(id) ?? []);
  return chooseListings(feed, asOf, newestFirst, beganAt < asOf ? beganAt : asOf);
}

/** Somebody who asked for it sees for themselves that a list is short. */
function isReady(finding: Finding, { isRequested }: DueSlot): boolean {
  if ('failure' in finding) return false;
  const { isSettled, state } = finding.settlement;
  return isSettled || (isRequested === true && state === 'short');
}

interface Patience {
  sinceAt: Instant;
  untilAt: Instant;
}

function patienceOf({ feed, before, slot: { dueAt } }: DueSlot, at: Instant): Patience {
  const waiting = before?.waitingSinceAt ?? at;
  // A clock that went back would make it wait until the wrong time comes.
  const since = waiting > at ? at : waiting;
  // A run that was asked for early does not use up the patience of the slot's own time.
  const sinceAt = since < dueAt && dueAt <= at ? dueAt : since;
  return { sinceAt, untilAt: addMs(sinceAt, feed.patienceHours * HOUR_MS) };
}

function lookAgain(unready: readonly Finding[], at: Instant, { sinceAt, untilAt }: Patience) {
  const asked = unready.map((finding) => ('failure' in finding ? retryAfterMs(finding.failure) : 0));
  const next = addMs(at, Math.max(LOOK_AGAIN_MS, ...asked));
  return { waitingSinceAt: sinceAt, lookAgainAt: next < untilAt ? next : untilAt };
}

function retryAfterMs(failure: Error & { retryAfterMs?: number }): number {
  return failure.retryAfterMs ?? 0;
}

function reasons(findings: readonly Finding[]): string {
  return findings
    .map((finding) => ('failure' in finding ? finding.failure.message : finding.settlement.sentence))
    .join(' ');
}

/** What there is of a list once patience has run out: as read, as archived, or nothing. */
async function lastResort(finding: Finding, store: Store): Promise<ListedPapers[]> {
  if ('settlement' in finding && (finding.papers.length > 0 || finding.settlement.isSettled))
    return [finding];
  const archived = await recall(finding.listing, store);
  return archived ? [archived] : [];
}

function listed(findings: readonly Finding[]): Found[] {
  return findings.flatMap((finding) => ('settlement' in finding ? finding : []));
}
