import { beforeEach, describe, expect, it } from 'vitest';
import { greetingAt } from '../../../adapters/slack/examining/greeting.ts';
import { NEEDED_SCOPES } from '../../../adapters/slack/installing/scopes.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { channel, clock, fake, HTTP, look, open, PUBLIC_URL, parts, sick } from './doctor-scene.ts';

beforeEach(() => open());

describe('the doctor', () => {
  it('finds nothing where everything is as it should be, with a connection of ours', async () => {
    const found = await look();
    expect(sick(found)).toEqual([]);
    expect(found.map(({ sentence }) => sentence)).toEqual([
      `Slack takes the token for ${channel.team.name}.`,
      'The clock of this machine is right to 0 s.',
      'The token has the 9 scopes that are needed.',
      'Slack takes the app token.',
      'A connection to Slack opens; no other stands: no bot is running.',
      `Feed feed01 (channel ${channel.id}) can be posted.`,
    ]);
    await fake.until(() => fake.sockets.count === 0);
    expect(fake.problems).toEqual([]);
  });

  it('and by requests that Slack signs', async () => {
    const knocked: string[] = [];
    const knock = async (url: string) => {
      knocked.push(url);
      return 401;
    };
    const found = await look({ hearing: HTTP, publicUrl: PUBLIC_URL, knock });
    expect(sick(found)).toEqual([]);
    expect(knocked).toEqual([`${PUBLIC_URL}/slack/events`]);
    expect(fake.count('apps.connections.open')).toBe(0);
  });

  it.each(['account_inactive', 'invalid_auth', 'token_revoked'])(
    'a token that Slack does not take (%s), and asks of no channel',
    async (error) => {
      fake.fail('auth.test', { kind: 'error', error });
      const found = sick(await look());
      expect(found).toEqual([
        {
          state: 'wrong',
          sentence: `Slack does not take the token (${error}).`,
          mend: expect.stringContaining('SLACK_BOT_TOKEN'),
        },
      ]);
      expect(fake.count('conversations.info')).toBe(0);
    },
  );

  it.each(NEEDED_SCOPES.map(({ name, why }) => [name, why]))(
    'the scope %s that is missing',
    async (name, why) => {
      await fake.stop();
      await open(NEEDED_SCOPES.map((scope) => scope.name).filter((one) => one !== name));
      expect(sick(await look())).toContainEqual({
        state: 'wrong',
        sentence: `The token lacks the scope ${name}: ${why}.`,
        mend: expect.stringContaining(`Add ${name} under OAuth & Permissions`),
      });
    },
  );

  it('scopes that are wanted and not there, and those that nobody wants', async () => {
    await fake.stop();
    await open([...NEEDED_SCOPES.map(({ name }) => name), 'links:read', 'admin']);
    expect(sick(await look({ extras: ['unfurl'] }))).toEqual([
      { state: 'warning', sentence: expect.stringContaining('links:write'), mend: expect.any(String) },
      {
        state: 'warning',
        sentence: 'The token may more than this bot needs: admin.',
        mend: expect.any(String),
      },
    ]);
  });

  it.each([
    [20 * SECOND_MS, undefined],
    [-2 * MINUTE_MS, { state: 'warning', sentence: expect.stringContaining('120 s ahead of') }],
    [HOUR_MS, { state: 'wrong', sentence: expect.stringContaining('3600 s behind') }],
  ])('a clock that is off, with Slack’s %d ms ahead', async (skewMs, expected) => {
    fake.skew(skewMs);
    expect(sick(await look())).toMatchObject(expected ? [expected] : []);
  });

  it('an app token that Slack does not take', async () => {
    expect(sick(await look({ hearing: { kind: 'socket', appToken: 'xapp-other' } }))).toEqual([
      {
        state: 'wrong',
        sentence: 'Slack opens no connection for the app token (invalid_auth).',
        mend: expect.stringContaining('connections:write'),
      },
    ]);
  });

  it.each(['auth.test', 'apps.connections.open'])(
    'a Slack that has trouble of its own with %s',
    async (method) => {
      fake.fail(method, { kind: 'error', error: 'internal_error' });
      expect(sick(await look())).toMatchObject([
        {
          state: 'wrong',
          sentence: expect.stringContaining('could not be looked at'),
          mend: expect.any(String),
        },
      ]);
    },
  );

  it('a connection that does not open', async () => {
    // What Slack gives to connect to is for one connection: a second one is not let in.
    const { call } = parts();
    const { data } = await call({
      method: 'apps.connections.open',
      args: {},
      token: fake.appToken,
      channel: '',
    });
    const { url } = data as { url: string };
    await greetingAt(url, clock);
    await expect(greetingAt(url, clock)).rejects.toThrow('Slack ended the connection.');
  });

  it.each([
    [404, undefined, 'answers 404'],
    [200, undefined, 'answers 200'],
    [undefined, new Error('connect ECONNREFUSED'), 'cannot be reached from here'],
  ])('an address that answers %j %j', async (status, error, sentence) => {
    const knock = async () => {
      if (error) throw error;
      return status ?? 0;
    };
    expect(sick(await look({ hearing: HTTP, publicUrl: PUBLIC_URL, knock }))).toMatchObject([
      { state: 'wrong', sentence: expect.stringContaining(sentence) },
    ]);
  });

  it.each([
    [undefined, 'warning', 'PUBLIC_URL is not set'],
    ['http://papers.example.org', 'wrong', 'https addresses only'],
  ])('an address that Slack does not call: %j', async (publicUrl, state, sentence) => {
    const given = publicUrl === undefined ? {} : { publicUrl };
    expect(sick(await look({ hearing: HTTP, ...given }))).toMatchObject([
      { state, sentence: expect.stringContaining(sentence) },
    ]);
  });

  it('a signing secret that is none', async () => {
    const hearing = { kind: 'http', signingSecret: fake.botToken } as const;
    expect(sick(await look({ hearing, publicUrl: PUBLIC_URL }))).toMatchObject([
      { state: 'warning', sentence: expect.stringContaining('SLACK_SIGNING_SECRET') },
    ]);
  });

  it('a channel in which the bot is not, one that is archived, and one that is gone', async () => {
    const mends = async () => sick(await look()).map(({ mend }) => mend);
    const say = textsFor(undefined).slack;
    fake.kick(channel, 'bot');
    expect(await mends()).toEqual([say.invite]);
    fake.archive(channel);
    expect(await mends()).toEqual([say.archived]);
    fake.removeChannel(channel);
    expect(await mends()).toEqual([say.hidden]);
  });

  it('what cannot be asked, and goes on with the rest', async () => {
    fake.fail('conversations.info', { kind: 'status', status: 503 });
    const found = await look();
    expect(sick(found)).toMatchObject([
      { state: 'wrong', sentence: expect.stringContaining('Feed feed01 could not be looked at') },
    ]);
    expect(found).toHaveLength(6);
  });
});
