import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addMs, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { type FakeSlack, startSlack } from '../fakes/slack/index.ts';
import { heading } from './measure.ts';
import { shownMb } from './memory.ts';
import type { SimulatedFigures } from './simulated-bot.ts';
import { simulate } from './simulation.ts';
import type { SlackSettings } from './slack-fan-out-child.ts';
import { addSlackFeeds, addSlackWorkspaces, type SlackFeedsOptions } from './slack-feeds.ts';

const CHILD = new URL('slack-fan-out-child.ts', import.meta.url);
const DAY = '2026-11-23';
const DUE_AT: Instant = `${DAY}T09:00:01.000Z`;
/** What Slack takes of one workspace, by the fake. */
const MESSAGES_PER_MINUTE = 300;
/** A heading and ten papers. */
const CARDS = 11;
/** Tokens last twelve hours, and are renewed in the last two. */
const DUE_FOR_RENEWAL_MS = 11 * HOUR_MS;
const EXPIRED_MS = 13 * HOUR_MS;
/** What Slack takes of one app, by the fake: nothing tells that it counts workspaces apart where no token is given. */
const RENEWALS_PER_MINUTE = 100;
/** What Slack takes for an answer where a run waits for nothing else. */
const ANSWER_MS = 100;
/** As many as we let go at once over all workspaces (`adapters/slack/posting/budget.ts`), so that people are answered. */
const MESSAGES_PER_SECOND = 50;

/** What is asked once a run has begun, and not before. */
const OF_A_RUN: ReadonlySet<string> = new Set(['chat.postMessage', 'oauth.v2.access']);

/** What a fan-out is measured with. */
interface Scene {
  name: string;
  messages: number;
  floorMs: number;
  /** How old the tokens are that it begins with. */
  tokenAgeMs?: number;
  fill: (fake: FakeSlack, options: Pick<SlackFeedsOptions, 'storeUrl' | 'createdAt'>) => Promise<void>;
  settings: (fake: FakeSlack) => Pick<SlackSettings, 'tokens' | 'answerMs'>;
}

/** Editions in simulated time: to many channels of a workspace, one by one and as cards, and to many workspaces. */
export async function benchSlackFanOut(channels: number): Promise<void> {
  heading('Slack: one edition to many, in simulated time (aim ≤ 1.05 × the floor, no 429, ≤ 256 MB)');
  for (const scene of [oneWorkspace(channels), cards(channels / 10), ...manyWorkspaces(channels)])
    await fanOut(scene);
}

function oneWorkspace(channels: number): Scene {
  return {
    name: `${shown(channels)} channels of one workspace`,
    messages: channels,
    floorMs: (channels / MESSAGES_PER_MINUTE) * MINUTE_MS,
    fill: (fake, options) => addSlackFeeds(fake, { ...options, channels }),
    settings: one,
  };
}

function cards(channels: number): Scene {
  return {
    name: `${shown(channels)} channels of one workspace, ${CARDS} cards each`,
    messages: channels * CARDS,
    floorMs: ((channels * CARDS) / MESSAGES_PER_MINUTE) * MINUTE_MS,
    fill: (fake, options) => addSlackFeeds(fake, { ...options, channels, layout: 'cards' }),
    settings: one,
  };
}

/**
 * Nothing of Slack's holds these back while their tokens last, so that the floor is our own pace; those that have expired
 * are renewed before, no faster than Slack takes it.
 */
function manyWorkspaces(channels: number): Scene[] {
  const scene = {
    messages: channels,
    fill: (fake: FakeSlack, options: Pick<SlackFeedsOptions, 'storeUrl' | 'createdAt'>) =>
      addSlackWorkspaces(fake, { ...options, channels }),
    settings: many,
  };
  const floorMs = (channels / MESSAGES_PER_SECOND) * SECOND_MS;
  const name = `${shown(channels)} workspaces, answers in ${ANSWER_MS} ms`;
  return [
    { ...scene, name, floorMs },
    {
      ...scene,
      name: `${name}, each token in its last hour`,
      floorMs,
      tokenAgeMs: DUE_FOR_RENEWAL_MS,
    },
    {
      ...scene,
      name: `${name}, each token expired`,
      floorMs: (channels / RENEWALS_PER_MINUTE) * MINUTE_MS,
      tokenAgeMs: EXPIRED_MS,
    },
  ];
}

const one: Scene['settings'] = ({ botToken }) => ({ tokens: { kind: 'one', botToken }, answerMs: 0 });
const many: Scene['settings'] = ({ clientId, clientSecret }) => ({
  tokens: { kind: 'many', clientId, clientSecret },
  answerMs: ANSWER_MS,
});

async function fanOut(scene: Scene): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-bench-'));
  const storeUrl = `sqlite:${join(folder, 'paperwire.db')}`;
  const clock = createFakeClock(addMs(DUE_AT, -(scene.tokenAgeMs ?? 0)));
  const fake = await startSlack({ clock, specs: false, pingMs: 0 });
  try {
    await scene.fill(fake, { storeUrl, createdAt: `${DAY}T06:00:00.000Z` });
    clock.set(DUE_AT);
    await measureFanOut(scene, storeUrl, fake, clock);
  } finally {
    await fake.stop();
    rmSync(folder, { recursive: true });
  }
}

async function measureFanOut(
  { name, messages, floorMs, settings }: Scene,
  storeUrl: string,
  fake: FakeSlack,
  clock: FakeClock,
): Promise<void> {
  const began = performance.now();
  const given = { storeUrl, apiUrl: fake.apiUrl, day: DAY, now: DUE_AT, ...settings(fake) };
  const figures = await simulate(CHILD, given satisfies SlackSettings, clock);
  const realMs = performance.now() - began;
  const asked = fake.requests.filter(({ method }) => OF_A_RUN.has(method));
  const sent = asked.filter(({ method, error }) => method === 'chat.postMessage' && error === undefined);
  const tookMs = (sent.at(-1)?.atMs ?? 0) - (asked[0]?.atMs ?? 0) + given.answerMs;
  const times = `${(tookMs / SECOND_MS).toFixed(1)} s: ${(tookMs / floorMs).toFixed(3)} × the floor of ${floorMs / SECOND_MS} s`;
  console.log(`  ${name}`);
  console.log(`    ${shown(sent.length)} of ${shown(messages)} messages in ${times}`);
  tell(fake, figures, realMs / messages);
}

function tell(fake: FakeSlack, { posted, before, after }: SimulatedFigures, realMs: number): void {
  const refused = fake.requests.filter(({ error }) => error !== undefined);
  const throttled = refused.filter(({ status }) => status === 429).length;
  const renewed = fake.requests.filter(
    ({ method, status }) => method === 'oauth.v2.access' && status === 200,
  );
  console.log(
    `    ${shown(posted)} slots posted, ${renewed.length} tokens renewed, ${throttled} times 429, ${refused.length - throttled} refusals`,
  );
  console.log(
    `    peak memory of the bot: ${shownMb(after?.peakMb)}, ${shownMb(before?.nowMb)} before it began; ${realMs.toFixed(1)} ms of real time a message`,
  );
}

function shown(count: number): string {
  return count.toLocaleString('en');
}
