import { type Call, type Method, textArg } from './method.ts';
import { Refusal } from './refusal.ts';
import type { Installation, Shape, Team, World } from './state.ts';

/** How long a token that rotates counts (docs.slack.dev/authentication/using-token-rotation, read 2026-11). */
const TOKEN_LIFE_MS = 43_200_000;

export const OAUTH_METHODS: readonly Method[] = [
  {
    name: 'oauth.v2.access',
    tier: 4,
    token: 'none',
    args: ['client_id', 'client_secret', 'code', 'redirect_uri', 'grant_type', 'refresh_token'],
    run(call) {
      const { app } = call.world;
      if (textArg(call, 'client_id') !== app.clientId) throw new Refusal('invalid_client_id');
      if (textArg(call, 'client_secret') !== app.clientSecret) throw new Refusal('bad_client_secret');
      const isRefresh = textArg(call, 'grant_type') === 'refresh_token';
      return granted(call.world, isRefresh ? refreshed(call) : exchanged(call));
    },
  },
];

/** Gives the app a token of a workspace; the one that was there counts no more. */
export function install(
  world: World,
  team: Team,
  { by, scopes, rotates, token }: { by: string; scopes: readonly string[]; rotates: boolean; token?: string },
): Installation {
  const installation: Installation = {
    token: token ?? world.newId(rotates ? 'xoxe.xoxb-1-' : 'xoxb-'),
    team,
    scopes: new Set(scopes),
    installedBy: by,
    isRevoked: false,
    ...(rotates ? { refreshToken: world.newId('xoxe-1-'), expiresAtMs: world.now() + TOKEN_LIFE_MS } : {}),
  };
  team.installation = installation;
  world.installations.set(installation.token, installation);
  if (installation.refreshToken) world.refreshTokens.set(installation.refreshToken, installation);
  return installation;
}

function exchanged(call: Call): Installation {
  const { world } = call;
  const id = textArg(call, 'code');
  const code = world.codes.get(id);
  if (!code) throw new Refusal('invalid_code');
  world.codes.delete(id);
  if (code.redirectUri !== textArg(call, 'redirect_uri')) throw new Refusal('bad_redirect_uri');
  return install(world, code.team, { by: code.by, scopes: code.scopes, rotates: world.rotatesTokens });
}

/** A refresh token counts once; the access token before goes on until its own end. */
function refreshed(call: Call): Installation {
  const { world } = call;
  const id = textArg(call, 'refresh_token');
  const before = world.refreshTokens.get(id);
  if (!before || before.isRevoked) throw new Refusal('invalid_refresh_token');
  world.refreshTokens.delete(id);
  const { team, installedBy: by, scopes } = before;
  return install(world, team, { by, scopes: [...scopes], rotates: true });
}

function granted(world: World, installation: Installation): Shape {
  const { team, token, scopes, installedBy, refreshToken, expiresAtMs } = installation;
  return {
    app_id: world.app.id,
    authed_user: { id: installedBy },
    scope: [...scopes].join(','),
    token_type: 'bot',
    access_token: token,
    bot_user_id: team.bot.id,
    ...(refreshToken === undefined || expiresAtMs === undefined
      ? {}
      : { refresh_token: refreshToken, expires_in: Math.round((expiresAtMs - world.now()) / 1000) }),
    team: { id: team.id, name: team.name },
    enterprise: null,
    is_enterprise_install: false,
  };
}
