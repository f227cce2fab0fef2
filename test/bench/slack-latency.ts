import { setTimeout as delay } from 'node:timers/promises';
import { eventually, type RunningProgram, stop, TODAY } from '../end-to-end/running.ts';
import {
  addFeed,
  firstOf,
  openSlackWorld,
  papersOn,
  posted,
  type SlackWorld,
  textOfAnswer,
  type Way,
} from '../end-to-end/slack-world.ts';
import type { Answer, Message, Person, View } from '../fakes/slack/index.ts';
import { heading } from './measure.ts';
import { memoryOf, shownMb } from './memory.ts';
import { addSlackFeeds, addSlackWorkspaces } from './slack-feeds.ts';
import { begin } from './slack-start.ts';
import { reportSpread, type Spread, spreadOf } from './spread.ts';

const INTERACTIONS = 400;
/** Somebody wants something so often: the other way would be to wait for each answer before the next question. */
const EVERY_MS = 50;
/** Nobody waits longer. */
const GIVEN_UP_MS = 10_000;

/**
 * How long people wait until Slack shows that they were heard, and until an answer, while a fan-out is under way, and
 * without one. The bot is `paperwire start` in a process of its own, Slack another; the time is Slack's. One workspace
 * takes five messages a second, so that the many by OAuth, which take fifty, are the harder load.
 */
export async function benchSlackLatency(channels: number): Promise<void> {
  heading(
    'Slack: acknowledgement and answer of what people do (aim: acknowledged in p99 ≤ 50 ms during a fan-out)',
  );
  const shown = channels.toLocaleString('en');
  for (const way of ['socket', 'http'] as const) {
    tell(`by ${way}, nothing else to do`, await latency(way, 0));
    tell(`by ${way}, an edition to ${shown} channels under way`, await latency(way, channels));
  }
  tell(`by HTTP, editions to ${shown} workspaces under way`, await latency('oauth', channels), true);
}

function tell(name: string, { acks, answers, sent, firstMs, peakMb }: Latency, isDetailed = false): void {
  console.log(`  ${name}: ${sent.toLocaleString('en')} messages meanwhile; peak memory ${shownMb(peakMb)}`);
  reportSpread(`  acknowledged, ${INTERACTIONS} of mixed kinds`, spreadOf([...acks.values()].flat()));
  reportSpread('  answered', spreadOf([...answers.values()].flat()));
  console.log(`    the first one after the start was acknowledged in ${firstMs.toFixed(0)} ms`);
  if (!isDetailed) return;
  for (const [kind, times] of acks) {
    const { p50, p99 }: Spread = spreadOf(answers.get(kind) ?? []);
    reportSpread(`    ${kind}`, spreadOf(times), `answered p50 ${p50.toFixed(0)}, p99 ${p99.toFixed(0)} ms`);
  }
}

interface Latency {
  /** By kind, in milliseconds. */
  acks: Map<string, number[]>;
  answers: Map<string, number[]>;
  /** Messages that left during the measurement. */
  sent: number;
  /** The acknowledgement of the first command after the start. */
  firstMs: number;
  /** Resident memory of the bot, the most ever; undefined where the system does not tell. */
  peakMb: number | undefined;
}

async function latency(way: Way, channels: number): Promise<Latency> {
  await using world = await openSlackWorld({ specs: false, way, pingMs: 0 });
  const { fake, storeUrl } = world;
  const edition = await postEdition(world);
  const fill = way === 'oauth' ? addSlackWorkspaces : addSlackFeeds;
  await fill(fake, { storeUrl, channels, createdAt: `${TODAY}T06:00:00.000Z` });
  world.setTime(`${TODAY}T09:00:01.000Z`);
  const bot = await startLean(world);
  const first = await timed(() => world.bo.slash(world.channel, '/paper following'));
  const sent = () => fake.count('chat.postMessage');
  const before = sent();
  if (channels > 0) await eventually(() => sent() > before, 'the fan-out begins');
  const kinds = await kindsFor(world, edition);
  // What is read for the first time is not measured.
  for (const [, ask] of kinds) await shownFor(await ask());
  const sentBefore = sent();
  const { acks, answers } = await askMany(kinds);
  const sentMeanwhile = sent() - sentBefore;
  const peakMb = memoryOf(bot.pid)?.peakMb;
  bot.kill('SIGKILL');
  await bot.ended;
  return { acks, answers, sent: sentMeanwhile, firstMs: first.tookMs, peakMb };
}

/** As `npm start` has it, as its memory is looked at; workspaces have installed it before. */
async function startLean(world: SlackWorld): Promise<RunningProgram> {
  const bot = begin(world, { LOG_LEVEL: 'error' });
  await eventually(() => bot.said().includes('Paperwire is running'), 'it starts');
  const [, url] = /It is reached at (http:\S+)\./.exec(bot.said().replaceAll(/\s+/g, ' ')) ?? [];
  if (url !== undefined && world.endpoint) world.fake.http(`${url}/slack/events`);
  return bot;
}

/** An edition that people press on, posted before. */
async function postEdition(world: SlackWorld): Promise<Message> {
  const { fake, channel, ada } = world;
  const bot = await world.start({ LOG_LEVEL: 'error' });
  const id = await addFeed(world);
  await textOfAnswer(ada.slash(channel, `/paper feed run ${id}`));
  await eventually(() => posted(fake, channel).length > 0, 'the edition is out');
  await stop(bot);
  const [edition] = posted(fake, channel);
  if (!edition) throw new Error('Nothing was posted.');
  return edition;
}

/** What a person did: an answer that comes later, or the one that they waited for. */
type Done = Answer | undefined;
type Kind = readonly [name: string, ask: () => Promise<Done>];

/** What people do, in turn. */
async function kindsFor(world: SlackWorld, edition: Message): Promise<Kind[]> {
  const { fake, channel, ada, bo } = world;
  const [paper = '', other = ''] = papersOn(edition);
  const [cy, di] = [fake.addPerson({ name: 'Cy', tz: 'UTC' }), fake.addPerson({ name: 'Di', tz: 'UTC' })];
  const details: Message[] = [];
  for (const one of papersOn(edition)) details.push(await firstOf(bo.choose(edition, 'Details of …', one)));
  let saved = 0;
  // Each time another one: a press that comes again while it is in hand is done once, and answered once.
  const nextDetails = () => details[saved++ % details.length] as Message;
  const page = await firstOf(bo.slash(channel, '/paper search paper boats'));
  const search = await viewOf(cy.globalShortcut('search_papers'));
  const form = await viewOf(ada.slash(channel, '/paper feed add'));
  const say = (person: Person, line: string) => () => person.slash(channel, `/paper ${line}`);
  return [
    ['command: search', say(bo, 'search paper boats')],
    ['suggestion of a zone', async () => void (await ada.suggest(form, 'Time zone', 'Europe/B'))],
    ['choice: details from the edition', () => bo.choose(edition, 'Details of …', paper)],
    ['command: today', say(bo, 'today limit:5')],
    ['modal: search', () => cy.submit(search, { 'What to look for': 'paper boats' })],
    ['command: show', say(bo, `show ${other}`)],
    ['press: save', () => bo.press(nextDetails(), 'Save')],
    ['shortcut: search', () => di.globalShortcut('search_papers')],
    ['command: follow', say(bo, 'follow agents')],
    ['press: more, or back', () => bo.press(page, otherPage(page))],
    ['command: feed list', say(ada, 'feed list')],
  ];
}

/** The button to the other one of two pages. */
function otherPage({ blocks }: Message): 'More' | 'Back' {
  return JSON.stringify(blocks).includes('"More"') ? 'More' : 'Back';
}

async function viewOf(answer: Promise<Answer>): Promise<View> {
  return await (await answer).whenView();
}

async function shownFor(done: Done): Promise<void> {
  if (!done) return;
  const isShown = await Promise.race([done.whenShown(), delay(GIVEN_UP_MS, undefined, { ref: false })]);
  if (!isShown) throw new Error(`Nothing came for ${JSON.stringify(done.payload.actions ?? done.payload)}`);
}

async function timed<T>(work: () => Promise<T>): Promise<{ outcome: T; tookMs: number }> {
  const before = performance.now();
  const outcome = await work();
  return { outcome, tookMs: performance.now() - before };
}

async function askMany(kinds: readonly Kind[]): Promise<Pick<Latency, 'acks' | 'answers'>> {
  const [acks, answers] = [new Map<string, number[]>(), new Map<string, number[]>()];
  const keep = (times: Map<string, number[]>, name: string, tookMs: number) =>
    void times.set(name, [...(times.get(name) ?? []), tookMs]);
  const asked: Promise<void>[] = [];
  for (let count = 0; count < INTERACTIONS; count += 1) {
    const [name, ask] = kinds[count % kinds.length] as Kind;
    const whole = timed(async () => {
      const { outcome, tookMs } = await timed(ask);
      keep(acks, name, tookMs);
      await shownFor(outcome);
    });
    asked.push(whole.then(({ tookMs }) => keep(answers, name, tookMs)));
    await delay(EVERY_MS);
  }
  await Promise.all(asked);
  return { acks, answers };
}
