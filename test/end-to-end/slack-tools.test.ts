import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../../adapters/slack/installing/scopes.ts';
import { systemClock } from '../../src/clock.ts';
import { type Channel, type FakeSlack, startSlack } from '../fakes/slack/index.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { withStore } from './bot-store.ts';
import { type Ended, installProgram, NOBODY, type Program } from './program.ts';
import { openSlackWorld } from './slack-world.ts';

const NEEDED = NEEDED_SCOPES.map(({ name }) => name);
const HISTORY = OPTIONAL_SCOPES.history.map(({ name }) => name);

let program: Program;
let fake: FakeSlack;
let channel: Channel;

beforeAll(async () => {
  program = installProgram(NOBODY);
  fake = await startSlack({ scopes: NEEDED });
  channel = fake.addChannel({ name: 'papers' });
});
afterAll(async () => {
  await fake.stop();
  program.remove();
  expect([fake.problems, fake.ownProblems]).toEqual([[], []]);
});

function paperwire(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const own = { SLACK_BOT_TOKEN: fake.botToken, SLACK_APP_TOKEN: fake.appToken, SLACK_API_URL: fake.apiUrl };
  return program.run(args, { env: { ...own, ...env } });
}

/** A feed in the channel, in the store that the program opens. */
async function addFeed(): Promise<void> {
  const destination = { platform: 'slack', workspace: fake.team.id, channel: channel.id } as const;
  await withStore(`sqlite:${program.folder}/data/test.db`, async (store) => {
    await store.addFeed(aFeed({ destination }), systemClock.now());
  });
}

describe('manifest slack', () => {
  it('prints an app with exactly the scopes that it gives a reason for, without anything being set up', async () => {
    const { code, out, err } = await program.run(['manifest', 'slack']);
    expect(code).toBe(0);
    const { oauth_config, settings, features } = JSON.parse(out);
    expect(oauth_config.scopes.bot).toEqual(NEEDED);
    expect(settings.socket_mode_enabled).toBe(true);
    expect(features.slash_commands[0].command).toBe('/paper');
    const named = err.match(/^ {2}[a-z]+:?[a-z.]+(?= {2,})/gm)?.map((line) => line.trim());
    expect(named).toEqual(NEEDED);
  });

  it('adds what is wanted beyond it, and the addresses at which Slack calls', async () => {
    const { code, out } = await program.run([
      ...['manifest', 'slack', '--http', 'https://papers.example.org/', '--history'],
    ]);
    expect(code).toBe(0);
    const { oauth_config, settings } = JSON.parse(out);
    expect(oauth_config.scopes.bot).toEqual([...NEEDED, ...HISTORY]);
    expect(oauth_config.redirect_urls).toEqual(['https://papers.example.org/slack/oauth_redirect']);
    expect(settings.event_subscriptions.request_url).toBe('https://papers.example.org/slack/events');
    expect(settings.socket_mode_enabled).toBe(false);
  });

  it('prints one JSON document for programs', async () => {
    const { code, out, err } = await program.run(['manifest', 'slack', '--unfurl', '--json']);
    expect([code, err]).toEqual([0, '']);
    const { manifest, reasons } = JSON.parse(out);
    expect(reasons.map(({ scope }: { scope: string }) => scope)).toEqual(manifest.oauth_config.scopes.bot);
    expect(reasons.filter(({ isOptional }: { isOptional: boolean }) => isOptional)).toHaveLength(2);
  });

  it('asks for what lets the bot live its whole life: what it prints is enough', async () => {
    const { out } = await program.run(['manifest', 'slack']);
    const scopes: string[] = JSON.parse(out).oauth_config.scopes.bot;
    await using world = await openSlackWorld({ scopes });
    const bot = await world.start();
    const panel = await world.ada.ask(world.channel, '/paper topics panel');
    await panel.whenMessages();
    world.bo.openHome();
    await world.fake.until(() => world.bo.home !== undefined);
    const refusals = world.fake.requests.map(({ error }) => error);
    expect(refusals).not.toContain('missing_scope');
    bot.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
  });

  it.each([
    [['manifest']],
    [['manifest', 'discord']],
    [['manifest', 'slack', '--socket', '--http', 'https://papers.example.org']],
    [['manifest', 'slack', '--http', 'http://papers.example.org']],
    [['manifest', 'slack', '--fast']],
  ])('wrong usage %j: a sentence and exit 2', async (args) => {
    const { code, out, err } = await program.run(args);
    expect([code, out]).toEqual([2, '']);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('doctor slack', () => {
  it('says what is fine and what is not, with the mend, and exits 1 only where something is wrong', async () => {
    await addFeed();
    const well = await paperwire(['doctor', 'slack']);
    expect([well.code, well.err]).toEqual([0, '']);
    expect(well.out).toContain('✓ Slack takes the token for Lab.');
    expect(well.out).toContain('✓ Slack takes the app token.');
    expect(well.out).toContain(`✓ Feed feed01 (channel ${channel.id}) can be posted.`);
    fake.kick(channel, 'bot');
    fake.setScopes(fake.team, NEEDED.slice(1));
    const ill = await paperwire(['doctor', 'slack']);
    fake.invite(channel, 'bot');
    fake.setScopes(fake.team, NEEDED);
    expect(ill.code).toBe(1);
    expect(ill.out).toMatch(/✗ The token lacks the scope commands: .*\n {2}Add commands under/);
    expect(ill.out).toMatch(/✗ Feed feed01 .*\n {2}The bot is not in this channel\. Type \/invite/);
  });

  it('prints one JSON document for programs', async () => {
    const { out } = await paperwire(['doctor', 'slack', '--json']);
    expect(JSON.parse(out).findings[0]).toEqual({
      state: 'fine',
      sentence: 'Slack takes the token for Lab.',
    });
  });

  it('says in which direction the clock is off', async () => {
    fake.skew(600_000);
    const { code, out } = await paperwire(['doctor', 'slack']);
    fake.skew(0);
    expect(code).toBe(1);
    expect(out).toMatch(/✗ The clock of this machine is (599|600|601) s behind Slack’s\./);
  });

  it('says how to get new tokens where Slack does not take them, and does not show them', async () => {
    const env = { SLACK_BOT_TOKEN: 'xoxb-another-secret', SLACK_APP_TOKEN: 'xapp-another-secret' };
    const { code, out, err } = await paperwire(['doctor', 'slack'], env);
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(
      /✗ Slack does not take the token \(invalid_auth\)\.\n {2}Copy the Bot User OAuth Token/,
    );
    expect(out).toMatch(/✗ Slack opens no connection for the app token \(invalid_auth\)\./);
    expect(out).not.toContain('another-secret');
  });

  it('says so where Slack cannot be reached', async () => {
    const { code, out } = await paperwire(['doctor', 'slack'], { SLACK_API_URL: `${NOBODY}/api` });
    expect(code).toBe(1);
    expect(out).toContain('could not be looked at');
  });

  it('looks at what a running bot for many teams lives by', async () => {
    await using world = await openSlackWorld({ way: 'oauth' });
    await world.start();
    const { code, out } = await world.program.run(['doctor', 'slack'], { env: world.env() });
    // Slack calls https addresses only, which nothing on the loopback interface is.
    expect(code).toBe(1);
    expect(out).toContain('✓ Slack takes the client id and its secret');
    expect(out).toContain('✗ Slack does not call http://127.0.0.1');
  });

  it('without a token says where to get one and exits 78; with wrong usage a sentence and 2', async () => {
    const bare = await program.run(['doctor', 'slack']);
    expect([bare.code, bare.out]).toEqual([78, '']);
    expect(bare.err).toContain('SLACK_BOT_TOKEN');
    const wrong = await paperwire(['doctor', 'slack', '--fast']);
    expect([wrong.code, wrong.out]).toEqual([2, '']);
  });
});
