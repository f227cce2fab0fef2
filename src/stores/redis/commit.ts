import { createHash } from 'node:crypto';
import { KEEP } from './moment.ts';
import type { Argument, Reply } from './reads.ts';
import { defineScript } from './script.ts';

export type Command = readonly Argument[];

/**
 * Does the reads of a unit of work again, compares what they give with what they gave, and makes the changes. Out: 1;
 * or 0, and nothing changes, when something differs.
 *
 * Nothing may fail once the first change was made, as the server takes none back: so it looks at every key first. A
 * server that takes no writes (for want of memory, or as a replica) says so at the first change.
 */
export const COMMIT = defineScript(`${KEEP}
local KIND_OF = {
  set = 'string', hset = 'hash', hdel = 'hash', hincrby = 'hash',
  sadd = 'set', srem = 'set', zadd = 'zset', zrem = 'zset',
}
local place = 4
local function take()
  local first = place + 1
  place = first + tonumber(ARGV[place])
  return first, place - 1
end

local parts = {}
local function note(reply)
  if type(reply) == 'table' then
    parts[#parts + 1] = '*' .. #reply .. ':'
    for index = 1, #reply do note(reply[index]) end
  elseif type(reply) == 'string' then
    parts[#parts + 1] = '$' .. #reply .. ':' .. reply
  elseif type(reply) == 'number' then
    parts[#parts + 1] = ':' .. string.format('%.0f', reply) .. ';'
  else
    parts[#parts + 1] = '-'
  end
end
for _ = 1, tonumber(ARGV[3]) do
  local first, last = take()
  note(redis.call(unpack(ARGV, first, last)))
end
if redis.sha1hex(table.concat(parts)) ~= ARGV[2] then return 0 end

local changes = place
while place <= #ARGV do
  local first = take()
  local name, key = ARGV[first], ARGV[first + 1]
  local is = redis.call('type', key).ok
  if KIND_OF[name] and is ~= 'none' and is ~= KIND_OF[name] then
    return redis.error_reply('WRONGTYPE a key holds another kind of value than Paperwire keeps there')
  end
  if name == 'hincrby' and not tonumber(redis.call('hget', key, ARGV[first + 2]) or 0) then
    return redis.error_reply('ERR a count is no number')
  end
end

place = changes
while place <= #ARGV do
  local first, last = take()
  keep(ARGV[first + 1])
  redis.call(unpack(ARGV, first, last))
end
return 1
`);

/** The arguments of `COMMIT` for reads, what they gave, and changes. */
export function commitArguments(
  reads: readonly Command[],
  replies: readonly Reply[],
  changes: readonly Command[],
): Argument[] {
  return [digestOf(replies), reads.length, ...reads.flatMap(counted), ...changes.flatMap(counted)];
}

function counted(command: Command): Argument[] {
  return [command.length, ...command];
}

/** Just as the script does it. */
function digestOf(replies: readonly Reply[]): string {
  const hash = createHash('sha1');
  const note = (reply: Reply): void => {
    if (Array.isArray(reply)) {
      hash.update(`*${reply.length}:`);
      for (const one of reply) note(one);
    } else if (Buffer.isBuffer(reply)) {
      hash.update(`$${reply.length}:`).update(reply);
    } else {
      hash.update(reply === null ? '-' : `:${reply};`);
    }
  };
  for (const reply of replies) note(reply);
  return hash.digest('hex');
}
