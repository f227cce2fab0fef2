import { WebSocket } from 'ws';
import type { Dispatch, Shape } from './state.ts';

/** What the gateway knows of one client, connected or not. */
export interface Session {
  readonly id: string;
  readonly intents: number;
  /** Which shard of how many. */
  readonly shard: readonly [number, number];
  /** The number of the last dispatch. */
  readonly seq: number;
  socket?: WebSocket;
  /** Numbers a dispatch, keeps it, and sends it when somebody is connected. */
  send(event: string, data: Shape): void;
  /** Are all dispatches after this number still kept? */
  canReplay(seq: number): boolean;
  /** Sends again what came after this number. */
  replay(seq: number): void;
}

export function createSession(
  id: string,
  intents: number,
  shard: readonly [number, number],
  socket: WebSocket,
  most = Number.POSITIVE_INFINITY,
): Session {
  const kept: { seq: number; frame: string }[] = [];
  let last = 0;
  const session: Session = {
    id,
    intents,
    shard,
    socket,
    get seq() {
      return last;
    },
    send(event, data) {
      last += 1;
      const frame = JSON.stringify({ op: 0, s: last, t: event, d: data });
      kept.push({ seq: last, frame });
      if (kept.length > most) kept.shift();
      put(session, frame);
    },
    canReplay: (seq) => seq >= (kept[0]?.seq ?? last + 1) - 1,
    replay(seq) {
      for (const one of kept) if (one.seq > seq) put(session, one.frame);
    },
  };
  return session;
}

function put({ socket }: Session, frame: string): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(frame);
}

/** The shard of a server; direct messages have the first one. */
export function shardOf(guildId: string | undefined, [, count]: readonly [number, number]): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count));
}

/** Is this for that session: its shard, and one of its intents? */
export function wants(session: Session, { guildId, intents }: Dispatch): boolean {
  if (shardOf(guildId, session.shard) !== session.shard[0]) return false;
  return intents === 0 || (intents & session.intents) !== 0;
}
