import { describe, expect, it } from 'vitest';
import { callerOf, mayManage } from '../../../../adapters/discord/answering/caller.ts';
import { interactionSchema } from '../../../../adapters/discord/answering/incoming.ts';

const MANAGE_GUILD = 32n;
const ADMINISTRATOR = 8n;

function caller(given: object, ours: readonly string[] = []) {
  const interaction = interactionSchema.parse({
    id: '1',
    application_id: '2',
    token: 't',
    channel_id: '5',
    type: 2,
    data: { type: 1, name: 'paper' },
    ...given,
  });
  return callerOf(interaction, (server) => ours.includes(server));
}

const inServer = (permissions: bigint) => ({
  guild_id: '9',
  member: { user: { id: '3' }, permissions: String(permissions) },
});

describe('who gives a command', () => {
  it('acts in the server that let us in', () => {
    const place = { platform: 'discord', workspace: '9', channel: '5' };
    expect(caller({ ...inServer(0n), authorizing_integration_owners: { 0: '9' } }).place).toEqual(place);
    expect(caller({ ...inServer(0n), authorizing_integration_owners: { 1: '3' } }, ['9']).place).toEqual(
      place,
    );
  });

  it('acts for themselves alone in a direct message, and in a server that only they brought us to', () => {
    for (const given of [
      { user: { id: '3' }, authorizing_integration_owners: { 0: '0' } },
      { ...inServer(MANAGE_GUILD | ADMINISTRATOR), authorizing_integration_owners: { 1: '3' } },
    ]) {
      expect(caller(given)).toMatchObject({
        place: { workspace: 'direct', channel: '5' },
        member: { id: '3', isManager: false },
      });
    }
  });

  it('is a manager who may change the server', () => {
    for (const [permissions, isManager] of [
      [0n, false],
      [1n << 10n, false],
      [MANAGE_GUILD, true],
      [ADMINISTRATOR, true],
    ] as const) {
      expect(caller(inServer(permissions), ['9']).member).toEqual({ id: '3', isManager });
      expect(mayManage(permissions)).toBe(isManager);
    }
  });

  it.each([
    ['de', 'de'],
    ['zh-CN', 'zh-CN'],
    ['zh-TW', 'zh-CN'],
    ['en-US', undefined],
    ['fr', undefined],
    [undefined, undefined],
  ])('whose client speaks %s is answered in %s', (locale, expected) => {
    expect(caller({ user: { id: '3' }, ...(locale ? { locale } : {}) }).locale).toBe(expected);
  });
});
