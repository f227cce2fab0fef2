import { KEEP } from './moment.ts';
import { defineScript } from './script.ts';

/** In Lua: `joinParts` of two, and whether a run has still to do with a delivery. */
const SHARED = `
local prefix = ARGV[1] .. ':'
local function join(one, other)
  local function part(text) return (string.gsub(text, '%z', '\\0\\1')) end
  return part(one) .. '\\0\\0' .. part(other)
end
local function isUnsent(state) return state == 'planned' or state == 'sending' end
`;

/**
 * Moves a delivery on, and keeps the indices of what is open in step. ARGV: id, the state it must be in, the next
 * state, and then what is said of it, names and values. Out: 1, or 0 when it is not in that state.
 */
export const MOVE = defineScript(`${KEEP}${SHARED}
local id, from, to = ARGV[2], ARGV[3], ARGV[4]
local delivery = prefix .. 'delivery:' .. id
local state, number, slot, feed, notice, platform, workspace =
  unpack(redis.call('hmget', delivery, 'state', 'number', 'slot', 'feed', 'notice', 'platform', 'workspace'))
if state ~= from then return 0 end

keep(delivery)
redis.call('hdel', delivery, 'messageId', 'reason')
redis.call('hset', delivery, unpack(ARGV, 5))

if notice then
  local isOpen = false
  for _, one in ipairs(redis.call('zrange', prefix .. 'deliveries-of:' .. slot, 0, -1)) do
    isOpen = isOpen or isUnsent(redis.call('hget', prefix .. 'delivery:' .. one, 'state'))
  end
  local unsent = prefix .. 'unsent-notices'
  if isOpen then
    redis.call('zadd', unsent, redis.call('hget', prefix .. 'plan:' .. slot, 'number'), slot)
  else
    redis.call('zrem', unsent, slot)
  end
  return 1
end

local OPEN = {planned = true, sending = true, refused = true, uncertain = true}
if OPEN[from] then redis.call('zrem', prefix .. 'open:' .. from, id) end
if OPEN[to] then redis.call('zadd', prefix .. 'open:' .. to, number, id) end
if OPEN[from] == OPEN[to] then return 1 end
for _, index in ipairs({'open-of:' .. feed, 'open-in:' .. join(platform, workspace)}) do
  if OPEN[to] then
    redis.call('zadd', prefix .. index, number, id)
  else
    redis.call('zrem', prefix .. index, id)
  end
end
return 1
`);

/** Notices of one look. */
const PAGE = 100;

/** Oldest first, those that rest passed over. ARGV: how many at most. Out: pairs of notice and feed. */
export const OPEN_NOTICES = defineScript(`${SHARED}
local function canLeave(slot)
  for _, id in ipairs(redis.call('zrange', prefix .. 'deliveries-of:' .. slot, 0, -1)) do
    local state, platform, workspace =
      unpack(redis.call('hmget', prefix .. 'delivery:' .. id, 'state', 'platform', 'workspace'))
    if isUnsent(state) and not redis.call('zscore', prefix .. 'left', join(platform, workspace)) then
      return true
    end
  end
  return false
end
local limit, found, place = tonumber(ARGV[2]), {}, 0
while #found < limit do
  local page = redis.call('zrange', prefix .. 'unsent-notices', place, place + ${PAGE} - 1)
  if #page == 0 then break end
  place = place + #page
  for _, slot in ipairs(page) do
    if #found < limit and canLeave(slot) then
      found[#found + 1] = {slot, redis.call('hget', prefix .. 'plan:' .. slot, 'feed')}
    end
  end
end
return found
`);
