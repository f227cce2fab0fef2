import type { Shards } from '../../adapters/discord/gateway/shards.ts';
import type { EnvironmentReader } from '../environment.ts';

/** How Discord is set up. */
export interface DiscordConfig {
  token: string;
  /** Base address of the API, without version. */
  apiUrl: string;
  /** Which connections to the gateway this process opens; absent for as many as Discord recommends, and all of them. */
  shards?: Shards;
}

/** A shard serves 1,000 servers at least, so that this is more than anybody needs in one process, or at all. */
const MOST_SHARDS_HERE = 64;
const MOST_SHARDS = 10_000;

/** Undefined without a token; read all the same, so that a slip is told before one is there. */
export function readDiscord(read: EnvironmentReader): DiscordConfig | undefined {
  const token = read.secret('DISCORD_TOKEN');
  const apiUrl = read.webUrl('DISCORD_API_URL', 'https://discord.com/api');
  const shards = readShards(read);
  if (token === undefined) return undefined;
  return { token, apiUrl, ...(shards === undefined ? {} : { shards }) };
}

/** Undefined where none are given, or where they are wrong: then it is told. */
function readShards(read: EnvironmentReader): Shards | undefined {
  const given = read.word('DISCORD_SHARDS');
  if (given === undefined) return undefined;
  const [, from, to, all] = /^(?:(\d{1,6})(?:-(\d{1,6}))?\/)?(\d{1,6})$/.exec(given) ?? [];
  const count = Number(all);
  const first = Number(from ?? 0);
  const last = Number(to ?? from ?? count - 1);
  const problem = shardsProblem({ first, last, count });
  if (problem === undefined)
    return { ids: Array.from({ length: last - first + 1 }, (_, at) => first + at), count };
  read.problem('DISCORD_SHARDS', `"${given}" ${problem}`);
  return undefined;
}

/** What is wrong with the shards from the first to the last of so many; undefined where nothing is. */
function shardsProblem({
  first,
  last,
  count,
}: Record<'first' | 'last' | 'count', number>): string | undefined {
  if (Number.isNaN(count))
    return 'is neither a number of shards (4), nor one shard of a number (5/16), nor some of them (0-3/16); leave it out for as many as Discord recommends.';
  if (count < 1 || count > MOST_SHARDS)
    return `makes ${count} shards in all; give 1 to ${MOST_SHARDS}, or leave it out for as many as Discord recommends.`;
  if (Math.max(first, last) >= count)
    return `goes beyond the last of ${count} shards: they are counted from 0 to ${count - 1}.`;
  if (first > last) return `ends before it begins; write it as ${last}-${first}/${count}.`;
  const here = last - first + 1;
  if (here <= MOST_SHARDS_HERE) return undefined;
  return `makes ${here} shards in this process; one takes ${MOST_SHARDS_HERE} at most, so share them out, for example 0-${MOST_SHARDS_HERE - 1}/${count} here.`;
}
