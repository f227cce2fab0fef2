import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTPReceiver, type Installation } from '@slack/bolt';
import { InstallProvider } from '@slack/oauth';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeClock } from '../clock.ts';
import { SILENT, withClient, withSocket, wordOf } from './connected.ts';
import type { FakeSlack } from './index.ts';

/** The real OAuth of the SDK on an address of its own, and what it was given. */
async function withOauth(fake: FakeSlack) {
  const kept: Installation[] = [];
  const installer = new InstallProvider({
    clientId: fake.clientId,
    clientSecret: fake.clientSecret,
    stateSecret: 'a secret of this test',
    authorizationUrl: fake.authorizeUrl,
    clientOptions: { slackApiUrl: fake.apiUrl },
    logger: SILENT,
    installationStore: {
      storeInstallation: async (installation) => void kept.push(installation as Installation),
      fetchInstallation: async () => kept.at(-1) as never,
    },
  });
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/slack/install'))
      void installer.handleInstallPath(
        request,
        response,
        {},
        { scopes: ['commands', 'chat:write'], redirectUri: `${base}/slack/oauth_redirect` },
      );
    else void installer.handleCallback(request, response, {});
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { kept, installer, startUrl: `${base}/slack/install` };
}

describe('an installation by OAuth', () => {
  it('goes through a browser, with state and cookie', async () => {
    const { fake, clientOf } = await withClient({ isInstalled: false });
    const team = fake.addTeam({ name: 'Other lab' });
    const cy = fake.addPerson({ name: 'Cy', team, role: 'owner' });
    const { kept, startUrl } = await withOauth(fake);
    const outcome = await fake.install(startUrl, { by: cy });
    expect(outcome).toMatchObject({ status: 200, scopes: ['commands', 'chat:write'] });
    expect(kept).toMatchObject([
      { team: { id: team.id }, user: { id: cy.id }, bot: { scopes: ['commands', 'chat:write'] } },
    ]);
    const { user_id, team_id } = await clientOf(String(kept[0]?.bot?.token)).auth.test();
    expect({ user_id, team_id }).toEqual({ user_id: team.bot.id, team_id: team.id });
    expect(fake.botToken).toBe('');
  });

  it('may be denied, and a code counts once, for its own address', async () => {
    const { fake, client, ada } = await withClient();
    const { kept, startUrl } = await withOauth(fake);
    const denied = await fake.install(startUrl, { by: ada, deny: true });
    expect([denied.status, kept.length]).toEqual([500, 0]);
    await fake.install(startUrl, { by: ada });
    const used = fake.requests.find(({ method }) => method === 'oauth.v2.access');
    const again = client.oauth.v2.access({
      ...used?.args,
      client_id: fake.clientId,
      client_secret: fake.clientSecret,
    } as never);
    expect(await wordOf(again)).toBe('invalid_code');
    const bad = client.oauth.v2.access({ client_id: fake.clientId, client_secret: 'x', code: 'y' });
    expect(await wordOf(bad)).toBe('bad_client_secret');
  });

  it('gives tokens for twelve hours, refreshed once each', async () => {
    const clock = createFakeClock('2026-11-23T09:00:00.000Z');
    const { fake, client, clientOf, ada } = await withClient({ clock, rotatesTokens: true });
    const { kept, startUrl } = await withOauth(fake);
    await fake.install(startUrl, { by: ada });
    const { token = '', refreshToken = '' } = kept[0]?.bot ?? {};
    expect(await wordOf(clientOf(token).auth.test())).toBe('ok');
    clock.advance(43_200_001);
    expect(await wordOf(clientOf(token).auth.test())).toBe('token_expired');
    const refresh = async (refresh_token: string) =>
      await client.oauth.v2.access({
        client_id: fake.clientId,
        client_secret: fake.clientSecret,
        grant_type: 'refresh_token',
        refresh_token,
      });
    const fresh = await refresh(refreshToken);
    expect(fresh).toMatchObject({ expires_in: 43_200, token_type: 'bot', team: { id: fake.team.id } });
    expect(await wordOf(clientOf(String(fresh.access_token)).auth.test())).toBe('ok');
    expect(await wordOf(refresh(refreshToken))).toBe('invalid_refresh_token');
    fake.expire(fake.team);
    expect(await wordOf(clientOf(String(fresh.access_token)).auth.test())).toBe('token_expired');
  });
});

describe('a token', () => {
  it('is refused by the word for what is wrong with it', async () => {
    const { fake, client, clientOf } = await withClient({ scopes: ['commands'] });
    expect(await wordOf(clientOf('xoxb-none').auth.test())).toBe('invalid_auth');
    expect(await wordOf(clientOf('').auth.test())).toBe('not_authed');
    expect(await wordOf(clientOf(fake.appToken).auth.test())).toBe('not_allowed_token_type');
    const posted = client.chat.postMessage({ channel: 'C1', text: 'x' });
    await expect(posted).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'chat:write', provided: 'commands' },
    });
    fake.deactivate(fake.team);
    expect(await wordOf(client.auth.test())).toBe('account_inactive');
    fake.reactivate(fake.team);
    await client.auth.revoke();
    expect(await wordOf(client.auth.test())).toBe('token_revoked');
  });

  it('ends with the app: both is told', async () => {
    const { fake, app, client } = await withSocket();
    const heard: string[] = [];
    app.event('tokens_revoked', async ({ event }) => void heard.push(event.type));
    app.event('app_uninstalled', async ({ event }) => void heard.push(event.type));
    fake.uninstall(fake.team);
    await fake.settled();
    expect(heard).toEqual(['tokens_revoked', 'app_uninstalled']);
    expect(await wordOf(client.auth.test())).toBe('token_revoked');
    expect(fake.grant(fake.team).token).toBe(fake.botToken);
  });
});

it('the receiver of Bolt finds nothing wrong with our OAuth', async () => {
  const { fake, ada } = await withClient({ isInstalled: false });
  const kept: unknown[] = [];
  const receiver = new HTTPReceiver({
    signingSecret: fake.signingSecret,
    clientId: fake.clientId,
    clientSecret: fake.clientSecret,
    stateSecret: 'a secret of this test',
    scopes: ['commands'],
    logger: SILENT,
    installationStore: {
      storeInstallation: async (one) => void kept.push(one),
      fetchInstallation: async () => undefined as never,
    },
    installerOptions: { authorizationUrl: fake.authorizeUrl, clientOptions: { slackApiUrl: fake.apiUrl } },
  });
  const server = await receiver.start(0, { host: '127.0.0.1' } as never);
  onTestFinished(async () => void (await receiver.stop()));
  const { port } = server.address() as AddressInfo;
  const { status } = await fake.install(`http://127.0.0.1:${port}/slack/install`, { by: ada });
  expect([status, kept.length]).toEqual([200, 1]);
});
