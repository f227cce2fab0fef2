import { GatewayCloseCodes as Closed, DiscordjsError, DiscordjsErrorCodes } from 'discord.js';
import type { ConfigProblem } from '../../../src/errors.ts';

const PORTAL = 'https://discord.com/developers/applications';

/**
 * Why Discord does not let us in, where only a person can mend it
 * (developers/topics/opcodes-and-status-codes, 2026-08-06). All other codes are passing troubles.
 */
const CLOSINGS: ReadonlyMap<number, ConfigProblem> = new Map([
  [
    Closed.AuthenticationFailed,
    {
      variable: 'DISCORD_TOKEN',
      problem: `Discord does not take it. Open ${PORTAL}, choose your application, click Bot and Reset Token, and put the new token here.`,
    },
  ],
  [
    Closed.InvalidShard,
    {
      variable: 'DISCORD_SHARDS',
      problem: 'Discord knows no such shard. Leave it out: then as many are taken as Discord recommends.',
    },
  ],
  [
    Closed.ShardingRequired,
    {
      variable: 'DISCORD_SHARDS',
      problem:
        'the bot is in too many servers for so few shards. Leave it out: then as many are taken as Discord recommends; or, with several processes, put a greater number behind the slash, the same in all of them.',
    },
  ],
  [
    Closed.InvalidAPIVersion,
    {
      variable: 'DISCORD_API_URL',
      problem:
        'Discord has closed the version of its gateway that this Paperwire speaks. Update Paperwire, and leave this out unless you know better.',
    },
  ],
  [
    Closed.InvalidIntents,
    {
      variable: 'DISCORD_API_URL',
      problem:
        'Discord does not know what the bot wants to hear (intents). Update Paperwire, and leave this out unless you know better.',
    },
  ],
  [
    Closed.DisallowedIntents,
    {
      variable: 'DISCORD_TOKEN',
      problem: `Discord does not let this application hear what it asks for (intents). Paperwire needs none of the privileged ones, so the application itself is restricted: open ${PORTAL}, choose it, click Bot, and see what stands under Privileged Gateway Intents, or make a new application and put its token here.`,
    },
  ],
]);

/** What a person has to do after Discord has closed the gateway with this code; undefined where trying again helps. */
export function explainClosing(code: number): ConfigProblem | undefined {
  return CLOSINGS.get(code);
}

/**
 * What a person has to do after a failed login; undefined where trying again helps.
 *
 * In: what discord.js rejected with, and the last code with which the gateway was closed meanwhile.
 */
export function explainLogin(error: unknown, code: number | undefined): ConfigProblem | undefined {
  const isTokenRefused = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  return CLOSINGS.get(isTokenRefused ? Closed.AuthenticationFailed : (code ?? 0));
}
