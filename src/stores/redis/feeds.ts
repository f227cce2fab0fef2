import { z } from 'zod';
import type { Instant } from '../../domain/calendar.ts';
import { type Destination, type Feed, type FeedId, PLATFORMS } from '../../domain/feed.ts';
import type { Workspace } from '../../people.ts';
import type { Connection, Work } from './connection.ts';
import { createKeys, feedOfWake, type Keys, PLACE_DIGITS, wakeMember, workspaceKey } from './keys.ts';
import { KEEP } from './moment.ts';
import { joinParts } from './parts.ts';
import { defineScript } from './script.ts';

/** What the index takes of a feed. */
type FeedToIndex = Pick<Feed, 'id' | 'isDigest' | 'alongside'> & {
  /** Absent where an old export did not say. */
  manager?: string;
  destination: Pick<Destination, 'platform' | 'workspace'>;
};

const indexedFeed = z.object({
  platform: z.enum(PLATFORMS),
  workspace: z.string(),
  isDigest: z.literal(true).exactOptional(),
  alongside: z.string().exactOptional(),
  manager: z.string().exactOptional(),
});

/** What the index keeps of a feed. */
export type IndexedFeed = z.infer<typeof indexedFeed>;

/** The index of feeds; see `Ledger`. */
export interface FeedIndex {
  /** Takes a feed in, or brings it up to date at the place it has. */
  put(tx: Work, feed: FeedToIndex, wakeAt: Instant): Promise<void>;
  /** True when it was there. */
  remove(tx: Work, feedId: FeedId): Promise<boolean>;
  ids(workspace?: { platform: string; workspace: string }): Promise<FeedId[]>;
  toWake(at: Instant): Promise<FeedId[]>;
  wakeOf(feedId: FeedId): Promise<Instant | undefined>;
  setWake(feedId: FeedId, at: Instant, seen?: Instant): Promise<void>;
  wakeAlongside(feedId: FeedId, at: Instant): Promise<void>;
  wakeAll(at: Instant): Promise<void>;
  /** The feeds of a workspace, digests among them, rest from now on, with the wake times they have. */
  rest(tx: Work, workspace: Workspace): Promise<void>;
  /** They wake again, all at one instant. */
  wakeAgain(tx: Work, workspace: Workspace, at: Instant): Promise<void>;
}

/** In Lua: where a feed is, and when it wakes. */
const FIND = `
local function find(id)
  local place = redis.call('zscore', ARGV[1] .. ':feeds', id)
  if not place then return end
  local member = string.format('%0${PLACE_DIGITS}d', place) .. '/' .. id
  for _, name in ipairs({':wake', ':resting'}) do
    local time = redis.call('zscore', ARGV[1] .. name, member)
    if time then return name, member, time end
  end
end
`;

/** In Lua: a feed, wherever it is, wakes at another time; `seen`: only where it wakes at that, '' for any. */
const WAKE = `${KEEP}${FIND}
local function wake(id, seen)
  local name, member, time = find(id)
  if name and (seen == '' or tonumber(seen) == tonumber(time)) then
    keep(ARGV[1] .. name)
    redis.call('zadd', ARGV[1] .. name, ARGV[2], member)
  end
end
`;

/** ARGV: feed. */
const WAKE_OF = defineScript(`${FIND} local _, _, time = find(ARGV[2]) return time`);
/** ARGV: wake time, feed, the time that was seen. */
const SET_WAKE = defineScript(`${WAKE} wake(ARGV[3], ARGV[4])`);
const WAKE_ALONGSIDE = defineScript(`${WAKE}
for _, id in ipairs(redis.call('zrange', ARGV[1] .. ':alongside:' .. ARGV[3], 0, -1)) do wake(id, '') end
`);

/** Members of one command. */
const AT_ONCE = 1000;

/** ARGV: wake time. */
const WAKE_ALL = defineScript(`${KEEP}
for _, name in ipairs({':wake', ':resting'}) do
  local members = redis.call('zrange', ARGV[1] .. name, 0, -1)
  if #members > 0 then keep(ARGV[1] .. name) end
  for first = 1, #members, ${AT_ONCE} do
    local part = {}
    for index = first, math.min(first + ${AT_ONCE} - 1, #members) do
      part[#part + 1] = ARGV[2]
      part[#part + 1] = members[index]
    end
    redis.call('zadd', ARGV[1] .. name, unpack(part))
  end
end
`);

export function createFeedIndex(connection: Connection): FeedIndex {
  const keys = createKeys(connection.prefix);
  return { ...createIndexing(keys), ...createListing(connection, keys), ...createWaking(connection, keys) };
}

export function indexedFeedOf(text: string): IndexedFeed {
  return indexedFeed.parse(JSON.parse(text));
}

function indexOf({ destination, isDigest, alongside, manager }: FeedToIndex): IndexedFeed {
  const { platform, workspace } = destination;
  return {
    ...{ platform, workspace },
    ...(isDigest ? { isDigest } : {}),
    ...(alongside === undefined ? {} : { alongside }),
    ...(manager === undefined ? {} : { manager }),
  };
}

function createIndexing(keys: Keys): Pick<FeedIndex, 'put' | 'remove'> {
  /** Takes a feed out of every index but that of places. */
  function takeOut(tx: Work, id: FeedId, place: number, indexed: IndexedFeed): void {
    const { platform, workspace, isDigest, alongside, manager } = indexed;
    const where = workspaceKey(indexed);
    tx.zrem(isDigest ? keys.digestsOf(where) : keys.feedsOf(where), id);
    if (!isDigest) tx.zrem(keys.listed, id);
    if (alongside !== undefined) tx.zrem(keys.alongside(alongside), id);
    if (manager !== undefined) tx.zrem(keys.managed(platform, manager), joinParts(workspace, id));
    for (const key of [keys.wake, keys.resting]) tx.zrem(key, wakeMember(place, id));
  }

  function takeIn(tx: Work, id: FeedId, place: number, indexed: IndexedFeed): void {
    const { platform, workspace, isDigest, alongside, manager } = indexed;
    const where = workspaceKey(indexed);
    tx.hset(keys.feedIndex, { [id]: JSON.stringify(indexed) });
    tx.zadd(keys.feeds, place, id);
    tx.zadd(isDigest ? keys.digestsOf(where) : keys.feedsOf(where), place, id);
    if (!isDigest) tx.zadd(keys.listed, place, id);
    if (alongside !== undefined) tx.zadd(keys.alongside(alongside), place, id);
    if (manager !== undefined) tx.zadd(keys.managed(platform, manager), 0, joinParts(workspace, id));
  }

  const find = (tx: Work, id: FeedId) =>
    Promise.all([tx.zscore(keys.feeds, id), tx.hget(keys.feedIndex, id)]);

  return {
    async put(tx, feed, wakeAt) {
      const { id, destination } = feed;
      const [[before, text], leftAt] = await Promise.all([
        find(tx, id),
        tx.zscore(keys.left, workspaceKey(destination)),
      ]);
      if (before !== undefined && text !== undefined) takeOut(tx, id, before, indexedFeedOf(text));
      const place = before ?? (await tx.reserve('feed'));
      takeIn(tx, id, place, indexOf(feed));
      const wake = leftAt === undefined ? keys.wake : keys.resting;
      tx.zadd(wake, Date.parse(wakeAt), wakeMember(place, id));
    },
    async remove(tx, id) {
      const [place, text] = await find(tx, id);
      if (place === undefined || text === undefined) return false;
      takeOut(tx, id, place, indexedFeedOf(text));
      tx.zrem(keys.feeds, id);
      tx.hdel(keys.feedIndex, id);
      return true;
    },
  };
}

function createListing(connection: Connection, keys: Keys): Pick<FeedIndex, 'ids' | 'toWake'> {
  return {
    ids: (where) => connection.zrange(where ? keys.feedsOf(workspaceKey(where)) : keys.listed),
    toWake: async (at) => {
      const members = await connection.zrange(keys.wake, { by: 'score', to: Date.parse(at) });
      return members.map(feedOfWake);
    },
  };
}

type Waking = Pick<FeedIndex, 'wakeOf' | 'setWake' | 'wakeAlongside' | 'wakeAll' | 'rest' | 'wakeAgain'>;

function createWaking(connection: Connection, keys: Keys): Waking {
  async function membersOf(tx: Work, workspace: Workspace): Promise<string[]> {
    const where = workspaceKey(workspace);
    const lists = [keys.feedsOf(where), keys.digestsOf(where)].map((key) => tx.zrangeWithScores(key));
    return (await Promise.all(lists)).flat().map(([id, place]) => wakeMember(place, id));
  }
  return {
    async wakeOf(feedId) {
      const time = await connection.run(WAKE_OF, feedId);
      return time === null ? undefined : new Date(Number(String(time))).toISOString();
    },
    async setWake(feedId, at, seen) {
      await connection.run(SET_WAKE, checkedMs(at), feedId, seen === undefined ? '' : checkedMs(seen));
    },
    async wakeAlongside(feedId, at) {
      await connection.run(WAKE_ALONGSIDE, checkedMs(at), feedId);
    },
    async wakeAll(at) {
      await connection.run(WAKE_ALL, checkedMs(at));
    },
    async rest(tx, workspace) {
      const members = await membersOf(tx, workspace);
      const times = await tx.zmscore(keys.wake, members);
      for (const [index, member] of members.entries()) {
        const time = times[index];
        if (time !== undefined) tx.zadd(keys.resting, time, member);
      }
      tx.zrem(keys.wake, ...members);
    },
    async wakeAgain(tx, workspace, at) {
      const members = await membersOf(tx, workspace);
      for (const member of members) tx.zadd(keys.wake, Date.parse(at), member);
      tx.zrem(keys.resting, ...members);
    },
  };
}

/** Milliseconds since 1970. Errors: for what is no instant, which the server would refuse in the middle of a script. */
function checkedMs(at: Instant): number {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) throw new TypeError('A wake time must be an instant.');
  return ms;
}
