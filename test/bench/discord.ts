import { benchDiscordFanOut } from './discord-fan-out.ts';
import { DISCORD_CHANNELS } from './discord-feeds.ts';
import { benchDiscordLatency } from './discord-latency.ts';
import { benchDiscordReactions } from './discord-reactions.ts';

/** What people and channels wait for on Discord; fewer channels than all are for a quick look. */
export async function benchDiscord(channels: number = DISCORD_CHANNELS): Promise<void> {
  await benchDiscordReactions();
  await benchDiscordLatency(channels);
  await benchDiscordFanOut(channels);
}

if (import.meta.main) await benchDiscord(Number(process.argv[2] ?? DISCORD_CHANNELS));
