import { benchSlackFanOut } from './slack-fan-out.ts';
import { SLACK_CHANNELS } from './slack-feeds.ts';
import { benchSlackLatency } from './slack-latency.ts';
import { benchSlackReactions } from './slack-reactions.ts';
import { benchSlackStart } from './slack-start.ts';

/** What people and channels wait for on Slack; fewer channels than all are for a quick look. */
export async function benchSlack(channels: number = SLACK_CHANNELS): Promise<void> {
  await benchSlackStart();
  await benchSlackReactions();
  await benchSlackLatency(channels);
  await benchSlackFanOut(channels);
}

if (import.meta.main) await benchSlack(Number(process.argv[2] ?? SLACK_CHANNELS));
