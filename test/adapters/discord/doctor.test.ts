import { REST, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registrationOf } from '../../../adapters/discord/answering/registration-command.ts';
import { examine, type Finding } from '../../../adapters/discord/doctor.ts';
import type { Shards } from '../../../adapters/discord/gateway/shards.ts';
import { createBrake } from '../../../adapters/discord/posting/brake.ts';
import { createPlaces } from '../../../adapters/discord/posting/places.ts';
import { type Ask, createAsk } from '../../../adapters/discord/posting/rest.ts';
import { commands } from '../../../commands/index.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import { silentLog } from '../../../src/log.ts';
import { createPace } from '../../../src/pace.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { type Channel, type FakeDiscord, type Guild, startDiscord } from '../../fakes/discord/index.ts';

const clock = createFakeClock('2026-11-23T09:00:00.000Z');
let fake: FakeDiscord;
let guild: Guild;
let channel: Channel;
beforeEach(async () => {
  fake = await startDiscord({ clock, limits: false });
  guild = fake.addGuild({ name: 'Lab' });
  channel = fake.addChannel(guild, { name: 'papers' });
});
afterEach(async () => {
  expect(fake.problems).toEqual([]);
  await fake.stop();
});

/** What the portal has other than the fake. */
type Portal = Record<string, unknown>;

interface Given {
  portal?: Portal;
  token?: string;
  shards?: Shards;
}

/** What the doctor says of a feed in the channel that posts in cards. */
async function look({ portal = {}, token = fake.token, shards }: Given = {}): Promise<Finding[]> {
  const brake = createBrake({ clock, log: silentLog });
  const pace = createPace({ limit: 50, windowMs: SECOND_MS, clock });
  const real = createAsk({ token, apiUrl: fake.url, pace, brake, clock });
  const ask: Ask = async (question) => {
    const answer = await real(question);
    const changed = portal[question.route] as object | undefined;
    return changed ? { ...answer, data: { ...(answer.data as object), ...changed } } : answer;
  };
  const destination = { platform: 'discord', workspace: guild.id, channel: channel.id } as const;
  const feeds = [{ id: 'feed01', destination, layout: 'cards' as const }];
  const places = createPlaces({ ask, clock });
  return await examine(feeds, { ask, places, commands, clock, ...(shards === undefined ? {} : { shards }) });
}

/** Registers them as a bot of this version does. */
async function register(): Promise<void> {
  const rest = new REST({ api: fake.url }).setToken(fake.token);
  await rest.put(Routes.applicationCommands(fake.applicationId), { body: registrationOf(commands) });
}

const sick = (findings: Finding[]) => findings.filter(({ state }) => state !== 'fine');

describe('the doctor', () => {
  it('finds nothing where everything is as it should be', async () => {
    await register();
    const found = await look();
    expect(sick(found)).toEqual([]);
    expect(found.map(({ sentence }) => sentence)).toEqual([
      'Discord takes the token.',
      'The clock of this machine is right to 0 s.',
      'No privileged intent is asked for; nothing has to be switched on.',
      'The commands are registered.',
      '1000 of 1000 logins of this day are left.',
      `Feed feed01 (channel ${channel.id}) has the permissions it needs.`,
    ]);
  });

  it('a token that Discord does not take, and asks nothing more', async () => {
    const found = await look({ token: 'another' });
    expect(found).toEqual([
      {
        state: 'wrong',
        sentence: 'Discord does not take the token.',
        mend: expect.stringContaining('Reset Token'),
      },
    ]);
    expect(fake.requests).toHaveLength(1);
  });

  it('commands that are not there', async () => {
    expect(sick(await look())).toMatchObject([
      { state: 'warning', sentence: expect.stringContaining('not registered'), mend: expect.any(String) },
    ]);
  });

  it.each([
    [20 * SECOND_MS, undefined],
    [-2 * MINUTE_MS, { state: 'warning', sentence: expect.stringContaining('120 s ahead of') }],
    [HOUR_MS, { state: 'wrong', sentence: expect.stringContaining('3600 s behind') }],
  ])('a clock that is off, with Discord’s %d ms ahead', async (skewMs, expected) => {
    await register();
    fake.skew(skewMs);
    expect(sick(await look())).toMatchObject(expected ? [expected] : []);
  });

  it.each([
    [{ interactions_endpoint_url: 'https://example.com' }, 'wrong', 'Interactions Endpoint URL'],
    [{ bot_require_code_grant: true }, 'wrong', 'OAuth2 Code Grant'],
    [{ approximate_guild_count: 0 }, 'warning', 'paperwire invite discord'],
  ])('an application that says %j', async (application, state, mend) => {
    await register();
    const found = sick(await look({ portal: { '/applications/@me': application } }));
    expect(found).toMatchObject([{ state, mend: expect.stringContaining(mend) }]);
  });

  it('logins that run out, and fewer shards than Discord recommends', async () => {
    await register();
    const limit = { total: 1000, remaining: 7, reset_after: 90 * MINUTE_MS, max_concurrency: 1 };
    const portal = { '/gateway/bot': { shards: 3, session_start_limit: limit } };
    expect(sick(await look({ portal, shards: { ids: [0, 1], count: 2 } }))).toEqual([
      {
        state: 'warning',
        sentence: 'Only 7 of 1000 logins of this day are left.',
        mend: expect.stringContaining('in 2 h'),
      },
      {
        state: 'warning',
        sentence: 'DISCORD_SHARDS makes 2 in all; Discord recommends 3.',
        mend: 'Leave DISCORD_SHARDS out.',
      },
    ]);
    expect(sick(await look({ portal, shards: { ids: [1], count: 2 } }))).toContainEqual({
      state: 'warning',
      sentence: 'DISCORD_SHARDS makes 2 in all; Discord recommends 3.',
      mend: expect.stringContaining('Share out 3 among your processes'),
    });
    expect(sick(await look({ portal, shards: { ids: [1], count: 3 } }))).toHaveLength(1);
  });

  it('each permission that a feed lacks in its channel, by the name that Discord’s settings show', async () => {
    await register();
    fake.permit(channel, 'bot', { deny: ['CreatePublicThreads', 'ReadMessageHistory'] });
    const mends = sick(await look()).map(({ state, mend }) => [state, mend]);
    expect(mends).toEqual([
      ['wrong', expect.stringContaining('permission Read Message History ')],
      ['wrong', expect.stringContaining('permission Create Public Threads ')],
    ]);
  });

  it('what cannot be asked, and goes on with the rest', async () => {
    await register();
    fake.fail('GET /applications/@me', { kind: 'status', status: 503 });
    const found = await look();
    expect(sick(found)).toMatchObject([
      { state: 'wrong', sentence: expect.stringContaining('The application could not be looked at') },
    ]);
    expect(found).toHaveLength(5);
  });

  it('a Discord that cannot be reached', async () => {
    fake.fail('GET /users/@me', { kind: 'reset-before' });
    expect(await look()).toMatchObject([
      { state: 'wrong', sentence: expect.stringContaining('Discord could not be looked at') },
    ]);
  });
});
