import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Fresh } from './fresh.ts';
import { roleSchema, type Standing } from './permissions.ts';

const serverSchema = z.object({
  id: z.string(),
  name: z.string(),
  owner_id: z.string(),
  preferred_locale: z.string().optional(),
  roles: z.array(roleSchema),
});
const memberSchema = z.object({ roles: z.array(z.string()) });

export type Server = z.infer<typeof serverSchema>;
/** Who a member is in a server, its channels aside. */
export type ServerStanding = Omit<Standing, 'overwrites'>;

/** What a server tells of itself and its members. `asker`: the channel that an error names. Errors: those of `Ask`. */
export interface Standings {
  server(id: string, signal?: AbortSignal, asker?: string): Promise<Server>;
  of(server: string, member: string, signal?: AbortSignal, asker?: string): Promise<ServerStanding>;
}

export function createStandings(fresh: Fresh): Standings {
  const server: Standings['server'] = (id, signal, asker = id) =>
    fresh(Routes.guild(id), serverSchema, asker, signal);

  return {
    server,
    async of(id, user, signal, asker = id) {
      const [{ owner_id: ownerId, roles }, { roles: own }] = await Promise.all([
        server(id, signal, asker),
        fresh(Routes.guildMember(id, user), memberSchema, asker, signal),
      ]);
      return { server: { id, ownerId, roles }, member: { id: user, roles: own } };
    },
  };
}
