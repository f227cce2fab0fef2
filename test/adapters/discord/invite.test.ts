import { expect, it } from 'vitest';
import { createDiscordTools } from '../../../adapters/discord/index.ts';
import { INVITED, PERMISSIONS } from '../../../adapters/discord/posting/permissions.ts';
import { systemClock } from '../../../src/clock.ts';
import { silentLog } from '../../../src/log.ts';
import { startDiscord } from '../../fakes/discord/index.ts';

/** View Channel, Send Messages, Read Message History, Add Reactions, and three for threads: what is written out here. */
const BITS = [1n << 10n, 1n << 11n, 1n << 16n, 1n << 6n, 1n << 35n, 1n << 36n, 1n << 38n];

it('invites with exactly the permissions that are used, each with its reason, and as an app for oneself', async () => {
  const fake = await startDiscord();
  const config = { token: fake.token, apiUrl: fake.url, clock: systemClock, log: silentLog };
  const { serverUrl, memberUrl, permissions } = await createDiscordTools(config).invite();
  await fake.stop();
  const [server, member] = [serverUrl, memberUrl].map((url) => new URL(url).searchParams);
  expect(BigInt(server?.get('permissions') ?? '')).toBe(BITS.reduce((all, bit) => all | bit));
  expect(INVITED).toBe(BITS.reduce((all, bit) => all | bit));
  expect(server?.get('client_id')).toBe(fake.applicationId);
  expect(server?.get('scope')).toBe('bot applications.commands');
  expect(Object.fromEntries(member ?? [])).toEqual({
    client_id: fake.applicationId,
    scope: 'applications.commands',
    integration_type: '1',
  });
  expect(permissions).toHaveLength(Object.keys(PERMISSIONS).length);
  for (const { name, why } of permissions) expect(`${name} ${why}`).toMatch(/^[A-Z][\w ]+ to [a-z]/);
});
