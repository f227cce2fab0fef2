import { setTimeout as delay } from 'node:timers/promises';
import { MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import type { FakeDiscord } from '../fakes/discord/index.ts';
import type { TestServer } from '../servers/server.ts';
import type { Trouble, TroubleKind } from './plan.ts';
import type { Workers } from './workers.ts';

export interface Troubled {
  workers: Workers;
  servers: readonly TestServer[];
  /** How many messages have arrived. */
  arrived(): number;
  speed: number;
  /** Is told of each trouble as it comes. */
  say: (what: string) => void;
}

/** Where nothing arrives for so long, the next trouble comes all the same. */
const STUCK_MS = 15 * SECOND_MS;
/** However short all waiting is: processes begin no faster for it. */
const SHORTEST_STUCK_MS = 3 * SECOND_MS;
const FIRST_MESSAGE_MS = MINUTE_MS;
const LOOK_MS = 20;
/** Within it every worker comes to wait for the store. */
const SILENCE_MS = 500;

/** Does what is planned, and resolves when all of it is over. Out: how often each kind was done. */
export async function makeTrouble(
  plan: readonly Trouble[],
  troubled: Troubled,
): Promise<Partial<Record<TroubleKind, number>>> {
  const { arrived, speed, say } = troubled;
  const underWay: Promise<void>[] = [];
  const next = inTurn();
  await untilArrived(1, arrived, FIRST_MESSAGE_MS);
  for (const trouble of plan) {
    await untilArrived(trouble.afterMessages, arrived, Math.max(STUCK_MS / speed, SHORTEST_STUCK_MS));
    say(`${arrived()} messages: ${trouble.kind}${trouble.forMs > 0 ? ` for ${trouble.forMs} ms` : ''}`);
    underWay.push(strike(trouble, troubled, next));
  }
  await Promise.all(underWay);
  return Object.fromEntries(
    [...Map.groupBy(plan, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]),
  );
}

async function untilArrived(wanted: number, arrived: () => number, stuckMs: number): Promise<void> {
  let [before, since] = [arrived(), performance.now()];
  while (arrived() < wanted && performance.now() < since + stuckMs) {
    await delay(LOOK_MS);
    if (arrived() > before) [before, since] = [arrived(), performance.now()];
  }
}

/** One server has one trouble at a time. */
type InTurn = (server: TestServer, work: () => Promise<void>) => Promise<void>;

function inTurn(): InTurn {
  const last = new Map<TestServer, Promise<void>>();
  return (server, work) => {
    const done = (last.get(server) ?? Promise.resolve()).then(work);
    last.set(server, done);
    return done;
  };
}

async function strike(
  { kind, forMs, which }: Trouble,
  { workers, servers }: Troubled,
  next: InTurn,
): Promise<void> {
  const [store] = servers;
  const server = servers[Math.floor(which * servers.length)];
  if (!store || !server) throw new Error('There is no server.');
  switch (kind) {
    case 'worker killed':
      return await workers.kill(which);
    case 'worker frozen':
      return await (await workers.freeze(which, forMs, 'sending')).thawed;
    case 'server killed':
      return await next(server, () => killFor(server, forMs));
    case 'server frozen':
      return await next(server, () => freezeFor(server, forMs));
    case 'worker frozen as it waits': {
      const thawed: Promise<void>[] = [];
      await next(
        store,
        async () => void thawed.push((await freezeBoth(store, workers, { which, forMs })).thawed),
      );
      return void (await Promise.all(thawed));
    }
    default:
      return kind satisfies never;
  }
}

async function killFor(server: TestServer, awayMs: number): Promise<void> {
  await server.kill();
  await delay(awayMs);
  await server.restart();
}

async function freezeFor(server: TestServer, forMs: number): Promise<void> {
  server.freeze();
  await delay(forMs);
  server.thaw();
}

/**
 * The store is silent, so that the worker waits for it before each message; it goes on once the worker is frozen. What
 * was asked is done then, and the worker learns of it when all of it is others'.
 */
async function freezeBoth(
  store: TestServer,
  workers: Workers,
  { which, forMs }: Pick<Trouble, 'which' | 'forMs'>,
): Promise<{ thawed: Promise<void> }> {
  store.freeze();
  await delay(SILENCE_MS);
  const frozen = await workers.freeze(which, forMs, 'at once');
  store.thaw();
  return frozen;
}

const SLOW_MS = 300;
const POST = 'POST /channels/{channel}/messages';

/** Lets Discord refuse, break and be silent now and then, also after it took the message. `mend` ends it. */
export function troubleDiscord(fake: FakeDiscord, { seed, speed }: { seed: number; speed: number }): void {
  const chance = (at: number, share: number) => ({ chance: share, seed: seed * 100 + at });
  fake.fail(POST, { kind: 'throttle', retryAfterMs: (2 * SECOND_MS) / speed }, chance(1, 0.005));
  fake.fail(POST, { kind: 'status', status: 500 }, chance(2, 0.005));
  fake.fail(POST, { kind: 'status', status: 502, isHandled: true }, chance(3, 0.005));
  fake.fail(POST, { kind: 'cut-after' }, chance(4, 0.005));
  fake.fail(POST, { kind: 'reset-before' }, chance(5, 0.005));
  fake.fail(POST, { kind: 'hang-after' }, chance(6, 0.002));
  fake.fail('* /**', { kind: 'status', status: 503 }, chance(7, 0.005));
  // So that whoever is killed or frozen often has messages on their way.
  fake.fail(POST, { kind: 'slow', byMs: SLOW_MS, isHandled: true }, chance(8, 0.4));
}
