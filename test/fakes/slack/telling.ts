import type { EndpointSender } from './endpoint.ts';
import type { Told } from './hearing.ts';
import type { Schemas } from './schemas.ts';
import type { Outcome, SocketServer } from './sockets.ts';
import type { Shape, Team, World } from './state.ts';

/** The scopes without which an event is not told; events that are not here are unknown. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_uninstalled: [],
  app_rate_limited: [],
  tokens_revoked: [],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  link_shared: ['links:read'],
  channel_archive: ['channels:read'],
  channel_unarchive: ['channels:read'],
  channel_created: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_left: ['channels:read'],
  group_archive: ['groups:read'],
  group_unarchive: ['groups:read'],
  group_deleted: ['groups:read'],
  group_rename: ['groups:read'],
  group_left: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  user_change: ['users:read'],
  team_join: ['users:read'],
};
const MESSAGE_SCOPES: Readonly<Record<string, string>> = {
  channel: 'channels:history',
  group: 'groups:history',
  im: 'im:history',
  mpim: 'mpim:history',
};

/** Told on its way. */
interface Telling extends Told {
  tries: Told['tries'][number][];
  isOver: boolean;
  isAcked: boolean;
}

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
    const atMs = world.now();
    const { kind: type, payload } = telling;
    const envelope = {
      type,
      payload,
      accepts_response_payload: type !== 'events_api',
      retry_attempt: retry,
      retry_reason: reason,
    };
    const outcome = await teller.way.send(envelope, options.ackWithinMs);
    const { isAcked, status } = outcome;
    telling.tries.push({
      atMs,
      retry,
      isAcked,
      ...(reason === '' ? {} : { reason }),
      ...(status === undefined ? {} : { status }),
    });
    telling.isAcked ||= isAcked;
    world.changed();
    return outcome;
  };
  const tryOften = async (telling: Telling): Promise<void> => {
    let outcome = await tryOnce(telling, 0);
    for (const [index, afterMs] of options.redeliverAfterMs.entries()) {
      if (outcome.isAcked || outcome.isFinal || state.isStopped) break;
      await pass(world, afterMs);
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
    get isLost() {
      return this.isOver && !this.isAcked;
    },
  };
  told.push(telling);
  return telling;
}

/** Resolves after so long by the fake's clock; at once for nothing, as a clock may stand still. */
async function pass({ clock }: World, durationMs: number): Promise<void> {
  if (durationMs <= 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.deadline(durationMs).addEventListener('abort', () => resolve(), { once: true });
  await promise;
}

function isHeard(
  { installation }: Team,
  { type, channel_type }: Shape,
  wanted: readonly string[] | undefined,
): boolean {
  const name = String(type);
  const isMessage = name === 'message';
  const isWanted = wanted?.includes(isMessage ? `message.${messageKind(channel_type)}` : name) ?? !isMessage;
  if (!isWanted || !installation) return false;
  const needed = isMessage ? [MESSAGE_SCOPES[String(channel_type)] ?? ''] : EVENTS[name];
  if (!needed) throw new Error(`“${name}” is no event that this fake knows.`);
  return needed.length === 0 || needed.some((scope) => installation.scopes.has(scope));
}

function messageKind(kind: unknown): string {
  return kind === 'channel' || kind === 'group' ? `${kind}s` : String(kind);
}

function eventShape(world: World, team: Team, event: Shape): Shape {
  const { app } = world;
  const base = { token: app.verificationToken, team_id: team.id, api_app_id: app.id };
  if (event.type === 'app_rate_limited')
    return { ...base, type: 'app_rate_limited', minute_rate_limited: Math.floor(world.now() / 1000) };
  return {
    ...base,
    context_team_id: team.id,
    context_enterprise_id: null,
    event: { event_ts: world.newTs(), ...event },
    type: 'event_callback',
    event_id: world.newId('Ev'),
    event_time: Math.floor(world.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: team.bot.id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: world.newId('4-'),
  };
}
