import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SlotRecord } from '../../src/domain/edition.ts';
import { FEED_DEFAULTS, type Feed, type Platform } from '../../src/domain/feed.ts';
import { inOrderByChannel } from '../../src/pipeline/lanes.ts';
import type { DueSlot } from '../../src/pipeline/run.ts';

const AT = '2026-11-23T09:00:00.000Z';

function due(
  workspace: string,
  channel: string,
  id = `${workspace}${channel}`,
  {
    day = '2026-11-23',
    platform = 'slack',
    ...more
  }: Partial<Feed> & { day?: string; platform?: Platform } = {},
): DueSlot {
  const destination = { platform, workspace, channel } as const;
  const feed = {
    ...FEED_DEFAULTS,
    ...more,
    id,
    destination,
    manager: 'U1',
    state: 'active',
    createdAt: AT,
  } as unknown as Feed;
  return { feed, slot: { feedId: id, day, dueAt: AT }, asOf: AT } as unknown as DueSlot;
}

function done({ slot }: DueSlot): SlotRecord {
  return { ...slot, state: 'posted', sentence: 'Fine.', changedAt: AT } as unknown as SlotRecord;
}

const many = (workspace: string, count: number) =>
  Array.from({ length: count }, (_, index) => due(workspace, `C${index}`));

/** Digests that come directly, each to somebody else. */
const digests = (platform: Platform, count: number) =>
  Array.from({ length: count }, (_, index) =>
    due('W', `@member${index}`, `digest${index}`, { platform, isDigest: true }),
  );

/** Begins all that may be begun while nothing comes to an end. Out: what was begun. */
async function begunOf(slots: readonly DueSlot[]): Promise<DueSlot[]> {
  const begun: DueSlot[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const all = inOrderByChannel(slots, async (one) => {
    begun.push(one);
    await promise;
    return done(one);
  });
  for (let turns = 0; turns < 10; turns += 1) await setImmediate();
  const atOnce = [...begun];
  resolve();
  await all;
  expect(begun).toHaveLength(slots.length);
  return atOnce;
}

describe('the order in which slots are worked on', () => {
  it('digests of a chat platform go one at a time, mails side by side', async () => {
    expect(await begunOf(digests('slack', 30))).toHaveLength(1);
    expect((await begunOf(digests('email', 200))).length).toBeGreaterThan(10);
  });

  it('mails that cannot go on hold up no channel, nor do channels mails', async () => {
    const channels = many('T1', 200);
    const mails = digests('email', 200);
    const begun = await begunOf([...mails, ...channels]);
    const those = (slots: readonly DueSlot[]) => begun.filter((one) => slots.includes(one)).length;
    expect(those(channels)).toBe((await begunOf(channels)).length);
    expect(those(mails)).toBe((await begunOf(mails)).length);
  });

  it('a workspace that cannot go on holds up no other, however many feeds it has', async () => {
    const held = Promise.withResolvers<void>();
    const slots = [...many('T1', 50), due('T2', 'C1'), due('T3', 'C1')];
    const finished: string[] = [];
    const all = inOrderByChannel(slots, async (one) => {
      if (one.feed.destination.workspace === 'T1') await held.promise;
      finished.push(one.feed.destination.workspace);
      return done(one);
    });
    for (let turns = 0; turns < 100; turns += 1) await Promise.resolve();
    expect(finished).toEqual(['T2', 'T3']);
    held.resolve();
    expect((await all).every(({ status }) => status === 'fulfilled')).toBe(true);
  });

  it('gives every result in the order of the slots, each channel one after the other', async () => {
    const slot = fc.record({
      workspace: fc.constantFrom('T1', 'T2', 'T3'),
      channel: fc.constantFrom('C1', 'C2', 'C3'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(slot, { maxLength: 60 }), async (given) => {
        const slots = given.map(({ workspace, channel }, index) => due(workspace, channel, `feed${index}`));
        const inHand = new Set<string>();
        const begun: DueSlot[] = [];
        const results = await inOrderByChannel(slots, async (one) => {
          const { workspace, channel } = one.feed.destination;
          const lane = `${workspace} ${channel}`;
          expect(inHand.has(lane)).toBe(false);
          inHand.add(lane);
          begun.push(one);
          await Promise.resolve();
          inHand.delete(lane);
          return done(one);
        });
        const ids = results.map((result) => (result.status === 'fulfilled' ? result.value.feedId : 'failed'));
        expect(ids).toEqual(slots.map(({ feed }) => feed.id));
        for (const lane of Map.groupBy(slots, ({ feed }) => JSON.stringify(feed.destination)).values()) {
          expect(begun.filter((one) => lane.includes(one))).toEqual(lane);
        }
      }),
      { numRuns: 200, seed: 9 },
    );
  });
});
