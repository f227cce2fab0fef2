import { describe, it } from 'vitest';
import type { Log } from '../../src/log.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { ALARM_CASES } from './store-alarms.ts';
import { ARCHIVE_CASES } from './store-archive.ts';
import { CHANGE_CASES } from './store-changes.ts';
import { CLAIM_CASES } from './store-claims.ts';
import { CONSIDERED_CASES } from './store-considered.ts';
import { DELIVERY_CASES } from './store-deliveries.ts';
import { ERASING_CASES } from './store-erasing.ts';
import { FEED_CASES } from './store-feeds.ts';
import { FIGURE_CASES } from './store-figures.ts';
import { FORGET_CASES } from './store-forget.ts';
import { INSTALLATION_CASES } from './store-installations.ts';
import { MAILBOX_CASES } from './store-mailboxes.ts';
import { NOTICE_CASES } from './store-notices.ts';
import { PANEL_CASES } from './store-panels.ts';
import { PEOPLE_CASES } from './store-people.ts';
import { PLAN_CASES } from './store-plans.ts';
import { REACTION_CASES } from './store-reactions.ts';
import { DAMAGE_CASES, RECORD_CASES } from './store-records.ts';
import { START } from './store-samples.ts';
import { SLOT_CASES } from './store-slots.ts';
import { TIME_CASES } from './store-time.ts';
import { TOPIC_CASES } from './store-topics.ts';
import { TRANSFER_CASES } from './store-transfer.ts';
import { WORKSPACE_CASES } from './store-workspaces.ts';
import type { StoreCase, StorePlace, StoreSubject } from './store-world.ts';

/** Every promise of `src/store.ts`, `src/people.ts` and `src/presence.ts`. */
export const STORE_CASES: readonly StoreCase[] = [
  ...RECORD_CASES,
  ...DAMAGE_CASES,
  ...CLAIM_CASES,
  ...FEED_CASES,
  ...CHANGE_CASES,
  ...SLOT_CASES,
  ...PLAN_CASES,
  ...CONSIDERED_CASES,
  ...DELIVERY_CASES,
  ...FIGURE_CASES,
  ...NOTICE_CASES,
  ...ALARM_CASES,
  ...ARCHIVE_CASES,
  ...PEOPLE_CASES,
  ...TOPIC_CASES,
  ...WORKSPACE_CASES,
  ...ERASING_CASES,
  ...PANEL_CASES,
  ...REACTION_CASES,
  ...INSTALLATION_CASES,
  ...MAILBOX_CASES,
  ...FORGET_CASES,
  ...TRANSFER_CASES,
  ...TIME_CASES,
];

/** Holds a store to the contract of `src/store.ts`: one test a case. */
export function testStore(subject: StoreSubject): void {
  describe(`store contract: ${subject.name}`, () => {
    for (const one of STORE_CASES) {
      const reason = one.needsData && subject.isGoneWhenClosed;
      if (reason) it.skip(`${one.title} (cannot be: ${reason})`);
      else it(one.title, () => runCase(one, subject));
    }
  });
}

/**
 * The titles of the cases that a store fails, among those whose title holds `part`: for showing that the suite sees
 * what it should. Out: beside them the cases that were tried.
 */
export async function failedCases(
  subject: StoreSubject,
  part: string,
): Promise<{ failed: string[]; tried: string[] }> {
  const failed: string[] = [];
  const cases = STORE_CASES.filter(({ title }) => title.includes(part));
  for (const one of cases) await runCase(one, subject).catch(() => failed.push(one.title));
  return { failed, tried: cases.map(({ title }) => title) };
}

/** In a world of its own. */
async function runCase({ run }: StoreCase, subject: StoreSubject): Promise<void> {
  const places: StorePlace[] = [];
  const clock = createFakeClock(START);
  const warnings: string[] = [];
  const warn: Log['warn'] = (_message, fields) => void warnings.push(String(fields?.key));
  const log: Log = { debug() {}, info() {}, warn, error() {} };
  const makePlace = async () => {
    const place = await subject.makePlace();
    places.push(place);
    return place;
  };
  try {
    const place = await makePlace();
    const openAnother = () => place.open({ clock, log });
    const openElsewhere = async () => (await makePlace()).open({ clock, log });
    await run({ place, store: await openAnother(), clock, warnings, openAnother, openElsewhere });
  } finally {
    for (const place of places) await place.remove();
  }
}
