import { DiscordAPIError, Routes } from 'discord.js';
import { z } from 'zod';
import type { FeedNeeds } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import type { Command } from '../../src/command.ts';
import { HOUR_MS } from '../../src/domain/calendar.ts';
import { attempt, closed, type Finding, fine, ofClock, warning, wrong } from '../../src/finding.ts';
import { isRegistered } from './answering/registration.ts';
import type { Shards } from './gateway/shards.ts';
import { read } from './posting/failures.ts';
import { obstacles } from './posting/obstacles.ts';
import type { Places } from './posting/places.ts';
import type { Answer, Ask } from './posting/rest.ts';

export type { Finding } from '../../src/finding.ts';

export interface ExamineDependencies {
  ask: Ask;
  places: Places;
  commands: readonly Command[];
  /** Which connections the configuration asks for; absent for as many as Discord recommends. */
  shards?: Shards;
  clock: Clock;
}

const PORTAL = 'https://discord.com/developers/applications';
const NEW_TOKEN = `Choose the application on ${PORTAL}, click Bot and Reset Token, and put the new one into DISCORD_TOKEN.`;
/** What an error names where no channel is asked for. */
const NOWHERE = '@me';
/** New connections to the gateway that are left for the day: fewer are a loop of restarts. */
const FEW_LOGINS = 50;

const applicationSchema = z.object({
  id: z.string(),
  interactions_endpoint_url: z.string().nullish(),
  bot_require_code_grant: z.boolean().optional(),
  bot_public: z.boolean().optional(),
  approximate_guild_count: z.number().optional(),
});
/** How often a bot may connect in a day; `reset_after` in milliseconds. */
const loginsSchema = z.object({ total: z.number(), remaining: z.number(), reset_after: z.number() });
type Logins = z.infer<typeof loginsSchema>;
const gatewaySchema = z.object({ shards: z.number(), session_start_limit: loginsSchema });
const registeredSchema = z.array(z.record(z.string(), z.unknown()));

/**
 * Looks at all that a bot on Discord needs: token, clock, application, gateway, commands, and the permissions of each
 * feed in its channel. What cannot be asked is a finding of its own. Never rejects.
 */
export async function examine(
  feeds: readonly (FeedNeeds & { id: string })[],
  given: ExamineDependencies,
): Promise<Finding[]> {
  const { ask, clock } = given;
  let hello: Answer;
  try {
    hello = await ask({ method: 'GET', route: Routes.user('@me'), channel: NOWHERE });
  } catch (error) {
    return [unreachable(error)];
  }
  const parts = await Promise.all([
    attempt('The application', 'Discord', () => ofApplication(given)),
    attempt('The gateway', 'Discord', () => ofGateway(given)),
    ...feeds.map((feed) => attempt(`Feed ${feed.id}`, 'Discord', () => ofFeed(feed, given))),
  ]);
  return [fine('Discord takes the token.'), ofClock(hello.at, clock.now(), 'Discord'), ...parts.flat()];
}

function unreachable(error: unknown): Finding {
  const cause = error instanceof Error ? error.cause : undefined;
  const isRefused = cause instanceof DiscordAPIError && cause.status === 401;
  return isRefused
    ? wrong('Discord does not take the token.', NEW_TOKEN)
    : closed('Discord', error, 'Discord');
}

async function ofApplication({ ask, commands }: ExamineDependencies): Promise<Finding[]> {
  const { data } = await ask({ method: 'GET', route: Routes.currentApplication(), channel: NOWHERE });
  const application = read(applicationSchema, data, { channel: NOWHERE });
  const route = Routes.applicationCommands(application.id);
  const query = { with_localizations: 'true' };
  const answer = await ask({ method: 'GET', route, query, channel: NOWHERE });
  const registered = read(registeredSchema, answer.data, { channel: NOWHERE });
  return [
    fine('No privileged intent is asked for; nothing has to be switched on.'),
    ...ofSettings(application),
    isRegistered(registered, commands)
      ? fine('The commands are registered.')
      : warning(
          'The commands are not registered as this version has them.',
          'Start the bot: it registers them itself.',
        ),
  ];
}

function ofSettings(application: z.infer<typeof applicationSchema>): Finding[] {
  const page = `${PORTAL}/${application.id}`;
  const found: Finding[] = [];
  if (application.interactions_endpoint_url) {
    const sentence = 'Commands do not reach this bot: the application sends them to a web address.';
    found.push(wrong(sentence, `Empty Interactions Endpoint URL on ${page}/information.`));
  }
  if (application.bot_require_code_grant) {
    const sentence = 'The invitation does not work: the application asks for an OAuth2 code.';
    found.push(wrong(sentence, `Switch off Requires OAuth2 Code Grant on ${page}/bot.`));
  }
  if (application.bot_public === false)
    found.push(fine('Only you can add the bot to servers, as Public Bot is off.'));
  if (application.approximate_guild_count === 0)
    found.push(
      warning('The bot is in no server.', '"paperwire invite discord" prints the link that lets it in.'),
    );
  return found;
}

async function ofGateway({ ask, shards }: ExamineDependencies): Promise<Finding[]> {
  const { data } = await ask({ method: 'GET', route: Routes.gatewayBot(), channel: NOWHERE });
  const gateway = read(gatewaySchema, data, { channel: NOWHERE });
  return [ofLogins(gateway.session_start_limit), ...ofShards(shards, gateway.shards)];
}

function ofLogins({ total, remaining, reset_after: restMs }: Logins): Finding {
  if (remaining >= FEW_LOGINS) return fine(`${remaining} of ${total} logins of this day are left.`);
  const mend = `Find out why the bot starts over and over; in ${Math.ceil(restMs / HOUR_MS)} h there are ${total} again.`;
  return warning(`Only ${remaining} of ${total} logins of this day are left.`, mend);
}

function ofShards(wanted: Shards | undefined, recommended: number): Finding[] {
  if (wanted === undefined || wanted.count >= recommended) return [];
  const sentence = `DISCORD_SHARDS makes ${wanted.count} in all; Discord recommends ${recommended}.`;
  const isPart = wanted.ids.length < wanted.count;
  const mend = isPart
    ? `Share out ${recommended} among your processes, the same number behind the slash in each.`
    : 'Leave DISCORD_SHARDS out.';
  return [warning(sentence, mend)];
}

async function ofFeed(feed: FeedNeeds & { id: string }, { places }: ExamineDependencies): Promise<Finding[]> {
  const where = `Feed ${feed.id} (channel ${feed.destination.channel})`;
  const found = (await obstacles(feed, places)).map((mend) => wrong(`${where} cannot be posted.`, mend));
  return found.length > 0 ? found : [fine(`${where} has the permissions it needs.`)];
}
