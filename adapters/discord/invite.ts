import { Routes } from 'discord.js';
import { z } from 'zod';
import { textsFor } from '../../src/texts/index.ts';
import { read } from './posting/failures.ts';
import { INVITED, PERMISSIONS } from './posting/permissions.ts';
import type { Ask } from './posting/rest.ts';

const applicationSchema = z.object({ id: z.string() });

/** How the bot gets into a server, or to one person. */
export interface Invitation {
  /** For a server: with the commands and exactly the permissions below. */
  serverUrl: string;
  /** For oneself: the commands everywhere, without posting anywhere. */
  memberUrl: string;
  /** As the settings of Discord name them, each with what it is needed for. */
  permissions: { name: string; why: string }[];
}

/** Writes the invitation of the application that a token belongs to. Errors: those of `Ask`. */
export async function invite(ask: Ask): Promise<Invitation> {
  const { data } = await ask({ method: 'GET', route: Routes.currentApplication(), channel: '@me' });
  const { discord: texts } = textsFor(undefined);
  const { id } = read(applicationSchema, data, { channel: '@me' });
  const address = (query: Record<string, string>) =>
    `https://discord.com/oauth2/authorize?${new URLSearchParams({ client_id: id, ...query })}`;
  return {
    serverUrl: address({
      scope: 'bot applications.commands',
      permissions: INVITED.toString(),
      integration_type: '0',
    }),
    memberUrl: address({ scope: 'applications.commands', integration_type: '1' }),
    permissions: PERMISSIONS.map((name) => ({ name: texts.permissions[name], why: texts.reasons[name] })),
  };
}
