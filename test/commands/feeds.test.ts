import { describe, expect, it } from 'vitest';
import type { FeedNeeds } from '../../src/adapter.ts';
import type { OptionValue } from '../../src/command.ts';
import { addMs, MINUTE_MS } from '../../src/domain/calendar.ts';
import { DeliveryUnavailableError } from '../../src/errors.ts';
import { closeAfter } from '../closing.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemoryAdapter } from '../fakes/memory-adapter.ts';
import { MONDAY, SUNDAY, show, words } from '../members.ts';
import { openWorld, PLACE } from '../world.ts';

/** A world whose platform says what keeps a feed from being posted, and remembers what it was asked. */
async function open(obstacles: (feed: FeedNeeds) => string[] | Error = () => []) {
  const clock = createFakeClock(SUNDAY);
  const asked: FeedNeeds[] = [];
  const adapter = Object.assign(createMemoryAdapter({ ...PLACE, clock }), {
    async obstacles(feed: FeedNeeds) {
      asked.push(feed);
      const found = obstacles(feed);
      if (found instanceof Error) throw found;
      return found;
    },
  });
  const world = closeAfter(await openWorld(SUNDAY, { clock, adapter }));
  return { ...world, asked };
}

const CLOSED = 'I may not write in #papers. Give me Send Messages there.';

describe('feed add', () => {
  it('says when it posts first, and shows it beforehand', async () => {
    const { give } = await open();
    const reply = await give('feed add', { zone: 'Asia/Tokyo' });
    expect(words(reply)).toContain(
      'It posts for the first time on 2026-11-23 09:00 Asia/Tokyo (2026-11-23 00:00 UTC).',
    );
    const [card] = reply.cards;
    const [preview] = card?.kind === 'text' ? (card.actions ?? []) : [];
    expect(preview).toMatchObject({ label: 'Preview', command: 'feed preview', options: { id: 'feed01' } });
    expect(await give('feed preview', { ...preview?.options })).toMatchObject({ outcome: 'done' });
  });

  it('posts in the channel that is given, else where it is said', async () => {
    const { give, feeds, asked } = await open();
    await give('feed add', { channel: 'papers', role: 'readers', layout: 'cards' });
    await give('feed add');
    const [there, here] = (await feeds.list(PLACE)).map(({ feed }) => feed);
    expect(there).toMatchObject({ destination: { ...PLACE, channel: 'papers' }, role: 'readers' });
    expect(here?.destination).toEqual(PLACE);
    expect(here).not.toHaveProperty('role');
    expect(asked[0]).toMatchObject({ destination: there?.destination, layout: 'cards', role: 'readers' });
    expect(asked[1]).toMatchObject({ destination: PLACE, layout: 'digest' });
    expect(words(await give('feed show', { id: 'feed01' }))).toContain('"Calls","value":"readers"');
  });

  it('saves nothing where the platform would not let it post, and says why', async () => {
    const { give, feeds } = await open(({ destination }) =>
      destination.channel === 'papers' ? [CLOSED] : [],
    );
    const reply = await give('feed add', { channel: 'papers' });
    expect(reply).toMatchObject({ outcome: 'refused', visibility: 'private' });
    expect(words(reply)).toContain(`Nothing was saved, as the feed could not be posted so. ${CLOSED}`);
    expect(await feeds.list(PLACE)).toEqual([]);
  });

  it('saves nothing where the platform cannot be asked', async () => {
    const failure = { platform: 'terminal', channel: 'papers', mayHaveArrived: false };
    const { give, feeds } = await open(() => new DeliveryUnavailableError('No answer.', failure));
    const reply = await give('feed add');
    expect(reply).toMatchObject({ outcome: 'failed' });
    expect(words(reply)).toContain('The platform cannot be asked just now.');
    expect(await feeds.list(PLACE)).toEqual([]);
  });

  it.each(['@ada', ' ', ''])('reaches no member and nothing without a name: %j', async (channel) => {
    const { give, feeds } = await open();
    expect(await give('feed add', { channel })).toMatchObject({ outcome: 'refused' });
    expect(await feeds.list(PLACE)).toEqual([]);
  });
});

describe('a feed that is not named', () => {
  it('is the only one of the channel, or of the workspace', async () => {
    const { give, feeds } = await open();
    expect(words(await give('feed show'))).toContain('There is no feed yet.');
    await give('feed add', { channel: 'papers' });
    expect(words(await give('feed show'))).toContain('Feed feed01');
    await give('feed add');
    await give('feed add', { channel: 'robots' });
    expect(words(await give('feed pause'))).toContain('Feed feed02 paused');
    expect(words(await give('feed edit', { time: '10:00' }))).toContain('Feed feed02 changed');
    expect((await feeds.list(PLACE)).map(({ feed }) => [feed.state, feed.time])).toEqual([
      ['active', '09:00'],
      ['paused', '10:00'],
      ['active', '09:00'],
    ]);
  });

  it('is asked for where it may be one of several, and before it is removed', async () => {
    const { give, feeds } = await open();
    await give('feed add', { channel: 'papers' });
    expect(words(await give('feed remove'))).toContain('\\"id\\" is missing.');
    await give('feed add', { channel: 'robots', listing: 'weekly', zone: 'Asia/Tokyo' });
    const reply = await give('feed pause');
    expect(reply).toMatchObject({ outcome: 'refused' });
    expect(words(reply)).toContain(
      'Say which one with id: feed01 (daily, 09:00 UTC); feed02 (weekly, 09:00 Asia/Tokyo).',
    );
    expect((await feeds.list(PLACE)).map(({ feed }) => feed.state)).toEqual(['active', 'active']);
  });

  it('may have topics as a search names them', async () => {
    const { give, feeds } = await open();
    await give('feed add', { topics: 'vision,topic:agents' });
    expect((await feeds.list(PLACE))[0]?.feed.filters.topics).toEqual(['vision', 'agents']);
  });
});

describe('feed edit', () => {
  const set = (options: Record<string, OptionValue>) => ({ id: 'feed01', ...options });

  it('asks the platform about channel, layout and role, with all that stays, and saves nothing it cannot post', async () => {
    const { give, feeds, asked } = await open(({ role }) => (role === 'all' ? ['I may not call all.'] : []));
    await give('feed add', { channel: 'papers', layout: 'cards', role: 'readers' });
    asked.splice(0);
    await give('feed edit', set({ time: '10:00' }));
    expect(asked).toEqual([]);
    const reply = await give('feed edit', set({ role: 'all', time: '11:00' }));
    expect(words(reply)).toContain('I may not call all.');
    const destination = { ...PLACE, channel: 'papers' };
    expect(asked).toMatchObject([{ destination, layout: 'cards', role: 'all' }]);
    expect((await feeds.list(PLACE))[0]?.feed).toMatchObject({ time: '10:00', role: 'readers' });
  });

  it('ends the call of a role', async () => {
    const { give, feeds, asked } = await open();
    await give('feed add', { role: 'readers' });
    expect(await give('feed edit', set({ role: 'none' }))).toMatchObject({ outcome: 'done' });
    expect((await feeds.list(PLACE))[0]?.feed).not.toHaveProperty('role');
    expect(asked.at(-1)).not.toHaveProperty('role');
  });

  it('of a feed that is not here asks nobody', async () => {
    const { give, asked } = await open();
    expect(await give('feed edit', { id: 'nope', layout: 'cards' })).toMatchObject({ outcome: 'refused' });
    expect(asked).toEqual([]);
  });

  it('moves a feed, with what a closed channel has held up', async () => {
    const { give, adapter, tickAt, source, feeds } = await open();
    show({ source }, '2026-11-23');
    await give('feed add');
    adapter.closeChannel(PLACE.channel, 'gone');
    await tickAt(MONDAY);
    expect((await feeds.list(PLACE))[0]?.feed.state).toBe('suspended');
    await give('feed edit', set({ channel: 'papers' }));
    await tickAt(addMs(MONDAY, MINUTE_MS));
    expect(adapter.posted.map(({ destination }) => destination.channel)).toContain('papers');
    expect((await feeds.list(PLACE))[0]?.feed).toMatchObject({
      state: 'active',
      destination: { ...PLACE, channel: 'papers' },
    });
  });
});
