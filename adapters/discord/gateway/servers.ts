import { z } from 'zod';
import { createPresence, type PresenceDependencies } from './presence.ts';
import { type Shards, tellOf } from './shards.ts';

const serverSchema = z.object({ id: z.string(), unavailable: z.boolean().optional() });
const createdSchema = serverSchema.extend({ joined_at: z.string().optional() });
const readySchema = z.object({ guilds: z.array(serverSchema) });
const integrationSchema = z.object({
  guild_id: z.string(),
  application: z.object({ id: z.string() }).optional(),
  user: z.object({ id: z.string() }).optional(),
});

export interface ServerDependencies extends PresenceDependencies {
  /** The shards of this process; undefined before Discord has told. */
  shards: () => Shards | undefined;
  /** Our own application's id. */
  application: () => string | undefined;
  /** All shards of this process have told which servers they serve; what happened before may have been missed. */
  onReady: () => void;
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

export function createServers(dependencies: ServerDependencies): Servers {
  const { shards, application, onReady, log } = dependencies;
  const serversOf = new Map<number, Set<string>>();
  const presence = createPresence(dependencies);
  const has = (server: string) => [...serversOf.values()].some((servers) => servers.has(server));

  return {
    has,
    ready(event, shard) {
      const { data } = readySchema.safeParse(event);
      if (!data) return log.error('Discord did not tell what servers we are in');
      serversOf.set(shard, new Set(data.guilds.map(({ id }) => id)));
      const own = shards();
      if (!own?.ids.every((id) => serversOf.has(id))) return;
      presence.all(
        () => [...serversOf.values()].flatMap((servers) => [...servers]),
        (server) => tellOf(server, own),
      );
      onReady();
    },
    created(event, shard) {
      const { data } = createdSchema.safeParse(event);
      if (!data || data.unavailable) return;
      const { id, joined_at: joinedAt } = data;
      const isJoin = !has(id);
      serversOf.set(shard, (serversOf.get(shard) ?? new Set()).add(id));
      if (isJoin) presence.joined(id);
      else presence.seen(id, joinedAt);
    },
    deleted(event) {
      const { data } = serverSchema.safeParse(event);
      if (!data || data.unavailable) return;
      for (const servers of serversOf.values()) servers.delete(data.id);
      presence.left(data.id);
    },
    added(event) {
      const { data } = integrationSchema.safeParse(event);
      const isOurs = data?.application !== undefined && data.application.id === application();
      if (data?.user && isOurs) presence.addedBy(data.guild_id, data.user.id);
    },
  };
}
