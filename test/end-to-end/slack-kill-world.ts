import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/clock.ts';
import type { FeedId } from '../../src/domain/feed.ts';
import { createRandom } from '../fakes/random.ts';
import {
  type Channel,
  type FakeSlack,
  type Fault,
  type Person,
  startSlack,
  USUAL_SCOPES,
} from '../fakes/slack/index.ts';
import { FIRST_DAY, SECOND_DAY } from './bot-source.ts';
import { type BotProcess, letRest, startBot } from './bots.ts';
import { createFastClock, type FastTime, nowOf, timeFrom } from './fast-clock.ts';
import { AMID_POSTS, addKilledFeeds, type Killings, kill, LAYOUTS } from './killing.ts';

/**
 * A minute takes 1.5 s; whoever is killed leaves its feeds claimed for 4.5 s. Faster, and a busy machine has no time to give
 * the answers that are waited for.
 */
const SPEED = 40;
const KINDS = ['public', 'private'] as const;
const REST_MS = 150_000;
const HISTORY = ['channels:history', 'groups:history', 'im:history'];

/** What becomes of messages on their way beside all kills, each of so many in a hundred. */
const FAULTS: readonly (readonly [chance: number, Fault])[] = [
  [0.02, { kind: 'cut-after' }],
  [0.02, { kind: 'reset-after' }],
  [0.02, { kind: 'hang-after' }],
  [0.02, { kind: 'status', status: 500, isHandled: true }],
  [0.02, { kind: 'status', status: 503 }],
  [0.02, { kind: 'reset-before' }],
  [0.03, { kind: 'throttle', retryAfterMs: 2000 }],
];

/** A channel that gets every edition. */
export interface KilledFeed {
  id: FeedId;
  channel: Channel;
}

/** What is left of a Slack to which bots posted that were killed, after the last one was let live until all was done. */
export interface KilledSlack extends Killings {
  fake: FakeSlack;
  /** The installation may read messages. */
  mayLook: boolean;
  /** A public and a private channel in either layout. */
  feeds: KilledFeed[];
  /** Manages every feed. */
  ada: Person;
  storeUrl: string;
  folder: string;
  bots: BotProcess[];
  endedWell: boolean;
  /** From now on Slack's time runs as the machine's; out: what it is. */
  slowDown(): string;
}

export interface KillOptions {
  mayLook: boolean;
  /** On each of two days. */
  kills: number;
  seed: number;
}

/** Kills bots so often on each of two days while they post. Stop Slack and remove the folder afterwards. */
export async function killOnSlack({ mayLook, kills, seed }: KillOptions): Promise<KilledSlack> {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-kill-slack-'));
  const storeUrl = `sqlite:${join(folder, 'store.db')}`;
  const random = createRandom(seed);
  let time = timeFrom(`${FIRST_DAY}T09:00:05.000Z`, SPEED);
  const scopes = [...USUAL_SCOPES, ...(mayLook ? HISTORY : [])];
  const fake = await startSlack({ clock: clockOf(() => time), scopes });
  FAULTS.forEach(([chance, fault], index) => {
    fake.fail('chat.postMessage', fault, { chance, seed: seed + index });
  });
  const ada = fake.addPerson({ name: 'Ada', role: 'admin' });
  const world: KilledSlack = {
    fake,
    mayLook,
    feeds: await addFeeds(fake, ada, storeUrl),
    ada,
    storeUrl,
    folder,
    bots: [],
    killed: 0,
    killedInDelivery: 0,
    endedWell: false,
    slowDown() {
      time = timeFrom(nowOf(time));
      return time.startAt;
    },
  };
  for (const day of [FIRST_DAY, SECOND_DAY]) {
    time = timeFrom(`${day}T09:00:05.000Z`, SPEED);
    for (let count = 0; count < kills; count += 1) await kill(world, start(world, time), AMID_POSTS, random);
  }
  world.endedWell = await letRest(start(world, time), REST_MS);
  return world;
}

/** A clock whose time may be set, and slowed down, while it runs. */
function clockOf(time: () => FastTime): Clock {
  return {
    now: () => nowOf(time()),
    sleep: (durationMs, signal) => createFastClock(time()).sleep(durationMs, signal),
    deadline: (durationMs) => createFastClock(time()).deadline(durationMs),
  };
}

async function addFeeds(fake: FakeSlack, ada: Person, storeUrl: string): Promise<KilledFeed[]> {
  const feeds = LAYOUTS.flatMap((layout) =>
    KINDS.map((kind) => {
      const id = `${kind}0${layout}`;
      return { id, channel: fake.addChannel({ name: id, kind, members: [ada] }), layout };
    }),
  );
  const to = ({ id }: Channel) => ({ platform: 'slack', workspace: fake.team.id, channel: id }) as const;
  await addKilledFeeds(
    storeUrl,
    ada.id,
    feeds.map(({ id, channel, layout }) => ({ id, destination: to(channel), layout })),
  );
  return feeds;
}

function start({ fake, storeUrl, bots }: KilledSlack, time: FastTime): BotProcess {
  const settings = { platformUrl: fake.apiUrl, token: fake.botToken, kind: 'slack', time } as const;
  const bot = startBot({ storeUrl, ...settings });
  bots.push(bot);
  return bot;
}
