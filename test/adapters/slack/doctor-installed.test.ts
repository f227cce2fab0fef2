import { beforeEach, describe, expect, it } from 'vitest';
import type { TokensConfig } from '../../../adapters/slack/installing/installing.ts';
import { StoreError } from '../../../src/errors.ts';
import { type Installations, UNSEALING } from '../../../src/installations.ts';
import { channel, fake, HTTP, look, nobody, open, PUBLIC_URL, sick } from './doctor-scene.ts';

beforeEach(() => open());

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
