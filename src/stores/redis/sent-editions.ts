import type { Day } from '../../domain/calendar.ts';
import { feedOf, type SlotId } from '../../domain/edition.ts';
import type { Platform } from '../../domain/feed.ts';
import type { SentEdition } from '../../presence.ts';
import { dayNumber } from '../days.ts';
import { attempt } from './attempt.ts';
import type { Connection } from './connection.ts';
import { indexedFeedOf } from './feeds.ts';
import { type Keys, workspaceKey } from './keys.ts';
import { listOf, partsOf, textsOf } from './reads.ts';
import { defineScript } from './script.ts';

/** Slots that are looked at in one step. */
const AT_ONCE = 500;

/** ARGV: slots. Out: of each with messages that are out its id, where the first went, and their positions and ids. */
const SENT = defineScript(`
local found = {}
for index = 2, #ARGV do
  local sent = {}
  for _, id in ipairs(redis.call('zrange', ARGV[1] .. ':deliveries-of:' .. ARGV[index], 0, -1)) do
    local state, platform, workspace, channel, position, messageId = unpack(redis.call('hmget',
      ARGV[1] .. ':delivery:' .. id, 'state', 'platform', 'workspace', 'channel', 'position', 'messageId'))
    if state == 'sent' then
      if #sent == 0 then sent = {ARGV[index], platform, workspace, channel} end
      sent[#sent + 1] = position
      sent[#sent + 1] = messageId or ''
    end
  end
  if #sent > 0 then found[#found + 1] = sent end
end
return found
`);

export interface SentEditionsDependencies {
  keys: Keys;
}

/** Editions from a day on with messages that are out; see `Presence`. In steps, as there may be very many. */
export function createSentEditions(
  connection: Connection,
  { keys }: SentEditionsDependencies,
): (platform: Platform, since: Day) => Promise<SentEdition[]> {
  const read = <T>(work: () => Promise<T>) => attempt('read', 'deliveries', work);

  /** Those of feeds on the platform, in workspaces that have us. */
  async function relevant(slots: readonly SlotId[], platform: Platform): Promise<SlotId[]> {
    const texts = await connection.hmget(keys.feedIndex, slots.map(feedOf));
    const there = slots.flatMap((slot, index) => {
      const text = texts[index];
      const feed = text === undefined ? undefined : indexedFeedOf(text);
      return feed && feed.platform === platform && !feed.isDigest
        ? [{ slot, where: workspaceKey(feed) }]
        : [];
    });
    const left = await connection.zmscore(
      keys.left,
      there.map(({ where }) => where),
    );
    return there.filter((_, index) => left[index] === undefined).map(({ slot }) => slot);
  }

  async function sentOf(slots: readonly SlotId[], platform: Platform): Promise<SentEdition[]> {
    const found = await connection.run(SENT, ...(await relevant(slots, platform)));
    return listOf(found).map((one) => editionOf(textsOf(one)));
  }

  return async (platform, since) => {
    const range = { by: 'score', from: dayNumber(since) } as const;
    const slots = await read(() => connection.zrange(keys.slots, range));
    const editions: SentEdition[] = [];
    for (const part of partsOf(slots, AT_ONCE)) editions.push(...(await read(() => sentOf(part, platform))));
    return editions;
  };
}

function editionOf([slotId = '', platform, workspace = '', channel = '', ...sent]: string[]): SentEdition {
  const messages = partsOf(sent, 2).map(
    ([position, messageId = '']) => [Number(position), messageId] as const,
  );
  const destination = { platform: platform as Platform, workspace, channel };
  return { slotId, destination, messageIds: new Map(messages) };
}
