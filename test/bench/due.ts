import { WEEKDAYS } from '../../src/domain/calendar.ts';
import { dueSlots } from '../../src/scheduler/cadence.ts';
import { ZONES } from '../arbitraries.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { openWorld, PLACE } from '../world.ts';
import { heading, measure, report } from './measure.ts';

const FEEDS = 10_000;
const AT = '2026-11-23T09:00:00.000Z';

/** What a tick costs with ten thousand feeds. */
export async function benchDue(): Promise<void> {
  heading(`Due check of ${FEEDS.toLocaleString('en')} feeds (aim ≤ 50 ms)`);
  const feeds = Array.from({ length: FEEDS }, (_, index) =>
    aFeed({
      id: `feed${index}`,
      zone: ZONES[index % ZONES.length] ?? 'UTC',
      time: `${String(index % 24).padStart(2, '0')}:${String((index * 7) % 60).padStart(2, '0')}`,
      days: [...WEEKDAYS],
    }),
  );
  const due = feeds.filter((feed) => dueSlots(feed, AT, []).length > 0).length;
  const rule = await measure(() => feeds.filter((feed) => dueSlots(feed, AT, []).length > 0));
  report('the pure rule on every feed', rule, `${due} due`);

  const { store, scheduler, clock } = await openWorld('2026-11-21T00:00:00.000Z');
  for (const feed of feeds) {
    await store.saveFeed({ ...feed, days: ['mon'], destination: PLACE }, '2026-11-23T00:00:00.000Z');
  }
  clock.set('2026-11-22T12:00:00.000Z');
  report('a tick of which no feed is due, over the store', await measure(() => scheduler.tick()));
  const catchUp = await measure(() => scheduler.catchUp(), 3);
  report('a start: every feed read and looked at, none due', catchUp, 'once a start');
  await store.close();
}
