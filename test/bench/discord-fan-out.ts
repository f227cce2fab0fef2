import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Instant, msBetween, SECOND_MS } from '../../src/domain/calendar.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { startDiscord } from '../fakes/discord/index.ts';
import { addDiscordFeeds } from './discord-feeds.ts';
import { heading } from './measure.ts';
import { shownMb } from './memory.ts';
import { simulate } from './simulation.ts';

const CHILD = new URL('discord-fan-out-child.ts', import.meta.url);
const DAY = '2026-11-23';
const DUE_AT: Instant = `${DAY}T09:00:01.000Z`;
/** What Discord takes in any second (developers/topics/rate-limits, 2026-08-06). */
const REQUESTS_PER_SECOND = 50;

/** One edition to so many channels in simulated time. */
export async function benchDiscordFanOut(channels: number): Promise<void> {
  const shown = channels.toLocaleString('en');
  heading(`Discord: one edition to ${shown} channels, in simulated time (aim ≤ 1.05 × the floor, ≤ 256 MB)`);
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-bench-'));
  const storeUrl = `sqlite:${join(folder, 'paperwire.db')}`;
  const clock = createFakeClock(DUE_AT);
  const fake = await startDiscord({ clock, specs: false });
  try {
    await addDiscordFeeds(fake, { storeUrl, channels, createdAt: `${DAY}T06:00:00.000Z` });
    const sentAt: Instant[] = [];
    fake.onMessage((_message, what) => void (what === 'posted' && sentAt.push(clock.now())));
    const began = performance.now();
    const figures = await simulate(CHILD, { storeUrl, apiUrl: fake.url, day: DAY, now: DUE_AT }, clock);
    const seconds = (performance.now() - began) / SECOND_MS;
    const floorMs = (channels / REQUESTS_PER_SECOND) * SECOND_MS;
    const tookMs = msBetween(sentAt[0] ?? DUE_AT, sentAt.at(-1) ?? DUE_AT);
    const posted = fake.count('POST /channels/*/messages');
    console.log(
      `  ${sentAt.length.toLocaleString('en')} messages of ${posted.toLocaleString('en')} requests in ${(tookMs / SECOND_MS).toFixed(1)} s: ${(tookMs / floorMs).toFixed(3)} × the floor of ${floorMs / SECOND_MS} s`,
    );
    console.log(
      `  ${figures.posted.toLocaleString('en')} slots posted, ${fake.invalidRequests} invalid requests`,
    );
    console.log(
      `  peak memory of the bot: ${shownMb(figures.after?.peakMb)}, ${shownMb(figures.before?.nowMb)} before it began; ${seconds.toFixed(0)} s of real time, ${((seconds / channels) * SECOND_MS).toFixed(1)} ms a message`,
    );
  } finally {
    await fake.stop();
    rmSync(folder, { recursive: true });
  }
}
