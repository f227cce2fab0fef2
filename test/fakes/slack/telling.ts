import type { EndpointSender } from './endpoint.ts';
import { eventShape, isHeard } from './events.ts';
import type { Told } from './hearing.ts';
import type { Schemas } from './schemas.ts';
import type { Outcome, SocketServer } from './sockets.ts';
import type { Shape, Team, World } from './state.ts';

/** Told on its way. */
interface Telling extends Told {
  tries: Try[];
  isOver: boolean;
  isAcked: boolean;
  againAtMs: number | undefined;
}

type Try = Told['tries'][number];

export interface TellingOptions {
  ackWithinMs: number;
  redeliverAfterMs: readonly number[];
  /** Undefined: all but messages. */
  events: readonly string[] | undefined;
}

/** Tells the app what happens, by its way of hearing. */
export interface Teller {
  readonly told: readonly Told[];
  /** Sends it once; settles with the acknowledgement or without. */
  ask(kind: 'slash_commands' | 'interactive', team: Team, payload: Shape): Promise<Outcome>;
  /** Tells an event, again if need be; undefined where the app is not subscribed or may not hear it. */
  tell(team: Team, event: Shape, isForced?: boolean): Told | undefined;
  repeat(told: Told): Promise<void>;
  settled(): Promise<void>;
  way: EndpointSender | SocketServer;
  stop(): void;
}

export function createTeller(
  world: World,
  way: SocketServer,
  schemas: Schemas,
  options: TellingOptions,
): Teller {
  const told: Telling[] = [];
  const running = new Set<Promise<void>>();
  const state = { isStopped: false };
  const tryOnce = async (telling: Telling, retry: number, reason = ''): Promise<Outcome> => {
    const one: Try = { atMs: world.now(), retry, isAcked: false, ...(reason === '' ? {} : { reason }) };
    telling.tries.push(one);
    const { kind: type, payload } = telling;
    const accepts_response_payload = type !== 'events_api';
    const envelope = { type, payload, accepts_response_payload, retry_attempt: retry, retry_reason: reason };
    const sent = teller.way.send(envelope, options.ackWithinMs);
    world.changed();
    const outcome = await sent;
    Object.assign(
      one,
      { isAcked: outcome.isAcked },
      outcome.status === undefined ? {} : { status: outcome.status },
    );
    telling.isAcked ||= outcome.isAcked;
    world.changed();
    return outcome;
  };
  const tryOften = async (telling: Telling): Promise<void> => {
    let outcome = await tryOnce(telling, 0);
    for (const [index, afterMs] of options.redeliverAfterMs.entries()) {
      if (outcome.isAcked || outcome.isFinal || state.isStopped) break;
      await pass(world, telling, afterMs);
      outcome = await tryOnce(telling, index + 1, outcome.reason);
    }
    telling.isOver = true;
    world.changed();
  };
  const run = (work: Promise<void>) => {
    running.add(work);
    void work.finally(() => running.delete(work));
  };
  const teller: Teller = {
    told,
    way,
    async ask(kind, team, payload) {
      schemas.checkInbound(kind, payload);
      const telling = begin(told, kind, team, payload);
      const outcome = await tryOnce(telling, 0);
      telling.isOver = true;
      return outcome;
    },
    tell(team, event, isForced = false) {
      if (!isForced && !isHeard(team, event, options.events)) return undefined;
      if (event.type === 'app_rate_limited' && teller.way === way)
        throw new Error(
          'It has no event in its envelope, with which Bolt can do nothing in Socket Mode: by HTTP only.',
        );
      const payload = eventShape(world, team, event);
      schemas.checkInbound('events_api', payload);
      const telling = begin(told, 'events_api', team, payload);
      run(tryOften(telling));
      return telling;
    },
    async repeat(one) {
      const telling = one as Telling;
      await tryOnce(telling, telling.tries.length, 'http_timeout');
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
    stop: () => void Object.assign(state, { isStopped: true }),
  };
  return teller;
}

function begin(told: Telling[], kind: Told['kind'], team: Team, payload: Shape): Telling {
  const telling: Telling = {
    kind,
    team,
    payload,
    tries: [],
    isOver: false,
    isAcked: false,
    againAtMs: undefined,
    get isLost() {
      return this.isOver && !this.isAcked;
    },
  };
  told.push(telling);
  return telling;
}

/** Resolves after so long by the fake's clock; at once for nothing, as a clock may stand still. */
async function pass(world: World, telling: Telling, durationMs: number): Promise<void> {
  if (durationMs <= 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  world.clock.deadline(durationMs).addEventListener('abort', () => resolve(), { once: true });
  telling.againAtMs = world.now() + durationMs;
  world.changed();
  await promise;
  telling.againAtMs = undefined;
}
