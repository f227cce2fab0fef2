import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import { WebSocket } from 'ws';
import type { GatewayOptions } from './gateway.ts';
import { guildCreateShape } from './guild-shapes.ts';
import type { Schemas } from './schemas.ts';
import { createSession, type Session, shardOf } from './session.ts';
import { userShape } from './shapes.ts';
import type { Shape, World } from './state.ts';

/** Intents that need a switch in the portal. */
const PRIVILEGED =
  GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;
const KNOWN = Object.values(GatewayIntentBits).reduce<number>((all, bit) => all | (Number(bit) || 0), 0);

/** Discord's limit of what a client may send over one connection. */
const SENDS = { most: 120, perMs: 60_000 };

export interface Frame {
  op: number;
  d: unknown;
}

/** One socket, with its session once it has one. */
export interface Connection {
  socket: WebSocket;
  session?: Session;
  sends: { sinceMs: number; count: number };
}

/** All that the gateway knows. */
export interface Hall {
  options: GatewayOptions;
  schemas: Schemas;
  world(): World;
  url(): string;
  connections: Set<Connection>;
  sessions: Map<string, Session>;
  received: Frame[];
  identifies: number;
  resumes: number;
  acksHeartbeats: boolean;
  isUp: boolean;
  /** Told of every frame and of every connection that ends. */
  waiting: Set<() => void>;
}

export function push(socket: WebSocket, frame: unknown): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ s: null, t: null, ...(frame as Shape) }));
}

export function tellWaiting({ waiting }: Hall): void {
  for (const look of waiting) look();
}

/** Takes one frame of a client; closes with Discord's code what it may not send. */
export function receive(hall: Hall, connection: Connection, text: string): void {
  const { socket, sends } = connection;
  const now = hall.world().now();
  if (now - sends.sinceMs >= SENDS.perMs) Object.assign(sends, { sinceMs: now, count: 0 });
  sends.count += 1;
  const frame = parse(text);
  if (sends.count > SENDS.most) socket.close(GatewayCloseCodes.RateLimited, 'You are being rate limited.');
  else if (!frame) socket.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
  else {
    hall.received.push(frame);
    handle(hall, connection, frame);
    tellWaiting(hall);
  }
}

function parse(text: string): Frame | undefined {
  try {
    const frame = JSON.parse(text) as Frame;
    return typeof frame?.op === 'number' ? frame : undefined;
  } catch {
    return undefined;
  }
}

function handle(hall: Hall, connection: Connection, { op, d }: Frame): void {
  const { socket, session } = connection;
  switch (op) {
    case GatewayOpcodes.Heartbeat:
      if (hall.acksHeartbeats) push(socket, { op: GatewayOpcodes.HeartbeatAck, d: null });
      break;
    case GatewayOpcodes.Identify:
    case GatewayOpcodes.Resume:
      if (session) socket.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
      else begin(hall, connection, { op, d });
      break;
    case GatewayOpcodes.PresenceUpdate:
    case GatewayOpcodes.VoiceStateUpdate:
    case GatewayOpcodes.RequestGuildMembers:
      if (!session) socket.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
      break;
    default:
      socket.close(GatewayCloseCodes.UnknownOpcode, 'Unknown opcode.');
  }
}

function begin(hall: Hall, connection: Connection, frame: Frame): void {
  const isIdentify = frame.op === GatewayOpcodes.Identify;
  hall.schemas.checkGateway(isIdentify ? 'identify' : 'resume', frame, 'client');
  const data = (frame.d ?? {}) as Shape;
  if (isIdentify) identify(hall, connection, data);
  else resume(hall, connection, data);
}

function identify(hall: Hall, connection: Connection, data: Shape): void {
  const { socket } = connection;
  const intents = Number(data.intents);
  const shard = (data.shard ?? [0, 1]) as [number, number];
  const objection = objectionTo(hall, data.token, intents, shard);
  if (objection) {
    socket.close(...objection);
    return;
  }
  hall.identifies += 1;
  const session = createSession(hall.world().newId(), intents, shard, socket, hall.options.replay);
  hall.sessions.set(session.id, session);
  connection.session = session;
  greet(hall, session);
}

function objectionTo(
  { world, options }: Hall,
  token: unknown,
  intents: number,
  [index, count]: readonly [number, number],
): [number, string] | undefined {
  const { app, allowedIntents } = world();
  if (token !== app.token) return [GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.'];
  if (!(index >= 0 && index < count)) return [GatewayCloseCodes.InvalidShard, 'Invalid shard.'];
  if (count < (options.leastShards ?? 1)) return [GatewayCloseCodes.ShardingRequired, 'Sharding required.'];
  if (!Number.isInteger(intents) || intents & ~KNOWN) {
    return [GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).'];
  }
  const isForbidden = (intents & PRIVILEGED & ~allowedIntents) !== 0;
  return isForbidden ? [GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).'] : undefined;
}

function greet(hall: Hall, session: Session): void {
  const world = hall.world();
  const { app, guilds } = world;
  const isMine = (id: string) => shardOf(id, session.shard) === session.shard[0];
  const mine = [...guilds.values()].filter(({ hasBot, id }) => hasBot && isMine(id));
  deliver(hall, session, 'READY', {
    v: 10,
    user: { ...userShape(app.user), verified: true, mfa_enabled: false, email: null },
    guilds: mine.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: hall.url(),
    shard: session.shard,
    application: { id: app.id, flags: app.flags, flags_new: String(app.flags) },
  });
  if (!(session.intents & GatewayIntentBits.Guilds)) return;
  for (const guild of mine) {
    if (!guild.isDown) deliver(hall, session, 'GUILD_CREATE', guildCreateShape(world, guild));
  }
}

function resume(hall: Hall, connection: Connection, { token, session_id, seq }: Shape): void {
  const { socket } = connection;
  const session = hall.sessions.get(String(session_id));
  const from = Number(seq);
  if (token !== hall.world().app.token) {
    socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
  } else if (!session?.canReplay(from)) push(socket, { op: GatewayOpcodes.InvalidSession, d: false });
  else if (from > session.seq) socket.close(GatewayCloseCodes.InvalidSeq, 'Invalid seq.');
  else {
    hall.resumes += 1;
    connection.session = session;
    session.socket = socket;
    session.replay(from);
    deliver(hall, session, 'RESUMED', {});
  }
}

/** Sends one dispatch to one session, which keeps it when nobody is connected. */
export function deliver(hall: Hall, session: Session, event: string, data: Shape): void {
  hall.schemas.checkGateway(event, data, 'fake');
  session.send(event, data);
}
