import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INVITED } from '../../adapters/discord/posting/permissions.ts';
import { systemClock } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { openStore } from '../../src/stores/index.ts';
import { type Channel, type FakeDiscord, type Guild, startDiscord } from '../fakes/discord/index.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { type Ended, installProgram, NOBODY, type Program } from './program.ts';

let program: Program;
let fake: FakeDiscord;
let guild: Guild;
let channel: Channel;

beforeAll(async () => {
  program = installProgram(NOBODY);
  fake = await startDiscord();
  guild = fake.addGuild({ name: 'Lab' });
  channel = fake.addChannel(guild, { name: 'papers' });
});
afterAll(async () => {
  await fake.stop();
  program.remove();
});

function paperwire(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const own = { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.url };
  return program.run(args, { env: { ...own, ...env } });
}

/** A feed in the channel, in the store that the program opens. */
async function addFeed(): Promise<void> {
  const url = `sqlite:${program.folder}/data/test.db`;
  const store = await openStore(url, { clock: systemClock, log: silentLog });
  const destination = { platform: 'discord', workspace: guild.id, channel: channel.id } as const;
  await store.addFeed(aFeed({ destination }), systemClock.now());
  await store.close();
}

describe('invite discord', () => {
  it('prints the link with exactly the permissions that it names', async () => {
    const { code, out, err } = await paperwire(['invite', 'discord']);
    expect([code, err]).toEqual([0, '']);
    const [, link = ''] = /^ {2}(https:\S+scope=bot\S+)$/m.exec(out) ?? [];
    expect(new URL(link).searchParams.get('permissions')).toBe(INVITED.toString());
    expect(out.match(/^ {2}[A-Z][\w ]+ {2}to /gm)).toHaveLength(
      INVITED.toString(2).replaceAll('0', '').length,
    );
    expect(out).toContain('no privileged intent');
  });

  it('prints one JSON document for programs', async () => {
    const { code, out } = await paperwire(['invite', 'discord', '--json']);
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(out))).toEqual(['serverUrl', 'memberUrl', 'permissions']);
  });

  it('fails in a sentence where Discord does not take the token', async () => {
    const { code, out, err } = await paperwire(['invite', 'discord'], { DISCORD_TOKEN: 'wrong' });
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('DISCORD_TOKEN');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).not.toContain('wrong');
  });
});

it.each([[[]], [['--json']]])('invite %j without a platform: a sentence and exit 2', async (args) => {
  const { code, out, err } = await paperwire(['invite', ...args]);
  expect([code, out, err]).toEqual([2, '', 'Say which platform: paperwire invite discord.\n']);
});

describe('doctor discord', () => {
  it('says what is fine and what is not, with the mend, and exits 1 only where something is wrong', async () => {
    await addFeed();
    const well = await paperwire(['doctor', 'discord']);
    expect([well.code, well.err]).toEqual([0, '']);
    expect(well.out).toContain('✓ Discord takes the token.');
    expect(well.out).toContain('! The commands are not registered');
    expect(well.out).toContain(`✓ Feed feed01 (channel ${channel.id}) has the permissions it needs.`);
    fake.permit(channel, 'bot', { deny: ['SendMessages'] });
    const ill = await paperwire(['doctor', 'discord']);
    expect(ill.code).toBe(1);
    expect(ill.out).toMatch(/✗ Feed feed01 .*\n {2}The bot lacks the permission Send Messages/);
  });

  it('prints one JSON document for programs', async () => {
    const { out } = await paperwire(['doctor', 'discord', '--json']);
    const { findings } = JSON.parse(out);
    expect(findings[0]).toEqual({ state: 'fine', sentence: 'Discord takes the token.' });
  });

  it('says in which direction the clock is off', async () => {
    fake.skew(600_000);
    const { code, out } = await paperwire(['doctor', 'discord']);
    fake.skew(0);
    expect(code).toBe(1);
    expect(out).toMatch(/✗ The clock of this machine is (599|600|601) s behind Discord’s\./);
  });

  it('says how to get a new token where Discord does not take it, and does not show it', async () => {
    const { code, out, err } = await paperwire(['doctor', 'discord'], { DISCORD_TOKEN: 'another-secret' });
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain('✗ Discord does not take the token.\n  Choose the application');
    expect(out).not.toContain('another-secret');
  });

  it('says so where Discord cannot be reached', async () => {
    const { code, out } = await paperwire(['doctor', 'discord'], { DISCORD_API_URL: NOBODY });
    expect(code).toBe(1);
    expect(out).toContain('Discord could not be looked at');
  });
});

describe.each([
  ['doctor', '[discord|slack|email] [--json] [--send …] [--hook]'],
  ['invite', 'discord [--json]'],
])('%s', (command, usage) => {
  it('shows its help, whatever is set up', async () => {
    for (const args of [
      [command, '--help'],
      [command, 'discord', '--help'],
    ]) {
      const { code, out } = await paperwire(args, { DISCORD_TOKEN: '' });
      expect(code).toBe(0);
      expect(out).toContain(`Usage: paperwire ${command} ${usage}\n`);
    }
  });

  it.each([[['telegram']], [['--fast']], [['discord', 'now']], [['discord', '--fast']]])(
    'wrong usage %j: a sentence and exit 2',
    async (args) => {
      const { code, out, err } = await paperwire([command, ...args]);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain(`paperwire ${command} `);
      expect(err.trim().split('\n')).toHaveLength(1);
    },
  );

  it('without a token says where to get one and exits 78', async () => {
    const { code, out, err } = await paperwire([command, 'discord'], { DISCORD_TOKEN: '' });
    expect([code, out]).toEqual([78, '']);
    expect(err).toMatch(/DISCORD_TOKEN: it is not set\. .*Reset Token/);
  });
});
