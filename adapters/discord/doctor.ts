import { DiscordAPIError, Routes } from 'discord.js';
import { z } from 'zod';
import type { FeedNeeds } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import type { Command } from '../../src/command.ts';
import { HOUR_MS, MINUTE_MS, msBetween, SECOND_MS } from '../../src/domain/calendar.ts';
import { isRegistered } from './answering/registration.ts';
import { read } from './posting/failures.ts';
import { obstacles } from './posting/obstacles.ts';
import type { Places } from './posting/places.ts';
import type { Answer, Ask } from './posting/rest.ts';

/** One thing that was looked at. */
export interface Finding {
  /** `warning`: it works, but not for long or not as one may think. */
  state: 'fine' | 'warning' | 'wrong';
  /** What was looked at and how it is, as a sentence. */
  sentence: string;
  /** What to do about it; absent where nothing is. */
  mend?: string;
}

export interface ExamineDependencies {
  ask: Ask;
  places: Places;
  commands: readonly Command[];
  /** How many connections the configuration asks for; absent for as many as Discord recommends. */
  shards?: number;
  clock: Clock;
}

const PORTAL = 'https://discord.com/developers/applications';
const NEW_TOKEN = `Choose the application on ${PORTAL}, click Bot and Reset Token, and put the new one into DISCORD_TOKEN.`;
/** What an error names where no channel is asked for. */
const NOWHERE = '@me';
/** Nonces and looks depend on clocks that agree to five minutes; half a minute off is a clock that nobody sets. */
const SKEW_MS = 30 * SECOND_MS;
const MOST_SKEW_MS = 5 * MINUTE_MS;
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
    attempt('The application', () => ofApplication(given)),
    attempt('The gateway', () => ofGateway(given)),
    ...feeds.map((feed) => attempt(`Feed ${feed.id}`, () => ofFeed(feed, given))),
  ]);
  return [fine('Discord takes the token.'), ofClock(hello, clock), ...parts.flat()];
}

function unreachable(error: unknown): Finding {
  const cause = error instanceof Error ? error.cause : undefined;
  const isRefused = cause instanceof DiscordAPIError && cause.status === 401;
  return isRefused ? wrong('Discord does not take the token.', NEW_TOKEN) : closed('Discord', error);
}

/** Findings, or one that says why there are none. */
async function attempt(what: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    return [closed(what, error)];
  }
}

function closed(what: string, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  const mend = 'Try again in a minute. If it stays so: can this machine reach Discord?';
  return wrong(`${what} could not be looked at. ${reason}`, mend);
}

function ofClock({ at }: Answer, clock: Clock): Finding {
  if (at === undefined)
    return warning('Discord does not tell its time.', 'Look whether a proxy stands before it.');
  const offMs = msBetween(at, clock.now());
  const seconds = Math.round(Math.abs(offMs) / SECOND_MS);
  if (Math.abs(offMs) < SKEW_MS) return fine(`The clock of this machine is right to ${seconds} s.`);
  const sentence = `The clock of this machine is ${seconds} s ${offMs < 0 ? 'behind' : 'ahead of'} Discord’s.`;
  const mend = 'Have the machine set its clock by NTP.';
  return Math.abs(offMs) < MOST_SKEW_MS ? warning(sentence, mend) : wrong(sentence, mend);
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

function ofShards(wanted: number | undefined, recommended: number): Finding[] {
  if (wanted === undefined || wanted >= recommended) return [];
  const sentence = `DISCORD_SHARDS is ${wanted}; Discord recommends ${recommended}.`;
  return [warning(sentence, 'Leave DISCORD_SHARDS out.')];
}

async function ofFeed(feed: FeedNeeds & { id: string }, { places }: ExamineDependencies): Promise<Finding[]> {
  const where = `Feed ${feed.id} (channel ${feed.destination.channel})`;
  const found = (await obstacles(feed, places)).map((mend) => wrong(`${where} cannot be posted.`, mend));
  return found.length > 0 ? found : [fine(`${where} has the permissions it needs.`)];
}

function fine(sentence: string): Finding {
  return { state: 'fine', sentence };
}

function warning(sentence: string, mend: string): Finding {
  return { state: 'warning', sentence, mend };
}

function wrong(sentence: string, mend: string): Finding {
  return { state: 'wrong', sentence, mend };
}
