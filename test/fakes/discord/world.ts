import { ApplicationFlags, GatewayIntentBits } from 'discord-api-types/v10';
import type { GatewayServer } from './gateway.ts';
import { showOut } from './guilds.ts';
import type { DiscordOptions } from './index.ts';
import { NONCE_WINDOW_MS } from './messages.ts';
import { createIds, type User, type World } from './state.ts';

/** A world with nobody in it but the bot and its maker. */
export function createWorld(
  {
    token = 'loopback-token',
    nonceWindowMs = NONCE_WINDOW_MS,
    firstResponseMs = 3000,
    mostOldEdits = 20,
    allowedIntents = 0,
  }: DiscordOptions,
  { clock, now, gateway, notice }: Pick<World, 'clock' | 'now' | 'notice'> & { gateway: GatewayServer },
): World {
  const newId = createIds(now);
  const bot: User = { id: newId(), name: 'Paperwire', isBot: true, locale: 'en-US', closesDms: false };
  const owner: User = { id: newId(), name: 'Owner', isBot: false, locale: 'en-US', closesDms: false };
  const world: World = {
    clock,
    app: { id: bot.id, ownerId: owner.id, flags: flagsFor(allowedIntents), token, user: bot, commands: [] },
    users: new Map([bot, owner].map((user) => [user.id, user])),
    guilds: new Map(),
    channels: new Map(),
    dms: new Map(),
    nonces: new Map(),
    interactions: new Map(),
    installedBy: new Set(),
    now,
    newId,
    tell: gateway.tell,
    notice,
    removeBot: (guild) => showOut(world, guild),
    gateway,
    nonceWindowMs,
    firstResponseMs,
    mostOldEdits,
    allowedIntents,
  };
  return world;
}

/** What an application's flags say of the privileged intents that its portal page allows (of fewer than 100 servers). */
function flagsFor(intents: number): number {
  const pairs = [
    [GatewayIntentBits.GuildPresences, ApplicationFlags.GatewayPresenceLimited],
    [GatewayIntentBits.GuildMembers, ApplicationFlags.GatewayGuildMembersLimited],
    [GatewayIntentBits.MessageContent, ApplicationFlags.GatewayMessageContentLimited],
  ] as const;
  return pairs.reduce((flags, [intent, flag]) => (intents & intent ? flags | flag : flags), 0);
}
