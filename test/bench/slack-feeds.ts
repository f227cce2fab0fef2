import type { Clock } from '../../src/clock.ts';
import { systemClock } from '../../src/clock.ts';
import { type Instant, SECOND_MS } from '../../src/domain/calendar.ts';
import type { Feed } from '../../src/domain/feed.ts';
import { silentLog } from '../../src/log.ts';
import { createInstallations } from '../../src/sealing/installations.ts';
import { createSeal } from '../../src/sealing.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { SECRET_KEY } from '../end-to-end/slack-world.ts';
import type { FakeSlack, Team } from '../fakes/slack/index.ts';
import { aFeed } from '../fixtures/feeds.ts';

/** As many as the aims of issue 6 speak of. */
export const SLACK_CHANNELS = 1000;

export interface SlackFeedsOptions {
  storeUrl: string;
  channels: number;
  createdAt: Instant;
  layout?: Feed['layout'];
}

/** What both the bot and whoever fills its store read and write of what workspaces gave it. */
export function installationsIn(store: Store, clock: Clock) {
  return createInstallations({ store, seal: createSeal(SECRET_KEY), clock });
}

/** Makes so many channels in the first workspace, each with a feed that is due at 09:00 UTC; no bot may have the store open. */
export async function addSlackFeeds(fake: FakeSlack, options: SlackFeedsOptions): Promise<void> {
  const { channels, createdAt } = options;
  await withStore(options.storeUrl, async (store) => {
    await store.presence.joined({ platform: 'slack', workspace: fake.team.id }, createdAt, createdAt);
    for (let made = 0; made < channels; made += 1) await addFeed(fake, fake.team, store, made, options);
  });
}

/** The same with each channel in a workspace of its own, which gave a token that rotates. */
export async function addSlackWorkspaces(fake: FakeSlack, options: SlackFeedsOptions): Promise<void> {
  const { channels, createdAt } = options;
  await withStore(options.storeUrl, async (store) => {
    const installations = installationsIn(store, systemClock);
    for (let made = 0; made < channels; made += 1) {
      const team = fake.addTeam({ name: `Workspace ${made}` });
      const { token, refreshToken, expiresAtMs = 0 } = fake.grant(team, { rotates: true });
      const workspace = { platform: 'slack', workspace: team.id } as const;
      await store.presence.joined(workspace, createdAt, createdAt);
      await installations.put(workspace, {
        team: { id: team.id },
        user: {},
        bot: {
          token,
          userId: team.bot.id,
          refreshToken: refreshToken ?? '',
          expiresAt: expiresAtMs / SECOND_MS,
        },
      });
      await addFeed(fake, team, store, made, options);
    }
  });
}

async function withStore(storeUrl: string, fill: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(storeUrl, { clock: systemClock, log: silentLog });
  try {
    await fill(store);
  } finally {
    await store.close();
  }
}

async function addFeed(
  fake: FakeSlack,
  team: Team,
  store: Store,
  made: number,
  { createdAt, layout = 'digest' }: SlackFeedsOptions,
): Promise<void> {
  const { id: channel } = fake.addChannel({ name: `papers-${made}`, team });
  const destination = { platform: 'slack', workspace: team.id, channel } as const;
  await store.saveFeed(aFeed({ id: `feed${100_000 + made}`, destination, layout, createdAt }), createdAt);
}
