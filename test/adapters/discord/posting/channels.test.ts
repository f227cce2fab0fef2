import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDiscordTools, type DiscordTools } from '../../../../adapters/discord/index.ts';
import { systemClock } from '../../../../src/clock.ts';
import { silentLog } from '../../../../src/log.ts';
import { type FakeDiscord, startDiscord } from '../../../fakes/discord/index.ts';

let fake: FakeDiscord;
let tools: DiscordTools;
beforeEach(async () => {
  fake = await startDiscord();
  tools = createDiscordTools({ token: fake.token, apiUrl: fake.url, clock: systemClock, log: silentLog });
});
afterEach(async () => {
  await fake.stop();
  expect([fake.problems, fake.ownProblems]).toEqual([[], []]);
});

it('the servers are those that have the bot', async () => {
  const lab = fake.addGuild({ name: 'Lab' });
  fake.addGuild({ name: 'Elsewhere', hasBot: false });
  expect(await tools.workspaces()).toEqual([{ id: lab.id, name: 'Lab' }]);
});

it('the channels are those that take editions, asked for anew each time', async () => {
  const lab = fake.addGuild({ name: 'Lab' });
  fake.addChannel(lab, { name: 'papers' });
  fake.addChannel(lab, { name: 'Folder', kind: 'category' });
  fake.addChannel(lab, { name: 'ideas', kind: 'forum' });
  expect((await tools.channels(lab.id)).map(({ name }) => name)).toEqual(['#papers', '#ideas']);
  const closed = fake.addChannel(lab, { name: 'closed' });
  fake.permit(closed, 'bot', { deny: ['SendMessages'] });
  expect((await tools.channels(lab.id)).map(({ name }) => name)).toContain('#closed');
  const destination = { platform: 'discord', workspace: lab.id, channel: closed.id } as const;
  const needs = { destination, layout: 'digest' } as const;
  expect(await tools.obstacles(needs)).toEqual([expect.stringContaining('Send Messages')]);
  fake.permit(closed, 'bot', { allow: ['SendMessages'] });
  expect(await tools.obstacles(needs)).toEqual([]);
});
