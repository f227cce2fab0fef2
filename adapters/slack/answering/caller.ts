import type { Invocation } from '../../../src/command.ts';
import type { Places } from '../posting/places.ts';

/** Who gave something, and where. */
export type Caller = Pick<Invocation, 'place' | 'member' | 'locale'>;

/** What a payload says of who gave it and where; a Home tab and a modal have no channel. */
export interface CallerIds {
  team: string;
  channel: string;
  user: string;
  /** The team whose member they are, where Slack tells: another one's in a channel that both teams share. */
  userTeam?: string | null | undefined;
}

/** What every payload says of who did something, and in which team. */
export interface Doer {
  user: { id: string; team_id?: string | null | undefined };
  /** Null where a whole organisation has installed us. */
  team?: { id: string } | null | undefined;
  /** Names the team that has us: in a channel that two share, `team` may be the other one. */
  view?: { app_installed_team_id?: string | null | undefined } | null | undefined;
}

/** Reads them off a payload; where a whole organisation has installed us, the team is that of whoever did it. */
export function idsOf({ user, team, view }: Doer, channel: string | undefined): CallerIds {
  const { id, team_id: userTeam } = user;
  const workspace = view?.app_installed_team_id ?? team?.id ?? userTeam ?? '';
  return { team: workspace, channel: channel ?? '', user: id, userTeam };
}

/** A member of another team, in a channel that both share. */
export function isStranger({ team, userTeam }: CallerIds): boolean {
  return typeof userTeam === 'string' && userTeam !== team;
}

/** Who gave something, as far as the payload itself tells: one who manages nothing, in the usual language. */
export function anybody({ team, channel, user }: CallerIds): Caller {
  return { place: { platform: 'slack', workspace: team, channel }, member: { id: user, isManager: false } };
}

/**
 * Reads who gave something. Slack's admins and owners manage, and so does whoever installed us; one of whom Slack does
 * not tell just now does not, and no member of another team does.
 */
export async function callerOf(ids: CallerIds, places: Places): Promise<Caller> {
  const { team, channel, user } = ids;
  const [member, installer] = await Promise.all([
    places.member(team, user).catch(() => undefined),
    places.installer(team),
  ]);
  const locale = member?.locale;
  return {
    place: { platform: 'slack', workspace: team, channel },
    member: { id: user, isManager: !isStranger(ids) && (member?.isAdmin === true || installer === user) },
    ...(locale === undefined ? {} : { locale }),
  };
}
