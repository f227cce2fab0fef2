import { SCOPE_OPTIONS, type ScopeOption } from '../../adapters/slack/installing/scopes.ts';
import type { EnvironmentReader } from '../environment.ts';

/** How Slack is set up. */
export interface SlackConfig {
  /** Base address of its Web API, with a slash at the end. */
  apiUrl: string;
  hearing: SlackHearing;
  tokens: SlackTokens;
  /** What the bot is allowed beyond what it cannot do without, of workspaces that install it by OAuth. */
  extras: ScopeOption[];
}

/** How Slack tells us what happens: by a connection of ours, or by calls to our port. */
export type SlackHearing = { kind: 'socket'; appToken: string } | { kind: 'http'; signingSecret: string };

/** `one`: a team that made the app for itself. `many`: each that installs it by OAuth. */
export type SlackTokens =
  | { kind: 'one'; botToken: string }
  | { kind: 'many'; clientId: string; clientSecret: string; stateSecret?: string };

interface Given {
  botToken: string | undefined;
  appToken: string | undefined;
  signingSecret: string | undefined;
  clientId: string | undefined;
  clientSecret: string | undefined;
  stateSecret: string | undefined;
}

/** Undefined where none of Slack's variables is set, or where they do not fit together: then it is told. */
export function readSlack(read: EnvironmentReader, publicUrl: string | undefined): SlackConfig | undefined {
  const given: Given = {
    botToken: token(read, 'SLACK_BOT_TOKEN', 'xoxb-', 'OAuth & Permissions'),
    appToken: token(read, 'SLACK_APP_TOKEN', 'xapp-', 'Basic Information, App-Level Tokens'),
    signingSecret: read.secret('SLACK_SIGNING_SECRET'),
    clientId: read.word('SLACK_CLIENT_ID'),
    clientSecret: read.secret('SLACK_CLIENT_SECRET'),
    stateSecret: read.secret('SLACK_STATE_SECRET'),
  };
  const apiUrl = `${read.webUrl('SLACK_API_URL', 'https://slack.com/api')}/`;
  const extras = read.someOf('SLACK_EXTRAS', SCOPE_OPTIONS);
  if (Object.values(given).every((value) => value === undefined)) return undefined;
  const tokens = tokensOf(given, read);
  const hearing = hearingOf(given, read);
  if (tokens?.kind === 'many' && publicUrl === undefined) {
    read.problem(
      'PUBLIC_URL',
      'teams that install the app come back to it: give the https address at which the world reaches HTTP_PORT.',
    );
  }
  return tokens && hearing ? { apiUrl, hearing, tokens, extras } : undefined;
}

/** All of it that must never be shown. */
export function slackSecrets(slack: SlackConfig | undefined): (string | undefined)[] {
  if (!slack) return [];
  const { tokens, hearing } = slack;
  return [
    hearing.kind === 'socket' ? hearing.appToken : hearing.signingSecret,
    ...(tokens.kind === 'one' ? [tokens.botToken] : [tokens.clientSecret, tokens.stateSecret]),
  ];
}

/** Slack's tokens tell their kind by how they begin; taken for one another they fail later and less clearly. */
function token(read: EnvironmentReader, variable: string, prefix: string, page: string): string | undefined {
  const value = read.secret(variable);
  if (value !== undefined && !value.startsWith(prefix)) {
    read.problem(variable, `it must begin with ${prefix}; it stands on the app's page ${page}.`);
  }
  return value;
}

function tokensOf(given: Given, { problem }: EnvironmentReader): SlackTokens | undefined {
  const { botToken, clientId, clientSecret, stateSecret } = given;
  if (botToken !== undefined && clientId !== undefined) {
    problem(
      'SLACK_BOT_TOKEN',
      'SLACK_CLIENT_ID is set too; give the token for one team, or the client id for many, not both.',
    );
    return undefined;
  }
  if (botToken !== undefined) return { kind: 'one', botToken };
  if (clientId !== undefined && clientSecret !== undefined) {
    return { kind: 'many', clientId, clientSecret, ...(stateSecret === undefined ? {} : { stateSecret }) };
  }
  if (clientId !== undefined) {
    problem('SLACK_CLIENT_SECRET', 'it is not set; it stands beside the client id, on Basic Information.');
  } else if (clientSecret !== undefined) {
    problem('SLACK_CLIENT_ID', 'it is not set; it stands beside the client secret, on Basic Information.');
  } else {
    problem(
      'SLACK_BOT_TOKEN',
      'it is not set; give it for one team, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET for many.',
    );
  }
  return undefined;
}

/** Where both are given it is the connection: an app with Socket Mode on is told nothing by HTTP. */
function hearingOf(
  { appToken, signingSecret, clientId }: Given,
  { problem }: EnvironmentReader,
): SlackHearing | undefined {
  if (appToken !== undefined) return { kind: 'socket', appToken };
  if (signingSecret !== undefined) return { kind: 'http', signingSecret };
  const socket = clientId === undefined ? ', or SLACK_APP_TOKEN for Socket Mode' : '';
  problem(
    'SLACK_SIGNING_SECRET',
    `it is not set, so that Slack could not tell us anything; give it for HTTP${socket}.`,
  );
  return undefined;
}
