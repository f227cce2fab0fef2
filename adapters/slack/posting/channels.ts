import { z } from 'zod';
import type { Ask } from './ask.ts';
import type { createCall } from './call.ts';
import { read } from './failures.ts';
import { pagesOf } from './pages.ts';

/** Something that people know by its name. */
export interface Named {
  id: string;
  name: string;
}

/** A channel as people see it in the list of all. */
export interface ListedChannel extends Named {
  /** Public, and we are not in it: it is to be joined before anything is posted there. */
  isToJoin: boolean;
}

const teamSchema = z.object({ team_id: z.string(), team: z.string().default('') });
const channelsSchema = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string(), is_member: z.boolean().default(false) })),
});
const membersSchema = z.object({
  members: z.array(
    z.object({
      id: z.string(),
      name: z.string().default(''),
      real_name: z.string().default(''),
      deleted: z.boolean().default(false),
      is_bot: z.boolean().default(false),
      is_admin: z.boolean().default(false),
      is_owner: z.boolean().default(false),
    }),
  ),
});

/** The team that a bot token belongs to. Errors: those of `call`. */
export async function teamOf(botToken: string, call: ReturnType<typeof createCall>): Promise<Named> {
  const { data } = await call({ method: 'auth.test', args: {}, token: botToken, channel: '' });
  const { team_id: id, team } = read(teamSchema, data, { channel: '' });
  return { id, name: team || id };
}

/**
 * The channels of a team that take editions: public ones, and private ones that we are in; those that we are in come first,
 * each part by name. Errors: those of `Ask`.
 */
export async function postableChannels(workspace: string, ask: Ask): Promise<ListedChannel[]> {
  const args = { types: 'public_channel,private_channel', exclude_archived: true };
  const pages = await pagesOf({ method: 'conversations.list', args, workspace }, ask);
  return pages
    .flatMap((page) => read(channelsSchema, page, { channel: '' }).channels)
    .map(({ id, name, is_member }) => ({ id, name: `#${name}`, isToJoin: !is_member }))
    .sort(
      (one, other) => Number(one.isToJoin) - Number(other.isToJoin) || one.name.localeCompare(other.name),
    );
}

/** Those who may change feeds in a team, by name. Errors: those of `Ask`. */
export async function adminsOf(workspace: string, ask: Ask): Promise<Named[]> {
  const pages = await pagesOf({ method: 'users.list', args: {}, workspace }, ask);
  return pages
    .flatMap((page) => read(membersSchema, page, { channel: '' }).members)
    .filter(({ deleted, is_bot, is_admin, is_owner }) => !deleted && !is_bot && (is_admin || is_owner))
    .map(({ id, name, real_name }) => ({ id, name: real_name || name || id }))
    .sort((one, other) => one.name.localeCompare(other.name));
}
