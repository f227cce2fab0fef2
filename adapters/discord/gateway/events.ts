import { GatewayDispatchEvents as Event } from 'discord.js';
import type { Interactions } from '../answering/interactions.ts';
import type { Application } from './application.ts';
import type { GatewayHooks } from './gateway.ts';
import type { Servers } from './servers.ts';

/** Who is told of an event: what it says, and by which shard it came. */
export type Listener = (data: unknown, shard: number) => void;

export interface Listeners {
  interactions: Interactions;
  application: Application;
  servers: Servers;
  hooks: GatewayHooks;
}

/** All that we hear, by the gateway's names. */
export function eventsOf({
  interactions,
  application,
  servers,
  hooks,
}: Listeners): ReadonlyMap<string, Listener> {
  return new Map<string, Listener>([
    [Event.InteractionCreate, interactions.take],
    [Event.MessageReactionAdd, (data) => hooks.onReaction(data, true)],
    [Event.MessageReactionRemove, (data) => hooks.onReaction(data, false)],
    [Event.MessageReactionRemoveAll, hooks.onReactionsCleared],
    [Event.MessageReactionRemoveEmoji, hooks.onReactionsCleared],
    [
      Event.Ready,
      (data, shard) => {
        application.ready(data);
        servers.ready(data, shard);
      },
    ],
    [Event.GuildCreate, servers.created],
    [Event.GuildDelete, servers.deleted],
    [Event.IntegrationCreate, servers.added],
  ]);
}
