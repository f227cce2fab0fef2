import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { messageText } from '../fakes/slack/index.ts';
import { eventually, type RunningProgram, stop, TODAY } from './running.ts';
import {
  addFeed,
  firstOf,
  freePort,
  openSlackWorld,
  papersOn,
  posted,
  type SlackWorld,
  textOfAnswer,
} from './slack-world.ts';

const TOMORROW = addDays(TODAY, 1);

/** All that lies on the disk of a world's store, as text: its file, and what is not in there yet. */
function onDisk({ storeUrl }: SlackWorld): string {
  const file = storeUrl.slice('sqlite:'.length);
  const files = [file, `${file}-wal`, `${file}-shm`].filter(existsSync);
  return files.map((one) => readFileSync(one, 'latin1')).join('');
}

/** The records of installations as they lie in the store. */
function sealedIn({ storeUrl }: SlackWorld): string[] {
  const raw = new DatabaseSync(storeUrl.slice('sqlite:'.length), { readOnly: true });
  try {
    const tables = raw.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    const rows = tables.flatMap(({ name }) => raw.prepare(`SELECT * FROM "${String(name)}"`).all());
    const texts = rows.flatMap((row) => Object.values(row).map(String));
    return texts.flatMap((text) => text.match(/v1\.[A-Za-z0-9_-]{100,}/g) ?? []);
  } finally {
    raw.close();
  }
}

/** What Slack was asked by whom to renew a token. */
function renewals({ fake }: SlackWorld) {
  return fake.requests.filter(
    ({ method, args }) => method === 'oauth.v2.access' && args.grant_type === 'refresh_token',
  );
}

function run({ ada, channel }: SlackWorld, id: string): Promise<string> {
  return textOfAnswer(ada.slash(channel, `/paper feed run id:${id}`));
}

/** Starts a second program on the same store. Out: it, and the port at which it is called. */
async function startBeside(world: SlackWorld): Promise<{ bot: RunningProgram; port: string }> {
  const port = String(await freePort());
  const bot = world.launch({ HTTP_PORT: port, LOG_LEVEL: 'debug' });
  await eventually(() => bot.said().includes('Paperwire is running'), `it starts: ${bot.log()}`);
  return { bot, port };
}

describe.concurrent('tokens that rotate', () => {
  it('are renewed before an edition by one of two processes, and never lie or are told in plain', async () => {
    await using world = await openSlackWorld({ way: 'oauth', rotatesTokens: true });
    const { fake, channel, team, bo } = world;
    const first = await world.start({ LOG_LEVEL: 'debug' });
    await addFeed(world, { limit: 2 });
    await stop(first);
    world.setTime(`${TOMORROW}T09:00:10.000Z`);
    // So long that both need a token while it is being renewed, and that nobody may wait for it to be acknowledged.
    fake.fail('oauth.v2.access', { kind: 'slow', byMs: 4000, isHandled: true }, { times: 1 });
    const [second, beside] = await Promise.all([world.start({ LOG_LEVEL: 'debug' }), startBeside(world)]);
    const ports = [new URL(world.installUrl).port, beside.port];
    const asked = ports.map((port) => {
      fake.http(`http://127.0.0.1:${port}/slack/events`);
      return firstOf(bo.slash(channel, '/paper today limit:3'));
    });
    for (const answer of await Promise.all(asked)) expect(papersOn(answer)).toHaveLength(3);
    await eventually(() => posted(fake, channel).length > 0, 'the edition comes');
    expect(renewals(world)).toHaveLength(1);
    expect(fake.requests.map(({ error }) => error)).not.toContain('invalid_refresh_token');
    // Only whether a workspace has the bot still is asked with the token of before.
    const others = fake.requests.filter(({ method }) => method !== 'auth.test');
    expect(others.map(({ error }) => error)).not.toContain('token_expired');

    const bots = [first, second, beside.bot];
    for (const bot of bots.slice(1)) await stop(bot);
    const tokens = fake.requests.flatMap(({ token, args }) => [token, args.refresh_token]);
    const secrets = new Set([team.installation?.token, team.installation?.refreshToken, ...tokens]);
    const plain = [onDisk(world), ...bots.flatMap((bot) => [bot.said(), bot.log()])].join('\n');
    for (const secret of secrets) if (secret !== undefined) expect(plain).not.toContain(secret);
    expect(secrets.size).toBeGreaterThan(2);
    expect(posted(fake, channel)).toHaveLength(1);
  });

  it('and end before their time are renewed too', async () => {
    await using world = await openSlackWorld({ way: 'oauth', rotatesTokens: true });
    const { fake, channel, team } = world;
    const bot = await world.start();
    const id = await addFeed(world, { limit: 2 });
    fake.expire(team);
    await run(world, id);
    await eventually(async () => (await run(world, id)).includes('posted'), 'it is renewed');
    expect(posted(fake, channel)).toHaveLength(1);
    expect(renewals(world)).toHaveLength(1);
    await stop(bot);
  });

  it('and cannot be renewed cost no edition: it waits, the operator hears why, and it comes once that is mended', async () => {
    await using world = await openSlackWorld({ way: 'oauth', rotatesTokens: true });
    const { fake, channel } = world;
    const first = await world.start();
    await addFeed(world, { limit: 2 });
    await stop(first);
    world.setTime(`${TOMORROW}T09:00:10.000Z`);
    fake.fail('oauth.v2.access', { kind: 'error', error: 'bad_client_secret' });
    const second = await world.start();
    await eventually(() => second.log().includes('SLACK_CLIENT_SECRET'), 'it is told');
    await stop(second);
    const { out } = await world.program.run(['delivery', 'list'], { env: world.env() });
    expect(out).not.toMatch(/#\d+ +(refused|uncertain)/);
    expect(renewals(world)).toHaveLength(1);
    fake.mend();
    world.setTime(`${TOMORROW}T09:20:00.000Z`);
    const third = await world.start();
    await eventually(() => posted(fake, channel).length > 0, 'the edition comes');
    await stop(third);
  });
});

describe.concurrent('a workspace that lets Paperwire go', () => {
  it.each([
    ['by uninstalling it', 'uninstall'],
    ['by revoking its tokens', 'revoke'],
  ] as const)(
    '%s: neither token nor record is left, and a late word of it harms no new one',
    async (_, how) => {
      await using world = await openSlackWorld({ way: 'oauth' });
      const { fake, channel, team, ada } = world;
      const bot = await world.start();
      const id = await addFeed(world, { limit: 2 });
      const [sealed = ''] = sealedIn(world);
      expect(sealed).not.toBe('');
      const token = team.installation?.token ?? '';
      fake[how](team);
      await fake.settled();
      await eventually(() => sealedIn(world).length === 0, 'the record is erased');
      await eventually(() => !onDisk(world).includes(sealed), 'nothing of it is left on the disk');
      expect(onDisk(world)).not.toContain(token);

      expect((await fake.install(world.installUrl, { by: ada })).status).toBe(200);
      expect(sealedIn(world)).toHaveLength(1);
      fake.emit({ type: 'tokens_revoked', tokens: { oauth: [], bot: [team.bot.id] } });
      fake.emit({ type: 'app_uninstalled' });
      await fake.settled();
      expect(await run(world, id)).toContain('posted');
      expect(posted(fake, channel)).toHaveLength(1);
      expect(sealedIn(world)).toHaveLength(1);
      await stop(bot);
    },
  );

  it('while the bot is away: the next start leaves nothing of its tokens', async () => {
    await using world = await openSlackWorld({ way: 'oauth' });
    const { fake, team } = world;
    const first = await world.start();
    await addFeed(world, { limit: 2 });
    await stop(first);
    fake.uninstall(team);
    expect(sealedIn(world)).toHaveLength(1);
    const second = world.launch();
    await eventually(() => sealedIn(world).length === 0, 'the record is erased');
    expect(fake.count('auth.test')).toBeGreaterThan(0);
    await stop(second);
  });

  it('by being switched off: it rests with its tokens, and goes on with the next start after it is back', async () => {
    await using world = await openSlackWorld({ way: 'oauth' });
    const { fake, team, channel } = world;
    const first = await world.start();
    const id = await addFeed(world, { limit: 2 });
    fake.deactivate(team);
    await run(world, id);
    await eventually(() => first.log().includes('its tokens stay'), 'it is seen');
    expect(sealedIn(world)).toHaveLength(1);
    await stop(first);
    fake.reactivate(team);
    // The tick before the next minute may be over when it is seen to be back.
    world.setTime(`${TOMORROW}T09:00:50.000Z`);
    const second = await world.start();
    await eventually(() => posted(fake, channel).length > 0, 'the edition comes');
    await stop(second);
  });
});

describe.concurrent('an installation', () => {
  it('that is cancelled, forged or ends in another browser installs nothing and says why', async () => {
    await using world = await openSlackWorld({ way: 'oauth' });
    const { fake } = world;
    const bot = await world.start();
    const other = fake.addTeam({ name: 'Studio' });
    const cy = fake.addPerson({ name: 'Cy', team: other, role: 'admin' });
    const cancelled = await fake.install(world.installUrl, { by: cy, deny: true });
    expect([cancelled.status, cancelled.body]).toEqual([400, expect.stringContaining('You cancelled it')]);

    const redirect = world.installUrl.replace('install', 'oauth_redirect');
    const forged = await fetch(`${redirect}?code=code-1&state=forged`);
    expect([forged.status, await forged.text()]).toEqual([400, expect.stringContaining('another browser')]);
    const begun = await fetch(world.installUrl, { redirect: 'manual' });
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const elsewhere = await fetch(`${redirect}?code=code-1&state=${encodeURIComponent(state)}`);
    expect([elsewhere.status, await elsewhere.text()]).toEqual([
      400,
      expect.stringContaining('another browser'),
    ]);
    expect(other.installation).toBeUndefined();
    expect(sealedIn(world)).toHaveLength(1);

    expect((await fake.install(world.installUrl, { by: cy })).status).toBe(200);
    await eventually(() => posted(fake, cy.dm()).length > 0, 'who installed it is greeted');
    expect(posted(fake, cy.dm()).map(messageText)).toEqual([
      expect.stringContaining('Paperwire is installed'),
    ]);
    expect(sealedIn(world)).toHaveLength(2);
    await stop(bot);
  });

  it('cannot be read with another key: nothing is posted or erased, and with its own all goes on', async () => {
    await using world = await openSlackWorld({ way: 'oauth' });
    const { fake, channel } = world;
    const first = await world.start();
    await addFeed(world, { limit: 2 });
    await stop(first);
    world.setTime(`${TODAY}T09:00:20.000Z`);
    const second = await world.start({ SECRET_KEY: 'another-key-that-opens-nothing-here-at-all' });
    await eventually(() => second.log().includes('another SECRET_KEY'), 'it is told');
    expect(posted(fake, channel)).toEqual([]);
    expect(sealedIn(world)).toHaveLength(1);
    await stop(second);
    world.setTime(`${TODAY}T09:20:00.000Z`);
    const third = await world.start();
    await eventually(() => posted(fake, channel).length > 0, 'the edition comes');
    await stop(third);
  });
});
