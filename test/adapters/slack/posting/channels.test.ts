import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackTools, type SlackTools } from '../../../../adapters/slack/index.ts';
import { systemClock } from '../../../../src/clock.ts';
import type { Installations } from '../../../../src/installations.ts';
import { silentLog } from '../../../../src/log.ts';
import { type FakeSlack, startSlack } from '../../../fakes/slack/index.ts';

let fake: FakeSlack;
let tools: SlackTools;
beforeEach(async () => {
  fake = await startSlack({ limits: false });
  tools = createSlackTools({
    apiUrl: fake.apiUrl,
    hearing: { kind: 'socket', appToken: fake.appToken },
    tokens: { kind: 'one', botToken: fake.botToken },
    installations: {} as Installations,
    knock: async () => 401,
    known: async () => [],
    clock: systemClock,
    log: silentLog,
  });
});
afterEach(async () => {
  await fake.stop();
  expect([fake.problems, fake.ownProblems]).toEqual([[], []]);
});

describe('where a team lets us post', () => {
  it('are the channels that we are in, then those that we can join, whatever the number of pages', async () => {
    for (let index = 0; index < 250; index += 1)
      fake.addChannel({ name: `c${String(index).padStart(3, '0')}`, hasBot: index === 249 });
    fake.addChannel({ name: 'ours', kind: 'private' });
    fake.addChannel({ name: 'theirs', kind: 'private', hasBot: false });
    fake.archive(fake.addChannel({ name: 'old' }));
    const [team] = await tools.workspaces();
    expect(team).toEqual({ id: fake.team.id, name: 'Lab' });
    const channels = await tools.channels(fake.team.id);
    const names = channels.map(({ name, isToJoin }) => `${name}${isToJoin ? '' : ' (in)'}`);
    expect(fake.count('conversations.list')).toBe(2);
    expect(names).toContain('#c249 (in)');
    expect(names).toContain('#ours (in)');
    expect(names).toContain('#c000');
    expect(names).not.toContain('#theirs');
    expect(names.filter((name) => name.startsWith('#old'))).toEqual([]);
    const firstToJoin = channels.findIndex(({ isToJoin }) => isToJoin);
    expect(channels.slice(firstToJoin).every(({ isToJoin }) => isToJoin)).toBe(true);
  });

  it('is a channel that we join when it is asked for', async () => {
    const open = fake.addChannel({ name: 'open', hasBot: false });
    const destination = { platform: 'slack', workspace: fake.team.id, channel: open.id } as const;
    const needs = { destination, layout: 'digest' } as const;
    expect(await tools.obstacles(needs)).toHaveLength(1);
    await tools.enter(destination);
    expect(await tools.obstacles(needs)).toEqual([]);
  });
});

it('who may change feeds are admins and owners that are people and still there', async () => {
  fake.addPerson({ name: 'Ada', role: 'admin' });
  fake.addPerson({ name: 'Bo' });
  fake.addPerson({ name: 'Robot', role: 'admin', isBot: true });
  fake.leave(fake.addPerson({ name: 'Cy', role: 'admin' }));
  const names = (await tools.managers(fake.team.id)).map(({ name }) => name);
  expect(names).toContain('Ada');
  for (const name of ['Bo', 'Robot', 'Cy']) expect(names).not.toContain(name);
});
