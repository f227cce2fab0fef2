import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Invocation } from '../../../src/command.ts';
import { localeOf } from '../../../src/domain/locale.ts';
import type { Interaction } from './incoming.ts';

/** Stands for all places without a server of ours: direct messages, and servers that only the member brought us to. */
export const DIRECT = 'direct';

/** Who gave an interaction, and where. */
export type Caller = Pick<Invocation, 'place' | 'member' | 'locale'>;

/** Reads who gave an interaction. `isOurs` tells whether the bot is in a server. */
export function callerOf(interaction: Interaction, isOurs: (server: string) => boolean): Caller {
  const { guild_id: server, channel_id: channel = '', member, user, locale: code } = interaction;
  const owner = interaction.authorizing_integration_owners?.['0'];
  const workspace = server !== undefined && (owner === server || isOurs(server)) ? server : DIRECT;
  const locale = localeOf(code);
  return {
    place: { platform: 'discord', workspace, channel },
    member: {
      id: member?.user.id ?? user?.id ?? '',
      isManager: workspace !== DIRECT && mayManage(BigInt(member?.permissions ?? 0)),
    },
    ...(locale === undefined ? {} : { locale }),
  };
}

/** Whoever may change a server's settings may change its feeds. */
export function mayManage(permissions: bigint): boolean {
  return (permissions & (Bits.ManageGuild | Bits.Administrator)) !== 0n;
}
