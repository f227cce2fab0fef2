import { setTimeout as delay } from 'node:timers/promises';
import { type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../../src/domain/calendar.ts';
import type { RunningProgram } from '../end-to-end/running.ts';
import { createRandom } from '../fakes/random.ts';
import { addEditions, areOut, type Editions, type EditionsVerdict, judgeEditions } from './editions.ts';
import type { LeakKind } from './leaks.ts';
import { type Asked, liveAs, type Unanswered, WHO } from './people.ts';
import { actsOnDiscord } from './people-on-discord.ts';
import { actsOnSlack } from './people-on-slack.ts';
import { actsOnWeb } from './people-on-web.ts';
import { type Sample, sampleOf } from './samples.ts';
import { type Spoken, spokenBy } from './spoken.ts';
import { isExplained, isProvoked, makeTrouble, type Struck } from './trouble.ts';
import { type Bounds, notFlat } from './verdict.ts';
import { openSoakWorld, type SoakWorld } from './world.ts';

export interface RealOptions {
  durationMs: number;
  seed: number;
  /** Between two samples. */
  everyMs: number;
  /** Between two troubles, at most twice as long. */
  troubleMs: number;
  /** Only troubles that are over within seconds; default false. */
  isShort?: boolean;
  bounds: Bounds;
  /** Deliberate faults of the program; default none. */
  leaks?: readonly LeakKind[];
  /** Is told of each sample as it is taken. */
  say?: (sample: Sample) => void;
}

/** What a soak in real time was like. */
export interface RealSoak {
  samples: readonly Sample[];
  asked: Asked;
  /** In vain, while their connection was cut. */
  explained: number;
  struck: readonly Struck[];
  editions: EditionsVerdict | undefined;
  spoken: Spoken;
  /** What the bot has written to standard error. */
  log: string;
  /** All that is not as it should be, as sentences; empty where the bot is well. */
  broken: string[];
}

/** Trouble and editions end so long before the end, in shares: what was delayed has its time to come. */
const TROUBLED = 0.75;
/** What is late comes with one of the next looks. */
const REST_MS = 8 * MINUTE_MS;
const LOOK_MS = SECOND_MS;
/** The bot lets a message in hand end, ten seconds at most. */
const STOP_MS = 30 * SECOND_MS;

/** Runs the bot with people, editions and trouble, and looks at what it holds. */
export async function soakForReal(options: RealOptions): Promise<RealSoak> {
  const world = await openSoakWorld();
  try {
    const editions = await addEditions(world, options.durationMs * TROUBLED);
    const { bot, url } = await world.start(options.leaks);
    const run = await live(world, bot, url, options);
    const hasEnded = await Promise.race([bot.ended.then(() => true), delay(0, false)]);
    const isLate = !hasEnded && !(await untilOut(editions, world));
    const ended = hasEnded ? await bot.ended : await end(bot);
    const judged = hasEnded ? undefined : await judgeEditions(editions, world.storeUrl);
    const spoken = spokenBy(bot.log());
    const broken = [
      ...(hasEnded ? [`the bot ended by itself, with ${ended}`] : []),
      ...(!hasEnded && ended !== 0
        ? [`told to stop, the bot ended with ${ended ?? 'nothing: it was killed'}`]
        : []),
      ...(isLate ? ['not every edition was out in time'] : []),
      ...(judged?.broken ?? []),
      ...badlySpoken(spoken, run),
      ...run.inVain.map(({ who, name, why }) => `${name} on ${who} was not answered: ${why}`),
      ...notFlat(run.samples, options.bounds),
    ];
    return { ...run, editions: judged, spoken, log: bot.log(), broken };
  } finally {
    await world.close();
  }
}

/** People, trouble and samples side by side, until the time is over or the bot is gone. */
async function live(world: SoakWorld, bot: RunningProgram, url: string, options: RealOptions) {
  const { durationMs, seed, troubleMs, isShort = false } = options;
  const [began, beganAt] = [performance.now(), world.now()];
  const now = () => performance.now() - began;
  const over = new AbortController();
  void bot.ended.then(() => over.abort());
  const random = createRandom(seed);
  const acts = {
    discord: await actsOnDiscord(world.discord, random),
    slack: await actsOnSlack(world.slack, random),
    web: actsOnWeb(url, world.agent, random),
  };
  const asked = { acts: { discord: 0, slack: 0, web: 0 }, unanswered: [] as Unanswered[] };
  const people = WHO.map((who, index) =>
    liveAs(who, acts[who], { seed: seed + index, now, stop: over.signal, asked }),
  );
  const calm = AbortSignal.any([over.signal, AbortSignal.timeout(durationMs * TROUBLED)]);
  const trouble = makeTrouble(world, { seed, everyMs: troubleMs, isShort, now, stop: calm });
  const taken = takeSamples(bot, url, { ...options, now, stop: over.signal, agent: world.agent });
  const [samples] = await Promise.all([taken.finally(() => over.abort()), trouble.over, ...people]);
  const inVain = asked.unanswered.filter((one) => !isExplained(one, trouble.struck));
  const explained = asked.unanswered.length - inVain.length;
  return { beganAt, samples, asked, inVain, explained, struck: trouble.struck };
}

async function takeSamples(
  bot: RunningProgram,
  url: string,
  given: Pick<RealOptions, 'durationMs' | 'everyMs' | 'say'> &
    Pick<SoakWorld, 'agent'> & { now: () => number; stop: AbortSignal },
): Promise<Sample[]> {
  const { durationMs, everyMs, say, now, stop, agent } = given;
  const samples: Sample[] = [];
  for (let dueMs = 0; dueMs <= durationMs && !stop.aborted; dueMs += everyMs) {
    await delay(Math.max(0, dueMs - now()), undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted || bot.pid === undefined) break;
    // One that is gone by now is told of by its end.
    const sample = await sampleOf(bot.pid, url, dueMs, agent).catch(() => undefined);
    if (!sample) continue;
    samples.push(sample);
    say?.(sample);
  }
  return samples;
}

async function untilOut(editions: Editions, { storeUrl }: SoakWorld): Promise<boolean> {
  for (const until = performance.now() + REST_MS; performance.now() < until; await delay(LOOK_MS)) {
    if (await areOut(editions, storeUrl)) return true;
  }
  return false;
}

/** Tells it to stop. Out: its exit code; undefined where it had to be killed. */
async function end(bot: RunningProgram): Promise<number | null | undefined> {
  bot.kill('SIGTERM');
  const ended = await Promise.race([bot.ended, delay(STOP_MS, undefined, { ref: false })]);
  if (ended === undefined) bot.kill('SIGKILL');
  return ended;
}

function badlySpoken(
  { errors, strange }: Spoken,
  { beganAt, struck }: { beganAt: Instant; struck: readonly Struck[] },
): string[] {
  const unprovoked = errors.filter(({ message, at }) => !isProvoked(message, msBetween(beganAt, at), struck));
  return [
    ...unprovoked.map(({ message, at }) => `logged as an error at ${at}: ${message}`),
    ...strange.map((line) => `said on standard error: ${line}`),
  ];
}
