import { describe, expect, it } from 'vitest';
import { callerOf, idsOf, isStranger } from '../../../../adapters/slack/answering/caller.ts';

const TEAM = 'T0000001';
const IDS = { team: TEAM, channel: 'C0000001', user: 'U0000001' };
const MEMBER = { isAdmin: false, isBot: false, zone: undefined, locale: undefined };

function places(member: object | undefined | Error, installer?: string) {
  return {
    channel: async () => undefined,
    member: async () => {
      if (member instanceof Error) throw member;
      return member && { ...MEMBER, ...member };
    },
    join: async () => {},
    installer: async () => installer,
    me: async () => 'U00000ME',
  };
}

describe('whoever gives something', () => {
  it.each([
    ['an admin manages', places({ isAdmin: true }), {}, true],
    ['a member does not', places({}), {}, false],
    ['who installed us manages', places({}, IDS.user), {}, true],
    ['one of whom Slack does not tell does not', places(new Error('no')), {}, false],
    ['one who is not there does not', places(undefined), {}, false],
    ['an admin of another team does not', places({ isAdmin: true }), { userTeam: 'T0000002' }, false],
    ['an admin of this team does', places({ isAdmin: true }), { userTeam: TEAM }, true],
  ] as const)('%s', async (_, given, more, isManager) => {
    const caller = await callerOf({ ...IDS, ...more }, given);
    expect(caller).toEqual({
      place: { platform: 'slack', workspace: TEAM, channel: IDS.channel },
      member: { id: IDS.user, isManager },
    });
  });

  it('is answered in their language', async () => {
    expect(await callerOf(IDS, places({ locale: 'de' }))).toMatchObject({ locale: 'de' });
  });

  it('belongs to the team that Slack names, or else to their own', () => {
    const user = { id: 'U0000001', team_id: 'T0000002' };
    const team = { id: TEAM };
    expect(idsOf({ user, team }, 'C0000001')).toMatchObject({ team: TEAM, channel: 'C0000001' });
    expect(idsOf({ user }, undefined)).toMatchObject({ team: 'T0000002', channel: '' });
    expect(isStranger(idsOf({ user, team }, ''))).toBe(true);
    expect(isStranger(idsOf({ user }, ''))).toBe(false);
    expect(isStranger(idsOf({ user: { id: 'U0000001' }, team }, ''))).toBe(false);
  });

  it('belongs, in a view, to the team that has us', () => {
    const doer = { user: { id: 'U0000001', team_id: 'T0000002' }, team: { id: 'T0000002' } };
    const ids = idsOf({ ...doer, view: { app_installed_team_id: TEAM } }, '');
    expect(ids.team).toBe(TEAM);
    expect(isStranger(ids)).toBe(true);
  });
});
