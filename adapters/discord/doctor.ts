import { Routes } from 'discord.js';
import { z } from 'zod';
import type { FeedNeeds } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import type { Command } from '../../src/command.ts';
import { MINUTE_MS, msBetween, SECOND_MS } from '../../src/domain/calendar.ts';
import { read } from './failures.ts';
import { obstacles } from './obstacles.ts';
import type { Places } from './places.ts';
import { isRegistered } from './registration.ts';
import type { Answer, Ask } from './rest.ts';

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
/** Nonces and looks depend on clocks that agree to five minutes; half a minute off is a clock that nobody sets. */
const SKEW_MS = 30 * SECOND_MS;
const MOST_SKEW_MS = 5 * MINUTE_MS;
/** New connections to the gateway that are left for the day: fewer are a loop of restarts. */
const FEW_LOGINS = 50;

const userSchema = z.object({ id: z.string(), username: z.string() });
const applicationSchema = z.object({
  id: z.string(),
  interactions_endpoint_url: z.string().nullish(),
  bot_require_code_grant: z.boolean().optional(),
  bot_public: z.boolean().optional(),
  approximate_guild_count: z.number().optional(),
});
const gatewaySchema = z.object({
  shards: z.number(),
  session_start_limit: z.object({ total: z.number(), remaining: z.number(), reset_after: z.number() }),
});
const registeredSchema = z.array(z.record(z.string(), z.unknown()));

/**
 * Looks at all that a bot on Discord needs: token, clock, application, gateway, commands, and the permissions of each
 * feed in its channel. What cannot be asked is a finding of its own. Never rejects.
 */
export async function examine(
  feeds: readonly (FeedNeeds & { id: string })[],
  given: ExamineDependencies,
): Promise<Finding[]> {
  const { ask } = given;
  const hello = await attempt('The token', async () => {
    const answer = await ask({ method: 'GET', route: Routes.user('@me'), channel: '@me' });
    const { username } = read(userSchema, answer.data, { channel: '@me' });
    return { found: [fine(`The token is that of ${username}.`)], answer };
  });
  if (!hello.answer) return hello.found;
  const parts = await Promise.all([
    attempt('The application', () => ofApplication(given)),
    attempt('The gateway', () => ofGateway(given)),
    ...feeds.map((feed) => attempt(`Feed ${feed.id}`, () => ofFeed(feed, given))),
  ]);
  return [...hello.found, ofClock(hello.answer, given), ...parts.flatMap(({ found }) => found)];
}

/** Findings, or one that says why there are none. */
async function attempt(
  what: string,
  look: () => Promise<{ found: Finding[]; answer?: Answer }>,
): Promise<{ found: Finding[]; answer?: Answer }> {
  try {
    return await look();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const mend = `If this stays so: is DISCORD_TOKEN the one that ${PORTAL} shows under Bot, and can this machine reach Discord?`;
    return { found: [wrong(`${what} could not be looked at. ${reason}`, mend)] };
  }
}

function ofClock({ at }: Answer, { clock }: ExamineDependencies): Finding {
  if (at === undefined)
    return warning('Discord does not tell its time.', 'Look whether a proxy stands before it.');
  const offMs = msBetween(at, clock.now());
  const seconds = Math.round(Math.abs(offMs) / SECOND_MS);
  const sentence = `The clock of this machine is ${seconds} s ${offMs < 0 ? 'behind' : 'ahead of'} Discord’s.`;
  const mend = 'Have the machine set its clock by NTP.';
  if (Math.abs(offMs) >= MOST_SKEW_MS) return wrong(sentence, mend);
  return Math.abs(offMs) >= SKEW_MS ? warning(sentence, mend) : fine(sentence);
}

async function ofApplication({ ask, commands }: ExamineDependencies): Promise<{ found: Finding[] }> {
  const { data } = await ask({ method: 'GET', route: Routes.currentApplication(), channel: '@me' });
  const application = read(applicationSchema, data, { channel: '@me' });
  const page = `${PORTAL}/${application.id}`;
  const found: Finding[] = [fine('No privileged intent is asked for; nothing has to be switched on.')];
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
  const route = Routes.applicationCommands(application.id);
  const answer = await ask({ method: 'GET', route, query: { with_localizations: 'true' }, channel: '@me' });
  const registered = read(registeredSchema, answer.data, { channel: '@me' });
  if (isRegistered(registered, commands)) found.push(fine('The commands are registered.'));
  else
    found.push(
      warning(
        'The commands are not registered as this version has them.',
        'Start the bot: it registers them itself.',
      ),
    );
  return { found };
}

async function ofGateway({ ask, shards }: ExamineDependencies): Promise<{ found: Finding[] }> {
  const { data } = await ask({ method: 'GET', route: Routes.gatewayBot(), channel: '@me' });
  const { shards: recommended, session_start_limit: logins } = read(gatewaySchema, data, { channel: '@me' });
  const found = [fine(`${logins.remaining} of ${logins.total} logins of this day are left.`)];
  if (logins.remaining < FEW_LOGINS) {
    const hours = Math.ceil(logins.reset_after / (60 * MINUTE_MS));
    const mend = `Find out why the bot starts over and over; in ${hours} h there are ${logins.total} again.`;
    found[0] = warning(`Only ${logins.remaining} of ${logins.total} logins of this day are left.`, mend);
  }
  if (shards !== undefined && shards < recommended)
    found.push(
      warning(`DISCORD_SHARDS is ${shards}; Discord recommends ${recommended}.`, 'Leave DISCORD_SHARDS out.'),
    );
  return { found };
}

async function ofFeed(
  feed: FeedNeeds & { id: string },
  { places }: ExamineDependencies,
): Promise<{ found: Finding[] }> {
  const where = `Feed ${feed.id} (channel ${feed.destination.channel})`;
  const found = (await obstacles(feed, places)).map((sentence) =>
    wrong(`${where} cannot be posted.`, sentence),
  );
  return { found: found.length > 0 ? found : [fine(`${where} has the permissions it needs.`)] };
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
