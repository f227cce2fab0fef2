import { ChannelType } from 'discord.js';
import { neededPermissions } from '../posting/obstacles.ts';
import { missing } from '../posting/permissions.ts';
import type { Place, Places } from '../posting/places.ts';
import type { SetupChannel } from './setup.ts';

/** Channels in which one message can be posted: a forum wants a post, which is a choice for later. */
const OFFERED: ReadonlySet<number> = new Set([ChannelType.GuildText, ChannelType.GuildAnnouncement]);
const NEEDS = {
  destination: { platform: 'discord', workspace: '', channel: '' },
  layout: 'digest',
} as const;

/** The channels of a server in which the bot may post, in the order that people see. Errors: those of `Ask`. */
export async function openChannels(
  server: string,
  places: Pick<Places, 'channelsOf'>,
): Promise<SetupChannel[]> {
  const open = (await places.channelsOf(server)).filter(isOpen);
  return open.map(({ channel: { id, name } }) => ({ id, name: name ?? id }));
}

function isOpen({ channel, permissions }: Place): boolean {
  return (
    OFFERED.has(channel.type) && missing(permissions, neededPermissions({ channel }, NEEDS)).length === 0
  );
}
