import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExamineDependencies, examine, type Finding } from '../../../adapters/slack/doctor.ts';
import { greetingAt } from '../../../adapters/slack/examining/greeting.ts';
import { createInstalling, type TokensConfig } from '../../../adapters/slack/installing/installing.ts';
import { NEEDED_SCOPES } from '../../../adapters/slack/installing/scopes.ts';
import { createAsk } from '../../../adapters/slack/posting/ask.ts';
import { createBudget } from '../../../adapters/slack/posting/budget.ts';
import { createCall } from '../../../adapters/slack/posting/call.ts';
import { createPlaces } from '../../../adapters/slack/posting/places.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import { StoreError } from '../../../src/errors.ts';
import { type Installations, UNSEALING } from '../../../src/installations.ts';
import { silentLog } from '../../../src/log.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { type Channel, type FakeSlack, startSlack } from '../../fakes/slack/index.ts';

const clock = createFakeClock('2026-11-23T09:00:00.000Z');
let fake: FakeSlack;
let channel: Channel;

async function open(scopes: readonly string[] = NEEDED_SCOPES.map(({ name }) => name)): Promise<void> {
  fake = await startSlack({ clock, limits: false, scopes });
  channel = fake.addChannel({ name: 'papers' });
}
beforeEach(() => open());
afterEach(async () => {
  await fake.stop();
});

const PUBLIC_URL = 'https://papers.example.org';
const SECRET = '0123456789abcdef0123456789abcdef';
const HTTP = { kind: 'http', signingSecret: SECRET } as const;
const nobody: Installations = {
  get: async () => undefined,
  put: async () => {},
  remove: async () => false,
  alone: async (_workspace, work) => ({ done: await work() }),
};

type Given = Partial<
  Pick<ExamineDependencies, 'hearing' | 'publicUrl' | 'extras' | 'knock' | 'setUp' | 'known'>
> & {
  installations?: Installations;
};

const parts = () => ({ call: createCall({ apiUrl: fake.apiUrl, clock, log: silentLog }) });

/** What the doctor says of a feed in the channel. */
async function look(given: Given = {}): Promise<Finding[]> {
  const { call } = parts();
  const setUp: TokensConfig = given.setUp ?? { kind: 'one', botToken: fake.botToken };
  const installing = createInstalling({
    tokens: setUp,
    installations: given.installations ?? nobody,
    call,
    async onGone() {},
    onTrouble() {},
    clock,
    log: silentLog,
  });
  const { tokens } = installing;
  const keeping = installing.kind === 'many' ? installing.keeping : undefined;
  const ask = createAsk({ call, tokens, budget: createBudget({ clock }) });
  const places = createPlaces({ ask, tokens, clock });
  const destination = { platform: 'slack', workspace: channel.team.id, channel: channel.id } as const;
  return await examine([{ id: 'feed01', destination, layout: 'digest' }], {
    hearing: { kind: 'socket', appToken: fake.appToken },
    knock: async () => 401,
    known: async () => [],
    ...given,
    keeping,
    call,
    setUp,
    tokens,
    places,
    clock,
  });
}

const sick = (findings: Finding[]) => findings.filter(({ state }) => state !== 'fine');

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

describe('the doctor of an app that many workspaces install', () => {
  const setUpFor = (clientSecret: string): TokensConfig => ({
    kind: 'many',
    clientId: fake.clientId,
    clientSecret,
    stateSecret: 'state',
  });

  it('asks Slack whether it takes the client’s secret', async () => {
    const given = { hearing: HTTP, publicUrl: PUBLIC_URL };
    const found = await look({ ...given, setUp: setUpFor(fake.clientSecret) });
    expect(found).toContainEqual({
      state: 'fine',
      sentence: `Slack takes the client id and its secret; workspaces install the app by ${PUBLIC_URL}/slack/install.`,
    });
    expect(sick(await look({ ...given, setUp: setUpFor('another') }))).toContainEqual({
      state: 'wrong',
      sentence: 'Slack does not take SLACK_CLIENT_ID with SLACK_CLIENT_SECRET (bad_client_secret).',
      mend: expect.stringContaining('Basic Information'),
    });
  });

  const bot = { token: 'xoxb-kept', userId: 'UBOT' };
  /** What the store has of each workspace; those that are sealed with another key do not open. */
  function keptBy(sealed: readonly string[], kept: readonly string[]): Installations {
    return {
      ...nobody,
      async get({ workspace: id }) {
        if (sealed.includes(id)) throw new StoreError(UNSEALING, { key: `installations:slack:${id}` });
        return kept.includes(id) ? { team: { id }, user: {}, bot } : undefined;
      },
    };
  }

  it('says plainly that a key opens nothing that is kept, also of workspaces without a feed', async () => {
    const known = ['T1', channel.team.id];
    const given = { hearing: HTTP, publicUrl: PUBLIC_URL, setUp: setUpFor(fake.clientSecret) };
    const found = await look({ ...given, installations: keptBy(known, []), known: async () => known });
    expect(sick(found)).toEqual([
      {
        state: 'wrong',
        sentence: 'SECRET_KEY does not open any of the 2 installations that are kept.',
        mend: expect.stringContaining(`Start with the key of before; where it is lost, each`),
      },
    ]);
    expect(fake.count('auth.test')).toBe(0);
  });

  it('of one installation that is damaged says so, and looks at all others', async () => {
    fake.grant(channel.team, { token: bot.token });
    const given = { hearing: HTTP, publicUrl: PUBLIC_URL, setUp: setUpFor(fake.clientSecret) };
    const installations = keptBy(['T1'], [channel.team.id]);
    const found = await look({ ...given, installations, known: async () => ['T1', channel.team.id] });
    expect(sick(found)[0]).toEqual({
      state: 'wrong',
      sentence: expect.stringContaining('What the workspace T1 gave us cannot be read.'),
      mend: `Have it install the app again: ${PUBLIC_URL}/slack/install.`,
    });
    expect(found).toContainEqual({
      state: 'fine',
      sentence: `Slack takes the token for ${channel.team.name}.`,
    });
  });

  it('finds a workspace with a feed that has uninstalled it', async () => {
    const found = await look({ hearing: HTTP, publicUrl: PUBLIC_URL, setUp: setUpFor(fake.clientSecret) });
    expect(sick(found)).toContainEqual(
      expect.objectContaining({
        sentence: expect.stringContaining(`The workspace ${channel.team.id} could not`),
      }),
    );
  });
});
