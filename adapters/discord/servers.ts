import { z } from 'zod';
import type { Workspaces } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import { SECOND_MS } from '../../src/domain/calendar.ts';
import type { Log } from '../../src/log.ts';
import { growingPauseMs } from './pauses.ts';
import { within } from './respond.ts';

const serverSchema = z.object({ id: z.string(), unavailable: z.boolean().optional() });
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
  /** How many shards there are in all. */
  shardCount: () => number;
  /** Our own application's id. */
  application: () => string | undefined;
  onJoin: (join: Join) => Promise<void>;
  /** All shards have told which servers they serve; what happened before may have been missed. */
  onReady: () => void;
  clock: Clock;
  log: Log;
  random: () => number;
  signal: AbortSignal;
}

/** The servers that we are in, as the gateway tells of them. Nothing here throws. */
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

/** Who added us is waited for so long. */
const ADDER_MS = 5 * SECOND_MS;

export function createServers(dependencies: ServerDependencies): Servers {
  const { workspaces, shardCount, application, onJoin, onReady, clock, log, random, signal } = dependencies;
  const shards = new Map<number, Set<string>>();
  const adders = new Map<string, PromiseWithResolvers<string>>();
  let queue: Promise<void> = Promise.resolve();

  const workspaceOf = (server: string) => ({ platform: 'discord', workspace: server }) as const;
  const has = (server: string) => [...shards.values()].some((servers) => servers.has(server));

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
    const adder = await within(ADDER_MS, adderOf(server).promise, clock);
    adders.delete(server);
    await onJoin({ server, outcome, ...(adder === undefined ? {} : { adder }) });
  }

  return {
    has,
    ready(event, shard) {
      const { data } = readySchema.safeParse(event);
      if (!data) return log.error('Discord did not tell what servers we are in');
      shards.set(shard, new Set(data.guilds.map(({ id }) => id)));
      if (shards.size < shardCount()) return;
      record(() =>
        workspaces.present(
          'discord',
          [...shards.values()].flatMap((servers) => [...servers]),
        ),
      );
      onReady();
    },
    created(event, shard) {
      const { data } = serverSchema.safeParse(event);
      if (!data || has(data.id)) return;
      const { id } = data;
      shards.set(shard, (shards.get(shard) ?? new Set()).add(id));
      record(async () => {
        const outcome = await workspaces.joined(workspaceOf(id));
        welcome(id, outcome).catch((error: unknown) => {
          log.warn('Whoever added the bot could not be welcomed', { server: id, error });
        });
      });
    },
    deleted(event) {
      const { data } = serverSchema.safeParse(event);
      if (!data || data.unavailable) return;
      for (const servers of shards.values()) servers.delete(data.id);
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
