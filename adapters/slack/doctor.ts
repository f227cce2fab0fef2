import { z } from 'zod';
import type { FeedNeeds } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import { StoreError } from '../../src/errors.ts';
import { attempt, closed, type Finding, fine, ofClock, wrong } from '../../src/finding.ts';
import { type HearingDependencies, ofHearing } from './examining/hearing.ts';
import { refusalOf } from './examining/refusal.ts';
import { ofScopes } from './examining/scopes.ts';
import type { TokensConfig } from './installing/installing.ts';
import type { Keeping } from './installing/keeping.ts';
import { INSTALL_PATH } from './installing/oauth.ts';
import { type Readable, readableOf, wrongKey } from './installing/readable.ts';
import type { ScopeOption } from './installing/scopes.ts';
import type { Tokens } from './installing/tokens.ts';
import type { Answer } from './posting/ask.ts';
import { read } from './posting/failures.ts';
import { obstacles } from './posting/obstacles.ts';
import type { Places } from './posting/places.ts';

export type { Finding } from '../../src/finding.ts';

export interface ExamineDependencies extends HearingDependencies {
  /** The tokens as they are set up. */
  setUp: TokensConfig;
  /** Those of the workspaces that have us. */
  tokens: Tokens;
  places: Pick<Places, 'channel'>;
  /** What they gave us; absent where one has made the app for itself. */
  keeping?: Pick<Keeping, 'readAnew'> | undefined;
  /** The workspaces that have us. Errors: `StoreError`. */
  known: () => Promise<readonly string[]>;
  /** What the bot is to do beyond what everybody needs. */
  extras?: readonly ScopeOption[];
  clock: Clock;
}

const NEW_TOKEN =
  'Copy the Bot User OAuth Token of OAuth & Permissions on https://api.slack.com/apps into SLACK_BOT_TOKEN; install the app there first.';

const identitySchema = z.object({ team: z.string().default(''), bot_id: z.string().optional() });

type ExaminedFeed = FeedNeeds & { id: string };

/**
 * Looks at all that a bot on Slack needs: tokens, scopes, clock, the way by which it hears, and each feed's channel. What
 * cannot be asked is a finding of its own. Never rejects.
 */
export async function examine(
  feeds: readonly ExaminedFeed[],
  given: ExamineDependencies,
): Promise<Finding[]> {
  const { setUp } = given;
  const [teams, heard, apart] = await Promise.all([
    setUp.kind === 'one' ? ofOneToken(setUp.botToken, feeds, given) : ofInstallations(feeds, given),
    examineHearing(given),
    setUp.kind === 'many' ? attempt('Installing', 'Slack', () => ofOauth(setUp, given)) : [],
  ]);
  const channels = await Promise.all(
    teams.feeds.map((feed) => attempt(`Feed ${feed.id}`, 'Slack', () => ofFeed(feed, given))),
  );
  return [...teams.findings, ...heard, ...apart, ...channels.flat()];
}

/** Looks at the bot token alone, of one who has made the app for themselves. Never rejects. */
export async function examineToken(given: ExamineDependencies): Promise<Finding[]> {
  return given.setUp.kind === 'one' ? await ofToken(given.setUp.botToken, 'Slack', given) : [];
}

/** Looks only at the way by which the bot hears. Never rejects. */
export async function examineHearing(given: HearingDependencies): Promise<Finding[]> {
  return await attempt('What Slack tells', 'Slack', () => ofHearing(given));
}

/** What is found of workspaces, and the feeds of which more can be said: without a token there are none. */
interface OfTeams {
  findings: Finding[];
  feeds: readonly ExaminedFeed[];
}

async function ofOneToken(
  token: string,
  feeds: readonly ExaminedFeed[],
  given: ExamineDependencies,
): Promise<OfTeams> {
  const findings = await ofToken(token, 'Slack', given);
  return { findings, feeds: findings[0]?.state === 'wrong' ? [] : feeds };
}

async function ofInstallations(feeds: readonly ExaminedFeed[], given: ExamineDependencies): Promise<OfTeams> {
  const withFeeds = new Set(feeds.map(({ destination }) => destination.workspace));
  const readable = await readableFor(withFeeds, given);
  if (readable instanceof Error) return { findings: [closed('What is kept', readable, 'Slack')], feeds: [] };
  const { others, unreadable, wrongKeyOf } = readable;
  const { sentence, mend } = wrongKey(wrongKeyOf, given.publicUrl);
  const again = `Have it install the app again: ${given.publicUrl}${INSTALL_PATH}.`;
  const sick =
    wrongKeyOf > 0
      ? [wrong(sentence, mend)]
      : unreadable.map(({ one, error }) =>
          wrong(`What the workspace ${one.workspace} gave us cannot be read. ${error.message}`, again),
        );
  const there = new Set(others.map(({ workspace }) => workspace));
  const asked = [...withFeeds].filter((workspace) => there.has(workspace));
  const found = await Promise.all(asked.map((workspace) => ofInstallation(workspace, given)));
  return {
    findings: [...sick, ...found.flat()],
    feeds: feeds.filter(({ destination }) => there.has(destination.workspace)),
  };
}

/** What can be read of all workspaces that have us or a feed. Out: the error where the store cannot say. */
async function readableFor(
  withFeeds: ReadonlySet<string>,
  { known, keeping }: ExamineDependencies,
): Promise<Readable<{ workspace: string }> | Error> {
  try {
    const all = [...new Set([...(await known()), ...withFeeds])].map((workspace) => ({ workspace }));
    return await readableOf(all, keeping ?? { readAnew: async () => undefined });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return error;
  }
}

async function ofInstallation(workspace: string, given: ExamineDependencies): Promise<Finding[]> {
  const what = `The workspace ${workspace}`;
  return await attempt(what, 'Slack', async () => {
    const { token } = await given.tokens.of(workspace, '');
    return await ofToken(token, what, given);
  });
}

async function ofToken(token: string, what: string, given: ExamineDependencies): Promise<Finding[]> {
  const { call, setUp, publicUrl = '', extras = [], clock } = given;
  let hello: Answer;
  try {
    hello = await call({ method: 'auth.test', args: {}, token, channel: '' });
  } catch (error) {
    const code = refusalOf(error);
    if (code === undefined) return [closed(what, error, 'Slack')];
    const again = `Have it install the app again: ${publicUrl}${INSTALL_PATH}.`;
    return [wrong(`Slack does not take the token (${code}).`, setUp.kind === 'one' ? NEW_TOKEN : again)];
  }
  return await attempt(what, 'Slack', async () => {
    const { team, bot_id: bot } = read(identitySchema, hello.data, { channel: '' });
    if (bot === undefined) return [wrong('The token is a person’s, not a bot’s.', NEW_TOKEN)];
    const again =
      setUp.kind === 'one'
        ? 'Then install the app again, on the same page.'
        : `Then have ${team || 'the workspace'} install it again: ${publicUrl}${INSTALL_PATH}.`;
    return [
      fine(`Slack takes the token for ${team || 'the workspace'}.`),
      ofClock(hello.at, clock.now(), 'Slack'),
      ...ofScopes(hello.scopes, extras, again),
    ];
  });
}

/** A code that nobody has tells whether Slack takes who asks (docs.slack.dev/reference/methods/oauth.v2.access, 2026-11-23). */
async function ofOauth(
  { clientId, clientSecret }: Extract<TokensConfig, { kind: 'many' }>,
  { call, publicUrl = '' }: ExamineDependencies,
): Promise<Finding[]> {
  const args = { client_id: clientId, client_secret: clientSecret, code: 'of-the-doctor' };
  const link = `${publicUrl}${INSTALL_PATH}`;
  try {
    await call({ method: 'oauth.v2.access', args, token: undefined, channel: '' });
  } catch (error) {
    const code = refusalOf(error);
    if (code === undefined) throw error;
    if (code !== 'invalid_code') {
      const mend = 'Copy Client ID and Client Secret of Basic Information, App Credentials.';
      return [wrong(`Slack does not take SLACK_CLIENT_ID with SLACK_CLIENT_SECRET (${code}).`, mend)];
    }
  }
  return [fine(`Slack takes the client id and its secret; workspaces install the app by ${link}.`)];
}

async function ofFeed(feed: ExaminedFeed, { places }: ExamineDependencies): Promise<Finding[]> {
  const where = `Feed ${feed.id} (channel ${feed.destination.channel})`;
  const found = (await obstacles(feed, places)).map((mend) => wrong(`${where} cannot be posted.`, mend));
  return found.length > 0 ? found : [fine(`${where} can be posted.`)];
}
