import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { type PermissionName, readSpecs, startDiscord } from './index.ts';
import { createClient, logIn } from './logged-in.ts';
import type { Route } from './route.ts';
import { createSchemas } from './schemas.ts';

const specs = readSpecs();

describe.runIf(specs)('the descriptions', () => {
  const route: Route = { method: 'GET', path: '/users/@me', run: () => ({ status: 200 }) };

  it('show what the fake itself does wrong', () => {
    const found = { problems: [] as string[], ownProblems: [] as string[] };
    const schemas = createSchemas(specs, found);
    schemas.checkAnswer(route, 200, { id: '1' });
    schemas.checkGateway('READY', { v: 10 }, 'fake');
    schemas.checkAnswer(route, 404, { code: 'none' });
    const of = (word: string) => found.ownProblems.filter((sentence) => sentence.includes(word)).length;
    expect([of('200 of GET'), of('READY'), of('404 of GET')].every((count) => count > 0)).toBe(true);
    expect(found.problems).toEqual([]);
  });

  it('show what a client says wrong on the gateway', () => {
    const found = { problems: [] as string[], ownProblems: [] as string[] };
    createSchemas(specs, found).checkGateway('identify', { op: 2, d: { token: 'x' } }, 'client');
    expect(found.problems).not.toEqual([]);
    expect(found.ownProblems).toEqual([]);
  });
});

describe('permissions', () => {
  it('are the same as discord.js computes them, whatever the rules', async () => {
    const fake = await startDiscord({ specs: false });
    const random = createRandom(11);
    const names = Object.keys(PermissionFlagsBits) as PermissionName[];
    const some = (share: number) => names.filter((name) => name !== 'Administrator' && random() < share);
    const channels = Array.from({ length: 60 }, (_, index) => {
      const guild = fake.addGuild({ name: `Lab ${index}` });
      fake.setPermissions(guild, 'everyone', some(0.7));
      const roles = ['One', 'Two'].map((name) => fake.addRole(guild, { name, permissions: some(0.3) }));
      const channel = fake.addChannel(guild, { name: 'papers' });
      fake.permit(channel, 'everyone', { allow: some(0.2), deny: some(0.2) });
      for (const role of roles) {
        fake.giveRole(guild, 'bot', role);
        fake.permit(channel, role, { allow: some(0.2), deny: some(0.2) });
      }
      if (random() < 0.5) fake.permit(channel, 'bot', { allow: some(0.2), deny: some(0.2) });
      return channel;
    });
    const client = createClient(fake);
    await logIn(client, fake.token);
    let seen = 0;
    for (const channel of channels) {
      const known = client.channels.cache.get(channel.id);
      if (!known || !('permissionsFor' in known)) throw new Error('The channel is not known.');
      const bits = known.permissionsFor(fake.bot.id)?.bitfield ?? 0n;
      const isSeen = (bits & PermissionFlagsBits.ViewChannel) !== 0n;
      seen += isSeen ? 1 : 0;
      expect(fake.permissions(channel, 'bot')).toBe(isSeen ? bits : 0n);
    }
    expect(seen).toBeGreaterThan(10);
    expect(seen).toBeLessThan(60);
    await client.destroy();
    await fake.stop();
  });
});
