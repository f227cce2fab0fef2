import { describe, expect, it } from 'vitest';
import { topicBlocks } from '../../../../adapters/slack/home/follow-blocks.ts';
import { createTicks } from '../../../../adapters/slack/home/ticks.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { textsFor } from '../../../../src/texts/index.ts';

/** A process that nobody shares the presses with. */
const ALONE = { isFirst: async () => true };

const AT = '2026-11-23T09:00:00.000Z';

/** The first group of topics as it was shown, with these ticked. */
function shown(ticked: readonly string[], stamp = AT) {
  const subscriptions = ticked.map((key) => ({ kind: 'topic' as const, key, label: key }));
  const following = { data: { subscriptions } };
  return topicBlocks({ data: [...BUILT_IN_TOPICS] }, following, stamp, textsFor('en'));
}

/** A press after which these are ticked in a group. */
function pressed(blocks: ReturnType<typeof shown>, now: readonly string[], user = 'U1') {
  const block = blocks.find(({ type }) => type === 'actions');
  return {
    ids: { team: 'T1', channel: `@${user}`, user },
    view: { id: 'V1', blocks },
    action: {
      action_id: 'home:topics:0',
      block_id: block?.block_id,
      selected_options: now.map((value) => ({ value })),
    },
  };
}

describe('ticks', () => {
  it('are what differs from what was shown', async () => {
    const read = createTicks(ALONE);
    expect(await read(pressed(shown(['agents']), ['agents', 'vision']))).toEqual({
      follow: ['vision'],
      unfollow: [],
    });
    expect(await read(pressed(shown(['agents'], 'later'), []))).toEqual({ follow: [], unfollow: ['agents'] });
  });

  it('are what differs from the tick before, where the group has not been shown anew', async () => {
    const read = createTicks(ALONE);
    const blocks = shown([]);
    expect(await read(pressed(blocks, ['agents']))).toEqual({ follow: ['agents'], unfollow: [] });
    expect(await read(pressed(blocks, []))).toEqual({ follow: [], unfollow: ['agents'] });
    expect(await read(pressed(blocks, ['vision']))).toEqual({ follow: ['vision'], unfollow: [] });
  });

  it('are those of one member', async () => {
    const read = createTicks(ALONE);
    const blocks = shown([]);
    await read(pressed(blocks, ['agents']));
    expect(await read(pressed(blocks, ['agents'], 'U2'))).toEqual({ follow: ['agents'], unfollow: [] });
  });

  it('are all that is ticked, and not, where another process took the tick before', async () => {
    const taken = new Set<string>();
    const isFirst = async (what: string) => taken.size < taken.add(what).size;
    const [one, other] = [createTicks({ isFirst }), createTicks({ isFirst })];
    const blocks = shown(['agents']);
    expect(await one(pressed(blocks, ['agents', 'vision']))).toEqual({ follow: ['vision'], unfollow: [] });
    const ticked = await other(pressed(blocks, ['agents']));
    expect(ticked.follow).toEqual(['agents']);
    expect(ticked.unfollow).toContain('vision');
    expect(ticked.unfollow).toHaveLength(9);
    expect(await other(pressed(blocks, []))).toEqual({ follow: [], unfollow: ['agents'] });
  });

  it('take nothing away where it is not known what was shown', async () => {
    const press = { ...pressed(shown(['agents']), ['vision']), view: { id: 'V1' } };
    expect(await createTicks(ALONE)(press)).toEqual({ follow: ['vision'], unfollow: [] });
  });
});

it('has new groups each time, so that Slack shows what is ticked by now', () => {
  const ids = (stamp: string) => shown(['agents'], stamp).flatMap(({ block_id: id }) => id ?? []);
  expect(ids('one').length).toBe(2);
  expect(ids('one').filter((id) => ids('two').includes(id))).toEqual([]);
});
