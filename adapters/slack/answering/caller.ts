import type { Invocation } from '../../../src/command.ts';
import type { Places } from '../posting/places.ts';

/** Who gave something, and where. */
export type Caller = Pick<Invocation, 'place' | 'member' | 'locale'>;

/** What a payload says of who gave it and where; a Home tab and a modal have no channel. */
export interface CallerIds {
  team: string;
  channel: string;
  user: string;
}

/**
 * Reads who gave something. Slack's admins and owners manage, and so does whoever installed us; one of whom Slack does
 * not tell just now does not.
 */
export async function callerOf({ team, channel, user }: CallerIds, places: Places): Promise<Caller> {
  const [member, installer] = await Promise.all([
    places.member(team, user).catch(() => undefined),
    places.installer(team),
  ]);
  const locale = member?.locale;
  return {
    place: { platform: 'slack', workspace: team, channel },
    member: { id: user, isManager: member?.isAdmin === true || installer === user },
    ...(locale === undefined ? {} : { locale }),
  };
}
