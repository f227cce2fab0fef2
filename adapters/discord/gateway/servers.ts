import { z } from 'zod';
import type { Workspaces } from '../../../src/adapter.ts';
import { type Clock, within } from '../../../src/clock.ts';
import { DAY_MS, type Instant, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import { growingPauseMs } from '../../../src/pace.ts';
import { type Shards, tellOf } from './shards.ts';

const serverSchema = z.object({ id: z.string(), unavailable: z.boolean().optional() });
const createdSchema = serverSchema.extend({ joined_at: z.string().optional() });
const readySchema = z.object({ guilds: z.array(serverSchema) });
const integrationSchema = z.object({
  guild_id: z.string(),
  application: z.object({ id: z.string() }).optional(),
  user: z.object({ id: z.string() }).optional(),
});

/** A server has let us in. */
export interface Join {
  server: string;
  /** `back`: it had shown us out before; `known`: it had not. */
  outcome: 'new' | 'back' | 'known';
  /** The member who added us; absent when Discord does not tell. */
  adder?: string;
}

export interface ServerDependencies {
  workspaces: Workspaces;
  /** The shards of this process; undefined before Discord has told. */
  shards: () => Shards | undefined;
  /** Our own application's id. */
  application: () => string | undefined;
  /** Rejects where it is to be called again with the next start. */
  onJoin: (join: Join) => Promise<void>;
  /** All shards of this process have told which servers they serve; what happened before may have been missed. */
  onReady: () => void;
  clock: Clock;
  log: Log;
  random: () => number;
  signal: AbortSignal;
}

/** The servers that we are in, as the gateway tells this process of them. Nothing here throws. */
export interface Servers {
  has(server: string): boolean;
  /** READY: all servers of a shard; those that are down stand there too. */
  ready(event: unknown, shard: number): void;
  /** GUILD_CREATE: a server let us in, or is there again after an outage. */
  created(event: unknown, shard: number): void;
  /** GUILD_DELETE: a server showed us out, or is down. */
  deleted(event: unknown): void;
  /** INTEGRATION_CREATE: tells who added us; may come before or after the server itself. */
  added(event: unknown): void;
}

/** Whoever let us in so long ago still waits for a word; one who did before we were set up here does not. */
const RECENT_MS = DAY_MS;
/** Who added us is waited for so long. */
const ADDER_MS = 5 * SECOND_MS;

export function createServers(dependencies: ServerDependencies): Servers {
  const { workspaces, shards, application, onJoin, onReady, clock, log, random, signal } = dependencies;
  const serversOf = new Map<number, Set<string>>();
  /** Nobody was greeted there yet: READY names them, and only what comes after it says since when we are in. */
  const newcomers = new Set<string>();
  const adders = new Map<string, PromiseWithResolvers<string>>();
  let queue: Promise<void> = Promise.resolve();

  const workspaceOf = (server: string) => ({ platform: 'discord', workspace: server }) as const;
  const has = (server: string) => [...serversOf.values()].some((servers) => servers.has(server));

  /** One after the other, as they happened; what the store cannot take now it takes later. */
  function record(work: () => Promise<void>): void {
    queue = queue.then(async () => {
      for (let failures = 0; !signal.aborted; failures += 1) {
        try {
          return await work();
        } catch (error) {
          if (failures === 0) log.error('What servers we are in could not be recorded', { error });
        }
        await clock.sleep(growingPauseMs(failures, random), signal).catch(() => {});
      }
    });
  }

  function adderOf(server: string): PromiseWithResolvers<string> {
    const asked = adders.get(server) ?? Promise.withResolvers<string>();
    adders.set(server, asked);
    return asked;
  }

  async function welcome(server: string, outcome: Join['outcome']): Promise<void> {
    try {
      const adder = await within(ADDER_MS, adderOf(server).promise, clock);
      adders.delete(server);
      await onJoin({ server, outcome, ...(adder === undefined ? {} : { adder }) });
      // Kept only now: whoever was not greeted when we were killed is greeted with the next start.
      if (outcome === 'new') record(() => workspaces.greeted(workspaceOf(server)));
    } catch (error) {
      if (!signal.aborted) log.warn('Whoever added the bot could not be welcomed', { server, error });
    }
  }

  return {
    has,
    ready(event, shard) {
      const { data } = readySchema.safeParse(event);
      if (!data) return log.error('Discord did not tell what servers we are in');
      serversOf.set(shard, new Set(data.guilds.map(({ id }) => id)));
      const own = shards();
      if (!own?.ids.every((id) => serversOf.has(id))) return;
      record(async () => {
        const there = [...serversOf.values()].flatMap((servers) => [...servers]);
        const isOwn = (server: string) => tellOf(server, own);
        for (const server of await workspaces.present('discord', there, isOwn)) newcomers.add(server);
      });
      onReady();
    },
    created(event, shard) {
      const { data } = createdSchema.safeParse(event);
      if (!data || data.unavailable) return;
      const { id, joined_at: joinedAt } = data;
      const isJoin = !has(id);
      serversOf.set(shard, (serversOf.get(shard) ?? new Set()).add(id));
      record(async () => {
        if (isJoin) return void welcome(id, await workspaces.joined(workspaceOf(id)));
        if (!newcomers.delete(id)) return;
        if (isRecent(joinedAt, clock.now())) void welcome(id, 'new');
        else await workspaces.greeted(workspaceOf(id));
      });
    },
    deleted(event) {
      const { data } = serverSchema.safeParse(event);
      if (!data || data.unavailable) return;
      for (const servers of serversOf.values()) servers.delete(data.id);
      adders.delete(data.id);
      record(() => workspaces.left(workspaceOf(data.id)));
    },
    added(event) {
      const { data } = integrationSchema.safeParse(event);
      const isOurs = data?.application !== undefined && data.application.id === application();
      if (data?.user && isOurs) adderOf(data.guild_id).resolve(data.user.id);
    },
  };
}

function isRecent(joinedAt: string | undefined, now: Instant): boolean {
  const sinceMs = Date.parse(now) - Date.parse(joinedAt ?? '');
  return sinceMs < RECENT_MS;
}
