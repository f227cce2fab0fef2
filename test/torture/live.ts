import { assembleBot, type Bot } from '../../src/bot.ts';
import type { Clock } from '../../src/clock.ts';
import { addDays, addMs, DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../src/domain/calendar.ts';
import { StoreError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import type { Call } from '../../src/pipeline/operator.ts';
import type { Store } from '../../src/store.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { openMemoryStore } from '../fakes/memory-store.ts';
import { createRandom } from '../fakes/random.ts';
import { type Crowd, createCrowd, type Follower } from './crowd.ts';
import { createLife, type Failure, type Life, mortal } from './life.ts';
import { createPlatform, PLATFORM_KINDS, type Platform, type PlatformKind } from './platform.ts';
import { createTortureSource, historyBefore, type TortureSource } from './source.ts';

/** A Monday, before its edition. */
const START = '2026-09-14T06:00:00.000Z';
const FIRST_DAY = '2026-09-14';
/** Two weekdays of trouble, then three in which all that was lost can come, and more where the clock was wrong by days. */
const TROUBLED_DAYS = 2;
const LAST_DAY = 4;
const LAST_DAY_AFTER_SKEW = 8;
/** After the time of the edition: within its patience, after it, in the evening. */
const LOOKS_MS = [0, 0.4, 0.7, 1, 2, 3, 5, 8, 13, 30, 61, 90, 180, 600].map((minutes) => minutes * MINUTE_MS);
const CALM_LOOKS_MS = [0, 2, 61, 180].map((minutes) => minutes * MINUTE_MS);
const EDITION_MS = 9 * HOUR_MS;
const PLACE = { platform: 'web', workspace: 'w', channel: 'papers' } as const;

/** What is different from run to run. */
export interface Run {
  seed: number;
  /** The await, counted from 1, at which the first process is killed; 0 lets it live. */
  dieAt: number;
}

/** A world after it has been lived through. */
export interface Aftermath {
  kind: PlatformKind;
  platform: Platform;
  source: TortureSource;
  store: Store;
  feedIds: string[];
  followers: readonly Follower[];
  /** The clock was wrong for a time. */
  wasSkewed: boolean;
  /** What the operator was called for: an alarm's id and what became of it. */
  called: ReadonlySet<string>;
  /** Awaits of the first process during the days of trouble. */
  steps: number;
}

/** A world in trouble, and the processes in it. */
interface World extends Omit<Aftermath, 'wasSkewed' | 'steps' | 'feedIds' | 'followers'> {
  /** The operator's webhook; it is down at times. */
  call: Call;
  clock: FakeClock;
  /** The clock as the machine has it. */
  machineClock: Clock;
  setSkew(ms: number): void;
  random: () => number;
  storeTrouble: () => number;
  /** From now on the store fails too. */
  begin(): void;
  /** Nothing fails any more. */
  calm(): void;
}

interface Process {
  bot: Bot;
  life: Life;
  /** Its tick under way, while it is frozen. */
  underWay?: Promise<unknown>;
}

/** Lives through days: two weekdays in which everything fails, and then calm. */
export async function live({ seed, dieAt }: Run): Promise<Aftermath> {
  const world = await createWorld(seed);
  const { random, clock } = world;
  const feedIds = await addFeeds(world);
  const crowd = await createCrowd({
    ...world,
    place: PLACE,
    clock: world.machineClock,
    random: createRandom(seed + 1e6),
  });
  world.begin();
  const count = random() < 0.4 ? 2 : 1;
  const isFreezing = count === 2 && random() < 0.4;
  const processes = Array.from({ length: count }, (_, index) =>
    start(world, index === 0 ? dieAt : 0, isFreezing),
  );
  const first = processes[0] as Process;
  const isSkewing = random() < 0.1;
  const awayUntil: Instant[] = processes.map(() => START);
  for (let day = 0; day < TROUBLED_DAYS; day += 1) {
    for (const afterMs of LOOKS_MS) {
      clock.set(later(clock.now(), addMs(`${addDays(FIRST_DAY, day)}T00:00:00.000Z`, EDITION_MS + afterMs)));
      stir(world, isSkewing && afterMs >= 5 * MINUTE_MS);
      await crowd.stir();
      await Promise.all(processes.map((_, index) => act(world, processes, awayUntil, index)));
    }
  }
  const { steps } = first.life;
  for (const { life, underWay } of processes) {
    if (life.isFrozen) life.thaw();
    if (!life.isDead) await underWay;
  }
  // What comes of a message that is under way while the clock is set nobody can know (docs/decisions/0003-delivery.md).
  if (isSkewing) clock.advance(MINUTE_MS);
  await calmDown(world, crowd, isSkewing ? LAST_DAY_AFTER_SKEW : LAST_DAY);
  const { followers } = crowd;
  return { ...world, feedIds, followers, wasSkewed: isSkewing, steps };
}

function later(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}

async function createWorld(seed: number): Promise<World> {
  const random = createRandom(seed);
  const clock = createFakeClock(START);
  let skewMs = 0;
  // Asked by everything, thousands of times in each world, and mostly right.
  const machineClock: Clock = {
    ...clock,
    now: () => (skewMs === 0 ? clock.now() : addMs(clock.now(), skewMs)),
  };
  const kind = PLATFORM_KINDS[Math.floor(random() * PLATFORM_KINDS.length)] as PlatformKind;
  const trouble = random() < 0.3 ? 0 : random() * 0.5;
  const days = Array.from({ length: LAST_DAY_AFTER_SKEW + 1 }, (_, index) => addDays(FIRST_DAY, index));
  const platform = createPlatform({ kind, clock, skewMs: () => skewMs, random, trouble });
  const source = createTortureSource({ days, now: clock.now, random, trouble: trouble * 0.6 });
  const store = await openMemoryStore({ clock: machineClock, log: silentLog }, archiveHistory);
  const wantedTrouble = random() < 0.3 ? 0.004 : 0;
  let storeTrouble = 0;
  let callTrouble = trouble;
  const called = new Set<string>();
  return {
    kind,
    platform,
    source,
    store,
    clock,
    machineClock,
    called,
    async call({ id }, event) {
      if (random() < callTrouble) throw new Error('The webhook is down.');
      called.add(`${id}/${event}`);
    },
    setSkew(ms) {
      skewMs = ms;
    },
    random,
    storeTrouble: () => storeTrouble,
    begin() {
      storeTrouble = wantedTrouble;
    },
    calm() {
      platform.calm();
      source.calm();
      storeTrouble = 0;
      callTrouble = 0;
      skewMs = 0;
    },
  };
}

/** The weeks before, which are the same in each world. */
async function archiveHistory(store: Store): Promise<void> {
  for (const listing of historyBefore(FIRST_DAY)) await store.archive(listing, []);
}

async function addFeeds(world: World): Promise<string[]> {
  const { random } = world;
  const { feeds } = start(world, 0).bot;
  const ids: string[] = [];
  for (const layout of random() < 0.8 ? (['cards'] as const) : (['cards', 'digest'] as const)) {
    const settings = { layout, limit: 50, patienceHours: 1, ripeHours: 0, refreshHours: 12 };
    ids.push((await feeds.add(PLACE, 'manager', settings)).feed.id);
  }
  return ids;
}

let made = 0;

/** A process as it is after its start, before its first tick. */
function start(world: World, dieAt: number, isFreezing = false): Process {
  const { platform, source, store, machineClock, random } = world;
  const life = createLife({ dieAt, isFreezing, random, jitter: 2 });
  const adapter = {
    ...mortal(platform.adapter, life),
    send: (...[message, signal]: Parameters<typeof platform.adapter.send>) =>
      life.step(
        () => platform.adapter.send(message, signal),
        () => platform.limbo(message),
      ),
    render: platform.adapter.render,
    repeatableForMs: platform.adapter.repeatableForMs,
    platform: platform.adapter.platform,
    find: (...given: Parameters<typeof platform.adapter.find>) =>
      life.step(() => platform.adapter.find(...given)),
    edit: (...given: Parameters<NonNullable<typeof platform.adapter.edit>>) =>
      life.step(async () => await platform.adapter.edit?.(...given)),
    installer: (workspace: string) => life.step(() => platform.adapter.installer(workspace)),
    start: platform.adapter.start,
    stop: platform.adapter.stop,
  };
  const clock: Clock = {
    ...machineClock,
    sleep: (durationMs, signal) => life.step(() => machineClock.sleep(durationMs, signal)),
  };
  const bot = assembleBot({
    source: { ...source, read: (...given) => life.step(() => source.read(...given)) },
    store: mortal(store, life, () => storeFailure(world)),
    adapters: [adapter],
    call: (...given) => life.step(() => world.call(...given)),
    clock,
    log: silentLog,
    random,
    newId: () => `feed${String(++made).padStart(6, '0')}`,
  });
  return { bot, life };
}

function storeFailure({ random, storeTrouble }: World): Failure {
  const chance = storeTrouble();
  if (chance === 0 || random() >= chance) return undefined;
  return { error: new StoreError('write', { message: 'the disk is gone.' }), isDone: random() < 0.5 };
}

/**
 * Closes and opens the channel, and sets the machine's clock wrong and right: not while a message may still be under way,
 * which nobody could then know (docs/decisions/0003-delivery.md).
 */
function stir({ random, platform, setSkew }: World, isSkewing: boolean): void {
  if (random() < 0.06) platform.setClosed(true);
  else if (random() < 0.4) platform.setClosed(false);
  if (isSkewing && random() < 0.3) setSkew(random() < 0.5 ? 0 : skewOf(random));
}

/** A zone taken for another, or the wrong week. */
function skewOf(random: () => number): number {
  const sign = random() < 0.5 ? -1 : 1;
  return sign * (random() < 0.5 ? random() * 14 * HOUR_MS : (4 + random() * 20) * DAY_MS);
}

/** One process has its turn: it ticks, or it is frozen or dead and goes on or starts anew after a while. */
async function act(world: World, processes: Process[], awayUntil: Instant[], index: number): Promise<void> {
  const { random, clock } = world;
  const process = processes[index] as Process;
  const { life, bot } = process;
  const isAway = life.isDead || life.isFrozen;
  if (isAway && (awayUntil[index] as Instant) > clock.now()) return;
  let present = process;
  if (life.isDead) {
    // It may be killed again.
    present = start(world, random() < 0.3 ? 1 + Math.floor(random() * 150) : 0);
    present.underWay = present.bot.scheduler.catchUp().catch(ignoreStoreErrors);
    processes[index] = present;
  } else if (life.isFrozen) life.thaw();
  else process.underWay = bot.scheduler.tick().catch(ignoreStoreErrors);
  // A thawed life has told of its end already.
  const isThawed = present === process && isAway;
  await (isThawed ? present.underWay : Promise.race([present.underWay, present.life.end]));
  if (present.life.isDead || present.life.isFrozen) awayUntil[index] = addMs(clock.now(), awayMs(random));
}

/** Restarted at once, or after up to a day or so. */
function awayMs(random: () => number): number {
  return random() < 0.4 ? 0 : random() ** 4 * 30 * HOUR_MS;
}

/** What the scheduler would log and try again. */
function ignoreStoreErrors(error: unknown): void {
  if (!(error instanceof StoreError)) throw error;
}

/** Nothing fails any more: what was delayed has three weekdays to come. */
async function calmDown(world: World, crowd: Crowd, lastDay: number): Promise<void> {
  const { clock } = world;
  world.calm();
  await crowd.calm();
  const process = start(world, 0);
  await process.bot.scheduler.catchUp();
  for (let day = TROUBLED_DAYS; day <= lastDay; day += 1) {
    for (const afterMs of CALM_LOOKS_MS) {
      clock.set(later(clock.now(), addMs(`${addDays(FIRST_DAY, day)}T00:00:00.000Z`, EDITION_MS + afterMs)));
      await process.bot.scheduler.tick();
    }
  }
}
