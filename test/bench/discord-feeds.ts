import { systemClock } from '../../src/clock.ts';
import type { Instant } from '../../src/domain/calendar.ts';
import { silentLog } from '../../src/log.ts';
import { openStore } from '../../src/stores/index.ts';
import type { FakeDiscord } from '../fakes/discord/index.ts';
import { aFeed } from '../fixtures/feeds.ts';

/** As many as the aims of issue 5 speak of. */
export const DISCORD_CHANNELS = 10_000;
const CHANNELS_A_SERVER = 10;

/** Makes servers with so many channels, and a feed for each that is due at 09:00 UTC; no bot may have the store open. */
export async function addDiscordFeeds(
  fake: FakeDiscord,
  { storeUrl, channels, createdAt }: { storeUrl: string; channels: number; createdAt: Instant },
): Promise<void> {
  const store = await openStore(storeUrl, { clock: systemClock, log: silentLog });
  try {
    for (let made = 0; made < channels; ) {
      const guild = fake.addGuild({ name: `Server ${made}` });
      await store.presence.joined({ platform: 'discord', workspace: guild.id }, createdAt, createdAt);
      for (let count = 0; count < CHANNELS_A_SERVER && made < channels; count += 1, made += 1) {
        const { id: channel } = fake.addChannel(guild, { name: `papers-${made}` });
        const destination = { platform: 'discord', workspace: guild.id, channel } as const;
        await store.saveFeed(aFeed({ id: `feed${100_000 + made}`, destination, createdAt }), createdAt);
      }
    }
  } finally {
    await store.close();
  }
}
