/** Connections to the gateway: those of this process, by their ids from 0 on, of how many there are in all processes. */
export interface Shards {
  ids: readonly number[];
  count: number;
}

/**
 * Which of so many shards tells what happens in a server; what happens elsewhere, as in direct messages, the first one
 * tells (developers/events/gateway, sharding, 2026-08-06).
 */
export function shardOf(server: string, count: number): number {
  return /^\d+$/.test(server) ? Number((BigInt(server) >> 22n) % BigInt(count)) : 0;
}

/** Whether these shards tell what happens in a server. */
export function tellOf(server: string, { ids, count }: Shards): boolean {
  return ids.includes(shardOf(server, count));
}
