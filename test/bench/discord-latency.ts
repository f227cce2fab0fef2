import { setTimeout as delay } from 'node:timers/promises';
import {
  addFeed,
  type DiscordWorld,
  eventually,
  openDiscordWorld,
  papersOn,
  posted,
  stop,
  TODAY,
  textOfAnswer,
} from '../end-to-end/discord-world.ts';
import type { Answer, Message } from '../fakes/discord/index.ts';
import { addDiscordFeeds } from './discord-feeds.ts';
import { heading } from './measure.ts';
import { memoryOf, shownMb } from './memory.ts';
import { reportSpread, type Spread, spreadOf } from './spread.ts';

const INTERACTIONS = 400;
/** Somebody wants something so often: the other way would be to wait for each answer before the next question. */
const EVERY_MS = 50;

/**
 * How long people wait for the first response while a fan-out is under way, and without one. The bot is `paperwire start`
 * in a process of its own, Discord another; the time is Discord's, from the telling of the interaction to the response.
 */
export async function benchDiscordLatency(channels: number): Promise<void> {
  heading('Discord: first response to interactions (aim p99 ≤ 50 ms during a fan-out of 10,000 messages)');
  const quiet = await latency(0);
  reportSpread(`${INTERACTIONS} of mixed kinds, nothing else to do`, quiet.spread);
  const busy = await latency(channels);
  const sent = `${busy.sent.toLocaleString('en')} of ${channels.toLocaleString('en')} sent meanwhile`;
  reportSpread(`${INTERACTIONS} of mixed kinds, during the fan-out`, busy.spread, sent);
  console.log(`  p99 is ${(busy.spread.p99 / quiet.spread.p99).toFixed(1)} × that without it`);
  for (const [kind, spread] of busy.kinds) reportSpread(`  ${kind}`, spread);
  console.log(`  right after the start, while all feeds are looked at: ${busy.firstMs.toFixed(0)} ms`);
  console.log(
    `  peak memory ${shownMb(busy.peakMb)}, ${shownMb(quiet.peakMb)} without; ${busy.invalid} invalid requests`,
  );
}

interface Latency {
  spread: Spread;
  kinds: [kind: string, spread: Spread][];
  /** Messages that left during the measurement. */
  sent: number;
  /** The first interaction after the start. */
  firstMs: number;
  invalid: number;
  /** Resident memory of the bot, the most ever; undefined where the system does not tell. */
  peakMb: number | undefined;
}

async function latency(channels: number): Promise<Latency> {
  await using world = await openDiscordWorld({ specs: false });
  const { fake } = world;
  const edition = await postEdition(world);
  await addDiscordFeeds(fake, { storeUrl: world.storeUrl, channels, createdAt: `${TODAY}T06:00:00.000Z` });
  world.setTime(`${TODAY}T09:00:01.000Z`);
  const bot = await world.start({ LOG_LEVEL: 'error' });
  const first = await world.bo.slash(world.channel, 'paper following');
  const sent = () => fake.count('POST /channels/*/messages');
  const before = sent();
  if (channels > 0) await eventually(() => sent() > before, 'the fan-out begins');
  // What is read for the first time is not measured.
  for (const [, ask] of kindsFor(world, edition)) await ask();
  const sentBefore = sent();
  const times = await askMany(world, edition);
  const sentMeanwhile = sent() - sentBefore;
  const peakMb = memoryOf(bot.pid)?.peakMb;
  bot.kill('SIGKILL');
  await bot.ended;
  return {
    spread: spreadOf([...times.values()].flat()),
    kinds: [...times].map(([kind, own]) => [kind, spreadOf(own)]),
    sent: sentMeanwhile,
    firstMs: first.afterMs ?? Number.NaN,
    invalid: fake.invalidRequests,
    peakMb,
  };
}

/** An edition that people press on, posted before. */
async function postEdition(world: DiscordWorld): Promise<Message> {
  const { fake, channel, ada } = world;
  const bot = await world.start({ LOG_LEVEL: 'error' });
  const id = await addFeed(world);
  await textOfAnswer(ada.slash(channel, 'paper feed run', { id }));
  await stop(bot);
  const [edition] = posted(fake, channel);
  if (!edition) throw new Error('Nothing was posted.');
  return edition;
}

type Kind = readonly [name: string, ask: () => Promise<Answer>];

/** What people do, in turn. */
function kindsFor({ channel, ada, bo }: DiscordWorld, edition: Message): Kind[] {
  const [paper = '', other = ''] = papersOn(edition);
  return [
    ['search', () => bo.slash(channel, 'paper search', { query: 'paper boats' })],
    ['autocomplete of a search', () => bo.autocomplete(channel, 'paper search', 'query', { query: 'boa' })],
    ['details from the edition', () => bo.choose(edition, 'Details of …', [paper])],
    ['today', () => bo.slash(channel, 'paper today', { limit: 5 })],
    ['show', () => bo.slash(channel, 'paper show', { paper: other })],
    ['save', () => bo.slash(channel, 'paper save', { paper: other })],
    ['saved', () => bo.slash(channel, 'paper saved')],
    ['follow', () => bo.slash(channel, 'paper follow', { what: 'agents' })],
    ['autocomplete of a follow', () => bo.autocomplete(channel, 'paper follow', 'what', { what: 'ag' })],
    ['feed list', () => ada.slash(channel, 'paper feed list')],
  ];
}

async function askMany(world: DiscordWorld, edition: Message): Promise<Map<string, number[]>> {
  const kinds = kindsFor(world, edition);
  const times = new Map<string, number[]>();
  const asked: Promise<void>[] = [];
  for (let count = 0; count < INTERACTIONS; count += 1) {
    const [name, ask] = kinds[count % kinds.length] as Kind;
    asked.push(
      ask().then(({ afterMs = Number.NaN }) => {
        times.set(name, [...(times.get(name) ?? []), afterMs]);
      }),
    );
    await delay(EVERY_MS);
  }
  await Promise.all(asked);
  return times;
}
