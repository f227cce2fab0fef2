import { addMs, HOUR_MS } from '../domain/calendar.ts';
import type { SlotRecord } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import { utcText } from '../domain/title.ts';

/** A slot as it stands, in a line; of one that waits also until when. */
export function slotText(slot: SlotRecord, feed?: Pick<Feed, 'patienceHours'>): string {
  const { feedId, day, state, sentence } = slot;
  return [`${feedId} ${day}: ${state}. ${sentence}`, ...waitText(slot, feed)].join(' ');
}

function waitText(
  { state, lookAgainAt, waitingSinceAt, isPlanned }: SlotRecord,
  feed?: Pick<Feed, 'patienceHours'>,
): string[] {
  if (state !== 'waiting' || lookAgainAt === undefined) return [];
  const again = `It is looked at again from ${utcText(lookAgainAt)} on`;
  // Once planned it goes out however late.
  if (!feed || isPlanned || waitingSinceAt === undefined) return [`${again}.`];
  const untilAt = addMs(waitingSinceAt, feed.patienceHours * HOUR_MS);
  return [`${again}, and waits until ${utcText(untilAt)} at the latest.`];
}
