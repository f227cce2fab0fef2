import type { Connection } from './connection.ts';
import { defineScript } from './script.ts';

/**
 * Does everything that is ever done, on keys of its own: a right that is missing must not show in the middle of a
 * change, of which the server would keep the first half.
 */
const TRIAL = defineScript(`
local text, other = ARGV[1] .. ':trial:text', ARGV[1] .. ':trial:other'
local hash, set, sorted = ARGV[1] .. ':trial:hash', ARGV[1] .. ':trial:set', ARGV[1] .. ':trial:sorted'
local commands = {
  {'del', text, other, hash, set, sorted},
  {'set', text, '1', 'px', 1000}, {'get', text}, {'mget', text, other}, {'exists', text}, {'type', text},
  {'copy', text, other}, {'pexpire', other, 1000}, {'pttl', other}, {'unlink', other},
  {'hset', hash, 'a', 1}, {'hincrby', hash, 'a', 1}, {'hget', hash, 'a'}, {'hmget', hash, 'a'},
  {'hgetall', hash}, {'hlen', hash}, {'hdel', hash, 'a'},
  {'sadd', set, 'a', 'b'}, {'smembers', set}, {'sismember', set, 'a'}, {'scard', set}, {'srem', set, 'a'},
  {'spop', set},
  {'zadd', sorted, 1, 'a'}, {'zscore', sorted, 'a'}, {'zmscore', sorted, 'a'}, {'zcard', sorted},
  {'zcount', sorted, 0, 1}, {'zrange', sorted, 0, -1}, {'zrem', sorted, 'a'},
  {'del', text}, {'time'},
}
for _, command in ipairs(commands) do redis.call(unpack(command)) end
`);

/** Errors: of the server, for a user without the rights that are needed. */
export async function checkRights(connection: Connection): Promise<void> {
  await connection.run(TRIAL);
}
