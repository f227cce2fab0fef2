import { Routes } from 'discord.js';
import { z } from 'zod';
import { read } from './failures.ts';
import { isPostable } from './obstacles.ts';
import type { Places } from './places.ts';
import type { Ask } from './rest.ts';

/** Something that people know by its name. */
export interface Named {
  id: string;
  name: string;
}

const ownServersSchema = z.array(z.object({ id: z.string(), name: z.string() }));

/**
 * The servers that the bot is in, 200 at most (developers/resources/user#get-current-user-guilds, 2026-11-26). Errors: those
 * of `Ask`.
 */
export async function ownServers(ask: Ask): Promise<Named[]> {
  const { data } = await ask({ method: 'GET', route: Routes.userGuilds(), channel: '@me' });
  return read(ownServersSchema, data, { channel: '@me' });
}

/**
 * The channels of a server that take editions, in the order that people see; those in which the bot lacks a right are among
 * them. Errors: those of `Ask`.
 */
export async function postableChannels(server: string, places: Pick<Places, 'channelsOf'>): Promise<Named[]> {
  const found = await places.channelsOf(server);
  return found
    .map(({ channel }) => channel)
    .filter(isPostable)
    .map(({ id, name }) => ({ id, name: `#${name ?? id}` }));
}
